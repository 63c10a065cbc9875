"""VAD → endpointer → recognizer → translator, as synchronous generators of events.

Runs in the worker process, one call at a time. It owns no thread and no pipe, so a test can drive
it with plain engines and read what comes out. Finals are made as sound is fed; unconfirmed words,
and finals in the hope that a pause is the end, only in `idle`, which may be called or not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from time import process_time

import numpy as np

from tolmach.core import allocation
from tolmach.core.errors import AppError, EngineError
from tolmach.core.samples import FRAME, Samples, seconds
from tolmach.core.threads import Threads
from tolmach.core.transcript import SURE
from tolmach.engines.base import (
    RecognitionRequest,
    Recognizer,
    Translator,
    VoiceActivityDetector,
)
from tolmach.pipeline.endpointer import Endpointer, Utterance
from tolmach.pipeline.joining import Joining, RecognizedUtterance, is_one_sentence
from tolmach.pipeline.scheduler import Scheduler
from tolmach.pipeline.translation import TextTranslator
from tolmach.pipeline.utterance import UtteranceRecognition
from tolmach.protocol.messages import (
    Again,
    Answered,
    Begin,
    Cut,
    Decode,
    Decoded,
    Event,
    Failed,
    Identity,
    Joined,
    Progress,
    Recognized,
    Translated,
    Unconfirmed,
)
from tolmach.protocol.plan import Plan
from tolmach.terms.current import CurrentTerms

PAUSE = 4 * FRAME  # samples of silence after which a final is begun, in hope
STAYS = 2.0  # how much likelier the language of the last utterance is than another one


@dataclass(frozen=True, slots=True)
class Engines:
    """The loaded models of a plan."""

    detector: VoiceActivityDetector
    recognizer: Recognizer | None
    translator: Translator | None
    threads: Mapping[str, Threads] = field(default_factory=dict)  # of each recognizer, by pack


class Pipeline:
    """One session's way from samples to translations."""

    def __init__(self, begin: Begin, engines: Engines, terms: CurrentTerms | None = None) -> None:
        """Begin where `begin` says; the engines' memory of earlier sound is cleared.

        `terms` is what the person taught the program.
        """
        self._session = begin.session
        self._plan: Plan = begin.plan
        self._engines = engines
        self._endpointer = Endpointer(begin.plan.endpointing, begin.first, begin.utterance)
        self._rest = np.zeros(0, dtype=np.float32)  # samples short of a frame
        self._received = begin.first
        self._next = begin.utterance
        self._spoken = begin.plan.languages
        self._last = ""  # language of the last utterance that was words for sure
        self._recognition: UtteranceRecognition | None = None  # of the open utterance
        self._mute = -1  # an utterance that cannot be looked at: its final will say why
        self._joining = Joining(begin.plan.endpointing)
        self._scheduler = Scheduler()
        self._pre_roll = begin.plan.endpointing.pre_roll_ms / 1000
        self._translator = TextTranslator(
            engines.translator, terms, begin.plan.project, begin.plan.translators
        )
        for pair in begin.plan.targets.items():
            self._translator.prepare(*pair)
        engines.detector.reset()

    def feed(self, samples: Samples) -> Iterator[Event]:
        """Take samples of any number; yield what became known."""
        waiting = np.concatenate([self._rest, samples])
        whole = len(waiting) - len(waiting) % FRAME
        self._rest = waiting[whole:]
        for first in range(0, whole, FRAME):
            yield from self._hear(waiting[first : first + FRAME])
        yield self._progress()

    def idle(self) -> Iterator[Event]:
        """Nothing waits to be heard: look at the open utterance, if that is worth its price.

        While nobody speaks, hear again as one what may have been one sentence.
        """
        if not self._endpointer.speaking:
            yield from self._join()
        utterance = self._endpointer.open if self._plan.drafts else None
        if utterance is None or not utterance.spoken or utterance.number == self._mute:
            return
        try:
            yield from self._look(utterance)
        except AppError:
            self._mute = utterance.number

    def finish(self) -> Iterator[Event]:
        """Take the end of the recording: what is still open is recognised now."""
        yield from self._close()
        yield from self._join()
        yield self._progress()

    def speak(self, language: str) -> Iterator[Event]:
        """From here on this language is spoken, "" for any; what is open is recognised now."""
        yield from self._close()
        yield from self._join()
        self._joining.forget()
        self._spoken = (language,) if language else self._plan.languages
        yield self._progress()

    def again(self, request: Again) -> Iterator[Event]:
        """Recognise a kept utterance, perhaps of an earlier session, as the language named."""
        length = len(request.samples)
        utterance = Utterance(request.utterance, request.first, request.samples, length)
        recognition = self._new_recognition(request.identity, {request.language: 1.0})
        targets = {request.language: request.target}
        yield from self._recognize(request.session, utterance, recognition, targets)

    def decode(self, request: Decode) -> Iterator[Event]:
        """Decode sound in one window, and tell what that took. Raises AppError."""
        recognizer = self._engines.recognizer
        if recognizer is None:
            raise EngineError("no-models-loaded")
        query = RecognitionRequest(
            {request.language: 1.0},
            utterance=object(),  # nothing of another window is used again
            draft=request.draft,
            window=request.window,
            completed=request.completed,
        )
        began = process_time()
        answer = recognizer.recognize(request.samples, query)
        cost = process_time() - began
        languages = dict.fromkeys(self._plan.languages, 1.0)
        shares = recognizer.identify(request.samples, replace(query, languages=languages))
        language = max(shares, key=shares.__getitem__)
        identified = language == request.language
        yield Decoded(*request.identity, answer.text, answer.doubtful, identified, cost)
        yield Answered(*request.identity)

    def _hear(self, frame: Samples) -> Iterator[Event]:
        padded = np.pad(frame, (0, FRAME - len(frame)))  # only the last frame can be short
        utterance = self._endpointer.push(frame, self._engines.detector.probability(padded))
        self._received += len(frame)
        if utterance:
            yield from self._complete(utterance)
            yield self._progress()

    def _close(self) -> Iterator[Event]:
        """End the open utterance, wherever it is."""
        if len(self._rest):
            yield from self._hear(self._rest)
            self._rest = self._rest[:0]
        utterance = self._endpointer.finish()
        if utterance:
            yield from self._complete(utterance)

    def _complete(self, utterance: Utterance) -> Iterator[Event]:
        self._next = utterance.number + 1
        recognition = self._recognition_of(utterance)
        self._recognition = None
        for event in self._recognize(self._session, utterance, recognition, self._plan.targets):
            if isinstance(event, Recognized):
                self._take_words(utterance, event)
            yield event
        self._translator.forget()

    def _take_words(self, utterance: Utterance, words: Recognized) -> None:
        if words.text and words.confidence >= SURE:
            self._last = words.language
        if self._plan.joined:
            self._joining.take(RecognizedUtterance(utterance, words))

    def _join(self) -> Iterator[Event]:
        """Hear the last two utterances as one, and tell of it if they are one sentence."""
        pair = self._joining.next_pair()
        if pair is None:
            return
        try:
            joined = self._joined(*pair)
        except AppError:
            joined = None  # both have been told
        self._translator.forget()
        allocation.return_free_blocks()  # an encoder took them, and nobody is told of most tries
        if joined:
            yield joined

    def _joined(self, first: RecognizedUtterance, second: RecognizedUtterance) -> Joined | None:
        """Return both as one, None where they are not. Raises AppError."""
        utterance = first.utterance.with_next(second.utterance)
        recognition = self._new_recognition((self._session, utterance.number), self._weights())
        if recognition is None:
            return None
        whole = _recognized(utterance, recognition)
        if not is_one_sentence(first.words, second.words, whole):
            return None
        translated = self._translated(whole, self._plan.targets.get(whole.language, ""))
        self._joining.replace(RecognizedUtterance(utterance, whole))
        return Joined(*whole.identity, second.utterance.number, whole, translated)

    def _recognition_of(self, utterance: Utterance) -> UtteranceRecognition | None:
        """Return what is known of an utterance of this session, None without a recognizer."""
        identity = (self._session, utterance.number)
        if self._recognition and self._recognition.identity == identity:
            return self._recognition
        self._recognition = self._new_recognition(identity, self._weights())
        return self._recognition

    def _weights(self) -> dict[str, float]:
        """Return what may be spoken, and how likely before anything is heard."""
        return {code: STAYS if code == self._last else 1.0 for code in self._spoken}

    def _new_recognition(
        self, identity: Identity, languages: Mapping[str, float]
    ) -> UtteranceRecognition | None:
        if self._engines.recognizer is None:
            return None
        hotwords = [
            word
            for code in languages
            if (target := self._target(code))
            for word in self._translator.hotwords(code, target)
        ]
        request = RecognitionRequest(languages, hotwords=hotwords, beam=self._plan.beam)
        return UtteranceRecognition(
            self._engines.recognizer, identity, request, strict=self._plan.strict
        )

    def _look(self, utterance: Utterance) -> Iterator[Event]:
        recognition = self._recognition_of(utterance)
        if recognition is None:
            return
        second, quiet = seconds(self._received), len(utterance.samples) - utterance.spoken
        if quiet >= PAUSE:
            yield from self._use_pause(utterance, recognition)
        elif not quiet and self._scheduler.due(
            second, utterance.start + self._pre_roll, captioned=bool(recognition.caption)
        ):
            # Not in silence, however short: if it lasts, a final would wait for this look.
            with self._scheduler.look(second):
                recognition.look(utterance)
            yield self._unconfirmed(utterance, recognition)
            if target := self._target(recognition.language):
                yield from self._translate_so_far(recognition, target)

    def _use_pause(
        self, utterance: Utterance, recognition: UtteranceRecognition
    ) -> Iterator[Event]:
        """Make the final, in hope; then, as a look of its own, its translation.

        In one step the translation would hold back a final that is ready.
        """
        final = recognition.finished_ahead(utterance)
        if final is None:
            recognition.finish_ahead(utterance)
            yield self._unconfirmed(utterance, recognition)
        elif target := self._target(final.language):
            self._translator.whole(final.text, final.language, target)

    def _unconfirmed(self, utterance: Utterance, recognition: UtteranceRecognition) -> Unconfirmed:
        self._endpointer.keep_whole(utterance.first + recognition.known_until)
        return Unconfirmed(
            *recognition.identity,
            utterance.start,
            utterance.end,
            recognition.language,
            recognition.confidence,
            recognition.caption.committed,
            recognition.caption.tail,
        )

    def _translate_so_far(self, recognition: UtteranceRecognition, target: str) -> Iterator[Event]:
        """Translate the sentences that are complete; the rest if the person wants it at once."""
        is_on_screen = not recognition.caption.contested
        tail = recognition.tail if self._plan.ahead and is_on_screen else ""
        so_far = self._translator.unfinished(
            recognition.committed, tail, recognition.language, target
        )
        if so_far.text:
            pair = recognition.language, target
            yield Translated(*recognition.identity, *pair, so_far.text, False, so_far.sentences)

    def _recognize(
        self,
        session: str,
        utterance: Utterance,
        recognition: UtteranceRecognition | None,
        targets: Mapping[str, str],
    ) -> Iterator[Event]:
        identity = session, utterance.number
        yield Cut(*identity, utterance.first, utterance.last)
        try:
            if recognition:
                recognized = _recognized(utterance, recognition)
                yield recognized
                yield from self._translate(recognized, targets.get(recognized.language, ""))
        except AppError as error:
            span = utterance.start, utterance.end
            yield Failed(session, error.code, error.params, utterance.number, *span)
        yield Answered(*identity)

    def _translate(self, recognized: Recognized, target: str) -> Iterator[Event]:
        try:
            translated = self._translated(recognized, target)
        except AppError as error:
            yield Failed(recognized.session, error.code, error.params, recognized.utterance)
        else:
            if translated:
                yield translated

    def _translated(self, recognized: Recognized, target: str) -> Translated | None:
        """Return what a text means, None where there is nothing to translate. Raises AppError."""
        if not recognized.text or target in ("", recognized.language):
            return None
        pair = recognized.language, target
        translation = self._translator.whole(recognized.text, *pair)
        identity, sentences = recognized.identity, translation.sentences
        return Translated(*identity, *pair, translation.text, sentences=sentences)

    def _target(self, language: str) -> str:
        """Return what a language is translated into, "" for nothing."""
        target = self._plan.targets.get(language, "")
        return "" if target == language else target

    def _progress(self) -> Progress:
        endpointer = self._endpointer
        return Progress(
            self._session, self._received, endpointer.settled, self._next, endpointer.speaking
        )


def _recognized(utterance: Utterance, recognition: UtteranceRecognition) -> Recognized:
    """Return what was said in an utterance. Raises AppError."""
    final = recognition.finish(utterance)
    span, language = (utterance.start, utterance.end), (final.language, final.confidence)
    return Recognized(*recognition.identity, *span, *language, final.text, final.doubtful)
