"""Which of a release's files belong on this computer, and how each of them is installed.

Rule: nothing is ever started with more rights than the person has. What needs an administrator is
a command that we show.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path

from tolmach.core.errors import StorageError, UpdateError
from tolmach.updates.release import ReleaseFile

WINDOWS = (".exe", ".zip")
HOME = (".tar.xz", ".deb", ".rpm")  # of Linux: one's own folder first
PACKAGES = {".deb": "sudo apt install {path}", ".rpm": "sudo dnf install {path}"}
SCRIPT = "install.sh"
_SYSTEM_FOLDERS = (Path("/opt"), Path("/usr"))
_PATIENCE = 600  # seconds that install.sh may take on an old disk


def suitable(files: Iterable[ReleaseFile]) -> list[ReleaseFile]:
    """Return the files for this system, the kind that it was installed from first."""
    endings = WINDOWS if sys.platform == "win32" else _linux_endings()
    return [file for ending in endings for file in files if file.name.endswith(ending)]


def _linux_endings() -> tuple[str, ...]:
    if not any(Path(sys.executable).is_relative_to(folder) for folder in _SYSTEM_FOLDERS):
        return HOME
    return (".deb", ".rpm", ".tar.xz") if shutil.which("dpkg") else (".rpm", ".tar.xz", ".deb")


def can_start(name: str) -> bool:
    """Whether we can install this file for the person, without other rights than theirs."""
    return name.endswith(".exe" if sys.platform == "win32" else ".tar.xz")


def command(path: Path) -> str:
    """Return what an administrator types to install this file, "" if there is no such command."""
    for ending, text in PACKAGES.items():
        if path.name.endswith(ending):
            return text.format(path=shlex.quote(str(path)))
    return ""


def start(path: Path) -> None:
    """Install a verified copy: Windows starts the installer, Linux runs the archive's script.

    Returns when the installer has been started or the script has ended. Raises UpdateError
    "update-install-failed".
    """
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606 - asks for rights itself, if it needs any
        except OSError as error:
            raise UpdateError("update-install-failed", detail=str(error)) from error
        return
    script = _unpacked(path)
    try:
        process = subprocess.run(  # noqa: S603 - out of an archive whose hash was signed
            ["/bin/sh", str(script)],
            cwd=script.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UpdateError("update-install-failed", detail=type(error).__name__) from error
    if process.returncode:
        lines = process.stderr.strip().splitlines() or [str(process.returncode)]
        raise UpdateError("update-install-failed", detail=lines[-1])


def _unpacked(path: Path) -> Path:
    """Unpack an archive beside itself and return its script."""
    folder = path.parent / "unpacked"
    try:
        with tarfile.open(path) as archive:
            # No links out of it, no devices, where this Python knows how.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)
            archive.extractall(folder)  # noqa: S202 - its hash was signed
        scripts = sorted(folder.glob(f"*/{SCRIPT}")) or sorted(folder.glob(SCRIPT))
    except OSError as error:
        raise StorageError("not-writable", path=str(folder)) from error
    except tarfile.TarError as error:
        raise UpdateError("update-install-failed", detail=str(error)) from error
    if not scripts:
        raise UpdateError("update-install-failed", detail=SCRIPT)
    return scripts[0]
