"""HTML and XHTML: text between the tags of blocks, and attributes that a person reads.

Only their spans of the source are written anew, so that everything else stays letter for letter:
doctype, scripts, comments, broken markup. Decision 16 says why no tree is built.
"""

import html
import re
from collections.abc import Iterator, Sequence
from functools import partial

from tolmach.formats.documents.document import Document, Unit, has_words
from tolmach.formats.documents.markup import Words, rendered, words
from tolmach.formats.documents.places import Place, rewritten_with_tags
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


def opened(data: bytes, name: str) -> Document:
    """Open a page; raises StorageError "document-encoding"."""
    declared = _CHARSET.search(data[:_HEAD].decode("latin-1"))
    source, encoding, remarks = text_of(data, name, declared[1] if declared else "")
    places = _places(source)

    def write(texts: Sequence[Unit | None], language: str) -> bytes:
        page = rewritten_with_tags(source, _places, places, texts)
        if language:
            page = _ROOT.sub(lambda tag: _LANGUAGE.sub(rf"\g<1>{language}", tag[0]), page, count=1)
        return _encoded(page, encoding)

    return Document(tuple(place.unit for place in places), data, write, remarks)


def _places(source: str) -> list[Place]:
    stream = tokens(source)
    places = [*_texts(stream, source), *_attributes(stream, source)]
    return sorted(places, key=lambda place: place.start)


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


def _attributes(stream: Sequence[Token], source: str) -> Iterator[Place]:
    fixed = fixed_tokens(stream)
    for at, token in enumerate(stream):
        if token.kind not in ("open", "void") or at in fixed:
            continue
        for name, start, end in values(token, source):
            is_quoted = source[start] in "\"'"
            value = html.unescape(source[start + is_quoted : end - is_quoted])
            if name in _READ and has_words(value):
                unit = Unit(" ".join(value.split()), context=name)
                yield Place(start, end, unit, _quoted, in_tag=True)


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
