"""What an engine is: four Protocols, and no others in the program.

Engines are made by `engines/table.py` from a Pack. Constructors load the model and raise
ModelError for bad files; the methods raise EngineError. All calls come from one thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tolmach.core.pack import Pair
from tolmach.core.samples import Samples


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a recognizer heard in one utterance."""

    text: str  # "" when it heard no speech
    language: str  # BCP 47 code, one of those asked for
    confidence: float  # of the language among those asked for, 0..1; 1.0 when only one was
    log_probability: float  # mean per token, natural logarithm
    no_speech: float  # the model's probability that nobody spoke, 0..1


class VoiceActivityDetector(Protocol):
    """Hears whether somebody speaks, frame by frame, with memory of the frames before."""

    def probability(self, frame: Samples) -> float:
        """Return the probability of speech in [0, 1] for the next frame of 512 samples."""

    def reset(self) -> None:
        """Forget the frames so far: the next one begins a new recording."""


class Recognizer(Protocol):
    """Turns an utterance into text."""

    def recognize(self, samples: Samples, languages: Sequence[str]) -> Recognition:
        """Recognise one utterance (at most 30 s) spoken in one of `languages`.

        With several languages the spoken one is detected among exactly those. A language that
        the pack has no token for raises UsageError "language-not-in-pack".
        """


class Translator(Protocol):
    """Turns text of one language into another."""

    pairs: tuple[Pair, ...]

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        """Translate each text (a sentence or a short paragraph); empty texts stay empty."""


class Synthesizer(Protocol):
    """Speaks."""

    def speak(self, text: str, language: str) -> Samples:
        """Return the text spoken, 16 kHz."""
