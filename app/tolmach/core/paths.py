"""Where things lie: what came with the program, and what belongs to the person.

`TOLMACH_HOME` puts everything of the person's into one folder; so does a marker beside an installed
program, for use from a USB stick, whatever letter its drive has today. What was said and written is
its owner's alone: whoever makes a folder or a file for it asks for it here.
"""

import os
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

import platformdirs

from tolmach.core import bundle

PORTABLE_MARKER = "portable.txt"  # beside the executable
PORTABLE_TEXT = "Tolmach portable"  # its first line: no other portable.txt moves anybody's data
PORTABLE_HOME = "Tolmach data"
_PACKAGE = Path(__file__).resolve().parent.parent
_REPOSITORY = _PACKAGE.parent.parent


def resources() -> Path:
    """Return the folder of languages.json, i18n and icons, installed or in a checkout."""
    installed = _PACKAGE / "data" / "resources"
    return installed if installed.is_dir() else _REPOSITORY / "resources"


def bundled_packs() -> Path:
    """Return the folder of the packs that came with the program; it may not exist."""
    installed = _PACKAGE / "data" / "models" / "starter"
    return installed if installed.is_dir() else _REPOSITORY / "models" / "starter"


def builtin_manifests() -> Path:
    """Return the folder of the manifests of packs that are made here (packs/builtin.py)."""
    installed = _PACKAGE / "data" / "models" / "builtin"
    return installed if installed.is_dir() else _REPOSITORY / "models" / "builtin"


def home() -> Path:
    """Return the person's data folder, not created yet."""
    chosen = os.environ.get("TOLMACH_HOME") or _portable_home(bundle.folder())
    return Path(chosen or platformdirs.user_data_dir("tolmach", appauthor=False)).absolute()


def is_portable() -> bool:
    """Whether the data folder lies beside the program, perhaps on a slow stick."""
    return not os.environ.get("TOLMACH_HOME") and bool(_portable_home(bundle.folder()))


def user_packs() -> Path:
    """Return the folder of packs that the person added."""
    return home() / "models"


def recordings() -> Path:
    """Return the folder of what was recorded."""
    return home() / "recordings"


def settings_file() -> Path:
    """Return the settings file."""
    return home() / "settings.json"


def threads_file() -> Path:
    """Return the file of what was the quickest on this computer."""
    return home() / "threads.json"


def windows_file() -> Path:
    """Return the file of the windows that were tuned on this computer."""
    return home() / "windows.json"


def terms_file() -> Path:
    """Return the database of terms and translation memory."""
    return home() / "terms.db"


def draft_file() -> Path:
    """Return the file of the text that lay on the text screen when the window was closed."""
    return home() / "draft.json"


def updates() -> Path:
    """Return the folder of checked copies of updates; it is emptied before each."""
    return home() / "updates"


def update_key() -> Path:
    """Return the public keys that releases are checked with; a build may have none."""
    return resources() / "update-key.pub"


def logs() -> Path:
    """Return the folder of log files."""
    return home() / "logs"


def own_folder(folder: Path) -> None:
    """Make a folder that its owner alone may enter, or make it so; raises OSError.

    One that is there already and is not ours keeps the rights it has: others may live in it. So
    does the folder that `TOLMACH_HOME` names.
    """
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    for above in reversed(missing):
        above.mkdir(mode=0o700, exist_ok=True)
    if home() in folder.parents or (folder == home() and not os.environ.get("TOLMACH_HOME")):
        _close_to_others(folder)


def own_file(path: Path) -> None:
    """Make a file that its owner alone may read, or make it so; its content stays. Raises OSError.

    SQLite's journals get the rights of their database.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    _close_to_others(path)


@cache  # a marker that comes or goes meanwhile must not part what is written from what is read
def _portable_home(program: Path | None) -> Path | None:
    """Return the data folder of a program that is carried about, None for any other."""
    if program is None:
        return None
    try:
        with (program / PORTABLE_MARKER).open(encoding="utf-8-sig", errors="replace") as marker:
            line = marker.readline(len(PORTABLE_TEXT) + 2).rstrip("\n")
    except OSError:
        return None
    return program / PORTABLE_HOME if line == PORTABLE_TEXT else None


def _close_to_others(path: Path) -> None:
    """Take the rights of group and others away, where the system and the disk know such rights."""
    with suppress(OSError):  # a USB stick: no reason to keep nothing at all
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):  # never a device
            path.chmod(mode & stat.S_IRWXU)
