"""References to characters, "&amp;" and "&#171;", of any length in a file of a stranger.

Python refuses numbers of more than 4300 digits; no character has one of more than seven.
"""

import html
import re
from itertools import pairwise

_TOO_LONG = re.compile(r"&#(?=[0-9]{8}|[xX][0-9A-Fa-f]{7})")


def unescaped(text: str) -> str:
    """Return a text with the characters that are referred to; impossible references stay."""
    beyond = [0, *(match.start() + 1 for match in _TOO_LONG.finditer(text)), len(text)]
    parts = (text[start:end] for start, end in pairwise(beyond))
    return "".join(map(html.unescape, parts))


def harmless(source: str) -> str:
    """Return a source of the same length for a parser: impossible references are none."""
    return _TOO_LONG.sub("&_", source)
