"""What a document is to the rest of the program: units to translate, and a way to write it again.

Rule: whoever translates sees plain text and numbers of formattings, never markup. A format that
needs to say more says it to itself, behind the `key` of a style.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from tolmach.core.errors import StorageError
from tolmach.formats.encoding import bytes_of, writable
from tolmach.language.placeholders import protected

_LETTER = re.compile(r"[^\W\d_]")
_LISTED = 5  # texts that a remark quotes
_QUOTED = 60  # characters of each


@dataclass(frozen=True, slots=True)
class Style:
    """A run of characters with formatting or a link of its own: text[start:end].

    An empty one (start == end) marks the place of what is no text: a picture, a footnote's number.
    """

    start: int
    end: int
    key: int  # which formatting; opaque to everybody but the format


@dataclass(frozen=True, slots=True)
class Unit:
    """What is translated at once: a paragraph, cell, cue, list item, heading or attribute."""

    text: str  # plain, without markup; may hold "\\n"; code stands in it between backticks
    styles: tuple[Style, ...] = ()  # sorted, not overlapping; the rest has the base formatting
    context: str = ""  # where it stands, for messages: "B3", a msgctxt


# Gets a changed unit or None for every unit, and the language of the translation or "".
Write: TypeAlias = Callable[[Sequence[Unit | None], str], bytes]


@dataclass(frozen=True, slots=True)
class Document:
    """An opened document."""

    units: tuple[Unit, ...]
    _original: bytes = field(repr=False)
    _write: Write = field(repr=False)
    remarks: tuple[StorageError, ...] = ()  # what a person should know of it

    def written(self, texts: Sequence[Unit | None], language: str = "") -> bytes:
        """Return the document with other units in the places of its own; None leaves one as it was.

        So does a unit that says the same: what is not translated keeps the bytes of its author. If
        all are left, the document is returned byte for byte. `language` (BCP 47) is what the
        document then says of itself, where its format can say it.
        """
        changed = [
            None if unit is None or unit == own else replace(unit, text=writable(unit.text, " "))
            for own, unit in zip(self.units, texts, strict=True)
        ]
        if not any(changed):
            return self._original
        return self._write(changed, language)


def text_writer(rewritten: Callable[[Sequence[Unit | None]], str], encoding: str) -> Write:
    """Return how a document is written that is one text and cannot say its language."""
    return lambda texts, language: bytes_of(rewritten(texts), encoding)[0]


def has_words(text: str) -> bool:
    """Whether there is something to translate, numbers, links, codes and the like left aside."""
    at = 0
    for span in protected(text):
        if _LETTER.search(text, at, span.start):
            return True
        at = span.end
    return _LETTER.search(text, at) is not None


def quoted(texts: Iterable[str]) -> str:
    """Return what a remark says of texts that are not translated: "2: «а», «б»"; "" of no words."""
    words = [" ".join(text.split()) for text in texts if has_words(text)]
    if not words:
        return ""
    quotes = (
        f"«{text if len(text) <= _QUOTED else f'{text[:_QUOTED]}…'}»" for text in words[:_LISTED]
    )
    more = ", …" if len(words) > _LISTED else ""
    return f"{len(words)}: {', '.join(quotes)}{more}"
