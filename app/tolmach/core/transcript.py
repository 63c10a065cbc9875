"""What was said and what it means: the data that exports, windows and history share."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the recognizer wrote it, with the space before it: joined they are the text."""

    text: str
    start: float = 0.0  # seconds; zero as well as `end` when nobody asked for times
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class Segment:
    """One recognised utterance and, once known, its translation.

    `text` is empty for an utterance that could not be recognised; `failure` then says why.
    """

    utterance: int  # number within the session, from 0
    start: float  # seconds since the session began
    end: float
    text: str
    language: str
    confidence: float = 1.0  # of the language, among those the person speaks
    target: str = ""  # language of the translation, "" while there is none
    translation: str = ""
    failure: str = ""  # error code
    doubtful: bool = False  # the recognizer hardly believed this text
    trial: bool = False  # of the translation: to be marked, and never to be spoken


@dataclass(slots=True)
class Transcript:
    """Segments of one session by utterance number; an update replaces, never doubles."""

    session: str
    segments: dict[int, Segment] = field(default_factory=dict)

    def recognized(self, segment: Segment) -> None:
        """Keep this segment; a replay after a crash puts it in the same place."""
        self.segments[segment.utterance] = segment

    def translated(
        self, utterance: int, target: str, translation: str, *, trial: bool = False
    ) -> None:
        """Add a translation to a segment already recognised; unknown utterances are ignored."""
        segment = self.segments.get(utterance)
        if segment is not None:
            self.segments[utterance] = replace(
                segment, target=target, translation=translation, trial=trial
            )

    def ordered(self) -> list[Segment]:
        """Return the segments in the order in which they were spoken."""
        return [self.segments[number] for number in sorted(self.segments)]
