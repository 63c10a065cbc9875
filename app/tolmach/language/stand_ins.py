"""Small numbers that a translator carries through in place of what it would spoil.

A model that never saw an address spells it wrong, but most know to leave a number of two digits
where it is; docs/placeholders.md has the figures. Rule: a translation counts only if each
stand-in is in it exactly once.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tolmach.language.placeholders import Span, localized, place
from tolmach.language.sentences import fitted

# Far from each other, so that a slip of a digit makes none of the others.
_NUMBERS = (
    *("25", "47", "93", "71", "18", "64", "36", "82", "59", "29", "75", "43"),
    *("97", "16", "68", "34", "86", "52", "39", "87", "61", "48", "23", "95"),
)
_DIGITS = re.compile(r"\d+")
# Between two spans: marks before the words, the words, marks and spaces after them.
_PART = re.compile(r"(\W*)(.*?)([\s,;:(«„“\"—–-]*)", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
_ENDING = re.compile(r"-?[^\W\d_]")
_BARE = frozenset(("mark", "link", "file", "phone"))
_SHORT = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text with stand-ins, and what its translation must have."""

    text: str
    values: dict[str, str]  # stand-in -> what the target language writes there
    bare: frozenset[str]  # stand-ins whose value an ending would spoil: links and the like
    unmasked: tuple[str, ...]  # spans without a stand-in

    def restore(self, translation: str) -> str | None:
        """Return the translation with the values; None where one was lost or doubled."""
        remainder = translation
        for value in self.unmasked:
            match = place(value, remainder)
            if match is None:
                return None
            remainder = f"{remainder[: match.start()]}\0{remainder[match.end() :]}"
        if not self.values:
            return translation
        numbers = "|".join(self.values)
        pattern = re.compile(
            rf"(?<!\d)(?<!\d[.,:/-])({numbers})(?!\d)(?![.,:/-]\d)(-?[^\W\d_]{{1,4}}\b|\.(?!\.))?"
        )
        numbers_found = Counter(match[1] for match in pattern.finditer(translation))
        if numbers_found != Counter(self.values.keys()):
            return None
        return pattern.sub(self._written, translation)

    def _written(self, match: re.Match[str]) -> str:
        """Return the value for a stand-in, with the ending that the model gave the number."""
        value, ending = self.values[match[1]], match[2] or ""
        spoils = match[1] in self.bare and ending != "."
        return value if spoils or (ending == "." and value.endswith(".")) else value + ending

    def hint(self, earlier: str) -> str:
        """Return an earlier translation as the model would have said it, with the stand-ins."""
        for stand_in, value in self.values.items():
            earlier = earlier.replace(value, stand_in, 1)
        return earlier


def masked(text: str, spans: Sequence[Span], source: str, target: str, every: bool) -> MaskedText:
    """Put stand-ins for spans of the text: for all, or all but short numbers and names.

    Those a good model keeps and bends as the sentence wants it. Spans beyond the number of
    stand-ins stay as they are.
    """
    written = set(_DIGITS.findall(text))
    free = (number for number in _NUMBERS if number not in written)
    values: dict[str, str] = {}
    bare = set()
    unmasked, pieces, at = [], [], 0
    for span in spans:
        stand_in = next(free, "") if every or not _is_easy(span) else ""
        if stand_in:
            values[stand_in] = localized(span, source, target)
            if span.kind in _BARE and not _ENDING.match(text, span.end):
                bare.add(stand_in)
        else:
            unmasked.append(span.text)
        pieces += [text[at : span.start], stand_in or span.text]
        at = span.end
    return MaskedText("".join(pieces) + text[at:], values, frozenset(bare), tuple(unmasked))


@dataclass(frozen=True, slots=True)
class TextAroundSpans:
    """A text cut around its spans."""

    words: tuple[str, ...]  # what can be translated, part by part
    pieces: tuple[str | None, ...]  # the whole text with None for each of these

    def joined(self, translations: Iterator[str]) -> str:
        """Return the text with as many translations as it has parts, which are taken."""
        parts = iter([_translated(part, next(translations)) for part in self.words])
        return "".join(next(parts) if piece is None else piece for piece in self.pieces)


def around_spans(text: str, spans: Sequence[Span], source: str, target: str) -> TextAroundSpans:
    """Cut a text around its spans, which are written as the target language does."""
    words: list[str] = []
    pieces: list[str | None] = []
    begins, ends = [0, *(span.end for span in spans)], [*(span.start for span in spans), len(text)]
    for number, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        part = _PART.fullmatch(text, begin, end)
        if part is not None and part[2]:
            words.append(part[2])
            pieces += [part[1], None, part[3]]
        else:
            pieces.append(text[begin:end])
        if number < len(spans):
            pieces.append(localized(spans[number], source, target))
    return TextAroundSpans(tuple(words), tuple(pieces))


def _translated(part: str, translation: str) -> str:
    """Return the translation of a part; what became no word at all stays as it was."""
    return fitted(part, translation) if _LETTER.search(translation) else part


def _is_easy(span: Span) -> bool:
    return span.kind == "name" or _SHORT.fullmatch(span.text) is not None
