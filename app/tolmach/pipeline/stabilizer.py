"""LocalAgreement-2: which words of an open utterance will not change any more.

A word is committed when two hypotheses in a row agree on it and on everything before it. Committed
text stays: the recognizer must begin its next answer with it (`prefix`), and sound whose words are
settled is not looked at again (`start`). The last word of a hypothesis is never committed, because
more sound may finish it, nor is a number that may go on.

Method: Liu et al. 2020, Low-Latency Sequence-to-Sequence Speech Recognition (local agreement).
"""

from collections.abc import Sequence

from tolmach.core.samples import SAMPLE_RATE
from tolmach.core.transcript import Word

OVERLAP = 0.5  # seconds of committed sound that stay in the window: words lean on their neighbours
HOP = SAMPLE_RATE // 100  # samples; windows begin on a feature frame
LIKELY = 0.75  # probability of a word below which it is not shown when it was heard but once
LIKELY_FIRST = 0.25  # and of the first word of all: somebody waits for it
ENDS = ".,!?…:;"  # a model ends every hypothesis like a sentence; shown, that would flicker


class Stabilizer:
    """The committed words of an utterance: `start`, `previous` and `prefix` of the next request."""

    def __init__(self) -> None:
        self.start = 0  # sample of the utterance at which the window begins
        self.previous = ""  # committed text before the window
        self.tail = ""  # unconfirmed text after the committed words
        self._prefix_words: list[str] = []  # committed words in the window
        self._hypothesis: list[str] = []  # the words after them, as last heard
        self._words: Sequence[Word] = ()  # of the window, as last heard
        self._lead = ""  # what this model writes before the first word of a window

    @property
    def prefix(self) -> str:
        """Return the committed text of the window."""
        return "".join(self._prefix_words)

    @property
    def committed(self) -> str:
        """Return all committed text of the utterance."""
        return joined(self.previous, self.prefix)

    @property
    def hypothesis(self) -> str:
        """Return the text after the committed words as it was last heard, shown or not."""
        return "".join(self._hypothesis)

    def take(self, words: Sequence[Word], *, commit: bool = True, pause: bool = False) -> bool:
        """Take the next hypothesis: the words of the window, committed ones included.

        Return whether it keeps to what was committed; else it is of no use. Without `commit`
        nothing is settled yet, for example while the language is not. In a `pause` the last word
        was heard to its end.
        """
        texts = [word.text for word in words]
        if not _begins(texts, self._prefix_words):
            return False  # the recognizer could not keep to what was said; the next one may
        if texts and not self._prefix_words:
            self._lead = texts[0][: len(texts[0]) - len(texts[0].lstrip())]
        rest = texts[len(self._prefix_words) :]
        agreed = agreement(self._hypothesis, rest)
        settled = _settled(rest, agreed) if commit else 0
        self._prefix_words += rest[:settled]
        self._hypothesis, self._words = rest[settled:], words
        unsettled, agreed = words[len(self._prefix_words) :], agreed - settled
        begun = bool(self.committed)
        count = len(unsettled) if pause else _likely(unsettled, agreed, begun=begun)
        self.tail = _steady(unsettled[:count], agreed)
        return True

    def in_window(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """Return the window's part of the words of the whole utterance; none if they differ."""
        previous = self.previous.split()
        texts = [word.text.strip() for word in words]
        return words[len(previous) :] if _begins(texts, previous) else ()

    @property
    def end(self) -> float:
        """Return when the last committed word ended, in seconds; 0 where words have no times."""
        count = len(self._prefix_words)
        return self._words[count - 1].end if 0 < count <= len(self._words) else 0.0

    def cut(self) -> None:
        """Let go of the sound before the last committed words, by the times last heard."""
        words, last = self._words, self.end
        if not last:
            return
        going = 0
        while going < len(self._prefix_words) - 1 and words[going].end <= last - OVERLAP:
            going += 1
        if going:
            boundary = (words[going - 1].end + words[going].start) / 2
            self.start = max(self.start, int(boundary * SAMPLE_RATE) // HOP * HOP)
            self.previous = joined(self.previous, "".join(self._prefix_words[:going]))
            self._prefix_words = self._prefix_words[going:]
            self._prefix_words[0] = self._lead + self._prefix_words[0].lstrip()
            self._words = words[going:]

    def finish(self, text: str) -> str:
        """Return the whole text of the utterance, given the final text of the window."""
        prefix = self.prefix  # what the person has read stays
        rest = text[len(prefix) :] if text.startswith(prefix) else ""
        between = " " if prefix and rest[:1].isalnum() else ""
        return joined(self.previous, f"{prefix}{between}{rest}")


def joined(first: str, second: str) -> str:
    """Return two texts as one, with a space between."""
    return f"{first} {second.strip()}".strip()


def _begins(texts: Sequence[str], prefix: Sequence[str]) -> bool:
    """Whether these begin with the prefix; a mark may follow one of its words by now."""
    first = [text.rstrip(ENDS) for text in texts[: len(prefix)]]
    return first == [word.rstrip(ENDS) for word in prefix]


def agreement(earlier: Sequence[str], later: Sequence[str]) -> int:
    """Return how many words two hypotheses have in common at the beginning, but for case."""
    agreed = 0
    for a, b in zip(earlier, later, strict=False):
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


def _likely(words: Sequence[Word], agreed: int, *, begun: bool) -> int:
    """Return how many words to show while one speaks: the others would only flicker.

    What was heard twice is shown, and what the model believes, but not the last word, which may be
    half a word, unless it is the first one of all.
    """
    count = agreed
    while count < len(words):
        first = count == 0 and not begun
        last = count == len(words) - 1
        if (last and not first) or words[count].probability < (LIKELY_FIRST if first else LIKELY):
            break
        count += 1
    return count


def _steady(words: Sequence[Word], agreed: int) -> str:
    """Return the words without a number that may still grow and the mark that ends them all."""
    count = len(words)
    while count > agreed and _numeric(words[count - 1].text):
        count -= 1
    return "".join(word.text for word in words[:count]).rstrip(ENDS).strip()


def _numeric(word: str) -> bool:
    return any(sign.isdigit() for sign in word)
