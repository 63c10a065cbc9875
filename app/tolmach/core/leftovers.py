"""Temporary folders that name their process, so that those of a killed one can be told."""

import os
import time
from pathlib import Path


def prefix_of_ours(prefix: str) -> str:
    """Return how the name of a folder begins that this process makes."""
    return f"{prefix}{os.getpid()}-"


def is_abandoned(folder: Path, prefix: str, seconds: float) -> bool:
    """Whether the process is gone that made a folder, or has done nothing in it for so long.

    Its number may be another's by now. Raises OSError.
    """
    import psutil  # here: mostly there is no such folder

    number = folder.name.removeprefix(prefix).partition("-")[0]
    if number.isdecimal() and not psutil.pid_exists(int(number)):
        return True
    return time.time() - folder.stat().st_mtime > seconds
