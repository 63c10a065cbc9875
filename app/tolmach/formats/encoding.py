"""The text of a file that another program wrote, and back in its encoding if that has the letters.

UTF-8, UTF-16, what a document declares, or one of the old Cyrillic encodings, told apart by the
letters. A few bytes that are no text do not make another encoding of UTF-8: a download that was cut
off, a disk that lost some. They are told of, and stay in what is not translated. Code page 1251
has no ә: a text that needs one becomes UTF-8. It then gets a byte order mark, because programs that
wrote the old encoding often expect it unless a mark says otherwise.
"""

import codecs
import re
from itertools import islice
from math import inf, log
from typing import NamedTuple

from tolmach.core.errors import StorageError

UTF_8_MARKED = "utf-8-sig"
_MARKS = {
    codecs.BOM_UTF8: UTF_8_MARKED,
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
OLD = ("cp1251", "koi8_u", "cp866", "mac_cyrillic", "iso8859_5")  # koi8_u is KOI8-R and more
_GUESSED = {
    "koi8_u": "KOI8-R",
    "cp866": "CP866",
    "mac_cyrillic": "Mac Cyrillic",
    "iso8859_5": "ISO 8859-5",
}
_RARE = 5  # letters beyond ASCII for each byte that is no UTF-8, at least: else it is another one
_RARE_IN_UTF_16 = 50  # signs
_ENOUGH = 8  # letters beyond ASCII that can speak for another encoding than code page 1251
_TEXT = 50  # of so many some must be frequent ones: else it is no text at all
_LEAST = log(0.002)  # the mean of what they are
_LISTED = 5  # lines that are named
_LOOKED_AT = 20_000  # signs beyond ASCII
# Russian letters by how often they come (per 10,000), with what neighbours have of their own.
_OFTEN = (
    *("о1097", "е845", "а801", "и735", "н670", "т626", "с547", "р473", "в454", "л440", "к349"),
    *("м321", "д298", "п281", "у262", "я201", "ы190", "ь174", "г170", "з165", "б159", "й121"),
    *("ч144", "х97", "ж94", "ш73", "ю64", "ц48", "щ36", "э32", "ф26", "ъ4", "ё4", "і130"),
    *("ї20", "є17", "ґ2", "ў33", "«50", "»50", "—50", "–50", "…50", "„50", "“50", "”50", "’50"),
    *("№50", "\xa050"),
)
_LIKELIHOODS = {entry[0]: log(int(entry[1:]) / 10_000) for entry in _OFTEN}
_ODD = log(1e-4)  # any other sign
_CAPITAL, _CAPITAL_INSIDE = log(0.6), log(0.05)  # at the beginning of a word, behind a small letter
_GLUED = log(0.2)  # a letter behind what is followed by a space, or by a capital
_USUAL = 1.5  # how much likelier, as a logarithm, Windows is than the others before one has looked
_SPACED, _OPENING = "–—”»…№", "„“«"
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_BYTES = re.compile("[\udc80-\udcff]")
_PLAIN = ("utf-8", "cp", "koi8", "iso8859", "mac", "ascii")
_CONTROL = frozenset(map(chr, range(32))) - set("\t\n\r\f\v\x1a")
# What XML and tables cannot hold, and halves of a character.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class DecodedText(NamedTuple):
    """What stands in a file. Bytes that are no text are the signs U+DC80 to U+DCFF in it."""

    text: str
    encoding: str  # as Python calls it
    remarks: tuple[StorageError, ...]  # what a person should know of it


def text_of(data: bytes, name: str, declared: str = "") -> DecodedText:
    """Return the text of a file; raises StorageError "document-encoding" for what is no text."""
    text, encoding = detected(data, declared)
    if not encoding:
        raise StorageError("document-encoding", name=name)
    remarks = []
    if lines := _unreadable_lines(text):
        listed = ", ".join(map(str, lines[:_LISTED])) + (", …" if len(lines) > _LISTED else "")
        remarks.append(StorageError("document-bytes", name=name, lines=listed))
    if encoding in _GUESSED and encoding != declared:
        remarks.append(StorageError("document-guessed", name=name, encoding=_GUESSED[encoding]))
    return DecodedText(text, encoding, tuple(remarks))


def legible(text: str) -> str:
    """Return a text in which U+FFFD stands for each byte that is no text."""
    return _BYTES.sub("\ufffd", text)


def detected(data: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text and its encoding, as Python calls it; the encoding of what is no text is "".

    A byte order mark decides, else the encoding that the document declares is tried, then UTF-8,
    also with some bytes that are none, then code page 1251, unless enough letters speak for
    another old encoding.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _tolerant(data, encoding, 0 if encoding == UTF_8_MARKED else _RARE_IN_UTF_16)
    if _is_plain(declared):
        try:
            return data.decode(declared), declared
        except UnicodeError:
            pass  # it lied
    text, encoding = _tolerant(data, "utf-8", _RARE)
    return (text, encoding) if encoding else _old(data)


def _tolerant(data: bytes, encoding: str, rare: int) -> tuple[str, str]:
    """Decode bytes of which some may be no text, if for each there are `rare` letters at least."""
    if encoding == "utf-16":
        text = data.decode(encoding, "replace").replace("\ufffd", "\udcff")
        letters = len(text)
    else:
        text = data.decode(encoding, "surrogateescape")
        letters = sum(not sign.isascii() for sign in _BYTES.sub("", text))
    is_text = len(_BYTES.findall(text)) * rare <= letters and not _CONTROL.intersection(text)
    return (text, encoding) if is_text else ("", "")


def _old(data: bytes) -> tuple[str, str]:
    """Decode what is no Unicode."""
    texts = {encoding: _decoded(data, encoding) for encoding in OLD}
    possible = {name: text for name, text in texts.items() if text is not None}
    if not possible:
        return "", ""
    likelihoods = {name: letters_likelihood(text) for name, text in possible.items()}
    usual = likelihoods.get("cp1251", -inf)
    best = max(likelihoods, key=likelihoods.__getitem__)
    letters = sum(sign.isalpha() and not sign.isascii() for sign in possible[best])
    if letters < _ENOUGH or likelihoods[best] < usual + _USUAL / letters:
        best = "cp1251"
    if letters >= _TEXT and likelihoods.get(best, -inf) < _LEAST:
        return "", ""
    return (possible[best], best) if best in possible else ("", "")


def letters_likelihood(text: str) -> float:
    """Return how likely the signs beyond ASCII are in Russian, as the mean of their logarithms."""
    total, count = 0.0, 0
    for match in islice(_BEYOND_ASCII.finditer(text), _LOOKED_AT):
        sign, previous = match[0], text[match.start() - 1 : match.start()]
        small = sign.lower()
        total += _LIKELIHOODS.get(small, _ODD)
        count += 1
        if sign != small and not previous.isupper():
            total += _CAPITAL_INSIDE if previous.islower() else _CAPITAL
        if sign.isalpha() and previous and previous in _SPACED:
            total += _GLUED
        if sign == small and sign.isalpha() and previous and previous in _OPENING:
            total += _GLUED
    return total / max(1, count)


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return the text; a byte may be none in code page 1251: the others have signs for it."""
    try:
        text = data.decode(encoding, "surrogateescape" if encoding == "cp1251" else "strict")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.intersection(text) else text


def _unreadable_lines(text: str) -> list[int]:
    """Return the numbers of the lines with bytes that are no text."""
    if not _BYTES.search(text):
        return []
    return [at for at, line in enumerate(text.split("\n"), 1) if _BYTES.search(line)]


def bytes_of(text: str, encoding: str) -> tuple[bytes, str]:
    """Return the bytes and their encoding: the one asked for, or UTF-8 with a mark."""
    try:
        return text.encode(encoding, "surrogateescape"), encoding
    except UnicodeEncodeError:
        return text.encode(UTF_8_MARKED, "surrogateescape"), UTF_8_MARKED


def writable(text: str, instead: str) -> str:
    """Return a text that every format can hold, with `instead` for each sign that some cannot."""
    return _UNWRITABLE.sub(instead, text)


def _is_plain(declared: str) -> bool:
    """Whether an encoding is one of those whose declaration can be read without knowing it."""
    try:
        return codecs.lookup(declared).name.startswith(_PLAIN)
    except LookupError:
        return False
