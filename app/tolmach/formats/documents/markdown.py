"""Markdown: the words of paragraphs, headings, list items and cells, and what pictures show.

Everything else (front matter, code, tables' lines, HTML blocks, link targets) stays letter for
letter: only the spans of words are written anew, in the lines they came from.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from tolmach.formats.documents.document import Document, Unit, has_words, text_writer
from tolmach.formats.documents.inline_markdown import (
    escaped_label,
    inline,
    parser,
    pictures,
    reads_as,
    written,
)
from tolmach.formats.documents.lines import lines_of, newline_of
from tolmach.formats.documents.markup import Words
from tolmach.formats.documents.places import Place, rewritten_with_tags
from tolmach.formats.encoding import text_of

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


def opened(data: bytes, name: str) -> Document:
    """Open a text in Markdown; raises StorageError "document-encoding"."""
    source, encoding, remarks = text_of(data, name)
    places = _places(source)
    write = text_writer(partial(rewritten_with_tags, source, _places, places), encoding)
    return Document(tuple(place.unit for place in places), data, write, remarks)


def _source(
    block: _Block, original: Words, env: Mapping[str, Any], newline: str, unit: Unit
) -> str:
    """Return the Markdown of a translation, broken to the width of the source if that was."""
    content = block.token.content
    if not block.is_paragraph:
        unit = replace(unit, text=unit.text.replace("\n", " "))
    # Two breaks in a row, one with spaces would make a blank line: the end of the paragraph.
    hard = "\\\n" if "\\\n" in content or "\n\n" in unit.text else "  \n"

    def accepted(source: str) -> bool:
        return not _ITEM.search(source) and reads_as(
            block.around[0] + source + block.around[1], unit, original, env
        )

    source = written(unit, original, hard, accepted)
    if block.is_cell:
        source = source.replace("|", "\\|")
    breaks = (child.type == "softbreak" for child in block.token.children or [])
    if block.is_paragraph and any(breaks):
        width = max(map(len, content.split("\n")))
        lines = (textwrap.fill(line, width, **_WRAPPING) for line in source.split(hard))
        wrapped = hard.join(lines)
        source = wrapped if accepted(wrapped) else source
    return source.replace("\n", newline + block.prefix)


def _places(source: str) -> list[Place]:
    env: dict[str, Any] = {}  # the definitions of links, once it is parsed
    front = _FRONT.match(source)
    skipped = front.end() if front else 0
    newline = newline_of(lines_of(source))
    places: list[Place] = []
    for block in _blocks(parser().parse(source[skipped:], env), source, skipped):
        inner = inline(block.token)
        if has_words(inner.unit.text):
            write = partial(_source, block, inner, env, newline)
            places.append(Place(block.lines[0][0], block.lines[-1][1], inner.unit, write))
        for start, end, description in pictures(block.token):
            if has_words(description) and "|" not in block.token.content:
                unit = Unit(description, context="alt")
                begin, stop = block.place(start), block.place(end)
                places.append(Place(begin, stop, unit, escaped_label, in_tag=True))
    return places


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
