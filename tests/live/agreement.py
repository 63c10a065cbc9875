"""LocalAgreement-2 over a growing buffer, as whisper_streaming runs it. Pure.

Method: Macháček, Dabre, Bojar 2023, Turning Whisper into Real-Time Transcription System.

Two hypotheses in a row agree on their first words: those are committed. The buffer keeps the sound
until it is longer than 15 s, then lets go of all before the last committed segment or word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

KEEP = 15.0  # seconds of sound in the buffer
PROMPT = 200  # characters of committed text whose sound is gone, given as context
NEAR = 0.1  # seconds by which a new word may begin before the last committed one ended
SEAM = 5  # words that may be written twice where the last buffer ended


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word of a hypothesis; times in seconds since the speech began."""

    text: str
    start: float
    end: float


class Agreement:
    """What is committed of one stretch of speech."""

    def __init__(self) -> None:
        self.committed: list[Spoken] = []
        self.offset = 0.0  # seconds: where the buffer begins
        self._before: list[Spoken] = []  # the last hypothesis, without what is committed

    @property
    def prompt(self) -> str:
        """The end of the committed text whose sound is no longer in the buffer."""
        text = "".join(word.text for word in self.committed if word.end <= self.offset)
        return text[-PROMPT:]

    @property
    def text(self) -> str:
        """All committed text."""
        return "".join(word.text for word in self.committed).strip()

    @property
    def until(self) -> float:
        """When the last committed word ended."""
        return self.committed[-1].end if self.committed else 0.0

    def take(self, words: Sequence[Spoken], *, last: bool = False) -> None:
        """Take the hypothesis of the whole buffer; the `last` one is committed as it is."""
        new = (
            [word for word in words if word.start > self.until - NEAR] if self.committed else words
        )
        new = self._without_seam(list(new))
        agreed = len(new) if last else _agreed(self._before, new)
        self.committed += new[:agreed]
        self._before = new[agreed:]

    def trim(self, length: float, segment_ends: Sequence[float]) -> None:
        """Let go of sound, now that the buffer reaches to `length` seconds."""
        if length - self.offset <= KEEP or not self.committed:
            return
        ends = [end for end in segment_ends if self.offset < end <= self.until]
        self.offset = max(ends, default=self.until)

    def _without_seam(self, new: list[Spoken]) -> list[Spoken]:
        """Drop words at the beginning that repeat the end of what is committed."""
        for count in range(min(SEAM, len(new), len(self.committed)), 0, -1):
            tail = [word.text for word in self.committed[-count:]]
            if tail == [word.text for word in new[:count]]:
                return new[count:]
        return new


def _agreed(before: Sequence[Spoken], after: Sequence[Spoken]) -> int:
    count = 0
    for a, b in zip(before, after, strict=False):
        if a.text != b.text:
            break
        count += 1
    return count
