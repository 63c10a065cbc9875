"""Files that a person imports and exports, and those that the program keeps for them.

Rule: no file is touched that the program did not make. A temporary one has a name nobody else
chooses and is made only where nothing has that name.
"""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from tolmach.core import paths
from tolmach.core.errors import StorageError

# What the system says, on every system, and what that is to a person.
_REASONS = {
    errno.ENOSPC: "disk-full", errno.EDQUOT: "disk-full", errno.EROFS: "disk-read-only",
    errno.EACCES: "no-permission", errno.EPERM: "no-permission", errno.EBUSY: "file-in-use",
    errno.ETXTBSY: "file-in-use", errno.ENAMETOOLONG: "name-too-long", errno.EIO: "disk-fails",
}  # fmt: skip
UNWRITABLE = ("not-writable", "disk-full", "disk-read-only", "folder-closed", "name-too-long")
_IN_USE = (32, 33)  # of Windows: a sharing violation, and a part that is locked


def read(path: Path) -> bytes:
    """Return a file's bytes; raises StorageError as `check_file` and `unreadable` have it."""
    check_file(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error


def check_file(path: Path) -> None:
    """Refuse what is no ordinary file before it is opened: a channel would be waited for forever.

    Raises StorageError "file-missing", "file-is-folder", "file-is-no-file" and what else
    `unreadable` returns.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise unreadable(error, path) from error
    if stat.S_ISDIR(mode):
        raise StorageError("file-is-folder", path=str(path))
    if not stat.S_ISREG(mode):
        raise StorageError("file-is-no-file", path=str(path))


def unreadable(error: OSError, path: Path) -> StorageError:
    """Return what the system's refusal to read a file is to a person: why, as far as it is told."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return StorageError("file-missing", path=str(path))
    return StorageError(_reason(error) or "not-readable", path=str(path))


def unwritable(error: OSError, folder: Path) -> StorageError:
    """Return what the system's refusal to write into a folder is to a person.

    What it says of a name is about the file that it names.
    """
    reason = _reason(error) or "not-writable"
    if reason == "no-permission":
        reason = "folder-closed"
    about_name = reason in ("name-too-long", "file-in-use") and error.filename
    return StorageError(reason, path=str(error.filename if about_name else folder))


def _reason(error: OSError) -> str:
    if getattr(error, "winerror", None) in _IN_USE:
        return "file-in-use"
    return _REASONS.get(error.errno or 0, "")


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Raise StorageError, as `unwritable` has it, where the system refuses what is done inside."""
    try:
        yield
    except OSError as error:
        raise unwritable(error, folder) from error


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises StorageError as `writing` does."""
    with writing(path.parent):
        write_whole(path, data)


def write_new(path: Path, data: bytes) -> Path:
    """Write a file of this name, or of the next number that is free, and return its path.

    What is there already is never touched. Raises StorageError as `writing` does.
    """
    with writing(path.parent):
        for free in numbered(path):
            with suppress(FileExistsError):
                free.open("xb").close()  # ours from here on
                break
        try:
            write_whole(free, data)
        except OSError:
            free.unlink()
            raise
    return free


def write_whole(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write as `write` does, for who tells a full disk from a closed one; raises OSError.

    `mode` is the rights of the file, less what the person's umask takes.
    """
    temporary = _beside(path)
    with _exclusive(temporary, mode) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        file.close()  # Windows renames no open file
        temporary.replace(path)
    _sync_folder(path.parent)


def own(path: Path) -> None:
    """Make a file and its folder, or what is there, the person's alone; raises as `write` does."""
    with writing(path.parent):
        paths.own_folder(path.parent)
        paths.own_file(path)


def keep(path: Path, data: bytes) -> None:
    """Write a file as `write` does, for the person alone, and make its folder."""
    with writing(path.parent):
        paths.own_folder(path.parent)
        write_whole(path, data, 0o600)


def try_writing(path: Path) -> None:
    """Before long work: raise StorageError if `write` would."""
    temporary = _beside(path)
    with writing(path.parent):
        with _exclusive(temporary, 0o600):
            pass
        temporary.unlink()


def set_aside(path: Path) -> Path:
    """Rename what cannot be read, a file or a folder, and return its new path; raises OSError.

    "a.json" becomes "a.damaged.json", or "a.damaged (2).json": what was set aside once stays.
    """
    names = numbered(path.with_suffix(f".damaged{path.suffix}"))
    free = next(name for name in names if not os.path.lexists(name))
    return path.rename(free)


def numbered(path: Path) -> Iterator[Path]:
    """Yield a path, then the same with "(2)", "(3)" …, for who looks for a name that is free."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def _beside(path: Path) -> Path:
    return path.with_name(f".{secrets.token_hex(8)}.tolmach")  # short: names have a limit


@contextmanager
def _exclusive(path: Path, mode: int) -> Iterator[BinaryIO]:
    """Open a file that is not there yet; it goes again if what is done inside fails."""
    file = open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))  # noqa: SIM115
    try:
        with file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Bring a new name onto the disk: without this a power cut may bring the old file back."""
    if os.name == "posix":  # Windows opens no folder
        with suppress(OSError):  # some network disks refuse it; the file is in place
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
