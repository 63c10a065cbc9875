"""A text as its paragraphs: every line of the source with the line of the translation beside it.

Rule: both texts have the same number of lines, always. So line breaks and blank lines are kept, a
change costs the translation of the lines that changed, and a place in one text has a place in the
other.
"""

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from tolmach.core.translation import Flag, Sentence, Translation, has_trial

PIECE = 1500  # characters that are translated at a time; a paragraph may be a whole book

LONGEST = 10_000  # characters in a line; Qt lays a line out anew at every key

Key: TypeAlias = tuple[str, str, str, str]  # a text, its language, that of its translation, project
Span: TypeAlias = tuple[int, int]

_NOTHING = Translation()
_SENTENCE_END = re.compile(r"[.!?…;:][\"'»”)\]]*\s+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the source and its translation as it stands, corrected by the person perhaps."""

    source: str
    text: str = ""
    machine: Translation = _NOTHING  # as the models made it
    sentences: tuple[Sentence, ...] = ()  # those of `machine`, moved along with what was corrected
    current: bool = False  # the translation is one of this source, not of what stood here before

    @property
    def edited(self) -> bool:
        """Whether the person corrected the translation."""
        return self.text != self.machine.text

    @property
    def trial(self) -> bool:
        """Whether the translation is one, and the person has not taken it over."""
        return not self.edited and has_trial(self.sentences)

    @property
    def waits(self) -> bool:
        """Whether it is to be translated."""
        return not self.current and not self.edited

    @property
    def outdated(self) -> bool:
        """Whether it was corrected, and then the source changed: the person decides."""
        return not self.current and self.edited

    @property
    def sentence_pairs(self) -> list["SentencePair"]:
        """Its sentences, side by side; none while the translation is of another source."""
        if not self.current:
            return []
        pairs = []
        for sentence, first in zip(self.sentences, self.machine.sentences, strict=True):
            source, target = sentence.texts(self.source, self.text)
            _, machine = first.texts(self.source, self.machine.text)
            pairs.append(SentencePair(source, target, sentence, target != machine))
        return pairs


Turned: TypeAlias = list[tuple[Paragraph, Paragraph]]  # each as it is now, and as it was before


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence, its translation, and what to think of it."""

    source: str
    target: str
    sentence: Sentence
    edited: bool = False  # by the person: what the machine thought of its own says nothing then

    @property
    def doubts(self) -> tuple[Flag, ...]:
        """What to ask about."""
        return () if self.edited else self.sentence.doubts


def follow(old: Sequence[Paragraph], lines: Sequence[str]) -> list[Paragraph]:
    """Return the paragraphs of new lines, each with the translation that stood in its place."""
    most = min(len(old), len(lines))
    head = _same(zip(old, lines, strict=False), most)
    tail = _same(zip(reversed(old), reversed(lines), strict=False), most - head)
    middle = old[head : len(old) - tail]
    new = [Paragraph(line) for line in lines[head : len(lines) - tail]]
    for place, (former, fresh) in enumerate(zip(middle, new, strict=False)):
        if former.source == fresh.source:
            new[place] = former
        else:
            new[place] = replace(former, source=fresh.source, current=False)
    return [*old[:head], *new, *old[len(old) - tail :]]


def turned(paragraphs: Sequence[Paragraph], earlier: Mapping[str, Sequence[Paragraph]]) -> Turned:
    """Return paragraphs with their two texts exchanged, each beside the one it was.

    `earlier` are former ones by what they were turned into: one that nobody wrote into since
    becomes what it was. One without a translation yet keeps its source, or that would be lost.
    """
    queues = {source: deque(former) for source, former in earlier.items()}
    return [
        (_turned(paragraph, queues.get(paragraph.source)), paragraph) for paragraph in paragraphs
    ]


def corrected(paragraph: Paragraph, text: str) -> Paragraph:
    """Return the paragraph with another translation, its sentences moved along."""
    if text == paragraph.machine.text:
        return replace(paragraph, text=text, sentences=paragraph.machine.sentences)
    sentences = _moved(paragraph.sentences, paragraph.text, text)
    return replace(paragraph, text=text, sentences=sentences)


def one_line(text: str) -> str:
    """Return a text in one line, every character in its place."""
    return "".join(" " if sign in "\n\r\u2028\u2029" else sign for sign in text)


def pieces(text: str) -> list[Span]:
    """Return the parts of a text that are translated one after another, without outer space."""
    spans = []
    at, last = 0, len(text.rstrip())
    while at < last:
        at += len(text[at : at + PIECE]) - len(text[at : at + PIECE].lstrip())
        end = last if last - at <= PIECE else _cut(text, at)
        stripped = text[at:end].rstrip()
        if stripped:
            spans.append((at, at + len(stripped)))
        at = end
    return spans


def shorter_lines(text: str) -> str:
    """Return a text whose endless lines are parted after sentences."""
    return "\n".join(
        part
        for line in text.split("\n")
        for part in (
            [line[start:end] for start, end in pieces(line)] if len(line) > LONGEST else [line]
        )
    )


def _turned(paragraph: Paragraph, former: "deque[Paragraph] | None") -> Paragraph:
    if former and not paragraph.edited:
        twin = former.popleft()
        return twin if twin.edited else replace(twin, current=False)  # other terms may hold now
    source = one_line(paragraph.text) if paragraph.text.strip() else paragraph.source
    return Paragraph(source, paragraph.source, Translation(paragraph.source))


def _same(pairs: Iterable[tuple[Paragraph, str]], most: int) -> int:
    """Return how many of the first pairs agree."""
    count = 0
    for paragraph, line in pairs:
        if count == most or paragraph.source != line:
            break
        count += 1
    return count


def _moved(sentences: Sequence[Sentence], former: str, text: str) -> tuple[Sentence, ...]:
    """Return where the sentences are after one change; what is typed between two joins the first.

    One that was typed over becomes what stands there now.
    """
    most = min(len(former), len(text))
    head = next((at for at in range(most) if former[at] != text[at]), most)
    rest = range(1, most - head + 1)
    tail = next((at - 1 for at in rest if former[-at] != text[-at]), most - head)
    grown = len(text) - len(former)

    def place(at: int, is_end: bool) -> int:
        if at < head or (at == head and not is_end):
            return at
        return at + grown if at >= len(former) - tail else len(text) - tail

    return tuple(
        replace(sentence, begin=place(sentence.begin, False), until=place(sentence.until, True))
        for sentence in sentences
    )


def _cut(text: str, at: int) -> int:
    """Return where to end a piece: after a sentence, else after a word, else anywhere."""
    middle, most = at + PIECE // 2, at + PIECE
    for mark in (_SENTENCE_END, _SPACE):
        ends = [match.end() for match in mark.finditer(text, middle, most)]
        if ends:
            return ends[-1]
    return most
