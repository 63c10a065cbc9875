"""Markdown: the words of paragraphs, headings, list items and cells, and what pictures show.

Everything else (front matter, code, tables' lines, HTML blocks, link targets) stays letter for
letter: only the spans of words are written anew, in the lines they came from.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from tolmach.formats.documents.document import Document, Unit, has_words
from tolmach.formats.documents.inline_markdown import (
    escaped_label,
    inline,
    parser,
    pictures,
    reads_as,
    written,
)
from tolmach.formats.documents.lines import lines_of, newline_of, patched
from tolmach.formats.documents.markup import Words
from tolmach.formats.encoding import bytes_of, text_of

_WRAPPING: Mapping[str, Any] = {
    "break_long_words": False,
    "break_on_hyphens": False,
    "replace_whitespace": False,
}
_AROUND = {"=": ("", "\n==="), "-": ("", "\n---")}
_ITEM = re.compile(r"\n\s*(?:[-+*]|\d{1,9}[.)])(?:\s|$)")  # would go on with a list around it
_FRONT = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n?|\n)(?s:.*?)(?:\r\n?|\n)\1[ \t]*(?:\r\n?|\n|$)")


@dataclass(frozen=True, slots=True)
class _Block:
    """Words in the source: the spans of their lines, without what stands before them."""

    token: Token
    lines: tuple[tuple[int, int], ...]
    prefix: str  # before every line but the first: "> ", the indentation of a list
    is_cell: bool
    is_paragraph: bool
    around: tuple[str, str]  # what makes such a block of words

    def place(self, at: int) -> int:
        """Return where in the source a place of the token's content is."""
        for start, end in self.lines:
            if at <= end - start:
                return start + at
            at -= end - start + 1
        return self.lines[-1][1]


@dataclass(frozen=True, slots=True)
class _Picture:
    """What a picture shows: source[start:end]."""

    start: int
    end: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class _BlockText:
    """The words of a block: source[start:end]."""

    start: int
    end: int
    block: _Block
    words: Words


_Place = _Picture | _BlockText


def opened(data: bytes, name: str) -> Document:
    """Open a text in Markdown; raises StorageError "document-encoding"."""
    source, encoding = text_of(data, name)
    places, _ = _read(source)
    units = tuple((place if isinstance(place, _Picture) else place.words).unit for place in places)

    def write(texts: Sequence[Unit | None], language: str) -> bytes:
        del language  # Markdown does not say its own
        changed = list(zip(places, texts, strict=True))
        page = patched(
            source,
            [
                (place.start, place.end, escaped_label(unit.text))
                for place, unit in changed
                if isinstance(place, _Picture) and unit is not None
            ],
        )
        if _outline(page) != _outline(source):  # a description would change what is read around it
            page = source
        page = _with_words(page, [unit for place, unit in changed if isinstance(place, _BlockText)])
        return bytes_of(page, encoding)[0]

    return Document(units, data, write)


def _outline(source: str) -> list[str]:
    """Return what is read, whatever pictures show."""
    places, _ = _read(source)
    return [place.words.unit.text if isinstance(place, _BlockText) else "" for place in places]


def _with_words(source: str, texts: Sequence[Unit | None]) -> str:
    """Write the words, in a text whose pictures are described: these are copied with them."""
    places, env = _read(source)
    newline = newline_of(lines_of(source))
    blocks = (place for place in places if isinstance(place, _BlockText))
    changes = [
        (text.start, text.end, _source(text, unit, env).replace("\n", newline + text.block.prefix))
        for text, unit in zip(blocks, texts, strict=True)
        if unit is not None
    ]
    return patched(source, changes)


def _source(text: _BlockText, unit: Unit, env: Mapping[str, Any]) -> str:
    """Return the Markdown of a translation, broken to the width of the source if that was."""
    block, content = text.block, text.block.token.content
    if not block.is_paragraph:
        unit = replace(unit, text=unit.text.replace("\n", " "))
    # Two breaks in a row, one with spaces would make a blank line: the end of the paragraph.
    hard = "\\\n" if "\\\n" in content or "\n\n" in unit.text else "  \n"

    def accepted(source: str) -> bool:
        return not _ITEM.search(source) and reads_as(
            block.around[0] + source + block.around[1], unit, text.words, env
        )

    source = written(unit, text.words, hard, accepted)
    if block.is_cell:
        return source.replace("|", "\\|")
    breaks = (child.type == "softbreak" for child in block.token.children or [])
    if block.is_paragraph and any(breaks):
        width = max(map(len, content.split("\n")))
        lines = (textwrap.fill(line, width, **_WRAPPING) for line in source.split(hard))
        wrapped = hard.join(lines)
        return wrapped if accepted(wrapped) else source
    return source


def _read(source: str) -> tuple[list[_Place], Mapping[str, Any]]:
    """Return the places of words in their order, and the definitions of links."""
    env: dict[str, Any] = {}
    front = _FRONT.match(source)
    skipped = front.end() if front else 0
    places: list[_Place] = []
    for block in _blocks(parser().parse(source[skipped:], env), source, skipped):
        inner = inline(block.token)
        if has_words(inner.unit.text):
            places.append(_BlockText(block.lines[0][0], block.lines[-1][1], block, inner))
        places += [
            _Picture(block.place(start), block.place(end), Unit(description, context="alt"))
            for start, end, description in pictures(block.token)
            if has_words(description) and "|" not in block.token.content
        ]
    return places, env


def _blocks(tokens: Sequence[Token], source: str, skipped: int) -> Iterator[_Block]:
    lines = lines_of(source[skipped:])
    begins = [skipped]
    for line, end in lines:
        begins.append(begins[-1] + len(line) + len(end))
    column = 0  # in the line of a table
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            column = 0
        if token.type != "inline" or token.map is None:
            continue
        is_cell = before.type in ("th_open", "td_open")
        first = token.map[0]
        parts = [token.content.replace("|", "\\|")] if is_cell else token.content.split("\n")
        spans = []
        for number, part in enumerate(parts, first):
            line = lines[number][0] if number < len(lines) else ""
            at = line.find(part, column) if is_cell else line.rfind(part)
            if at < 0:
                break  # tabs were made spaces: left as it is
            spans.append((begins[number] + at, begins[number] + at + len(part)))
            column = at + len(part) if is_cell else 0
        else:
            prefix = source[begins[first + 1] : spans[1][0]] if len(spans) > 1 else ""
            is_paragraph = before.type == "paragraph_open"
            around = ("", "") if is_paragraph else _AROUND.get(before.markup, ("# ", ""))
            yield _Block(token, tuple(spans), prefix, is_cell, is_paragraph, around)
