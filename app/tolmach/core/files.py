"""Files that a person imports and exports, and those that the program keeps for them.

Rule: no file is touched that the program did not make. A temporary one has a name nobody else
chooses and is made only where nothing has that name.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

from tolmach.core import paths
from tolmach.core.errors import StorageError


def read(path: Path) -> bytes:
    """Return a file's bytes; raises StorageError "file-missing" or "not-readable"."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise StorageError("file-missing", path=str(path)) from error
    except OSError as error:
        raise StorageError("not-readable", path=str(path)) from error


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Raise StorageError "not-writable" where the system refuses what is done inside."""
    try:
        yield
    except OSError as error:
        raise StorageError("not-writable", path=str(folder)) from error


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises StorageError "not-writable"."""
    with writing(path.parent):
        write_whole(path, data)


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
    """Before long work: raise StorageError "not-writable" if `write` would."""
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
