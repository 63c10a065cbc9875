"""What was said and what it means: the data that exports, windows and history share."""

from dataclasses import dataclass, field

from tolmach.core.translation import Sentence, has_trial

SURE = 0.8  # confidence in a language below which it was guessed


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the recognizer wrote it, with the space before it: joined they are the text."""

    text: str
    start: float = 0.0  # seconds; zero as well as `end` when nobody asked for times
    end: float = 0.0
    probability: float = 1.0  # of its least likely token; 1 as well where nobody asked


@dataclass(frozen=True, slots=True)
class Segment:
    """One recognised utterance and, once known, its translation.

    `text` is empty for an utterance that could not be recognised; `failure` then says why.
    """

    utterance: int  # number within the session, from 0
    start: float  # seconds since the session began
    end: float
    text: str = ""
    language: str = ""
    confidence: float = 1.0  # of the language, among those the person speaks
    target: str = ""  # language of the translation, "" while there is none
    translation: str = ""
    sentences: tuple[Sentence, ...] = ()  # of text and translation
    failure: str = ""  # error code
    params: dict[str, str] = field(default_factory=dict)  # of the failure
    doubtful: bool = False  # the recognizer hardly believed this text
    corrected: bool = False  # a person changed it: nothing that was heard takes it back

    @property
    def trial(self) -> bool:
        """Whether the translation is one: to be marked, and never to be spoken."""
        return has_trial(self.sentences)


@dataclass(slots=True)
class Transcript:
    """Segments of one session by utterance number; an update replaces, never doubles."""

    session: str
    segments: dict[int, Segment] = field(default_factory=dict)

    def keep(self, utterance: int, segment: Segment | None) -> None:
        """Keep this segment of an utterance in place of the one that is there; None for none."""
        if segment is not None:
            self.segments[utterance] = segment
        else:
            self.segments.pop(utterance, None)

    def ordered(self) -> list[Segment]:
        """Return the segments in the order in which they were spoken."""
        return [self.segments[number] for number in sorted(self.segments)]
