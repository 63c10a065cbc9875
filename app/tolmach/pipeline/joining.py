"""One sentence with a pause in it: two utterances that belong together.

A pause ends an utterance wherever it falls, and a recognizer that hears half a sentence ends it
with a full stop. Heard once more as one, with the pause between, the same recognizer writes a full
stop there only where a sentence ends: that decides. Both texts must be in the new one, nearly to
the letter, or it is not taken: what somebody said is not lost for a better sentence. Only a few
doubtful words may become others: they were cut off, and are heard better with their neighbours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from tolmach.language.sentences import places
from tolmach.pipeline.endpointer import Utterance
from tolmach.protocol.messages import Recognized
from tolmach.protocol.plan import Endpointing

LEAST_LIKENESS = 0.7  # share of its letters that a text and its part of the new one have in common
FRAGMENT = 3  # words at most that are replaced if they are doubtful
LEAST_REMAINING = 0.5  # of the letters of a text: something was said there, even in a fragment
MOST_LENGTH = 1.2  # times as many letters as both texts: else it repeats itself
_WORD = re.compile(r"\S+")
_MARK = re.compile(r"[.!?…,;:]")


@dataclass(frozen=True, slots=True)
class RecognizedUtterance:
    """Sound, and the words in it."""

    utterance: Utterance
    words: Recognized


class Joining:
    """The last words of a session, as long as they may go on."""

    def __init__(self, rules: Endpointing) -> None:
        """Nothing has been said; the rules say how far apart one sentence may be."""
        self._rules = rules
        self._last: RecognizedUtterance | None = None
        self._pair: tuple[RecognizedUtterance, RecognizedUtterance] | None = None

    def take(self, latest: RecognizedUtterance) -> None:
        """Take what was said last; an empty text is no words."""
        last, self._last = self._last, latest
        self._pair = (last, latest) if last and self._may_go_on(last, latest) else None

    def next_pair(self) -> tuple[RecognizedUtterance, RecognizedUtterance] | None:
        """Return two utterances that are to be heard as one, once."""
        pair, self._pair = self._pair, None
        return pair

    def replace(self, whole: RecognizedUtterance) -> None:
        """Keep this in place of the last two utterances, which were one and may go on."""
        self._last = whole

    def forget(self) -> None:
        """Somebody else speaks now."""
        self._last = self._pair = None

    def _may_go_on(self, first: RecognizedUtterance, second: RecognizedUtterance) -> bool:
        """Whether there are words in both, of one language, near enough to each other."""
        gap = second.utterance.start - first.utterance.end
        length = second.utterance.end - first.utterance.start
        return (
            bool(first.words.text and second.words.text)
            and first.words.language == second.words.language
            and gap * 1000 <= self._rules.gap_ms
            and length * 1000 <= self._rules.sentence_ms
        )


def is_one_sentence(first: Recognized, second: Recognized, whole: Recognized) -> bool:
    """Whether `whole`, heard in the sound of both, has both texts and no sentence ends between.

    Who writes no marks cannot tell.
    """
    if whole.doubtful or whole.language != first.language or not _MARK.search(whole.text):
        return False
    length = len(_letters(whole.text)) / max(1, len(_letters(first.text + second.text)))
    likeness, seam = max(_seams(first, second, whole.text))
    parts = (first, whole.text[:seam]), (second, whole.text[seam:])
    remains = all(
        len(_letters(part)) >= LEAST_REMAINING * len(_letters(words.text)) for words, part in parts
    )
    starts = [start for start, _ in places(whole.text, whole.language)]
    return remains and likeness >= LEAST_LIKENESS and length <= MOST_LENGTH and seam not in starts


def _seams(first: Recognized, second: Recognized, whole: str) -> Iterator[tuple[float, int]]:
    """Yield where the second text may begin in the whole, after how like the less like one is.

    A fragment beside words that are believed need not be like anything. At either end of the whole
    nothing is left of one text: the likeliest place is there when it was not heard again.
    """
    fragments = _is_fragment(first, second), _is_fragment(second, first)
    texts = _letters(first.text), _letters(second.text)
    for start in (*(word.start() for word in _WORD.finditer(whole)), len(whole)):
        parts = _letters(whole[:start]), _letters(whole[start:])
        yield (
            min(
                1.0 if is_fragment else Indel.normalized_similarity(text, part)
                for text, part, is_fragment in zip(texts, parts, fragments, strict=True)
            ),
            start,
        )


def _is_fragment(words: Recognized, neighbour: Recognized) -> bool:
    """Whether these words are not believed, and what stands beside them is."""
    return words.doubtful and not neighbour.doubtful and len(words.text.split()) <= FRAGMENT


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
