"""Requests about texts, which need no session and no sound."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from tolmach.core.pack import Pack
from tolmach.engines.back_translation import back
from tolmach.engines.base import Translator
from tolmach.pipeline.translation import TextTranslator
from tolmach.protocol.messages import (
    Alternatives,
    Answered,
    Back,
    Event,
    Offered,
    Returned,
    Translate,
    Translated,
)
from tolmach.terms.current import CurrentTerms

LoadTranslator: TypeAlias = Callable[[Sequence[Pack]], Translator]


class Texts:
    """Answers one request after another; what it translated last it knows the next time."""

    def __init__(self, load: LoadTranslator, known: CurrentTerms) -> None:
        self._load = load
        self._known = known
        self._asked: tuple[tuple[Pack, ...], str | None] | None = None  # packs and project
        self._translating = TextTranslator(None)

    def answer(self, request: Translate | Alternatives | Back) -> Iterator[Event]:
        """Yield what answers a request, and that it was answered. Raises AppError."""
        number = request.session, request.utterance
        pair = request.source, request.target
        if isinstance(request, Translate):
            done = self._use(request).whole(request.text, *pair)
            yield Translated(*number, *pair, done.text, sentences=done.sentences)
        elif isinstance(request, Alternatives):
            found = self._use(request).alternatives(request.text, *pair, request.count)
            yield Offered(*number, tuple(found))
        else:
            translator = self._load(request.translators)
            returned = back(translator, request.text, request.translation, pair)
            yield Returned(*number, returned.text, returned.similarity)
        yield Answered(*number)

    def _use(self, request: Translate | Alternatives) -> TextTranslator:
        asked = request.translators, request.project
        translator = self._load(request.translators)  # each time: so it knows what is needed
        if asked != self._asked:
            known = None if request.project is None else self._known
            self._translating = TextTranslator(translator, known, request.project or "", asked[0])
            self._asked = asked
        return self._translating
