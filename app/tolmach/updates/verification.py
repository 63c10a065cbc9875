"""A release that came as files: the description's signature, then the file's size and hash.

Rule: what is started is the copy that was read while it was checked, in a folder of our own that
nobody else may write to; never the file on the stick, which may change in between.
"""

import errno
import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tolmach.core import paths
from tolmach.core.errors import AppError, StorageError, UpdateError
from tolmach.updates import copies, installation, release, signature
from tolmach.updates.release import Release, ReleaseFile

log = logging.getLogger(__name__)

_BLOCK = 1 << 20
_MOST_DESCRIPTIONS = 32  # in a folder; more is no release but somebody's archive


@dataclass(frozen=True, slots=True)
class VerifiedUpdate:
    """A file that a signed release describes, and that is what it says."""

    release: Release
    file: ReleaseFile
    path: Path  # where it lies


def located(path: Path, checked: Release | None = None) -> VerifiedUpdate:
    """Return what a person chose, a description or a file beside it; the file is not read yet.

    A file of the release that was `checked` before needs no description beside it. Raises
    UpdateError, StorageError.
    """
    if not signature.has_key():
        raise UpdateError("update-no-key")
    if path.name.endswith(release.ENDING):
        described = read(path)
        return _beside(path, described)
    if not _is_file(path):
        raise StorageError("file-missing", path=str(path))
    described = checked if checked and checked.file(path.name) else _description_of(path)
    file = described.file(path.name)
    if file is None:
        raise UpdateError("update-not-listed", name=path.name, version=described.version)
    return VerifiedUpdate(described, file, path)


def read(path: Path) -> Release:
    """Return the release of a description with its signature beside it; raises as `located`."""
    content = _content(path, release.LARGEST)
    if len(content) > release.LARGEST:
        raise UpdateError("update-description-wrong", name=path.name)
    beside = path.with_name(path.name + signature.ENDING)
    if not signature.has_key():
        raise UpdateError("update-no-key")
    if not _is_file(beside):
        raise UpdateError("update-unsigned", name=path.name, signature=beside.name)
    signature.check(content, _content(beside, signature.LENGTH), path.name)
    return release.parse(content, path.name)


def check(update: VerifiedUpdate) -> None:
    """Read the whole file; raises UpdateError "update-truncated", "update-changed"."""
    for _ in _checked_blocks(update):
        pass


def staged(update: VerifiedUpdate) -> VerifiedUpdate:
    """Copy the file into a new folder of our own while it is checked, and return the copy.

    Raises as `check` does, and StorageError.
    """
    copies.remove_unneeded(own=True)
    folder = copies.make()
    copy = VerifiedUpdate(update.release, update.file, folder / update.file.name)
    try:
        _copy(update, copy.path)
    except (AppError, OSError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            code = "disk-full" if full else "not-writable"
            raise StorageError(code, path=str(paths.updates())) from error
        raise
    return copy


def _copy(update: VerifiedUpdate, path: Path) -> None:
    if update.file.size > shutil.disk_usage(path.parent).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with path.open("xb") as file:
        for block in _checked_blocks(update):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _checked_blocks(update: VerifiedUpdate) -> Iterator[bytes]:
    """Yield the file's blocks; raises when more or fewer or others came than were stated."""
    digest, size, stated = hashlib.sha256(), 0, update.file
    for block in _blocks(update.path):
        size += len(block)
        if size > stated.size:
            break
        digest.update(block)
        yield block
    if size < stated.size:
        parts = {"size": _megabytes(size), "whole": _megabytes(stated.size)}
        raise UpdateError("update-truncated", name=stated.name, **parts)
    if size > stated.size or digest.hexdigest() != stated.sha256:
        raise UpdateError("update-changed", name=stated.name)


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        raise StorageError("not-readable", path=str(path)) from error


def _content(path: Path, most: int) -> bytes:
    """Return a small file, of one that is longer a byte more than `most`."""
    if not _is_file(path):
        raise StorageError("file-missing", path=str(path))
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise StorageError("not-readable", path=str(path)) from error


def _is_file(path: Path) -> bool:
    """Whether a file is there; raises StorageError where a medium fails or may not be read."""
    try:
        return path.is_file()
    except OSError as error:
        raise StorageError("not-readable", path=str(path)) from error


def _beside(path: Path, described: Release) -> VerifiedUpdate:
    """Return the file for this computer that lies beside a description."""
    for file in installation.suitable(described.files):
        if _is_file(path.parent / file.name):
            return VerifiedUpdate(described, file, path.parent / file.name)
    names = ", ".join(file.name for file in installation.suitable(described.files)) or "—"
    raise UpdateError("update-file-absent", version=described.version, names=names)


def _description_of(path: Path) -> Release:
    """Return the release that lies beside a file, the one that lists it if there are several."""
    try:
        beside = sorted(path.parent.glob(f"*{release.ENDING}"))[:_MOST_DESCRIPTIONS]
    except OSError as error:
        raise StorageError("not-readable", path=str(path.parent)) from error
    failures: list[AppError] = []
    others: list[Release] = []
    for description in beside:
        try:
            described = read(description)
        except AppError as error:
            failures.append(error)
            continue
        if described.file(path.name):
            return described
        others.append(described)
    if others:
        return others[-1]
    raise failures[0] if failures else UpdateError("update-no-description", name=path.name)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}"
