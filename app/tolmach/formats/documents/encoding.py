"""Text out of the bytes of a document, and back in the same encoding if that has the letters.

Code page 1251 has no ә: a document that needs one becomes UTF-8. It then gets a byte order mark,
because programs that wrote the old encoding often expect it unless a mark says otherwise.
"""

import codecs
import re
from collections.abc import Sequence

from tolmach.core.errors import StorageError
from tolmach.formats.encoding import detected

UTF_8_MARKED = "utf-8-sig"
_PLAIN = ("utf-8", "cp", "koi8", "iso8859", "mac", "ascii")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")


def text_of(data: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """Return the text and its encoding; one that the document declares is tried first.

    Raises StorageError "document-encoding".
    """
    marks = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if _is_plain(declared) and not data.startswith(marks):
        try:
            return data.decode(declared), declared
        except UnicodeError:
            pass  # it lied
    text, encoding = detected(data)
    if not encoding:
        raise StorageError("document-encoding", name=name)
    return text, encoding


def _is_plain(declared: str) -> bool:
    """Whether an encoding is one of those whose declaration can be read without knowing it."""
    try:
        return codecs.lookup(declared).name.startswith(_PLAIN)
    except LookupError:
        return False


def bytes_of(text: str, encoding: str) -> tuple[bytes, str]:
    """Return the bytes and their encoding: the wanted one, or UTF-8 with a mark."""
    try:
        return text.encode(encoding), encoding
    except UnicodeEncodeError:
        return text.encode(UTF_8_MARKED), UTF_8_MARKED


def lines_of(text: str) -> list[tuple[str, str]]:
    """Return the lines with what ends each: "\\n", "\\r\\n", "\\r" or nothing; joined, the text."""
    return [found for found in _LINE.findall(text) if any(found)]


def newline_of(lines: Sequence[tuple[str, str]]) -> str:
    """Return what ends the first line, for lines that a translation adds."""
    return lines[0][1] if lines and lines[0][1] else "\n"


def patched(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    """Return the text with spans (start, end, new text) replaced; sorted, not overlapping."""
    pieces, at = [], 0
    for start, end, new in changes:
        pieces += [text[at:start], new]
        at = end
    return "".join(pieces) + text[at:]
