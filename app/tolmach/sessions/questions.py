"""Questions about texts, beside whatever session runs: translate, say it otherwise, translate back.

Each question is answered exactly once, on a background thread, by what was asked for or by Failed;
the one who is called must hand on quickly. Nothing has to be begun: a question brings its packs.
"""

from collections.abc import Callable, Sequence
from itertools import count
from queue import Empty, SimpleQueue
from typing import TypeAlias

from tolmach.core.errors import AppError
from tolmach.core.pack import Pack, Pair
from tolmach.packs.selection import translators_for
from tolmach.protocol.messages import (
    Alternatives,
    Event,
    Failed,
    Offered,
    Request,
    Returned,
    Translate,
    TranslateBack,
    Translated,
)
from tolmach.worker.client import Client

SESSION = "texts"
_DROPPED = "request-dropped"

Answer: TypeAlias = Translated | Offered | Returned | Failed
Take: TypeAlias = Callable[[Answer], None]


class TextQuestions:
    """Asks the worker and brings each answer to whom it belongs."""

    def __init__(self, client: Client, packs: Callable[[], Sequence[Pack]]) -> None:
        """`packs` tells what is installed whenever something is asked."""
        self._client = client
        self._packs = packs
        self._numbers = count()
        self._waiting: dict[int, tuple[Request, Take]] = {}
        client.hear(SESSION, self._on_event)

    def translate(self, text: str, source: str, target: str, take: Take, project: str = "") -> None:
        """Translate a text; answered by Translated."""
        self._ask(
            (source, target),
            take,
            lambda number, packs: Translate(SESSION, number, text, source, target, packs, project),
        )

    def alternatives(
        self, text: str, source: str, target: str, take: Take, project: str = ""
    ) -> None:
        """Say a sentence in several ways; answered by Offered."""
        self._ask(
            (source, target),
            take,
            lambda number, packs: Alternatives(
                SESSION, number, text, source, target, packs, project=project
            ),
        )

    def back(self, text: str, translation: str, pair: Pair, take: Take) -> None:
        """Translate the translation of a text back, `pair` being its (source, target).

        Answered by Returned.
        """
        source, target = pair
        self._ask(
            (target, source),
            take,
            lambda number, packs: TranslateBack(
                SESSION, number, text, source, target, packs, translation
            ),
        )

    def _ask(
        self, pair: Pair, take: Take, make: Callable[[int, tuple[Pack, ...]], Request]
    ) -> None:
        number = next(self._numbers)
        try:
            request = make(number, translators_for(self._packs(), (pair,)))
        except AppError as error:
            take(Failed(SESSION, error.code, error.params, number))
        else:
            self._send(request, take)

    def _send(self, request: Request, take: Take) -> None:
        self._waiting[request.utterance] = (request, take)
        self._client.ask(request)

    def _on_event(self, event: Event) -> None:
        if not isinstance(event, Answer):
            return
        waiting = self._waiting.pop(event.utterance, None)  # in one step: threads meet here
        if waiting is None:
            return  # it had its answer
        request, take = waiting
        if isinstance(event, Failed) and event.code == _DROPPED:
            self._send(request, take)  # a session was stopped at once; this is none of it
        else:
            take(event)


def answered(ask: Callable[[Take], None]) -> Answer:
    """Ask and wait for the answer; raises AppError when it is Failed. Not for a window."""
    answers: SimpleQueue[Answer] = SimpleQueue()
    ask(answers.put)
    while True:
        try:
            answer = answers.get(timeout=0.2)  # without, Ctrl+C would not get through on Windows
        except Empty:
            continue
        if isinstance(answer, Failed):
            raise AppError(answer.code, **answer.params)
        return answer
