"""Plain text: a line is a unit, or a paragraph is, where lines were evidently broken to a width.

Rule: indentation, blank lines and line ends stay; what cannot be told is left line by line.
"""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tolmach.formats.documents.document import Document, Unit, has_words, text_writer
from tolmach.formats.documents.lines import lines_of, newline_of
from tolmach.formats.encoding import text_of
from tolmach.language.layout import unmarked

_NARROWEST, _WIDEST = 40, 100  # characters of a line in text that was broken to a width
_ENOUGH = 4  # lines that must show it
_RAGGED = 8  # characters that a person breaks a line too early
_ENDS = ".!?…:;։"

Line = tuple[str, str]  # what it says, and what ends it


def opened(data: bytes, name: str) -> Document:
    """Open a text; raises StorageError "document-encoding"."""
    text, encoding, remarks = text_of(data, name)
    lines = lines_of(text)
    width = _width(lines)
    spans = list(_paragraphs(lines, width))
    units = tuple(Unit(_joined(lines[span])) for span in spans)

    def rewritten(texts: Sequence[Unit | None]) -> str:
        out = list(lines)
        for span, unit in zip(reversed(spans), reversed(texts), strict=True):
            if unit is not None:
                out[span] = _broken(unit.text, lines[span], width, newline_of(lines))
        return "".join(line + end for line, end in out)

    return Document(units, data, text_writer(rewritten, encoding), remarks)


def _paragraphs(lines: Sequence[Line], width: int) -> Iterator[slice]:
    """Yield the lines of each unit."""
    at = 0
    while at < len(lines):
        last = at + 1
        while width and last < len(lines) and _goes_on(lines[last - 1][0], lines[last][0], width):
            last += 1
        if has_words("".join(line for line, _ in lines[at:last])):
            yield slice(at, last)
        at = last


def _width(lines: Sequence[Line]) -> int:
    """Return the width that lines were broken to; 0 if they were not.

    They were if nearly every line that has another below it was too full for that one's first
    word, and at least half of them do not end a sentence.
    """
    stripped = [line.rstrip() for line, _ in lines]
    pairs = [pair for pair in pairwise(stripped) if _may_go_on(*pair)]
    width = max((len(line) for line, _ in pairs), default=0)
    if len(pairs) < _ENOUGH or not _NARROWEST <= width <= _WIDEST:
        return 0
    full = sum(_is_full(*pair, width) for pair in pairs)
    open_ended = sum(not line.endswith(tuple(_ENDS)) for line, _ in pairs)
    return width if full >= 0.8 * len(pairs) and open_ended >= 0.5 * len(pairs) else 0


def _goes_on(line: str, following: str, width: int) -> bool:
    line, following = line.rstrip(), following.rstrip()
    return _may_go_on(line, following) and _is_full(line, following, width)


def _may_go_on(line: str, following: str) -> bool:
    """Whether two lines can belong together: both have text, the second no sign of a list."""
    return bool(line.strip() and following.strip() and not unmarked(following)[0].strip())


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split()[0]) > width - _RAGGED


def _joined(lines: Sequence[Line]) -> str:
    return " ".join(words.strip() for words, _ in lines)


def _broken(text: str, old: Sequence[Line], width: int, newline: str) -> list[Line]:
    """Return the lines of a translation, indented as the old ones; one for one, or to a width."""
    first = _indent(old[0][0])
    if len(old) == 1:
        line = old[0][0]
        return [(first + " ".join(text.split("\n")) + line[len(line.rstrip()) :], old[0][1])]
    wrapped = textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=_indent(old[1][0]),
        break_long_words=False,
        break_on_hyphens=False,
    )
    ends = [newline] * (len(wrapped) - 1) + [old[-1][1]]
    return list(zip(wrapped, ends, strict=True))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
