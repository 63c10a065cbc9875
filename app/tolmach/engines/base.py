"""What an engine is: four Protocols, and no others in the program.

Engines are made by `engines/table.py` from a Pack. Constructors load the model and raise
ModelError for bad files; the methods raise EngineError. All calls come from one thread.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

from tolmach.core.pack import Pair
from tolmach.core.samples import Samples
from tolmach.core.transcript import Word
from tolmach.core.translation import Candidate


@dataclass(frozen=True, slots=True)
class RecognitionRequest:
    """What a recognizer is asked about the samples it is given.

    While an utterance is being spoken it is asked again and again; then `start`, `previous` and
    `prefix` carry what has been committed, so that only the rest must be found.
    """

    languages: Mapping[str, float]  # what may be spoken -> its weight before anything is heard
    utterance: Hashable | None = None  # for the same one samples only grow: work may be kept
    start: int = 0  # index of the first sample to decode: what was said before is committed
    previous: str = ""  # committed text before `start`, as context
    prefix: str = ""  # committed text from `start` on: the answer begins with it
    hotwords: Sequence[str] = ()  # words that are likely to be said, the likeliest first
    draft: bool = False  # soon rather than well: for unconfirmed words, with their probabilities
    timed: bool = False  # whether words need their times
    beam: int = 0  # hypotheses that a final answer follows; 0: as the pack says
    window: float = 0.0  # seconds to hear this in, with no second try; 0: as the pack says
    completed: bool = False  # whether known silence follows a window that is named
    voiced: float = inf  # seconds of speech that the VAD heard; infinite: nobody asked it
    certainty: float = 1.0  # the highest probability of speech that it gave; 1.0: nobody asked it


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a recognizer heard in one utterance, from `RecognitionRequest.start` on."""

    text: str  # "" when it heard no speech; begins with the request's `prefix`
    language: str  # BCP 47 code, one of those asked for
    confidence: float  # that it is this language, of all there are, 0..1; 1.0 for a single one
    log_probability: float  # mean per token, natural logarithm
    no_speech: float  # the model's probability that nobody spoke, 0..1
    doubtful: bool = False  # it repeats itself or was hardly believed, at the second try, too
    words: tuple[Word, ...] = ()  # of the text, with times in seconds since the utterance began


class VoiceActivityDetector(Protocol):
    """Hears whether somebody speaks, frame by frame, with memory of the frames before."""

    def probability(self, frame: Samples) -> float:
        """Return the probability of speech in [0, 1] for the next frame of 512 samples."""

    def reset(self) -> None:
        """Forget the frames so far: the next one begins a new recording."""


class Recognizer(Protocol):
    """Turns an utterance into text."""

    window: float  # seconds: when it must decode more, it is time to settle the first words

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        """Recognise one utterance (at most 30 s), of which the first samples may be settled.

        With several languages the spoken one is detected among exactly those. A language that
        the pack has no token for raises UsageError "language-not-in-pack".
        """

    def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
        """Return the probability of each language asked for; raises as `recognize` does.

        What is left to 1 is the probability that it is none of them.
        """


class Translator(Protocol):
    """Turns sentences of one language into another; who has a text cuts it before."""

    pairs: tuple[Pair, ...]

    def translate(
        self, sentences: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        """Translate each sentence, however long it is; an empty one stays empty.

        `earlier` is the translation of the sentence's beginning while it was being spoken: the new
        one should not change its words without need. Only with a single sentence.
        """

    def alternatives(self, sentence: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return 1 to `count` translations that differ; the first is `translate`'s."""


class Synthesizer(Protocol):
    """Speaks."""

    def speak(self, text: str, language: str) -> Samples:
        """Return the text spoken, 16 kHz."""
