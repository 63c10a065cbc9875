"""Characters with a formatting each into a unit, and a unit into such characters again.

A formatting is whatever a format knows about it; here it is only compared and numbered.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from tolmach.formats.documents.document import Style, Unit

L = TypeVar("L", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Passage(Generic[L]):
    """A unit, what its keys mean, and the white space around it."""

    unit: Unit
    formattings: tuple[L, ...]
    base: L
    before: str = ""
    after: str = ""

    def runs(self, unit: Unit) -> Iterator[tuple[str, L]]:
        """Return the characters of a translation and white space around it, by their formatting.

        No characters: the place of what is no text.
        """
        at = 0
        if self.before:
            yield self.before, self.base
        for style in unit.styles:
            if at < style.start:
                yield unit.text[at : style.start], self.base
            yield unit.text[style.start : style.end], self.formattings[style.key]
            at = style.end
        if unit.text[at:] + self.after:
            yield unit.text[at:] + self.after, self.base


def passage(parts: Iterable[tuple[str, L]], base: L, context: str = "") -> Passage[L]:
    """Return the unit of characters and their formattings; a part without characters is no text.

    White space alone has no formatting.
    """
    text, numbers = "", dict[L, int]()
    spans: list[Style] = []
    for characters, formatting in _joined(parts):
        start, stop = _trimmed(characters)
        if formatting != base and (start < stop or not characters):
            key = numbers.setdefault(formatting, len(numbers))
            spans.append(Style(len(text) + start, len(text) + stop, key))
        text += characters
    begin, end = _trimmed(text)

    def inside(at: int) -> int:
        return min(max(at, begin), end) - begin

    inner = (Style(inside(span.start), inside(span.end), span.key) for span in spans)
    unit = Unit(text[begin:end], tuple(inner), context)
    return Passage(unit, tuple(numbers), base, text[:begin], text[end:])


def _trimmed(text: str) -> tuple[int, int]:
    """Return where a text begins and ends without the white space around it."""
    begin = len(text) - len(text.lstrip())
    return begin, max(begin, len(text.rstrip()))


def _joined(parts: Iterable[tuple[str, L]]) -> Iterator[tuple[str, L]]:
    """Join neighbours of one formatting; what has no characters stays apart."""
    for (formatting, is_text), group in groupby(parts, key=lambda part: (part[1], part[0] != "")):
        if is_text:
            yield "".join(characters for characters, _ in group), formatting
        else:
            yield from group
