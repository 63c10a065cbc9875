"""The packs on this computer: found, checked, chosen.

A pack that cannot be read is told of and hides no other. Finding packs reads manifests only;
`check` before a model is loaded, `verify` when the person asks.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tolmach.core import paths
from tolmach.core.errors import AppError, ModelError, UsageError
from tolmach.core.pack import Pack, Pair
from tolmach.core.route import route
from tolmach.core.whisper_folder import check_whisper_folder
from tolmach.language.registry import find
from tolmach.packs import manifest
from tolmach.quality.recognizers import hearers, tells_apart, unusable

Progress = Callable[[int, int], None]  # bytes done, bytes in all

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """What the pack folders hold; `packs` in order of preference."""

    packs: tuple[Pack, ...]
    broken: tuple[tuple[Path, AppError], ...]  # folder, what is wrong with it


def installed(folders: Sequence[Path] | None = None) -> Found:
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
    return Found(tuple(sorted(packs.values(), key=_preference)), tuple(broken))


def language_code(packs: Sequence[Pack], text: str) -> str:
    """Return the code of the language that a person names.

    A code that an installed pack uses is taken as it is: an Argos package for a language that our
    registry lacks is still a translator. Raises UsageError "unknown-language".
    """
    codes = {code for pack in packs for code in (*pack.languages, *sum(pack.pairs, ()))}
    return text if text in codes else find(text).code


def check(pack: Pack) -> None:
    """Look at every file's presence and size, and at what would crash the engine.

    Raises ModelError: "model-file-missing", "model-damaged", or one of `check_whisper_folder`.
    """
    for file in pack.files:
        path = pack.folder / file.path
        if not path.is_file():
            raise ModelError("model-file-missing", file=file.path, pack=pack.id)
        if path.stat().st_size != file.size:
            raise ModelError("model-damaged", file=file.path, pack=pack.id)
    if pack.engine == "whisper":
        check_whisper_folder(pack.folder.absolute(), pack.id, pack.languages.values())


def verify(pack: Pack, progress: Progress | None = None) -> None:
    """`check`, then read every byte; raises ModelError "model-damaged" for a wrong hash."""
    check(pack)
    done = 0
    for file in pack.files:
        digest = hashlib.sha256()
        for block in _blocks(pack.folder / file.path, pack.id):
            digest.update(block)
            done += len(block)
            if progress:
                progress(done, pack.size)
        if digest.hexdigest() != file.sha256:
            raise ModelError("model-damaged", file=file.path, pack=pack.id)


def recognizer_for(packs: Sequence[Pack], languages: Sequence[str], preferred: str = "") -> Pack:
    """Return the first recognizer that knows all these languages, any one if there are none.

    The pack with the id `preferred` comes before the others. Raises as `hearers_for` does.
    """
    recognizers = _recognizers(packs, languages)
    for pack in sorted(recognizers, key=lambda pack: pack.id != preferred):
        if set(languages) <= set(pack.languages):
            return pack
    raise _no_recognizer(recognizers, languages)


def hearers_for(
    packs: Sequence[Pack], languages: Sequence[str], preferred: str = ""
) -> dict[str, Pack]:
    """Return who hears each of these languages; see quality/recognizers.py.

    Raises UsageError "no-recognizer-installed", or "no-recognizer", whose parameter `known` lists
    the languages that the installed ones know.
    """
    return hearers(_recognizers(packs, languages), languages, preferred)


def smaller_recognizer(
    packs: Sequence[Pack], current: Sequence[Pack], languages: Sequence[str]
) -> Pack | None:
    """Return the largest recognizer that needs less memory than the largest of the current ones.

    It knows all the languages, tells them apart if the current ones do, and understands what they
    understand: quick nonsense helps nobody. None if none does.
    """
    able = tells_apart(current, languages)
    heaviest = max((pack.memory for pack in current), default=0)
    useful = {
        code
        for code in languages
        if not all(unusable(pack, code) for pack in current if code in pack.languages)
    }
    smaller = [
        pack
        for pack in packs
        if pack.kind == "recognizer"
        and pack.memory < heaviest
        and set(languages) <= set(pack.languages)
        and tells_apart((pack,), languages) >= able
        and not any(unusable(pack, code) for code in useful)
    ]
    return max(smaller, key=lambda pack: pack.memory, default=None)


def translators_for(packs: Sequence[Pack], pairs: Sequence[Pair]) -> tuple[Pack, ...]:
    """Return the packs that translate all these pairs, through other languages where needed.

    They keep the order of `packs`, so that who chooses among them again chooses the same. Raises
    UsageError "no-route", "no-route-on-request".
    """
    able: dict[Pair, Pack] = {}
    for pack in packs:
        for pair in pack.pairs if pack.kind == "translator" else ():
            able.setdefault(pair, pack)
    on_request = {pair for pack in packs for pair in pack.on_request}
    needed = {able[step].folder for pair in pairs for step in route(able, *pair, on_request)}
    return tuple(pack for pack in packs if pack.folder in needed)


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


def _recognizers(packs: Sequence[Pack], languages: Sequence[str]) -> list[Pack]:
    """Return the recognizers, which together know all these languages; raises UsageError.

    Of several versions of one there is only the newest, the first of `packs`.
    """
    newest: dict[str, Pack] = {}
    for pack in packs:
        if pack.kind == "recognizer":
            newest.setdefault(pack.id, pack)
    recognizers = list(newest.values())
    if not recognizers:
        raise UsageError("no-recognizer-installed")
    if not set(languages) <= {code for pack in recognizers for code in pack.languages}:
        raise _no_recognizer(recognizers, languages)
    return recognizers


def _no_recognizer(recognizers: Sequence[Pack], languages: Sequence[str]) -> UsageError:
    codes = ", ".join(sorted({code for pack in recognizers for code in pack.languages}))
    return UsageError("no-recognizer", languages=", ".join(languages), known=codes)


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
