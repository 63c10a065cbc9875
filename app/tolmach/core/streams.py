"""Standard streams on which nothing fails, whatever the program was started from.

A window program of Windows has none: `sys.stdout` is None there, and so it is anywhere for who was
started with them closed. A console or a C locale may not know our letters. Rule: this comes before
anything that may write. PyInstaller shows what fails before it in a dialog of its own, and a worker
that waits for somebody to close it hangs.
"""

import os
import sys
from io import TextIOWrapper
from pathlib import Path


def prepare() -> None:
    """Write UTF-8; put what swallows everything in the place of each stream that is missing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - for good
            setattr(sys, name, nothing)
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
