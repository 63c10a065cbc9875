"""Lines of a text with what ends them."""

import re
from collections.abc import Sequence

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")


def lines_of(text: str) -> list[tuple[str, str]]:
    """Return the lines with what ends each: "\\n", "\\r\\n", "\\r" or nothing; joined, the text."""
    return [line for line in _LINE.findall(text) if any(line)]


def newline_of(lines: Sequence[tuple[str, str]]) -> str:
    """Return what ends the first line, for lines that a translation adds."""
    return lines[0][1] if lines and lines[0][1] else "\n"
