"""Standard streams for a program without a terminal.

A window program of Windows has none: `sys.stdout` is None there, and so it is anywhere for who was
started with them closed. Rule: this comes before anything that may write. PyInstaller shows what
fails before it in a dialog of its own, and a worker that waits for somebody to close it hangs.
"""

import os
import sys
from pathlib import Path


def fill() -> None:
    """Put what swallows everything in the place of each stream that is missing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for good
