"""The models that are loaded, each once, for as long as somebody needs it."""

from collections import deque
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from tolmach.core import allocation
from tolmach.core.pack import Pack, PackFile
from tolmach.engines import table
from tolmach.engines.base import Translator
from tolmach.engines.threads import cores
from tolmach.packs import store
from tolmach.pipeline.session import Engines
from tolmach.protocol.plan import Plan

_TEXTS = 2  # requests whose models are kept: there and back, or a document beside a text
MOST_TRANSLATOR_THREADS = 2  # more bought nothing for one sentence at a time

# Its files, too: a pack may be replaced by another of the same name.
_Key: TypeAlias = tuple[Path, str, str, tuple[PackFile, ...]]


class Models:
    """Loads what a plan or a text needs; a translator that both need is there once.

    Both methods raise ModelError. Translators are loaded when a text first needs them.
    """

    def __init__(self) -> None:
        self._loaded: dict[_Key, Translator] = {}
        self._planned: Sequence[Pack] = ()
        self._recent: deque[tuple[Pack, ...]] = deque(maxlen=_TEXTS)
        self._threads = 0

    def engines(self, plan: Plan) -> Engines:
        """Return what the session of a plan works with."""
        self._planned, self._threads = plan.translators, plan.threads
        self._drop()
        recognizer, threads = None, dict(plan.known_threads)
        if plan.threads:
            threads = {pack.id: (plan.threads, plan.threads) for pack in plan.recognizers}
        if plan.recognizers:
            recognizer = table.recognizers(plan.recognizers, plan.hearers, threads)
        translator = table.translators(plan.translators, self._load) if plan.translators else None
        return Engines(table.detector(), recognizer, translator, threads)

    def translator(self, packs: Sequence[Pack]) -> Translator:
        """Return what translates a text."""
        needed = tuple(packs)
        if needed in self._recent:
            self._recent.remove(needed)
        self._recent.append(needed)
        self._drop()
        return table.translators(packs, self._load)

    def _load(self, pack: Pack) -> Translator:
        key = _key(pack)
        if key not in self._loaded:
            store.check(pack)
            # It reserves hundreds of megabytes that it never uses; not where pages are in memory.
            allocation.return_free_blocks()
            threads = self._threads or min(cores(), MOST_TRANSLATOR_THREADS)
            self._loaded[key] = table.protecting(pack, threads)
        return self._loaded[key]

    def _drop(self) -> None:
        """Let go of what neither the session nor the last texts need."""
        needed = {_key(pack) for pack in chain(self._planned, *self._recent)}
        for key in self._loaded.keys() - needed:
            del self._loaded[key]


def _key(pack: Pack) -> _Key:
    return pack.folder, pack.id, pack.version, pack.files
