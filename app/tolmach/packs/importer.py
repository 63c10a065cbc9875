"""Adds packs: a pack's folder, a bare CTranslate2 Whisper folder, an .argosmodel archive.

Whole or not at all: files are copied into a hidden folder beside the others, hashed, described,
tried, and only then does one rename make them a pack. What is refused leaves nothing behind.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tolmach.core import files, whisper_folder
from tolmach.core.errors import ModelError, PackError
from tolmach.core.leftovers import is_abandoned, prefix_of_ours
from tolmach.core.pack import Pack, PackFile
from tolmach.language.registry import languages
from tolmach.packs import manifest, names, store
from tolmach.packs.source import ArchiveEntry, archive_entries, folder_entries

Probe = Callable[[Pack], None]

_STAGING = ".adding-"
_FORGOTTEN = 24 * 3600  # seconds after which a staging folder was left, whoever made it
_WHISPER_FILES = (
    *whisper_folder.REQUIRED,
    *("vocabulary.json", "vocabulary.txt", "preprocessor_config.json"),
)
_ARGOS_FILES = (("metadata.json",), ("model/model.bin",), ("sentencepiece.model", "bpe.model"))


def add(path: Path, destination: Path, probe: Probe | None = None) -> Pack:
    """Copy what lies at `path` into `destination` as a pack and return it.

    `probe` loads the pack where a crash does no harm and raises ModelError if it cannot be.
    Raises PackError for what is refused, "pack-already-installed" among it, ModelError for files
    that are missing or damaged, StorageError when the disk is full or read-only.
    """
    path = path.absolute()  # before anything is looked up elsewhere

    def fill(staging: Path) -> Pack:
        pack = _unpack(path, staging)
        manifest.write(pack)
        store.check(pack)
        if probe:
            probe(pack)
        return pack

    return publish(fill, destination)


def publish(fill: Callable[[Path], Pack], destination: Path) -> Pack:
    """Have `fill` put a checked pack into an empty folder and give it its place in `destination`.

    Raises PackError "pack-already-installed", StorageError, and whatever `fill` raises.
    """
    destination = destination.absolute()
    with _writing(destination):
        destination.mkdir(parents=True, exist_ok=True)
        forget_leftovers(destination)
        staging = Path(tempfile.mkdtemp(prefix=prefix_of_ours(_STAGING), dir=destination))
        try:
            return _move(fill(staging), destination)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def forget_leftovers(destination: Path) -> None:
    """Remove what was being added when its process was killed; whoever starts calls this."""
    for folder in destination.glob(f"{_STAGING}*"):
        with suppress(OSError):
            if is_abandoned(folder, _STAGING, _FORGOTTEN):
                shutil.rmtree(folder)


def _unpack(path: Path, staging: Path) -> Pack:
    """Copy the files of whatever this is and describe them."""
    if path.is_file():
        with archive_entries(path) as entries:
            return _argos_pack(entries, staging)
    if (path / manifest.NAME).exists():
        return _copied_pack(path, staging)
    if (path / "model.bin").exists() and (path / "config.json").exists():
        return _whisper_pack(path, staging)
    raise PackError("pack-not-recognized", path=str(path))


def _copied_pack(path: Path, staging: Path) -> Pack:
    pack = manifest.read(path)
    store.check(pack)
    files = copy(folder_entries(path, (file.path for file in pack.files)), staging)
    for stated, copied in zip(pack.files, files, strict=True):
        if stated != copied:
            raise ModelError("model-damaged", file=stated.path, pack=pack.id)
    return replace(pack, folder=staging)


def _whisper_pack(path: Path, staging: Path) -> Pack:
    """Describe a Whisper folder; its languages are those of its tokens that we know."""
    present = [name for name in _WHISPER_FILES if os.path.lexists(path / name)]
    entries = folder_entries(path, present)
    title = names.readable(path.name)
    tokens = set(whisper_folder.check_whisper_folder(path, title))
    token_of = {language.code: f"<|{language.code}|>" for language in languages()}
    # An English-only model has the language tokens too, but no empty token (whisper.cc).
    understood = {
        code: token for code, token in token_of.items() if token in tokens and "" in tokens
    }
    if not understood:
        raise PackError("whisper-no-language", name=title)
    files = copy(entries, staging)
    weights = next(file.sha256 for file in files if file.path == "model.bin")
    return Pack(
        id=f"whisper-{weights[:12]}",
        version="1",
        kind="recognizer",
        engine="whisper",
        folder=staging,
        title={"ru": title, "en": title},
        languages=understood,
        files=files,
        memory_mb=_memory_mb(files),
    )


def _argos_pack(entries: list[ArchiveEntry], staging: Path) -> Pack:
    """Describe an Argos package by its metadata.json."""
    sizes = {entry.path: entry.size for entry in entries}
    for choices in _ARGOS_FILES:
        if not any(choice in sizes for choice in choices):
            raise PackError("argos-incomplete", file=choices[0])
    if sizes["metadata.json"] > manifest.LARGEST:
        raise PackError("argos-metadata")
    files = copy(entries, staging)
    try:
        metadata = json.loads((staging / "metadata.json").read_bytes())
        source, target = str(metadata["from_code"]), str(metadata["to_code"])
        version = str(metadata["package_version"])
    except (ValueError, RecursionError, LookupError, TypeError) as error:
        raise PackError("argos-metadata") from error
    title = names.readable(f"Argos {source} → {target}")
    return Pack(
        id=f"argos-{source}-{target}".lower(),
        version=version,
        kind="translator",
        engine="argos",
        folder=staging,
        title={"ru": title, "en": title},
        pairs=((source, target),),
        files=files,
        memory_mb=_memory_mb(files),
    )


def _memory_mb(files: Iterable[PackFile]) -> int:
    """Guess: the weights once, and a quarter more for the work with them."""
    return 1 + sum(file.size for file in files) * 5 // 4_000_000


def copy(entries: Sequence[ArchiveEntry], staging: Path) -> tuple[PackFile, ...]:
    """Write the entries into the folder, on disk when this returns, and describe them.

    Raises OSError, PackError "archive-lies" for one that is not as long as was claimed.
    """
    needed = sum(entry.size for entry in entries)
    if needed > shutil.disk_usage(staging).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return tuple(_copy_file(entry, staging / entry.path) for entry in entries)


def _copy_file(entry: ArchiveEntry, target: Path) -> PackFile:
    """Write one file to the disk; refuse it when it is not as long as was claimed."""
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        for block in entry.blocks():
            size += len(block)
            if size > entry.size:
                break
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if size != entry.size:
        raise PackError("archive-lies", name=entry.path)
    return PackFile(entry.path, size, digest.hexdigest())


def _move(pack: Pack, destination: Path) -> Pack:
    """Give the staged pack its place; the folder's name is made here, of checked parts."""
    home = destination / f"{pack.id}@{pack.version}"
    for other in store.installed((destination,)).packs:
        if (other.id, other.version) == (pack.id, pack.version):
            raise _installed_already(other)
    try:
        pack.folder.rename(home)
    except OSError:
        if home.exists():  # a broken pack, or another program was faster
            raise _installed_already(replace(pack, folder=home)) from None
        raise
    return replace(pack, folder=home)


def _installed_already(pack: Pack) -> PackError:
    return PackError(
        "pack-already-installed", pack=pack.id, version=pack.version, path=str(pack.folder)
    )


@contextmanager
def _writing(destination: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise files.unwritable(error, destination) from error
