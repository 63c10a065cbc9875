"""One utterance on its way from first word to final text, while it is being spoken and after.

Rule: what was committed stays while one speaks. The final answer is free: it hears the whole
utterance and puts right, once, what was written too soon. Where nothing may change that somebody
has read (`strict`), it has the committed words as its beginning, and hears the sound after them.
"""

from dataclasses import replace

from tolmach.core.samples import SAMPLE_RATE, seconds
from tolmach.core.transcript import SURE
from tolmach.engines.base import Recognition, RecognitionRequest, Recognizer
from tolmach.language.orthography.repair import repair
from tolmach.pipeline.caption import Caption
from tolmach.pipeline.endpointer import Utterance
from tolmach.pipeline.stabilizer import Stabilizer
from tolmach.protocol.messages import Identity

PATIENCE = 2.0  # seconds after which words are committed though the language is not SURE


class UtteranceRecognition:
    """What is known of the utterance with this identity."""

    def __init__(
        self,
        recognizer: Recognizer,
        identity: Identity,
        request: RecognitionRequest,
        *,
        strict: bool = False,
    ) -> None:
        """Every request is this one, with what is known by then."""
        self.identity = identity
        self.caption = Caption()
        self.language, self.confidence = "", 0.0
        self.known_until = 0  # samples of the utterance whose words are committed
        self._decided = False  # nothing more is asked about the language
        self._strict = strict
        self._recognizer = recognizer
        self._request = replace(request, utterance=identity)
        self._stabilizer = Stabilizer()
        self._ahead: tuple[int, Recognition] | None = None  # a final of so many spoken samples

    @property
    def committed(self) -> str:
        """Return the text that will not change any more."""
        return repair(self._stabilizer.committed, self.language)

    @property
    def tail(self) -> str:
        """Return the unconfirmed text after it."""
        return repair(self._stabilizer.tail, self.language)

    def look(self, utterance: Utterance) -> None:
        """Look at what has been said so far: some words may be committed. Raises AppError."""
        length, most = len(utterance.samples), self._recognizer.window * SAMPLE_RATE
        # Times are for cutting: the window now, the utterance itself when it becomes too long.
        request = replace(self._ask(utterance), draft=True, timed=length > most)
        hypothesis = self._recognizer.recognize(utterance.samples, request)
        if hypothesis.doubtful:
            return  # nobody reads a loop; the next look, or the final, will know better
        self._take(utterance, hypothesis)
        if length - self._stabilizer.start > most:
            self._stabilizer.cut()

    def finished_ahead(self, utterance: Utterance) -> Recognition | None:
        """Return the final that was made of exactly the speech in this utterance, if one was."""
        if self._ahead is None or self._ahead[0] != utterance.spoken:
            return None
        return self._ahead[1]

    def finish_ahead(self, utterance: Utterance) -> None:
        """Make the final in the pause, in the hope that it is the end. Raises AppError."""
        hypothesis = self._recognizer.recognize(utterance.samples, self._ask_final(utterance))
        if hypothesis.doubtful:
            self._hear_language(hypothesis)  # nobody reads it before it has its mark
        else:
            words = hypothesis.words
            if not self._strict:
                words = self._stabilizer.in_window(words)
            self._take(utterance, replace(hypothesis, words=words), pause=True)
        self._ahead = (utterance.spoken, self._whole(hypothesis))

    def finish(self, utterance: Utterance) -> Recognition:
        """Return the final answer, its text that of the whole utterance. Raises AppError."""
        final = self.finished_ahead(utterance)
        if final is not None:
            return final
        hypothesis = self._recognizer.recognize(utterance.samples, self._ask_final(utterance))
        self._hear_language(hypothesis)
        return self._whole(hypothesis)

    def _ask_final(self, utterance: Utterance) -> RecognitionRequest:
        request = self._ask(utterance)
        if self._strict:
            return request
        return replace(request, start=0, previous="", prefix="", voiced=seconds(utterance.spoken))

    def _ask(self, utterance: Utterance) -> RecognitionRequest:
        stabilizer = self._stabilizer
        return replace(
            self._request,
            languages={self.language: 1.0} if self._decided else self._request.languages,
            start=stabilizer.start,
            previous=stabilizer.previous,
            prefix=stabilizer.prefix,
            voiced=seconds(utterance.spoken - stabilizer.start),
            certainty=utterance.certainty,
        )

    def _take(self, utterance: Utterance, hypothesis: Recognition, *, pause: bool = False) -> None:
        self._hear_language(hypothesis)
        long = len(utterance.samples) >= PATIENCE * SAMPLE_RATE
        sure = self.confidence >= SURE
        committed = self._stabilizer.committed
        is_useful = self._stabilizer.take(hypothesis.words, commit=sure or long, pause=pause)
        if self._stabilizer.committed != committed:
            self.known_until = min(
                len(utterance.samples), int(self._stabilizer.end * SAMPLE_RATE) or utterance.spoken
            )
        self._decided = bool(self._stabilizer.committed) or (sure and long)
        if is_useful:
            last = repair(self._stabilizer.hypothesis, self.language)
            self.caption = self.caption.next(
                self.committed, self.tail, last, strict=self._strict, final=pause
            )

    def _hear_language(self, hypothesis: Recognition) -> None:
        if not self._decided:
            self.language, self.confidence = hypothesis.language, hypothesis.confidence

    def _whole(self, hypothesis: Recognition) -> Recognition:
        text = self._stabilizer.finish(hypothesis.text) if self._strict else hypothesis.text
        is_loss = not text.strip() and bool(self.committed)  # words were shown: they stay
        return replace(
            hypothesis,
            text=self.committed if is_loss else repair(text.strip(), self.language),
            language=self.language,
            confidence=self.confidence,
            doubtful=hypothesis.doubtful or is_loss,
        )
