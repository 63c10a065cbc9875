"""Markdown: the words of paragraphs, headings, list items and cells, and what pictures show.

Everything else (front matter, code, tables' lines, tags, link targets, signs of extensions) stays
letter for letter: only the spans of words are written anew, in the lines they came from.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any, TypeAlias

from markdown_it.token import Token

from tolmach.core.errors import StorageError
from tolmach.formats.documents import hypertext
from tolmach.formats.documents.document import Document, Unit, has_words, quoted, text_writer
from tolmach.formats.documents.inline_markdown import (
    descriptions,
    escaped_label,
    formulas,
    inline,
    parser,
    quotable,
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
_HARD = re.compile(r"(?:\\| {2,})\n")
_ITEM = re.compile(r"\n\s*(?:[-+*]|\d{1,9}[.)])(?:\s|$)")  # would go on with a list around it
_FRONT = re.compile(
    r"(---|\+\+\+)[ \t]*(?:\r\n?|\n)(?s:.*?)(?<=[\r\n])(?:\1|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)"
)
_READ_BY_PEOPLE = re.compile(
    r"(?im)^[ \t]*[\"']?(?:\w*title|\w*description|summary|excerpt|caption|headline|tags"
    r"|keywords|categories)[\"']?[ \t]*[:=][ \t]*(.+)$"
)


_Spans: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """Words in the source: the spans of their lines, without what stands before them."""

    token: Token
    lines: _Spans
    prefix: str  # before every line but the first: "> ", the indentation of a list
    is_cell: bool
    is_paragraph: bool
    around: tuple[str, str]  # what makes such a block of words
    is_quoted: bool = False

    def place(self, at: int) -> int:
        """Return where in the source a place of the token's content is."""
        for start, end in self.lines:
            if at <= end - start:
                return start + at
            at -= end - start + 1
        return self.lines[-1][1]


class _Lines:
    """The lines of a source, from a place on, and where each starts."""

    def __init__(self, source: str, skipped: int) -> None:
        self.source = source
        self._lines = lines_of(source[skipped:])
        self.starts = [skipped]
        for line, end in self._lines:
            self.starts.append(self.starts[-1] + len(line) + len(end))

    def spans(self, first: int, parts: Sequence[str], column: int | None) -> _Spans:
        """Return where parts stand, each at the end of its line, or from a column on.

        None has a place if one has none: tabs were made spaces.
        """
        spans = []
        for number, part in enumerate(parts, first):
            line = self._lines[number][0] if number < len(self._lines) else ""
            at = line.rfind(part) if column is None else line.find(part, column)
            if at < 0:
                return ()
            spans.append((self.starts[number] + at, self.starts[number] + at + len(part)))
        return tuple(spans)


def opened(data: bytes, name: str) -> Document:
    """Open a text in Markdown; raises StorageError "document-encoding"."""
    source, encoding, remarks = text_of(data, name)
    places, unread = _read(source)
    if parts := quoted(unread):
        remarks += (StorageError("document-unread-markdown", name=name, parts=parts),)
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
    if block.is_quoted:
        source = source.replace('"', "”")
    soft = (child.type == "softbreak" for child in block.token.children or [])
    if block.is_paragraph and any(soft):
        width = max(map(len, content.split("\n")))
        lines = (textwrap.fill(line, width, **_WRAPPING) for line in source.split(hard))
        wrapped = hard.join(lines)
        source = wrapped if accepted(wrapped) else source
    breaks = _HARD.findall(content)
    if "\n\n" not in unit.text and source.count(hard) == len(breaks):
        source = re.sub(re.escape(hard), lambda _: breaks.pop(0), source)  # as each was written
    return source.replace("\n", newline + block.prefix)


def _places(source: str) -> list[Place]:
    return _read(source)[0]


def _read(source: str) -> tuple[list[Place], list[str]]:
    """Return the places of words, and words that have none."""
    env: dict[str, Any] = {}  # the definitions of links, once it is parsed
    front = _FRONT.match(source)
    skipped = front.end() if front else 0
    newline = newline_of(lines_of(source))
    places: list[Place] = []
    unread = [match[1] for match in _READ_BY_PEOPLE.finditer(front[0])] if front else []
    tokens = parser().parse(source[skipped:], env)
    lines = _Lines(source, skipped)
    for part in _blocks(tokens, lines):
        if isinstance(part, _Block):
            places += _block_places(part, env, newline)
            unread += formulas(part.token)
        else:
            unread.append(part.content)
    pages, words = _html_places(tokens, lines)
    references = env.get("references", {}).values()
    unread += [*words, *(str(reference.get("title", "")) for reference in references)]
    return sorted([*places, *pages], key=lambda place: place.start), unread


def _block_places(block: _Block, env: Mapping[str, Any], newline: str) -> Iterator[Place]:
    inner = inline(block.token)
    if has_words(inner.unit.text):
        write = partial(_source, block, inner, env, newline)
        yield Place(block.lines[0][0], block.lines[-1][1], inner.unit, write)
    for start, end, text, context in descriptions(block.token):
        if has_words(text) and "|" not in block.token.content:
            begin, stop = block.place(start), block.place(end)
            writing = escaped_label if context == "alt" else quotable
            yield Place(begin, stop, Unit(text, context=context), writing, in_tag=True)


def _blocks(tokens: Sequence[Token], lines: _Lines) -> Iterator[_Block | Token]:
    """Yield the blocks of words; a token whose words are not in the source as they are read."""
    column = 0  # in the line of a table
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            column = 0
        if token.type != "inline" or token.map is None:
            continue
        is_cell = before.type in ("th_open", "td_open")
        parts = [token.content.replace("|", "\\|")] if is_cell else token.content.split("\n")
        spans = lines.spans(token.map[0], parts, column if is_cell else None)
        if not spans:
            yield token
            continue
        starts = lines.starts
        if is_cell:
            column = spans[0][1] - starts[token.map[0]]
        prefix = lines.source[starts[token.map[0] + 1] : spans[1][0]] if len(spans) > 1 else ""
        is_paragraph = before.type == "paragraph_open"
        around = ("", "") if is_paragraph else _AROUND.get(before.markup, ("# ", ""))
        is_quoted = before.type == "title_open" and before.markup == '"'
        yield _Block(token, spans, prefix, is_cell, is_paragraph, around, is_quoted)


def _html_places(tokens: Sequence[Token], lines: _Lines) -> tuple[list[Place], list[str]]:
    """Return the places of words in blocks of HTML, and words in those that stand in others."""
    places: list[Place] = []
    unread: list[str] = []
    for token in tokens:
        if token.type != "html_block" or token.map is None:
            continue
        start, end = (lines.starts[number] for number in token.map)
        page = lines.source[start:end]
        inner, words = hypertext.read(page)
        if "".join(page.split()) == "".join(token.content.split()):
            places += (place.moved(start) for place in inner)
            unread += words
        else:  # signs of quotations stand amid its lines
            unread += [place.unit.text for place in inner]
    return places, unread
