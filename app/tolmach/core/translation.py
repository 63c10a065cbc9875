"""A translation as people get it: its text and, sentence by sentence, what to think of it.

Rule: a confidence is a share that was measured. Where nobody calibrated a model it is UNKNOWN, and
no percentage is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

UNKNOWN = -1.0  # a confidence that nobody has calibrated, or that nobody is to be told
LOW = 0.5  # below this a translation is more likely wrong than right

# Codes of doubts: those that may harm whoever acts on the translation, and all, the gravest first.
GRAVE = ("number-lost", "number-added", "ban-lost", "negation-lost", "medicine-lost")
GRAVEST_FIRST = (
    *GRAVE,
    *("name-lost", "sentence-lost", "too-short", "too-long", "repetition", "untranslated"),
    *("wrong-script", "question-lost", "kept-lost", "term-missed", "term-forced", "unsure"),
)


@dataclass(frozen=True, slots=True)
class Flag:
    """One doubt; `messages/doubts.py` says it in words."""

    code: str
    detail: str = ""  # the number that was lost or added, the name that was lost


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several translations of a text."""

    text: str
    score: float  # mean logarithm of the probability of its tokens
    confidence: float = UNKNOWN  # share of such translations that are right, 0..1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text and its translation: text[start:end], translation[begin:until]."""

    start: int
    end: int
    begin: int
    until: int
    confidence: float = UNKNOWN  # share of such translations that are right, 0..1
    doubts: tuple[Flag, ...] = ()  # the gravest first
    origin: str = ""  # where a person's own translation of it came from, "" if a model made it
    trial: bool = False  # see quality/trial.py: to be marked, and never to be spoken

    def texts(self, text: str, translation: str) -> tuple[str, str]:
        """Return what the sentence is in the text, and in its translation."""
        return text[self.start : self.end], translation[self.begin : self.until]

    def moved(self, source: int, target: int) -> "Sentence":
        """Return the sentence so many characters later in the text and in its translation."""
        return replace(
            self,
            start=self.start + source,
            end=self.end + source,
            begin=self.begin + target,
            until=self.until + target,
        )


@dataclass(frozen=True, slots=True)
class Translation:
    """A text translated, and its sentences in their order."""

    text: str = ""
    sentences: tuple[Sentence, ...] = ()


def assembled(
    text: str, spans: Iterable[tuple[int, int]], translations: Iterable[Translation]
) -> Translation:
    """Return the translation of a text, given those of spans of it; the rest stays as it is."""
    target, at = "", 0
    sentences: list[Sentence] = []
    for (start, end), translation in zip(spans, translations, strict=True):
        target += text[at:start]
        sentences += [sentence.moved(start, len(target)) for sentence in translation.sentences]
        target += translation.text
        at = end
    return Translation(target + text[at:], tuple(sentences))


def together(text: str, parts: Iterable[Candidate]) -> Candidate:
    """Return a text as one candidate, as good as the worst of its parts."""
    spoken = [part for part in parts if part.text]
    score = min((part.score for part in spoken), default=0.0)
    return Candidate(text, score, least(part.confidence for part in spoken))


def least(confidences: Iterable[float]) -> float:
    """Return the least of them; UNKNOWN where one is, and of none."""
    return min(confidences, default=UNKNOWN)


def has_trial(sentences: Iterable[Sentence]) -> bool:
    """Whether a part of a translation is only a trial."""
    return any(sentence.trial for sentence in sentences)


def doubts_of(sentences: Sequence[Sentence]) -> tuple[Flag, ...]:
    """Return what to ask about a text, each doubt once."""
    return tuple(dict.fromkeys(flag for sentence in sentences for flag in sentence.doubts))
