"""Files that a person imports and exports, and those that the program keeps for them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

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


def write_whole(path: Path, data: bytes) -> None:
    """Write as `write` does, for who tells a full disk from a closed one; raises OSError."""
    temporary = _beside(path)
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def own(path: Path) -> None:
    """Make a file and its folder, or what is there, the person's alone; raises as `write` does."""
    with writing(path.parent):
        paths.own_folder(path.parent)
        paths.own_file(path)


def keep(path: Path, data: bytes) -> None:
    """Write a file as `write` does, for the person alone, and make its folder."""
    own(_beside(path))
    write(path, data)


def try_writing(path: Path) -> None:
    """Before long work: raise StorageError "not-writable" if `write` would."""
    with writing(path.parent):
        _beside(path).touch()
        _beside(path).unlink()


def numbered(path: Path) -> Iterator[Path]:
    """Yield a path, then the same with "(2)", "(3)" …, for who looks for a name that is free."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")
