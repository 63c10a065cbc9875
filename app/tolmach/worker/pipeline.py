"""VAD → endpointer → recognizer → translator, as synchronous generators of events.

Runs in the worker process, one call at a time. It owns no thread and no pipe, so a test can drive
it with plain engines and read what comes out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tolmach.core.endpointer import Endpointer, Utterance
from tolmach.core.errors import AppError, UsageError
from tolmach.core.samples import FRAME, Samples
from tolmach.engines.base import Recognizer, Translator, VoiceActivityDetector
from tolmach.worker.protocol import (
    Again,
    Answered,
    Begin,
    Cut,
    Event,
    Failed,
    Plan,
    Progress,
    Recognized,
    Translate,
    Translated,
)


@dataclass(frozen=True, slots=True)
class Engines:
    """The loaded models of a plan."""

    detector: VoiceActivityDetector
    recognizer: Recognizer | None
    translator: Translator | None


class Pipeline:
    """One session's way from samples to translations."""

    def __init__(self, begin: Begin, engines: Engines) -> None:
        """Begin where `begin` says; the engines' memory of earlier sound is cleared."""
        self._session = begin.session
        self._plan: Plan = begin.plan
        self._engines = engines
        self._endpointer = Endpointer(begin.plan.endpointing, begin.first, begin.utterance)
        self._rest = np.zeros(0, dtype=np.float32)  # samples short of a frame
        self._heard = begin.first
        self._next = begin.utterance
        engines.detector.reset()

    def feed(self, samples: Samples) -> Iterator[Event]:
        """Take samples of any number; yield what became known."""
        waiting = np.concatenate([self._rest, samples])
        whole = len(waiting) - len(waiting) % FRAME
        self._rest = waiting[whole:]
        for first in range(0, whole, FRAME):
            yield from self._hear(waiting[first : first + FRAME])
        yield self._progress()

    def finish(self) -> Iterator[Event]:
        """Take the end of the recording: what is still open is recognised now."""
        if len(self._rest):
            yield from self._hear(self._rest)
            self._rest = self._rest[:0]
        utterance = self._endpointer.finish()
        if utterance:
            yield from self._recognize(
                self._session, utterance, self._plan.targets, self._plan.languages
            )
        yield self._progress()

    def again(self, request: Again) -> Iterator[Event]:
        """Recognise a kept utterance, perhaps of an earlier session, as the language named."""
        utterance = Utterance(request.utterance, request.first, request.samples)
        targets = {request.language: request.target}
        yield from self._recognize(request.session, utterance, targets, (request.language,))

    def translate(self, request: Translate) -> Iterator[Event]:
        """Translate a text that was typed or edited."""
        identity = (request.session, request.utterance)
        yield from self._translate(identity, request.text, request.source, request.target)
        yield Answered(*identity)

    def _hear(self, frame: Samples) -> Iterator[Event]:
        padded = np.pad(frame, (0, FRAME - len(frame)))  # only the last frame can be short
        utterance = self._endpointer.push(frame, self._engines.detector.probability(padded))
        self._heard += len(frame)
        if utterance:
            self._next = utterance.number + 1
            yield from self._recognize(
                self._session, utterance, self._plan.targets, self._plan.languages
            )
            yield self._progress()

    def _recognize(
        self,
        session: str,
        utterance: Utterance,
        targets: Mapping[str, str],
        languages: tuple[str, ...],
    ) -> Iterator[Event]:
        number = utterance.number
        yield Cut(session, number, utterance.first, utterance.last)
        try:
            yield from self._say(session, utterance, targets, languages)
        except AppError as error:
            yield Failed(session, error.code, error.params, number, utterance.start, utterance.end)
        yield Answered(session, number)

    def _say(
        self,
        session: str,
        utterance: Utterance,
        targets: Mapping[str, str],
        languages: tuple[str, ...],
    ) -> Iterator[Event]:
        if self._engines.recognizer is None:
            return
        heard = self._engines.recognizer.recognize(utterance.samples, languages)
        yield Recognized(
            session,
            utterance.number,
            utterance.start,
            utterance.end,
            heard.language,
            heard.confidence,
            heard.text,
        )
        target = targets.get(heard.language, "")
        if heard.text and target and target != heard.language:
            identity = (session, utterance.number)
            yield from self._translate(identity, heard.text, heard.language, target)

    def _translate(
        self, identity: tuple[str, int], text: str, source: str, target: str
    ) -> Iterator[Event]:
        session, number = identity
        try:
            if self._engines.translator is None:
                raise UsageError("no-route", source=source, target=target, reachable="")
            (translation,) = self._engines.translator.translate([text], source, target)
        except AppError as error:
            yield Failed(session, error.code, error.params, number)
        else:
            yield Translated(session, number, source, target, translation)

    def _progress(self) -> Progress:
        endpointer = self._endpointer
        return Progress(
            self._session, self._heard, endpointer.settled, self._next, endpointer.speaking
        )
