"""HTML as tokens with their places in the source. Python's own parser reads them.

Rule: a token is a span of the source; put together in order they are the source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Literal

from tolmach.formats.documents.markup import Piece
from tolmach.formats.documents.references import harmless, unescaped

INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data"),
        *("del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "nobr", "q", "s"),
        *("samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
        *("u", "var"),
    )
)
_EMPTY = frozenset(("img", "wbr", "input", "embed", "area", "source", "track"))  # stand amid words
_VOID = _EMPTY | frozenset(("br", "hr", "col", "base", "link", "meta", "param"))
_CODE = frozenset(("code", "kbd", "samp", "var"))
_HIDDEN = frozenset(
    ("script", "style", "svg", "math", "object", "audio", "video", "canvas")
)  # amid words, too
_WALLS = frozenset(("pre", "textarea", "iframe", "noembed", "xmp", "plaintext"))
_PROGRAMS = frozenset(("script", "style"))
# Whose words a picture shows or says.
_DRAWN = frozenset(("text", "tspan", "textpath", "title", "desc", "p", "span", "a", "div"))
_STRING = re.compile(r"""\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`([^`]*)`""")
_ATTRIBUTE = re.compile(r"""([^\s/>"'=][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")
_SPACE = re.compile(r"[ \t\r\n\f]+")

Kind = Literal["open", "close", "void", "text", "other"]


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, text, or what else there is: source[start:end]."""

    start: int
    end: int
    kind: Kind
    tag: str = ""
    attributes: tuple[tuple[str, str | None], ...] = ()

    def is_marked(self) -> bool:
        """Whether the author wants the element as it is."""
        named = dict(self.attributes)
        return (named.get("translate") or "").lower() == "no" or (
            "notranslate" in (named.get("class") or "").split()
        )

    def is_elements(self) -> bool:
        """Whether what the element holds must not be translated."""
        return self.tag in _CODE | _HIDDEN | _WALLS or self.is_marked()


class _TokenReader(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tokens: list[Token] = []  # each ends where the next one begins
        self._lines = [0, *(newline.end() for newline in re.finditer("\n", source))]
        self.feed(harmless(source))
        self.close()

    def _add(
        self, kind: Kind, tag: str = "", attributes: Sequence[tuple[str, str | None]] = ()
    ) -> None:
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        self.tokens.append(Token(start, start, kind, tag, tuple(attributes)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("void" if tag in _VOID else "open", tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add("void", tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._add("close", tag)

    def handle_data(self, data: str) -> None:
        self._add("text")

    def handle_charref(self, name: str) -> None:
        self._add("text")

    handle_entityref = handle_charref

    def handle_comment(self, data: str) -> None:
        self._add("other")

    handle_pi = unknown_decl = handle_comment

    def handle_decl(self, decl: str) -> None:
        self._add("other")

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        # WORKAROUND(Python 3.11): html.parser fails at "<![" that is neither CDATA nor Office's.
        place = self.lineno, self.offset
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            self.lineno, self.offset = place
            return self.parse_bogus_comment(i)


def tokens(source: str) -> list[Token]:
    """Return the tokens; whatever is wrong with the markup, they are the source."""
    stream = _TokenReader(source).tokens
    ends = [*(token.start for token in stream[1:]), len(source)]
    return [replace(token, end=end) for token, end in zip(stream, ends, strict=False)]


def runs(stream: Sequence[Token], source: str) -> Iterator[list[tuple[Token, Piece]]]:
    """Return what stands between the tags of blocks: text with the markup inside it."""
    run: list[tuple[Token, Piece]] = []
    at = 0
    while at < len(stream):
        token, last = stream[at], at
        if token.kind == "open" and token.is_elements():
            last = _closing(stream, at)
        whole = Token(token.start, stream[last].end, token.kind, token.tag)
        piece = _piece(whole, last > at, source)
        if piece is not None:
            run.append((whole, piece))
        elif run:
            yield run
            run = []
        at = last + 1
    if run:
        yield run


def values(token: Token, source: str) -> Iterator[tuple[str, int, int]]:
    """Return the attributes of a tag: name, and where its value stands, quotes included."""
    begin = token.start + 1 + len(token.tag)
    for match in _ATTRIBUTE.finditer(source, begin, token.end):
        if match[2] is not None:
            yield match[1].lower(), match.start(2), match.end(2)


def fixed_tokens(stream: Sequence[Token]) -> set[int]:
    """Return the places of tokens inside of what must not be translated.

    A tag that only keeps what is inside, as `textarea` does, is none of them.
    """
    fixed: set[int] = set()
    end = 0  # of the outermost
    for at, token in enumerate(stream):
        is_player = token.tag in _HIDDEN - _PROGRAMS and not token.is_marked()
        if token.is_elements() and not is_player and at >= end:
            end = _closing(stream, at) + 1 if token.kind == "open" else at + 1
            fixed.update(range(at if token.is_marked() else at + 1, end))
    return fixed


def hidden_texts(stream: Sequence[Token]) -> Iterator[Token]:
    """Yield the texts inside of pictures and players: what is drawn, and what stands for them."""
    for first, last in _elements(stream, _HIDDEN - _PROGRAMS - {"math"}):
        fixed = fixed_tokens(stream[first : last + 1])
        tag = ""
        for number, token in enumerate(stream[first : last + 1]):
            tag = token.tag if token.kind == "open" else tag if token.kind == "text" else ""
            drawn = stream[first].tag != "svg" or tag in _DRAWN
            if token.kind == "text" and number not in fixed and tag not in _PROGRAMS and drawn:
                yield token


def walls(stream: Sequence[Token], tag: str = "") -> Iterator[Token]:
    """Yield what `textarea` holds, or what elements hold that are not translated at all."""
    for first, last in _elements(stream, frozenset((tag,)) if tag else _WALLS - {"textarea"}):
        is_code = last > first + 1 and stream[first + 1].tag in _CODE
        if last > first + 1 and not is_code:
            yield replace(stream[first + 1], end=stream[last].start, kind="text")


def scripts(stream: Sequence[Token], source: str) -> Iterator[str]:
    """Yield the strings of scripts and styles."""
    for first, last in _elements(stream, _PROGRAMS):
        for match in _STRING.finditer(source, stream[first].end, stream[last].start):
            yield match[1] or match[2] or match[3] or ""


def _elements(stream: Sequence[Token], tags: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last token of such elements that stand in no other kept one."""
    at = 0
    while at < len(stream):
        token, last = stream[at], at
        if token.kind == "open" and token.is_elements():
            last = _closing(stream, at)
            if token.tag in tags and not token.is_marked():
                yield at, last
        at = last + 1


def _piece(token: Token, is_kept: bool, source: str) -> Piece | None:
    """Return a token as part of a run; None for what ends one."""
    raw = source[token.start : token.end]
    if token.kind == "text":
        return Piece("text", raw, _SPACE.sub(" ", unescaped(raw)))
    if token.kind == "other":
        return Piece("verbatim", raw) if raw.startswith("<!--") else None
    if is_kept:
        text = _SPACE.sub(" ", unescaped(re.sub(r"<[^>]*>", "", raw))).strip()
        if token.tag in INLINE:
            return Piece("verbatim", raw, f"`{text}`" if text else "")
        return Piece("verbatim", raw) if token.tag in _HIDDEN else None
    if token.tag == "br":
        return Piece("text", raw, "\n") if token.kind != "close" else None
    if token.kind == "void":
        return Piece("verbatim", raw) if token.tag in _EMPTY | INLINE else None
    if token.tag not in INLINE:
        return None
    return Piece("open" if token.kind == "open" else "close", raw, name=token.tag)


def _closing(stream: Sequence[Token], at: int) -> int:
    """Return the place of the tag that closes an element; of the last token if none does."""
    depth = 0
    for place in range(at, len(stream)):
        if stream[place].tag == stream[at].tag:
            depth += {"open": 1, "close": -1}.get(stream[place].kind, 0)
            if depth == 0:
                return place
    return len(stream) - 1
