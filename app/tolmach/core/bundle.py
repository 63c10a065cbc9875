"""Whether the program runs as an installer brings it: an executable with all it needs beside it.

PyInstaller sets `sys.frozen`. Rule: advice on what to install asks here first, because who has an
installer has no pip; and the program starts itself only by `command`.
"""

import os
import sys
from pathlib import Path


def folder() -> Path | None:
    """Return the folder of the executable, None where Python runs the sources."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def command(*arguments: str) -> list[str]:
    """Return what starts this program once more, with these arguments."""
    program = [sys.executable] if folder() else [sys.executable, "-m", "tolmach"]
    return [*program, *arguments]


def other_copies() -> list[Path]:
    """Return the folders of other copies, where installers put them; of a bundle alone."""
    own = folder()
    if not own:
        return []
    places = [Path("/opt/tolmach"), Path.home() / ".local" / "lib" / "tolmach"]
    if sys.platform == "win32":
        roots = {"ProgramFiles": "Tolmach", "LOCALAPPDATA": "Programs\\Tolmach"}
        places = [
            Path(os.environ[name], place) for name, place in roots.items() if os.environ.get(name)
        ]
    program = Path(sys.executable).name
    return [
        place
        for place in places
        if (place / program).is_file() and place.resolve() != own.resolve()
    ]
