"""Files that somebody wants to add, out of a folder or an archive. Nothing here is trusted.

An archive is judged by its central directory before a byte is unpacked, and its bytes are counted
while they are: what a header says is a claim. Rules from the attack reports on model archives
(Zip Slip, zip bombs, device names); one row of the tables below is one rule.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tolmach.core import files
from tolmach.core.errors import PackError
from tolmach.packs import names

MOST_ENTRIES = 64
LARGEST_FILE = 2_000_000_000  # bytes
LARGEST_TOTAL = 3_000_000_000
HIGHEST_RATIO = 100  # unpacked : packed; weights hardly pack, 1000 : 1 is zeros
BLOCK = 1 << 20

# Only these leave an archive. Others are skipped: real Argos packages carry PyTorch files too.
_WANTED = re.compile(
    r"(model/)?(model\.bin|config\.json|tokenizer\.json|metadata\.json"
    r"|((shared|source|target)_)?vocabulary\.(json|txt)"
    r"|(sentencepiece|bpe)\.model|[a-z]+\.spm|(README|LICENSE)(\.md|\.txt)?)"
)
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000  # zip flag bits: password, strong, masked directory
_PATCHED = 0x0020
_PLAIN = (0, stat.S_IFREG, stat.S_IFDIR)  # 0: made on a system without Unix modes
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises for damage, for features it lacks and for offsets that lead nowhere.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One file to be added; `blocks` reads it and raises StorageError or PackError."""

    path: str  # within the pack, checked
    size: int  # bytes that `blocks` may yield, as claimed
    blocks: Callable[[], Iterator[bytes]]


def folder_entries(folder: Path, paths: Iterable[str]) -> list[ArchiveEntry]:
    """Return these files of a folder; raises PackError "pack-link" where one is not a plain file.

    Links are not followed, within the folder: they could lead anywhere in the person's files.
    """
    entries = []
    for path in paths:
        names.check(path)
        above = [folder / parent for parent in PurePosixPath(path).parents if parent.name]
        with reading(folder / path):
            linked = any(part.is_symlink() for part in (folder / path, *above))
            if linked or not (folder / path).is_file():
                raise PackError("pack-link", name=path)
            size = (folder / path).stat().st_size
        entries.append(ArchiveEntry(path, size, file_blocks(folder / path)))
    return entries


@contextmanager
def archive_entries(path: Path) -> Iterator[list[ArchiveEntry]]:
    """Open a zip archive and give its wanted files, named from below its one root folder.

    Raises PackError "archive-…" or "name-…" for an archive that breaks a rule, whatever file
    breaks it, and "archive-damaged" for what is no archive.
    """
    with reading(path):
        file = _Careful(io.FileIO(path))
    with file:
        with reading(path):
            archive, size = zipfile.ZipFile(file), path.stat().st_size
        _judge(archive.infolist(), size)
        members = {_name(info).partition("/")[2]: info for info in archive.infolist()}
        yield [
            ArchiveEntry(name, info.file_size, _member_blocks(archive, info, path))
            for name, info in members.items()
            if _WANTED.fullmatch(name) and not info.is_dir()
        ]


# What one entry of an archive must not be.
ENTRY_RULES: tuple[tuple[str, Callable[[zipfile.ZipInfo], bool]], ...] = (
    ("archive-link", lambda info: stat.S_IFMT(info.external_attr >> 16) not in _PLAIN),
    ("archive-encrypted", lambda info: bool(info.flag_bits & _ENCRYPTED)),
    ("archive-method", lambda info: info.compress_type not in _METHODS),
    ("archive-method", lambda info: bool(info.flag_bits & _PATCHED)),
    ("archive-too-big", lambda info: info.file_size > LARGEST_FILE),
    ("archive-bomb", lambda info: info.file_size > HIGHEST_RATIO * info.compress_size),
)


def _judge(infos: Sequence[zipfile.ZipInfo], size: int) -> None:
    """Raise PackError unless the central directory keeps all rules; `size` is the archive's."""
    if len(infos) > MOST_ENTRIES:
        raise PackError("archive-too-many", most=str(MOST_ENTRIES))
    names.check_all(_name(info) for info in infos)
    for info in infos:
        for code, breaks in ENTRY_RULES:
            if breaks(info):
                raise PackError(code, name=_name(info))
    total = sum(info.file_size for info in infos)
    if total > LARGEST_TOTAL:
        raise PackError("archive-too-big", name="*")
    if total > HIGHEST_RATIO * size:  # entries may overlap or lie about their packed size
        raise PackError("archive-bomb", name="*")
    roots = {_name(info).partition("/")[0] for info in infos}
    if len(roots) != 1 or any("/" not in _name(info) for info in infos if not info.is_dir()):
        raise PackError("archive-roots")


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name as written; ZipInfo.filename is already cut at NUL, its "\\" replaced."""
    return info.orig_filename.removesuffix("/")


def file_blocks(path: Path) -> Callable[[], Iterator[bytes]]:
    """Return what reads a file; it raises StorageError as `files.unreadable` has it."""

    def blocks() -> Iterator[bytes]:
        with reading(path), path.open("rb") as file:
            while block := file.read(BLOCK):
                yield block

    return blocks


def _member_blocks(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path
) -> Callable[[], Iterator[bytes]]:
    def blocks() -> Iterator[bytes]:
        with reading(path), archive.open(info) as file:
            while block := file.read(BLOCK):
                yield block

    return blocks


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Name what goes wrong while reading: the disk, or what somebody packed."""
    try:
        yield
    except OSError as error:
        raise files.unreadable(error, path) from error
    except _DAMAGED as error:
        raise PackError("archive-damaged", name=path.name) from error


class _Careful(io.BufferedReader):
    """A file that refuses to be read into memory whole: zipfile would, a whole directory."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size > BLOCK:
            raise zipfile.BadZipFile("a central directory of more than a megabyte")
        return super().read(size)
