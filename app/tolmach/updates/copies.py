"""Our own copies of updates, each in a folder that a process needs: this one, or an installation.

Rule: only folders that were made here are ever removed; what else lies beside them is the person's.
"""

import json
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tolmach.core import paths
from tolmach.core.errors import StorageError

_PREFIX = "tolmach-update-"
_OWNER = "owner.json"  # in each folder: who needs it
_DAY = 24 * 3600.0  # seconds: so long a copy stays that a person may install by hand


def make() -> Path:
    """Return a new folder, closed to others, that this process needs; raises StorageError."""
    try:
        paths.own_folder(paths.updates())
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=paths.updates()))  # 0700
        give(folder, psutil.Process().pid)
    except OSError as error:
        raise StorageError("not-writable", path=str(paths.updates())) from error
    return folder


def give(folder: Path, pid: int) -> None:
    """Let another process need a folder; raises OSError."""
    with suppress(psutil.NoSuchProcess):
        owner = {"pid": pid, "began": psutil.Process(pid).create_time()}
        (folder / _OWNER).write_text(json.dumps(owner), encoding="ascii")


def keep(folder: Path) -> None:
    """Let a folder stay for a day without anybody who needs it; raises OSError."""
    (folder / _OWNER).write_text(json.dumps({"until": time.time() + _DAY}), encoding="ascii")


def remove_unneeded(*, own: bool = False) -> None:
    """Remove the folders that nobody needs any more; with `own` those of this process, too."""
    for owner in paths.updates().glob(f"{_PREFIX}*/{_OWNER}"):  # without one it is being made
        folder = owner.parent
        if not _is_needed(folder, own):
            shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        paths.updates().rmdir()  # unless something else is in it


def _is_needed(folder: Path, own: bool) -> bool:
    try:
        owner = json.loads((folder / _OWNER).read_bytes())
        if "until" in owner:
            return bool(time.time() < owner["until"])
        process = psutil.Process(owner["pid"])
        alive = process.create_time() == owner["began"] and process.status() != psutil.STATUS_ZOMBIE
        return alive and not (own and process.pid == psutil.Process().pid)
    except (OSError, ValueError, LookupError, TypeError, psutil.Error):
        return False
