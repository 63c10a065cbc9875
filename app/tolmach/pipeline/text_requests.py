"""Requests about texts, which need no session and no sound."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from tolmach.core.pack import Pack
from tolmach.engines.base import Translator
from tolmach.pipeline.translation import TextTranslator
from tolmach.protocol.messages import (
    Alternatives,
    Answered,
    Event,
    Loaded,
    Offered,
    Returned,
    TextRequest,
    Translate,
    TranslateBack,
    Translated,
)
from tolmach.quality.chrf import chrf
from tolmach.terms.current import CurrentTerms

LoadTranslator: TypeAlias = Callable[[Sequence[Pack]], Translator]


class Texts:
    """Answers one request after another; what it translated last it knows the next time."""

    def __init__(self, load: LoadTranslator, terms: CurrentTerms) -> None:
        self._load = load
        self._terms = terms
        self._latest: tuple[tuple[Pack, ...], str | None] | None = None  # packs and project
        self._translator = TextTranslator(None)

    def answer(self, request: TextRequest) -> Iterator[Event]:
        """Yield what answers a request, and that it was answered. Raises AppError."""
        pair = request.source, request.target
        loaded = self._load(request.translators)  # each time: so it knows what is needed
        yield Loaded(*request.identity)
        if isinstance(request, Translate):
            translation = self._of(request, loaded).whole(request.text, *pair)
            yield Translated(
                *request.identity, *pair, translation.text, sentences=translation.sentences
            )
        elif isinstance(request, Alternatives):
            candidates = self._of(request, loaded).alternatives(request.text, *pair, request.count)
            yield Offered(*request.identity, tuple(candidates))
        elif isinstance(request, TranslateBack):
            # No terms: they would not show what the translation says.
            translator = TextTranslator(loaded)
            text = translator.whole(request.translation, request.target, request.source).text
            yield Returned(*request.identity, text, chrf(text.casefold(), request.text.casefold()))
        yield Answered(*request.identity)

    def _of(self, request: Translate | Alternatives, loaded: Translator) -> TextTranslator:
        """Return what translates with the packs and the terms of a request."""
        packs_and_project = request.translators, request.project
        if packs_and_project != self._latest:
            terms = None if request.project is None else self._terms
            project = request.project or ""
            self._translator = TextTranslator(loaded, terms, project, request.translators)
            self._latest = packs_and_project
        return self._translator
