"""Tests and tools. The program comes first: it silences the libraries that a tool imports."""

import tolmach  # noqa: F401
