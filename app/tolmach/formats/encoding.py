"""The text of a file that another program wrote, and back in its encoding if that has the letters.

UTF-8, UTF-16, the Windows code page 1251, or what a document declares. Code page 1251 has no ә: a
text that needs one becomes UTF-8. It then gets a byte order mark, because programs that wrote the
old encoding often expect it unless a mark says otherwise.
"""

import codecs
import re

from tolmach.core.errors import StorageError

UTF_8_MARKED = "utf-8-sig"
_MARKS = {
    codecs.BOM_UTF8: UTF_8_MARKED,
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_PLAIN = ("utf-8", "cp", "koi8", "iso8859", "mac", "ascii")
_CONTROL = frozenset(map(chr, range(32))) - set("\t\n\r\f\v\x1a")
# What XML and tables cannot hold, and halves of a character.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def text_of(data: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """Return what `detected` does; raises StorageError "document-encoding" for what is no text."""
    text, encoding = detected(data, declared)
    if not encoding:
        raise StorageError("document-encoding", name=name)
    return text, encoding


def detected(data: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text and its encoding, as Python calls it; the encoding of what is no text is "".

    A byte order mark decides, else the encoding that the document declares is tried, then UTF-8,
    then code page 1251.
    """
    marked = [encoding for mark, encoding in _MARKS.items() if data.startswith(mark)]
    if not marked and _is_plain(declared):
        try:
            return data.decode(declared), declared
        except UnicodeError:
            pass  # it lied
    for encoding in (*marked, "utf-8", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.intersection(text):
            return text, encoding
    return "", ""


def bytes_of(text: str, encoding: str) -> tuple[bytes, str]:
    """Return the bytes and their encoding: the one asked for, or UTF-8 with a mark."""
    try:
        return text.encode(encoding), encoding
    except UnicodeEncodeError:
        return text.encode(UTF_8_MARKED), UTF_8_MARKED


def writable(text: str, instead: str) -> str:
    """Return a text that every format can hold, with `instead` for each sign that some cannot."""
    return _UNWRITABLE.sub(instead, text)


def _is_plain(declared: str) -> bool:
    """Whether an encoding is one of those whose declaration can be read without knowing it."""
    try:
        return codecs.lookup(declared).name.startswith(_PLAIN)
    except LookupError:
        return False
