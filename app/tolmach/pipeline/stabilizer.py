"""LocalAgreement-2: which words of an open utterance will not change any more.

A word is committed when two hypotheses in a row agree on it and on everything before it. Committed
text never changes: the recognizer must begin its next answer with it (`said`), and sound whose
words are settled is not decoded again (`start`). The last word of a hypothesis is never committed,
because more sound may finish it, nor is a number that may go on.

Method: Liu et al. 2020, Low-Latency Sequence-to-Sequence Speech Recognition (local agreement).
"""

from collections.abc import Sequence

from tolmach.core.samples import SAMPLE_RATE
from tolmach.core.transcript import Word

OVERLAP = 0.5  # seconds of committed sound that stay in the window: words lean on their neighbours
HOP = SAMPLE_RATE // 100  # samples; windows begin on a feature frame
ENDS = ".,!?…:;"  # a model ends every hypothesis like a sentence; shown, that would flicker


class Stabilizer:
    """The committed words of one utterance; the next request takes `start`, `previous`, `said`."""

    def __init__(self) -> None:
        self.start = 0  # sample of the utterance at which the window begins
        self.previous = ""  # committed text before the window
        self.tail = ""  # unconfirmed text after the committed words
        self._said: list[str] = []  # committed words in the window
        self._hypothesis: list[str] = []  # the words after them, as last heard
        self._words: Sequence[Word] = ()  # of the window, as last heard
        self._lead = ""  # what this model writes before the first word of a window

    @property
    def said(self) -> str:
        """Return the committed text of the window."""
        return "".join(self._said)

    @property
    def committed(self) -> str:
        """Return all committed text of the utterance."""
        return joined(self.previous, self.said)

    def take(self, words: Sequence[Word], *, commit: bool = True, pause: bool = False) -> None:
        """Take the next hypothesis: the words of the window, committed ones included.

        Without `commit` nothing is settled yet, for example while the language is not. In a
        `pause` the last word was heard to its end.
        """
        texts = [word.text for word in words]
        if not _begins(texts, self._said):
            return  # the recognizer could not keep to what was said; the next one may
        if texts and not self._said:
            self._lead = texts[0][: len(texts[0]) - len(texts[0].lstrip())]
        rest = texts[len(self._said) :]
        agreed = _agreement(self._hypothesis, rest)
        settled = _settled(rest, agreed) if commit else 0
        self._said += rest[:settled]
        self._hypothesis, self._words = rest[settled:], words
        self.tail = _shown(self._hypothesis, agreed - settled, pause).strip()

    @property
    def end(self) -> float:
        """Return when the last committed word ended, in seconds; 0 where words have no times."""
        count = len(self._said)
        return self._words[count - 1].end if 0 < count <= len(self._words) else 0.0

    def cut(self) -> None:
        """Let go of the sound before the last committed words, by the times last heard."""
        words, last = self._words, self.end
        if not last:
            return
        going = 0
        while going < len(self._said) - 1 and words[going].end <= last - OVERLAP:
            going += 1
        if going:
            boundary = (words[going - 1].end + words[going].start) / 2
            self.start = max(self.start, int(boundary * SAMPLE_RATE) // HOP * HOP)
            self.previous = joined(self.previous, "".join(self._said[:going]))
            self._said = self._said[going:]
            self._said[0] = self._lead + self._said[0].lstrip()
            self._words = words[going:]

    def finish(self, text: str) -> str:
        """Return the whole text of the utterance, given the final text of the window."""
        said = self.said  # what the person has read stays
        rest = text[len(said) :] if text.startswith(said) else ""
        between = " " if said and rest[:1].isalnum() else ""
        return joined(self.previous, f"{said}{between}{rest}")


def joined(before: str, after: str) -> str:
    """Return two texts as one, with a space between."""
    return f"{before} {after.strip()}".strip()


def _begins(texts: Sequence[str], said: Sequence[str]) -> bool:
    """Whether these are the said words first; a mark may follow one of them by now."""
    first = [text.rstrip(ENDS) for text in texts[: len(said)]]
    return first == [word.rstrip(ENDS) for word in said]


def _agreement(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two hypotheses have in common at the beginning, but for case."""
    agreed = 0
    for a, b in zip(one, other, strict=False):
        if a.strip().casefold() != b.strip().casefold():
            break
        agreed += 1
    return agreed


def _settled(words: Sequence[str], agreed: int) -> int:
    """Return how many of the agreed words cannot be continued by what is still to come."""
    settled = min(agreed, len(words) - 1)
    while settled > 0 and _numeric(words[settled - 1]) and _numeric(words[settled]):
        settled -= 1
    return max(0, settled)


def _shown(words: Sequence[str], agreed: int, pause: bool) -> str:
    """Return the words for the eye: what is likely to change at once would only flicker.

    That is the last word while one speaks, which may be half a word, a number that may still grow,
    and the sign with which a model ends every hypothesis. What was heard twice is shown.
    """
    shown = list(words)
    if not pause and len(shown) > agreed:
        shown.pop()
    while len(shown) > agreed and _numeric(shown[-1]):
        shown.pop()
    return "".join(shown).rstrip(ENDS)


def _numeric(word: str) -> bool:
    return any(sign.isdigit() for sign in word)
