"""The packs on this computer: found and checked.

A pack that cannot be read is told of and hides no other. Finding packs reads manifests only;
`check` before a model is loaded, `verify` when the person asks.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from tolmach.core import paths
from tolmach.core.errors import AppError, ModelError
from tolmach.core.pack import Pack
from tolmach.core.whisper_folder import check_whisper_folder
from tolmach.packs import manifest
from tolmach.packs.installed import InstalledPacks

Progress = Callable[[int, int], None]  # bytes done, bytes in all

_BLOCK = 1 << 20
# By engine: what it demands of a folder beside whole files. A new demand is one line here. Gets the
# folder, the pack's id for errors and the tokens of its languages; raises ModelError.
_FOLDER_CHECKS: Mapping[str, Callable[[Path, str, Collection[str]], object]] = {
    "whisper": check_whisper_folder,
}


def installed(folders: Sequence[Path] | None = None) -> InstalledPacks:
    """Return the packs that the person added and those that came with the program.

    Of two copies of the same id and version the person's counts.
    """
    packs: dict[tuple[str, str], Pack] = {}
    broken: list[tuple[Path, AppError]] = []
    if folders is None:
        folders = (paths.user_packs(), paths.bundled_packs())
    for folder in _pack_folders(folders):
        try:
            pack = manifest.read(folder)
        except AppError as error:
            broken.append((folder, error))
        else:
            packs.setdefault((pack.id, pack.version), pack)
    return InstalledPacks(tuple(sorted(packs.values(), key=_preference)), tuple(broken))


def stamp(folders: Sequence[Path]) -> tuple[tuple[Path, int, int, int, int], ...]:
    """Return what differs when a pack was added, removed or replaced; nothing is read for it."""
    return tuple(
        (folder, *_file_stamp(folder / manifest.NAME), _file_stamp(folder)[1])  # files arrive late
        for folder in _pack_folders(folders)
    )


def check(pack: Pack) -> None:
    """Look at every file's presence and size, and at what would crash the engine.

    Raises ModelError: "model-file-missing", "model-damaged", or one that the engine's check has.
    """
    for file in pack.files:
        path = pack.folder / file.path
        if not path.is_file():
            raise ModelError("model-file-missing", file=file.path, pack=pack.id)
        if path.stat().st_size != file.size:
            raise ModelError("model-damaged", file=file.path, pack=pack.id)
    if pack.engine in _FOLDER_CHECKS:
        _FOLDER_CHECKS[pack.engine](pack.folder.absolute(), pack.id, pack.languages.values())


def verify(pack: Pack, progress: Progress | None = None) -> None:
    """`check`, then read every byte; raises ModelError "model-damaged" for a wrong hash."""
    check(pack)
    count = 0
    for file in pack.files:
        digest = hashlib.sha256()
        for block in _blocks(pack.folder / file.path, pack.id):
            digest.update(block)
            count += len(block)
            if progress:
                progress(count, pack.size)
        if digest.hexdigest() != file.sha256:
            raise ModelError("model-damaged", file=file.path, pack=pack.id)


def _pack_folders(folders: Sequence[Path]) -> Iterator[Path]:
    """Yield what may be a pack; hidden folders are packs being added (importer.py).

    A folder that cannot be listed is yielded itself: its manifest cannot be read either.
    """
    for folder in folders:
        try:
            entries = sorted(folder.iterdir()) if folder.exists() else []
            yield from [e for e in entries if e.is_dir() and not e.name.startswith(".")]
        except OSError:
            yield folder


def _file_stamp(path: Path) -> tuple[int, int, int]:
    try:
        stat = path.stat()
    except OSError:
        return 0, 0, 0
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns  # the last one: a copy keeps the others


def _preference(pack: Pack) -> tuple[bool, str, list[int]]:
    """Order full packs before the starter ones, newer versions before older ones."""
    return pack.starter, pack.id, [-int(number) for number in re.findall(r"\d+", pack.version)]


def _blocks(path: Path, pack: str) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        raise ModelError("model-unreadable", file=path.name, pack=pack) from error
