"""The n-th write, fsync, mkdir or rename fails, for every n: no part of a pack is ever left."""

import builtins
import errno
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.packs.making import ARGOS, archive, pack_folder, tree
from tests.tiny_models import whisper
from tolmach.core import files
from tolmach.core.errors import StorageError
from tolmach.packs import importer, store


class Disk:
    """A disk whose operation number `fails` ends in an error; earlier and later ones work."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fails: int, error: int) -> None:
        self.count, self._fails, self._error = 0, fails, error
        for module, name in ((os, "fsync"), (os, "mkdir"), (os, "rename")):
            monkeypatch.setattr(module, name, self._counted(getattr(module, name)))
        self._open = builtins.open
        monkeypatch.setattr(io, "open", self._opened)
        monkeypatch.setattr(files, "open", self._opened, raising=False)

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self._step()
            return function(*arguments, **options)

        return call

    def _opened(self, path: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
        file = self._open(path, mode, *rest, **options)
        return file if mode == "rb" else _Written(file, self._step)

    def _step(self) -> None:
        self.count += 1
        if self.count == self._fails:
            raise OSError(self._error, os.strerror(self._error))


class _Written:
    """A file whose writes are counted; a failed one has written half, as disks do."""

    def __init__(self, file: Any, step: Callable[[], None]) -> None:
        self._file, self._step = file, step

    def write(self, data: Any) -> int:
        try:
            self._step()
        except OSError:
            self._file.write(data[: len(data) // 2])
            raise
        return int(self._file.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> "_Written":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()


def argos_source(folder: Path) -> Path:
    path = folder / "a.argosmodel"
    path.write_bytes(archive(ARGOS))
    return path


def pack_source(folder: Path) -> Path:
    return pack_folder(folder / "pack").folder


def whisper_source(folder: Path) -> Path:
    return whisper(folder / "whisper")


@pytest.mark.parametrize(
    ("make", "least"),
    [(argos_source, 18), (pack_source, 9), (whisper_source, 13)],
    ids=["argos", "pack", "whisper"],
)
@pytest.mark.parametrize(
    ("error", "code"), [(errno.ENOSPC, "disk-full"), (errno.EIO, "disk-fails")]
)
def test_every_operation_may_fail(
    tmp_path: Path, make: Callable[[Path], Path], least: int, error: int, code: str
) -> None:
    path = make(tmp_path)
    refused = number = 0
    reached = True
    while reached:
        number += 1
        destination = tmp_path / f"модели {number}"
        with pytest.MonkeyPatch.context() as patch:
            disk = Disk(patch, number, error)
            failure = attempt(path, destination)
        reached = disk.count >= number
        if failure:
            refused += 1
            assert (failure.code, failure.params) == (code, {"path": str(destination)})
            assert tree(destination) == {}
            importer.add(path, destination)  # the disk is well again
        (pack,) = store.installed([destination]).packs
        store.verify(pack)
    assert refused >= least


def attempt(path: Path, destination: Path) -> StorageError | None:
    """Add a pack; return what went wrong. mkdir of a folder that is there may fail unnoticed."""
    try:
        importer.add(path, destination)
    except StorageError as error:
        return error
    return None


def test_no_room_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = argos_source(tmp_path)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=2000))
    with pytest.raises(StorageError) as raised:
        importer.add(path, tmp_path / "models")
    assert raised.value.code == "disk-full"
    assert tree(tmp_path / "models") == {}
