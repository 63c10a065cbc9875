"""SubRip (SRT) and WebVTT: only the words of a cue are touched.

Read here and not by a library: decision 16. A cue is a line of times and the lines below it down
to a blank one; its lines are one unit, unless each is another person's.
"""

import html
import re
from collections.abc import Sequence

from tolmach.formats.documents.document import Document, Unit, has_words
from tolmach.formats.documents.lines import lines_of, newline_of, patched
from tolmach.formats.documents.markup import Piece, Words, rendered, words
from tolmach.formats.encoding import bytes_of, text_of
from tolmach.formats.subtitle_lines import even, filled

_TIMES = re.compile(r"\s*(?:\d+:)?\d+:\d\d[.,]\d+\s+-->\s+(?:\d+:)?\d+:\d\d[.,]\d+")
_SPEAKER = re.compile(r"\s*[-–—]\s*\w")
_PART = re.compile(
    r"(?P<close></(?P<closed>[A-Za-z]*)>)|(?P<open><(?P<opened>[A-Za-z]+)(?:[ .][^<>]*)?>)"
    r"|(?P<kept><[\d:.]+>|\{\\[^{}]*\})|(?P<text>[^<{]+|[<{])"
)
_UNEVEN = re.compile(r"[\t\n\v\f\r]|  ")  # of other lengths once it is broken
_BLANK_LINE = re.compile(r"\n(?=\s*(?:\n|\Z))")  # would end the cue

Cue = tuple[int, int, Words]  # where its words stand in the file


def opened(data: bytes, name: str) -> Document:
    """Open subtitles; raises StorageError "document-encoding"."""
    text, encoding = text_of(data, name)
    entities = name.lower().endswith(".vtt")
    newline = newline_of(lines_of(text))
    cues = [cue for cue in _cues(text, entities) if has_words(cue[2].unit.text)]

    def write(texts: Sequence[Unit | None], language: str) -> bytes:
        del language  # subtitles do not say their own
        changes = [
            (start, end, _written(unit, words, entities, text.count("\n", start, end) + 1))
            for (start, end, words), unit in zip(cues, texts, strict=True)
            if unit is not None
        ]
        lines = [(start, end, new.replace("\n", newline)) for start, end, new in changes]
        return bytes_of(patched(text, lines), encoding)[0]

    return Document(tuple(words.unit for _, _, words in cues), data, write)


def _cues(text: str, entities: bool) -> list[Cue]:
    cues: list[Cue] = []
    at, start, number, times = 0, -1, -1, ""
    for line, end in [*lines_of(text), ("", "")]:
        timed = _TIMES.match(line)
        if start >= 0 and (timed or not line.strip()):
            stop = number if timed and number >= start else at  # the next cue's number is no word
            block = text[start:stop].rstrip("\r\n")
            cues.append((start, start + len(block), words(_pieces(block, entities), times)))
            start = -1
        number = at if line.strip().isdecimal() else -1
        at += len(line) + len(end)
        if timed:
            start, times = at, line.strip()
    return cues


def _pieces(block: str, entities: bool) -> list[Piece]:
    lines = [line.strip() for line, _ in lines_of(block)]
    talk = len(lines) > 1 and all(_SPEAKER.match(_PART.sub(_only_text, line)) for line in lines)
    return [
        _piece(match, entities) for match in _PART.finditer(("\n" if talk else " ").join(lines))
    ]


def _only_text(match: re.Match[str]) -> str:
    return match["text"] or ""


def _piece(match: re.Match[str], entities: bool) -> Piece:
    raw = match[0]
    if match["close"]:
        return Piece("close", raw, name=match["closed"].lower())
    if match["open"]:
        return Piece("open", raw, name=match["opened"].lower())
    if match["kept"]:
        return Piece("kept", raw)
    return Piece("text", raw, html.unescape(raw) if entities else raw)


def _written(unit: Unit, words: Words, entities: bool, most: int) -> str:
    text = balanced(_BLANK_LINE.sub(" ", unit.text), most)
    return rendered(Unit(text, unit.styles), words, _escaped if entities else _plain)


def balanced(text: str, most: int) -> str:
    """Break a text into as few lines of 42 letters as it can have, at most `most`, even ones.

    Single spaces become line breaks, so that positions stay. A text with breaks keeps them.
    """
    if _UNEVEN.search(text):
        return text
    words = text.split(" ")
    return "\n".join(even(words, min(len(filled(words)), most)))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str) -> str:
    return text
