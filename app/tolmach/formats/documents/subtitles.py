"""Subtitles: only the words of a caption are touched.

Read here and not by a library: decision 16. Each person's words are a unit of their own, whatever
number of lines they have.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Literal

from tolmach.core.errors import StorageError
from tolmach.formats.documents.caption_parts import parts
from tolmach.formats.documents.captions import CaptionList, CaptionSpan, captions_of
from tolmach.formats.documents.document import Document, Unit, has_words, text_writer
from tolmach.formats.documents.markup import Piece, Words, rendered, words
from tolmach.formats.documents.places import Place, rewritten
from tolmach.formats.documents.references import unescaped
from tolmach.formats.encoding import text_of
from tolmach.formats.subtitle_lines import LINE_LETTERS, even, filled, letters

_LISTED = 5  # lines that a message names
_MARKUP = re.compile(
    r"(?P<ruby><ruby\b(?:[^<]|<(?!ruby\b))*?</ruby>)"
    r"|(?P<drawing>\{[^{}]*\\p[1-9].*?(?:\{[^{}]*\\p0[^{}]*\}|\Z))"
    r"|(?P<break>\r\n|\r|\n|\\[Nn](?![a-z])|<br\s*/?>|\[br\]|\|)|(?P<space>\\h)"
    r"|</(?P<closed>[A-Za-z]*)\s*>|<(?P<opened>[A-Za-z]+)(?:[ .\t\n][^<>]*)?>"
    r"|\{\\(?P<on>[ibus])1\}|\{\\(?P<off>[ibus])0\}"
    r"|(?P<verbatim><[\d:.]+>|\{\\[^{}]*\}|\{[A-Za-z]:[^{}]*\})"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,30});)"
    r"|(?P<text>[^<{\\&|\[\r\n]+|.)",
    re.S,
)
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|amp|lt|gt|quot|apos|nbsp|[lr]lm|shy);")
_SPACES = ("&nbsp;", "&#160;", r"\h")  # how one that does not break is written
_UNEVEN = re.compile(r"[\t\n\v\f\r]|  ")  # of other lengths once it is broken
_BLANK_LINE = re.compile(r"\n(?=\s*(?:\n|\Z))")  # would end the caption

_start, _end = attrgetter("start"), attrgetter("end")

TokenKind = Literal["text", "break", "open", "close", "verbatim"]


@dataclass(frozen=True, slots=True)
class CaptionToken:
    """A piece of a caption's source[start:end]."""

    start: int
    end: int
    kind: TokenKind
    text: str = ""  # as a person reads it
    name: str = ""  # which opening belongs to which closing


def opened(data: bytes, name: str) -> Document:
    """Open subtitles; raises StorageError "document-encoding", "document-no-captions"."""
    text, encoding, remarks = text_of(data, name)
    file = captions_of(text)
    if not file.captions and has_words(text.removeprefix("WEBVTT")):
        raise StorageError("document-no-captions", name=name)
    if file.strays:
        lines = ", ".join(map(str, file.strays[:_LISTED]))
        lines += ", …" if len(file.strays) > _LISTED else ""
        remarks = (*remarks, StorageError("document-strays", name=name, lines=lines))
    places = [place for caption in file.captions for place in _places(text, caption, file)]
    write = text_writer(partial(rewritten, text, places), encoding)
    return Document(tuple(place.unit for place in places), data, write, remarks)


def _places(text: str, caption: CaptionSpan, file: CaptionList) -> Iterator[Place]:
    """Yield what each person says in a caption."""
    source = text[caption.start : caption.end]
    has_entities = file.has_entities or _ENTITY.search(source) is not None
    tokens = list(_tokens(source, file.breaks, has_entities))
    readable = [token for token in tokens if token.text]
    signs = [(token, at) for token in readable for at in range(len(token.text))]
    opening = {token.end: token for token in tokens if token.kind == "open"}
    closing = {token.start: token for token in tokens if token.kind == "close"}
    space = next((form for form in _SPACES if form in source), "\u00a0")
    escape = partial(_escaped, has_entities, space)
    for first, last in parts("".join(token.text for token in readable)):
        start, end = _place(*signs[first])[0], _place(*signs[last - 1])[1]
        while start in opening:
            start = opening[start].start
        while end in closing:
            end = closing[end].end
        inside = tokens[
            bisect_right(tokens, start, key=_end) : bisect_left(tokens, end, key=_start)
        ]
        pieces = [_piece(token, source, start, end) for token in inside]
        breaks = [token for token in inside if token.kind == "break"]
        passage = words(pieces, caption.times)
        if has_words(passage.unit.text):
            between = source[breaks[0].start : breaks[0].end] if breaks else file.breaks
            write = partial(_written, passage, escape, len(breaks) + 1, between)
            yield Place(caption.start + start, caption.start + end, passage.unit, write)


def _tokens(source: str, line_break: str, has_entities: bool) -> Iterator[CaptionToken]:
    """Yield the pieces of a caption's source, which they are when put together."""
    for match in _MARKUP.finditer(source):
        start, end = match.span()
        kind, raw = match.lastgroup, match[0]
        if kind == "break" and (raw != "|" or line_break == "|"):
            yield CaptionToken(start, end, "break", "\n")
        elif kind == "ruby":
            base = re.sub(r"<rt\b.*?(?:</rt>|(?=<))|<[^<>]*>", "", raw, flags=re.S)
            yield CaptionToken(start, end, "verbatim", f"`{' '.join(base.split())}`")
        elif kind in ("opened", "on"):
            yield CaptionToken(start, end, "open", name=match[kind].lower())
        elif kind in ("closed", "off"):
            yield CaptionToken(start, end, "close", name=match[kind].lower())
        elif kind in ("drawing", "verbatim"):
            yield CaptionToken(start, end, "verbatim")
        elif kind == "space":
            yield CaptionToken(start, end, "text", "\u00a0")
        else:
            text = unescaped(raw) if kind == "entity" and has_entities else raw
            yield CaptionToken(start, end, "text", text)


def _place(token: CaptionToken, at: int) -> tuple[int, int]:
    """Return where a sign of a token stands: itself, or the entity that it is written as."""
    if token.end - token.start != len(token.text):
        return token.start, token.end
    return token.start + at, token.start + at + 1


def _piece(token: CaptionToken, source: str, start: int, end: int) -> Piece:
    """Return what of a token stands in source[start:end]."""
    first, last = max(token.start, start), min(token.end, end)
    raw = source[first:last]
    if token.kind == "break":
        return Piece("text", raw, " ")
    if token.kind != "text":
        return Piece(token.kind, raw, token.text, token.name)
    return Piece("text", raw, raw if last - first < len(token.text) else token.text)


def _escaped(has_entities: bool, space: str, text: str) -> str:
    text = html.escape(text, quote=False) if has_entities else text
    return text.replace("\u00a0", space)


def _written(
    cue: Words, escape: Callable[[str], str], most: int, line_break: str, unit: Unit
) -> str:
    text = balanced(_BLANK_LINE.sub(" ", unit.text), most)
    return rendered(Unit(text, unit.styles), cue, escape).replace("\n", line_break)


def balanced(text: str, most: int) -> str:
    """Break a text into as few lines of 42 letters as it can have, at most `most`, even ones.

    Single spaces become line breaks, so that positions stay. A text with breaks keeps them.
    """
    if _UNEVEN.search(text):
        return text
    words = text.split(" ")
    lines = filled(words)
    if len(lines) <= most and max(map(letters, words)) > LINE_LETTERS:
        return "\n".join(lines)  # even ones would all be as long as that word
    return "\n".join(even(words, min(len(lines), most)))
