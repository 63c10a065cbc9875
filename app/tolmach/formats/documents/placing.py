"""Places in a translation: which characters are taken, and where what is no text belongs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tolmach.core.translation import Sentence

Range: TypeAlias = tuple[int, int]

WORD = re.compile(r"\w+(?:[-'’ʼ]\w+)*")


@dataclass(frozen=True, slots=True)
class StyledPart:
    """What a style covers of one sentence."""

    style: int  # its place in the unit
    start: int
    end: int
    sentence: Sentence


@dataclass(slots=True)
class Placing:
    """The text and the translation, and which characters of it parts have got."""

    text: str
    translation: str
    ranges: dict[StyledPart, Range]

    def take(self, part: StyledPart, characters: Range) -> None:
        """Give characters to a part, unless another one has some of them."""
        if characters[0] < characters[1] and self.is_free(characters):
            self.ranges[part] = characters

    def is_free(self, characters: Range) -> bool:
        begin, stop = characters
        return all(stop <= start or end <= begin for start, end in self.ranges.values())

    def words(self, start: int, end: int) -> list[Range]:
        """Return the words of the translation that no part has."""
        words = (match.span() for match in WORD.finditer(self.translation, start, end))
        return list(filter(self.is_free, words))

    def outside(self, at: int) -> int:
        """Return a place that is in no part: this one, or the end of the part around it."""
        return next((end for start, end in self.ranges.values() if start < at < end), at)


def share(at: int, sentence: Sentence) -> float:
    """Return how far in its sentence a place is, 0 to 1."""
    return min(1.0, max(0.0, (at - sentence.start) / max(1, sentence.end - sentence.start)))


def is_sign(character: str) -> bool:
    """Whether a character is neither part of a word nor white space."""
    return not character.isalnum() and not character.isspace()


def place(at: int, sentences: Sequence[Sentence], placing: Placing) -> int:
    """Return where in the translation belongs what is no text: a picture, a footnote's number.

    Exact at the edges of the text, of sentences and of parts, and after a word that both texts
    have; else after or before the nearest word, as in the text.
    """
    text, translation = placing.text, placing.translation
    if not text[:at].strip():
        return 0
    if not text[at:].strip():
        return len(translation)
    for part, (begin, stop) in placing.ranges.items():
        if at in (part.start, part.end):
            return begin if at == part.start else stop
    sentence = next((span for span in reversed(sentences) if span.start <= at), sentences[0])
    if at <= sentence.start or at >= sentence.end:
        return sentence.begin if at <= sentence.start else sentence.until
    if text[at - 1].isspace():
        return _nearest([word.start() for word in _words(sentence, translation)], at, sentence)
    end = _same_word(at, sentence, placing)
    if end < 0:
        end = _nearest([word.end() for word in _words(sentence, translation)], at, sentence)
    while is_sign(text[at - 1]) and end < sentence.until and is_sign(translation[end]):
        end += 1
    return end


def _words(sentence: Sentence, translation: str) -> list[re.Match[str]]:
    return list(WORD.finditer(translation, sentence.begin, sentence.until))


def _same_word(at: int, sentence: Sentence, placing: Placing) -> int:
    """Return where the word before a place ends in the translation; -1 unless it is there once."""
    before = WORD.findall(placing.text, sentence.start, at)
    words = _words(sentence, placing.translation)
    same = [word.end() for word in words if before and word[0] == before[-1]]
    return same[0] if len(same) == 1 else -1


def _nearest(places: Sequence[int], at: int, sentence: Sentence) -> int:
    ideal = sentence.begin + share(at, sentence) * (sentence.until - sentence.begin)
    return min(places, key=lambda place: abs(place - ideal), default=sentence.until)
