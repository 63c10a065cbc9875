"""Which of a release's files belong on this computer, and how each of them is installed.

Rule: nothing is ever started with more rights than the person has. What needs an administrator is
a command that we show.
"""

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path

from tolmach.core import bundle, paths
from tolmach.core.errors import StorageError, UpdateError
from tolmach.updates import copies
from tolmach.updates.release import ReleaseFile

INSTALLER, PORTABLE = ".exe", ".zip"  # of Windows
ARCHIVE, DEB, RPM = ".tar.xz", ".deb", ".rpm"  # of Linux; the archive is for one's own folder
ENDINGS = (INSTALLER, PORTABLE, ARCHIVE, DEB, RPM)
SCRIPT = "install.sh"
_SMALL = "-small"  # in the names of files without Whisper base
_SYSTEM_FOLDERS = (Path("/opt"), Path("/usr"))
# Beside us, waits until this program has ended, installs, and opens what is there then. While
# another window of the program is open (install.sh says it by its code) it tries again.
_IS_RUNNING = 3
_FAILED = ".failed"  # what the log is called when nothing was installed
_WAITING = f"""
{{
while kill -0 "$1" 2>/dev/null; do sleep 0.1; done
tries=0
while
  sh "$2" >"$3" 2>&1
  code=$?
  [ "$code" -eq {_IS_RUNNING} ] && [ "$tries" -lt 20 ]
do
  tries=$((tries + 1))
  sleep 0.5
done
[ "$code" -eq 0 ] || mv "$3" "$3{_FAILED}"
cd "$HOME" || cd /  # the folder with the copy goes when the program opens
for program in "$HOME/.local/bin/tolmach" "$4"; do
  [ -x "$program" ] && exec "$program"
done
}} >/dev/null &
echo $!
"""


def suitable(files: Iterable[ReleaseFile]) -> list[ReleaseFile]:
    """Return the files for this system, those like what is installed now first."""
    ordered = sorted(files, key=lambda file: (_SMALL in file.name) != _is_small())
    return [file for ending in _endings() for file in ordered if file.name.endswith(ending)]


def can_start(name: str) -> bool:
    """Whether we can install this file for the person, without other rights than theirs."""
    return name.endswith(INSTALLER if sys.platform == "win32" else ARCHIVE)


def command(path: Path) -> str:
    """Return what an administrator types to install this file, "" if there is no such command."""
    if path.name.endswith(DEB):
        tool = "apt"
    elif path.name.endswith(RPM):
        tool = "dnf" if shutil.which("dnf") or not shutil.which("apt-get") else "apt-get"  # ALT
    else:
        return ""
    return f"sudo {tool} install {shlex.quote(str(path))}"


def start(path: Path, running: int | None = None) -> None:
    """Install a verified copy: on Windows now, on Linux when the process `running` has ended.

    None is this one. On Linux the program must be closed, and is opened again afterwards; the
    installer of Windows closes it itself. Raises UpdateError "update-install-failed",
    StorageError.
    """
    if sys.platform == "win32":
        # An installer must not take our libraries for the system's and hold what it replaces:
        # PyInstaller has Windows look among them first, and children inherit that.
        ctypes.windll.kernel32.SetDllDirectoryW(None)
        try:
            os.startfile(path)  # noqa: S606 - asks for rights itself, if it needs any
        except OSError as error:
            raise UpdateError("update-install-failed", detail=str(error)) from error
        return
    script = _unpacked(path)
    number = str(running or os.getpid())
    words = [number, str(script), str(_log()), sys.executable]
    try:
        paths.own_folder(paths.logs())
        paths.own_file(_log())
        process = subprocess.run(  # noqa: S603 - out of an archive whose hash was signed
            ["/bin/sh", "-c", _WAITING, "sh", *words],
            cwd=script.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            # The new program is no part of this one: PyInstaller would take it for that.
            env={**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"},
            check=True,
        )
        copies.give(path.parent, int(process.stdout))
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise UpdateError("update-install-failed", detail=str(error)) from error


def failure() -> UpdateError | None:
    """Return the failure of the last installation, once; None if there was none."""
    log = _log().with_name(_log().name + _FAILED)
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
        log.replace(_log())
    except OSError:
        return None
    detail = next((line.strip() for line in reversed(lines) if line.strip()), "?")
    return UpdateError("update-not-installed", detail=detail.rstrip("."), path=str(_log()))


def _log() -> Path:
    return paths.logs() / "update.log"


def _endings() -> tuple[str, ...]:
    folder = bundle.folder()
    if sys.platform == "win32":
        carried = folder is not None and paths.home().parent == folder
        return (PORTABLE, INSTALLER) if carried else (INSTALLER, PORTABLE)
    if folder is None or not any(folder.is_relative_to(system) for system in _SYSTEM_FOLDERS):
        return ARCHIVE, DEB, RPM
    return (DEB, RPM, ARCHIVE) if shutil.which("dpkg") else (RPM, DEB, ARCHIVE)


def _is_small() -> bool:
    """Whether the program was installed without Whisper base."""
    return bundle.folder() is not None and not any(paths.bundled_packs().glob("whisper-base*"))


def _unpacked(path: Path) -> Path:
    """Unpack an archive beside itself and return its script."""
    folder = path.parent / "unpacked"
    try:
        with tarfile.open(path) as archive:
            # No links out of it, no devices, where this Python knows how.
            archive.extraction_filter = getattr(tarfile, "data_filter", None)
            archive.extractall(folder)  # noqa: S202 - its hash was signed
        scripts = sorted(folder.glob(f"*/{SCRIPT}"))
    except OSError as error:
        raise StorageError("not-writable", path=str(folder)) from error
    except (tarfile.TarError, EOFError) as error:
        raise UpdateError("update-install-failed", detail=str(error)) from error
    if not scripts:
        raise UpdateError("update-install-failed", detail=SCRIPT)
    return scripts[0]
