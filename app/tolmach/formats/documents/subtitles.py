"""SubRip (SRT) and WebVTT: only the words of a cue are touched.

Read here and not by a library: decision 16. A cue is a line of times and the lines below it down
to a blank one; its lines are one unit, unless each is another person's.
"""

import html
import re
from collections.abc import Iterator
from functools import partial

from tolmach.formats.documents.document import Document, Unit, has_words, text_writer
from tolmach.formats.documents.lines import lines_of, newline_of
from tolmach.formats.documents.markup import Piece, Words, rendered, words
from tolmach.formats.documents.places import Place, rewritten
from tolmach.formats.encoding import text_of
from tolmach.formats.subtitle_lines import LINE_LETTERS, even, filled, letters

_TIMES = re.compile(r"\s*(?:\d+:)?\d+:\d\d[.,]\d+\s+-->\s+(?:\d+:)?\d+:\d\d[.,]\d+")
_SPEAKER = re.compile(r"\s*[-–—]\s*\w")
_PART = re.compile(
    r"(?P<close></(?P<closed>[A-Za-z]*)>)|(?P<open><(?P<opened>[A-Za-z]+)(?:[ .][^<>]*)?>)"
    r"|(?P<verbatim><[\d:.]+>|\{\\[^{}]*\})|(?P<text>[^<{]+|[<{])"
)
_UNEVEN = re.compile(r"[\t\n\v\f\r]|  ")  # of other lengths once it is broken
_BLANK_LINE = re.compile(r"\n(?=\s*(?:\n|\Z))")  # would end the cue


def opened(data: bytes, name: str) -> Document:
    """Open subtitles; raises StorageError "document-encoding"."""
    text, encoding, remarks = text_of(data, name)
    entities = name.lower().endswith(".vtt")
    places = [place for place in _places(text, entities) if has_words(place.unit.text)]
    write = text_writer(partial(rewritten, text, places), encoding)
    return Document(tuple(place.unit for place in places), data, write, remarks)


def _places(text: str, entities: bool) -> Iterator[Place]:
    lines = lines_of(text)
    newline = newline_of(lines)
    at, start, number, times = 0, -1, -1, ""
    for line, end in [*lines, ("", "")]:
        timed = _TIMES.match(line)
        if start >= 0 and (timed or not line.strip()):
            stop = number if timed and number >= start else at  # the next cue's number is no word
            block = text[start:stop].rstrip("\r\n")
            cue = words(_pieces(block, entities), times)
            write = partial(_written, cue, entities, len(lines_of(block)), newline)
            yield Place(start, start + len(block), cue.unit, write)
            start = -1
        number = at if line.strip().isdecimal() else -1
        at += len(line) + len(end)
        if timed:
            start, times = at, line.strip()


def _pieces(block: str, entities: bool) -> list[Piece]:
    lines = [line.strip() for line, _ in lines_of(block)]
    texts = (_PART.sub(lambda part: part["text"] or "", line) for line in lines)
    talk = len(lines) > 1 and all(map(_SPEAKER.match, texts))
    return [
        _piece(match, entities) for match in _PART.finditer(("\n" if talk else " ").join(lines))
    ]


def _piece(match: re.Match[str], entities: bool) -> Piece:
    raw = match[0]
    if match["close"]:
        return Piece("close", raw, name=match["closed"].lower())
    if match["open"]:
        return Piece("open", raw, name=match["opened"].lower())
    if match["verbatim"]:
        return Piece("verbatim", raw)
    return Piece("text", raw, html.unescape(raw) if entities else raw)


def _written(cue: Words, entities: bool, most: int, newline: str, unit: Unit) -> str:
    text = balanced(_BLANK_LINE.sub(" ", unit.text), most)
    escape = partial(html.escape, quote=False) if entities else str
    source = rendered(Unit(text, unit.styles), cue, escape)
    return source.replace("\n", newline)


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
