"""The text of a file that another program wrote: UTF-8, UTF-16 or the Windows code page 1251."""

import codecs

from tolmach.core.errors import StorageError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = frozenset(map(chr, range(32))) - set("\t\n\r\f\v\x1a")


def decoded(data: bytes, name: str) -> str:
    """Return the text; raises StorageError "terms-encoding" for what is no text."""
    text, encoding = detected(data)
    if not encoding:
        raise StorageError("terms-encoding", name=name)
    return text


def detected(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding, as Python calls it; the encoding of what is no text is "".

    A byte order mark decides, else UTF-8 is tried, then code page 1251.
    """
    marked = (encoding for mark, encoding in _MARKS if data.startswith(mark))
    for encoding in (*marked, "utf-8", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.intersection(text):
            return text, encoding
    return "", ""
