"""HTML and XHTML: text between the tags of blocks, and attributes that a person reads.

Only their spans of the source are written anew, so that everything else stays letter for letter:
doctype, scripts, comments, broken markup. Decision 16 says why no tree is built.
"""

import html
import re
from collections.abc import Iterator, Sequence
from functools import partial

from tolmach.core.errors import StorageError
from tolmach.formats.documents.document import Document, Unit, has_words, quoted
from tolmach.formats.documents.lines import lines_of
from tolmach.formats.documents.markup import Words, rendered, words
from tolmach.formats.documents.places import Place, rewritten_with_tags
from tolmach.formats.documents.references import unescaped
from tolmach.formats.documents.tags import (
    Token,
    fixed_tokens,
    hidden_texts,
    runs,
    scripts,
    tokens,
    values,
    walls,
)
from tolmach.formats.encoding import bytes_of, text_of

_READ = frozenset(
    (
        *("alt", "title", "placeholder", "label", "abbr", "summary", "standby"),
        *("aria-label", "aria-description", "aria-roledescription", "aria-valuetext"),
        *("aria-placeholder", "data-tooltip", "data-title", "data-original-title", "data-label"),
        *("data-placeholder", "data-confirm", "data-caption", "data-alt", "data-text"),
    )
)
_UNREAD = frozenset(("srcdoc", "content", "prompt"))
_BUTTONS = frozenset(("submit", "button", "reset"))
_FIELDS = frozenset(("", "text", "search"))
_META = re.compile(
    r"(?:(?:og|twitter|dc|article)[:.])?(?:title|description|site_name|image:alt|subject)|abstract"
    r"|keywords|application-name|apple-mobile-web-app-title",
    re.I,
)
_BEYOND = re.compile(r"(?![\x00-\x7f])[^\W\d_]")  # what names and codes are not written with
_HEAD = 4096  # bytes in which an encoding must be declared
_CHARSET = re.compile(
    r"""(?:<meta\b[^>]*?\bcharset\s*=\s*["']?|<\?xml\b[^>]*?\bencoding\s*=\s*["'])([\w.:-]+)""",
    re.I,
)
_TAG = 200  # characters that the tag of a title may have
_TITLE = re.compile(r"<title\b[^<>]*>\s*\Z", re.I)
_ROOT = re.compile(r"<html\b[^>]*>", re.I)
_LANGUAGE = re.compile(r"""(\s(?:xml:)?lang\s*=\s*["']?)[\w-]+""", re.I)


def opened(data: bytes, name: str) -> Document:
    """Open a page; raises StorageError "document-encoding"."""
    declared = _CHARSET.search(data[:_HEAD].decode("latin-1"))
    source, encoding, remarks = text_of(data, name, declared[1] if declared else "")
    places, unread = read(source)
    if parts := quoted(unread):
        remarks += (StorageError("document-unread-page", name=name, parts=parts),)

    def write(texts: Sequence[Unit | None], language: str) -> bytes:
        page = rewritten_with_tags(source, _places, places, texts)
        if language:
            page = _ROOT.sub(lambda tag: _LANGUAGE.sub(rf"\g<1>{language}", tag[0]), page, count=1)
        return _encoded(page, encoding)

    return Document(tuple(place.unit for place in places), data, write, remarks)


def read(source: str) -> tuple[list[Place], list[str]]:
    """Return the places of what people read in a page, and what of that is not translated."""
    stream = tokens(source)
    attributes = list(_attributes(stream, source))
    places = [*_texts(stream, source), *_hidden(stream, source), *_lines(stream, source)]
    places += [place for place, _ in attributes if place]
    unread = [text for _, text in attributes]
    unread += (unescaped(source[token.start : token.end]) for token in walls(stream))
    unread += (text for text in scripts(stream, source) if _BEYOND.search(text))
    return sorted(places, key=lambda place: place.start), unread


def _places(source: str) -> list[Place]:
    return read(source)[0]


