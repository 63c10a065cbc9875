"""One sentence with a pause in it: two utterances that belong together.

A pause ends an utterance wherever it falls, and a recognizer that hears half a sentence ends it
with a full stop. Heard once more as one, with the pause between, the same recognizer writes a full
stop there only where a sentence ends: that decides. Both texts must be in the new one, nearly to
the letter, or it is not taken: what somebody said is not lost for a better sentence.
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
    likeness, seam = max(_seams(first.text, second.text, whole.text), default=(0.0, 0))
    starts = [start for start, _ in places(whole.text, whole.language)]
    return likeness >= LEAST_LIKENESS and length <= MOST_LENGTH and seam not in starts


def _seams(first: str, second: str, whole: str) -> Iterator[tuple[float, int]]:
    """Yield where the second text may begin in the whole, after how like the less like one is."""
    head, tail = _letters(first), _letters(second)
    for word in list(_WORD.finditer(whole))[1:]:
        start = word.start()
        parts = (head, _letters(whole[:start])), (tail, _letters(whole[start:]))
        yield min(Indel.normalized_similarity(*part) for part in parts), start


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
