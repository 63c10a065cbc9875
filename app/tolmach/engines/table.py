"""The only list of engines. A new engine is one module and one line here.

Modules are imported when an engine is first asked for, so that starting the worker costs nothing
for engines nobody uses. The installer's hidden imports are read from these tables.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from tolmach.core.errors import ModelError
from tolmach.core.lazy import imported
from tolmach.core.pack import Pack, Pair
from tolmach.core.threads import Threads
from tolmach.engines.base import Recognizer, Translator, VoiceActivityDetector
from tolmach.engines.pivot import PivotTranslator
from tolmach.engines.protecting import ProtectingTranslator
from tolmach.engines.recasing import RecasingTranslator
from tolmach.engines.recognizer_group import RecognizerGroup
from tolmach.engines.translation import DecodingTranslator
from tolmach.engines.transliterating import TransliteratingTranslator
from tolmach.quality.recognizers import hearers as best_hearers
from tolmach.quality.recognizers import identifier

RECOGNIZERS = {"whisper": "tolmach.engines.whisper:WhisperRecognizer"}
TRANSLATORS = {
    "opus": "tolmach.engines.opus:load_opus",
    "nllb": "tolmach.engines.nllb:load_nllb",
    "argos": "tolmach.engines.argos:load_argos",
}
DETECTORS = {"silero": "tolmach.engines.silero:SileroDetector"}


def recognizer(pack: Pack, threads: int, languages: Sequence[str] = ()) -> Recognizer:
    """Load the pack's recognizer for these languages, none for all; raises ModelError."""
    return _recognizer(pack, {pack.id: (threads, threads)} if threads else {}, languages)


def recognizers(
    packs: Sequence[Pack], hearers: Mapping[str, str], threads: dict[str, Threads]
) -> Recognizer:
    """Load the packs' recognizers as one; `hearers` are pack ids by language. Raises ModelError.

    Other languages, which may be asked for one at a time, are heard by who is best for them. Of
    packs that are not in `threads` it is measured how many are the quickest, and put there.
    """
    own = {pack.id: [code for code in hearers if hearers[code] == pack.id] for pack in packs}
    loaded = {pack.id: _recognizer(pack, threads, own[pack.id]) for pack in packs}
    if len(packs) == 1:
        return loaded[packs[0].id]
    others = best_hearers(packs, [code for pack in packs for code in pack.languages])
    names = {code: pack.id for code, pack in others.items()} | dict(hearers)
    judge = identifier(packs, hearers)
    return RecognizerGroup(
        {code: loaded[name] for code, name in names.items()}, loaded[judge.id] if judge else None
    )


def translator(pack: Pack, threads: int) -> Translator:
    """Load the pack's translator; raises ModelError."""
    return _translators(pack, threads)[0]


def protecting(pack: Pack, threads: int) -> Translator:
    """Load the pack's translator, which then loses nothing that must not be translated."""
    outer, engine = _translators(pack, threads)
    return ProtectingTranslator(RecasingTranslator(outer), engine.knows)


def _translators(pack: Pack, threads: int) -> tuple[Translator, DecodingTranslator]:
    """Return what translates as people write, and in it what reads the model's own script."""
    engine: DecodingTranslator = _resolve(TRANSLATORS, pack.engine)(pack, threads)
    return TransliteratingTranslator(engine, pack.scripts) if pack.scripts else engine, engine


def translators(packs: Sequence[Pack], load: Callable[[Pack], Translator]) -> Translator:
    """Return one translator over all packs; for a pair that two packs know, the first is used.

    `load` is called whenever a text needs a pack, so it should remember.
    """
    legs: dict[Pair, Callable[[], Translator]] = {}
    for pack in packs:
        for pair in pack.pairs:
            legs.setdefault(pair, partial(load, pack))
    return PivotTranslator(legs)


def detector(name: str = "silero") -> VoiceActivityDetector:
    """Load a voice activity detector; raises ModelError."""
    engine: VoiceActivityDetector = _resolve(DETECTORS, name)()
    return engine


def _recognizer(
    pack: Pack, threads: dict[str, Threads], languages: Sequence[str] = ()
) -> Recognizer:
    engine = _resolve(RECOGNIZERS, pack.engine)(pack, threads.get(pack.id, 0), languages)
    threads[pack.id] = engine.threads
    recognizer: Recognizer = engine
    return recognizer


def _resolve(table: dict[str, str], name: str) -> Any:
    if name not in table:
        raise ModelError("unknown-engine", engine=name, known=", ".join(table))
    return imported(table[name])