def _texts(stream: Sequence[Token], source: str) -> Iterator[Place]:
    for run in runs(stream, source):
        begin = run[0][0].start
        is_title = _TITLE.search(source, max(0, begin - _TAG), begin)
        inner = words([piece for _, piece in run], "title" if is_title else "")
        if has_words(inner.unit.text):
            raw = source[begin : run[-1][0].end]
            start = begin + len(raw) - len(raw.lstrip())
            raw = raw.strip()
            yield Place(start, start + len(raw), inner.unit, partial(_rendered, inner, raw))


def _hidden(stream: Sequence[Token], source: str) -> Iterator[Place]:
    """Yield the words of pictures and players, which stand amid those around them."""
    for token in hidden_texts(stream):
        yield from _stripped(token.start, token.end, source, in_tag=True)


def _lines(stream: Sequence[Token], source: str) -> Iterator[Place]:
    """Yield the lines of fields that a person may fill in: their breaks are no white space."""
    for token in walls(stream, "textarea"):
        at = token.start
        for line, end in lines_of(source[token.start : token.end]):
            yield from _stripped(at, at + len(line), source, in_tag=False)
            at += len(line) + len(end)


def _stripped(start: int, end: int, source: str, *, in_tag: bool) -> Iterator[Place]:
    raw = source[start:end]
    text = unescaped(raw).strip()
    if has_words(text):
        begin, stop = start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())
        yield Place(begin, stop, Unit(text), _escaped, in_tag=in_tag)


def _escaped(unit: Unit) -> str:
    return html.escape(" ".join(unit.text.split("\n")), quote=False)


def _attributes(stream: Sequence[Token], source: str) -> Iterator[tuple[Place | None, str]]:
    """Yield the place of each value that people read; of those that nobody translates, the words.

    What is no known attribute counts only with letters that no code is written with.
    """
    fixed = fixed_tokens(stream)
    for at, token in enumerate(stream):
        if token.kind not in ("open", "void") or at in fixed:
            continue
        translatable, others = _names(token)
        for name, start, end in values(token, source):
            is_quoted = source[start] in "\"'"
            value = unescaped(source[start + is_quoted : end - is_quoted])
            if not has_words(value):
                continue
            if name in translatable:
                unit = Unit(" ".join(value.split()), context=name)
                yield Place(start, end, unit, _quoted, in_tag=True), ""
            elif (name in others or name.startswith("data-")) and _BEYOND.search(value):
                yield None, re.sub(r"<[^<>]*>", " ", value)


def _names(token: Token) -> tuple[frozenset[str], frozenset[str]]:
    """Return the attributes of a tag that are translated, and others that people read."""
    named = {name: value or "" for name, value in token.attributes}
    if token.tag == "input":
        kind = named.get("type", "").lower()
        value = frozenset(("value",))
        return (
            _READ | value if kind in _BUTTONS else _READ,
            _UNREAD | value if kind in _FIELDS else _UNREAD,
        )
    described = named.get("name", "") or named.get("property", "")
    if token.tag == "meta" and _META.fullmatch(described):
        return _READ | {"content"}, _UNREAD
    return _READ, _UNREAD


def _quoted(unit: Unit) -> str:
    return '"' + html.escape(unit.text).replace("&#x27;", "'") + '"'


def _rendered(original: Words, raw: str, unit: Unit) -> str:
    breaks = re.search(r"<br\b[^>]*>", raw, re.I)
    space = next((form for form in ("&nbsp;", "&#160;") if form in raw), "\u00a0")

    def escape(text: str) -> str:
        text = html.escape(text, quote=False).replace("\u00a0", space)
        return text.replace("\n", breaks[0] if breaks else "<br>")

    return rendered(unit, original, escape).rstrip(" ")


def _encoded(page: str, encoding: str) -> bytes:
    """Return the bytes; a page whose encoding had to change declares the new one."""
    data, used = bytes_of(page, encoding)
    declared = _CHARSET.search(page[:_HEAD])
    if used != encoding and declared:
        page = page[: declared.start(1)] + "utf-8" + page[declared.end(1) :]
        data, _ = bytes_of(page, used)
    return data
