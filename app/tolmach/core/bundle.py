"""Whether the program runs as an installer brings it: an executable with all it needs beside it.

PyInstaller sets `sys.frozen`. Rule: advice on what to install asks here first, because who has an
installer has no pip; and the program starts itself only by `command`.
"""

import sys
from pathlib import Path


def folder() -> Path | None:
    """Return the folder of the executable, None where Python runs the sources."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def command(*arguments: str) -> list[str]:
    """Return what starts this program once more, with these arguments."""
    program = [sys.executable] if folder() else [sys.executable, "-m", "tolmach"]
    return [*program, *arguments]
