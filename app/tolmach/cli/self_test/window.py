"""The window, opened off screen by a process of its own: Qt ends its process where it cannot.

What that process does is in ui/self_test.py.
"""

import os
import subprocess

from tolmach.core import bundle
from tolmach.core.errors import AppError

ARGUMENTS = ("self-test", "--window")  # __main__.py answers them
_PATIENCE = 50  # seconds


def window() -> str:
    """Open the window with every page."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows: no console flashes up
    try:
        process = subprocess.run(  # noqa: S603 - this very program
            bundle.command(*ARGUMENTS),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
            timeout=_PATIENCE,
            creationflags=flags,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AppError("window-fails", detail=type(error).__name__) from error
    lines = (process.stdout.strip() or process.stderr.strip()).splitlines()
    line = lines[-1] if lines else str(process.returncode)
    if process.returncode:
        raise AppError("window-fails", detail=line)
    return line
