"""HTML and XHTML: text between the tags of blocks, and attributes that a person reads.

Only their spans of the source are written anew, so that everything else stays letter for letter:
doctype, scripts, comments, broken markup. Decision 16 says why no tree is built.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tolmach.formats.documents.document import Document, Unit, has_words
from tolmach.formats.documents.lines import patched
from tolmach.formats.documents.markup import Words, rendered, words
from tolmach.formats.documents.tags import Token, fixed_tokens, runs, tokens, values
from tolmach.formats.encoding import bytes_of, text_of

_READ = frozenset({"alt", "title", "placeholder", "aria-label", "aria-description", "label"})
_HEAD = 4096  # bytes in which an encoding must be declared
_CHARSET = re.compile(
    r"""(?:<meta\b[^>]*?\bcharset\s*=\s*["']?|<\?xml\b[^>]*?\bencoding\s*=\s*["'])([\w.:-]+)""",
    re.I,
)
_TAG = 200  # characters that the tag of a title may have
_TITLE = re.compile(r"<title\b[^<>]*>\s*\Z", re.I)
_ROOT = re.compile(r"<html\b[^>]*>", re.I)
_LANGUAGE = re.compile(r"""(\s(?:xml:)?lang\s*=\s*["']?)[\w-]+""", re.I)


@dataclass(frozen=True, slots=True)
class _MarkedText:
    """Words with their markup: source[start:end]."""

    start: int
    end: int
    words: Words


@dataclass(frozen=True, slots=True)
class _Attribute:
    """The value of an attribute: source[start:end], quotes included."""

    start: int
    end: int
    unit: Unit


_Place = _MarkedText | _Attribute


def opened(data: bytes, name: str) -> Document:
    """Open a page; raises StorageError "document-encoding"."""
    declared = _CHARSET.search(data[:_HEAD].decode("latin-1"))
    source, encoding = text_of(data, name, declared[1] if declared else "")
    places = list(_places(source))
    holders = (place.words if isinstance(place, _MarkedText) else place for place in places)

    def write(texts: Sequence[Unit | None], language: str) -> bytes:
        page = _with_attributes(source, places, texts)
        pairs = zip(places, texts, strict=True)
        page = _with_words(page, [unit for place, unit in pairs if isinstance(place, _MarkedText)])
        if language:
            page = _ROOT.sub(lambda tag: _LANGUAGE.sub(rf"\g<1>{language}", tag[0]), page, count=1)
        return _encoded(page, encoding)

    return Document(tuple(holder.unit for holder in holders), data, write)


def _places(source: str) -> Iterator[_Place]:
    stream = tokens(source)
    places: list[_Place] = [*_texts(stream, source), *_attributes(stream, source)]
    yield from sorted(places, key=lambda place: place.start)


def _texts(stream: Sequence[Token], source: str) -> Iterator[_MarkedText]:
    for run in runs(stream, source):
        begin = run[0][0].start
        is_title = _TITLE.search(source, max(0, begin - _TAG), begin)
        inner = words([piece for _, piece in run], "title" if is_title else "")
        if has_words(inner.unit.text):
            start, end = run[0][0].start, run[-1][0].end
            raw = source[start:end]
            start += len(raw) - len(raw.lstrip())
            yield _MarkedText(start, end - len(raw) + len(raw.rstrip()), inner)


def _attributes(stream: Sequence[Token], source: str) -> Iterator[_Attribute]:
    fixed = fixed_tokens(stream)
    for at, token in enumerate(stream):
        if token.kind not in ("open", "void") or at in fixed:
            continue
        for name, start, end in values(token, source):
            is_quoted = source[start] in "\"'"
            value = html.unescape(source[start + is_quoted : end - is_quoted])
            if name in _READ and has_words(value):
                yield _Attribute(start, end, Unit(" ".join(value.split()), context=name))


def _with_attributes(source: str, places: Sequence[_Place], texts: Sequence[Unit | None]) -> str:
    changes = [
        (place.start, place.end, '"' + html.escape(unit.text).replace("&#x27;", "'") + '"')
        for place, unit in zip(places, texts, strict=True)
        if isinstance(place, _Attribute) and unit is not None
    ]
    return patched(source, changes)


def _with_words(source: str, texts: Sequence[Unit | None]) -> str:
    """Write the words, in a page whose attributes are written: tags are copied with them."""
    changes = []
    for marked, unit in zip(_texts(tokens(source), source), texts, strict=True):
        if unit is not None:
            changes.append((marked.start, marked.end, _rendered(unit, marked, source)))
    return patched(source, changes)


def _rendered(unit: Unit, marked: _MarkedText, source: str) -> str:
    raw = source[marked.start : marked.end]
    breaks = re.search(r"<br\b[^>]*>", raw, re.I)
    space = next((form for form in ("&nbsp;", "&#160;") if form in raw), "\u00a0")

    def escape(text: str) -> str:
        text = html.escape(text, quote=False).replace("\u00a0", space)
        return text.replace("\n", breaks[0] if breaks else "<br>")

    return rendered(unit, marked.words, escape).rstrip(" ")


def _encoded(page: str, encoding: str) -> bytes:
    """Return the bytes; a page whose encoding had to change declares the new one."""
    data, used = bytes_of(page, encoding)
    declared = _CHARSET.search(page[:_HEAD])
    if used != encoding and declared:
        page = page[: declared.start(1)] + "utf-8" + page[declared.end(1) :]
        data, _ = bytes_of(page, used)
    return data
