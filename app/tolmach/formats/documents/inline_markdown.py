"""Inline Markdown: words, emphasis, links and code of one block.

markdown-it-py reads it; it does not say where in the source its tokens stand, so the rules that
make links, pictures, code and the like are wrapped to note that. What is written is read again:
only if it says the same, it stays without more backslashes than the author would write.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, html_inline, image, link
from markdown_it.token import Token

from tolmach.formats.documents.document import Unit
from tolmach.formats.documents.markdown_blocks import enable
from tolmach.formats.documents.markup import InlineMarkup, Piece, TagPair, Words, rendered, words
from tolmach.formats.documents.passages import passage
from tolmach.formats.documents.references import unescaped

_Rule: TypeAlias = Callable[[StateInline, bool], bool]

_NOTED: dict[str, _Rule] = {
    "link": link,
    "image": image,
    "backticks": backtick,
    "autolink": autolink,
    "html_inline": html_inline,
}
# What CommonMark does not know and is nobody's words: it is carried as it is. Nothing reads past
# another beginning of its own kind: who writes only beginnings would have it read from each to
# the end.
_CARRIED = re.compile(
    # Notes, sources, what is embedded; attributes; comments.
    r"(?P<sign>\[\^[^\[\]\s]+\]|\[-?@[^\[\]\n]+\]|!\[\[[^\[\]\n]+\]\]"
    r"|\{(?::|[.#](?!\s)|[A-Za-z][\w-]*=)[^{}\n]*\}|\{#(?s:(?!\{#).)*?#\}|%%(?s:.+?)%%)"
    r"|(?P<template>\{\{\{?(?s:(?!\{\{).)*?\}\}\}?|\{%(?s:(?!\{%).)*?%\}|<%(?s:(?!<%).)*?%>)"
    r"|(?P<math>\$\$(?s:.+?)\$\$|\$(?![\s$])[^$\n]*(?<![\s\\])\$(?!\d))"
    r"|(?P<formula>\\\((?:(?!\\\().)+?\\\)|\\\[(?s:(?!\\\[).)+?\\\])"
    r"|(?P<emoji>(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:]))"
    r"|\[\[(?P<page>[^\[\]|\n]+)(?:\|(?P<label>[^\[\]\n]*))?\]\]"
    r"|(?P<highlight>(?<!=)==(?!=))"
)
_SIGN = re.compile(r"[\\^_=+<>{}]")  # brackets with a backslash are a formula's with such a sign
_FORMULAS = ("math", "formula")
_TASK = re.compile(r"\[[ xX/>-]\]\s+")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\s*\{[^{}]*\})?")  # of a formula
_FOREIGN = re.compile(r"[^\W\d_a-zA-Z\u0370-\u03ff]")  # in a formula such letters are words
_CAPTION = re.compile(
    r"\b(?:caption|title|alt|text|summary|description|label|placeholder)\s*[=:]\s*"
    r"(?:\"(?P<double>[^\"\\\n]*)\"|'(?P<single>[^'\\\n]*)')",
    re.I,
)
_LINK_TITLE = re.compile(r"\s(?:\"(?P<double>[^\"\\\n]*)\"|'(?P<single>[^'\\\n]*)')\s*\)\Z")
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)[^<>]*?(/?)>")
_ALONE = frozenset(("br", "hr", "img", "input", "wbr"))
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_VERBATIM = re.compile(r"`|<[^\s<>]+[:@]")  # code and links: a translator sees them, and keeps them
_SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)|~(?=~)")
_ANY_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
# What would begin a list or make a heading.
_BLOCK = re.compile(r"(?m)^(\s*)(?:(\d+)(?=[.)])|(?=[-+=]))")
_STARS = {"_": "*", "__": "**"}
_TAGS = {"*": "em", "_": "em", "**": "strong", "__": "strong", "~~": "del"}


@cache
def parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables and struck words."""
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for name, rule in _NOTED.items():
        markdown.inline.ruler.at(name, _noting(rule))
    markdown.inline.ruler.before("escape", "carried", _carried)
    enable(markdown)
    return markdown


def inline(token: Token) -> Words:
    """Return the words of a token of the kind "inline"."""
    return words(list(_pieces(token.children or [], token.content)))


def descriptions(token: Token) -> Iterator[tuple[int, int, str, str]]:
    """Return where in a block descriptions of pictures and links stand, what they say and are."""
    for child in token.children or []:
        start, end = child.meta.get("start", 0), child.meta.get("end", 0)
        if child.type == "image":
            begin = start + 2
            text = "".join(child.content for child in child.children or [] if child.type == "text")
            yield begin, begin + len(child.content), text, "alt"
        pattern = _CAPTION if child.type == "carried" else _LINK_TITLE
        for match in pattern.finditer(token.content, start, end):
            group = "double" if match["double"] is not None else "single"
            yield match.start(group), match.end(group), unescaped(match[group]), "title"


def formulas(token: Token) -> Iterator[str]:
    """Return the formulas of a block in which there are words."""
    for child in token.children or []:
        if child.type == "carried" and child.info in _FORMULAS and _FOREIGN.search(child.content):
            yield child.content


def escaped_label(unit: Unit) -> str:
    """Return a picture's description so that nothing in it is markup.

    Backticks cannot be made harmless: outside of the picture there may be another one.
    """
    return _SPECIAL.sub(r"\\\g<0>", " ".join(unit.text.replace("`", "'").split()))


def quotable(unit: Unit) -> str:
    """Return a title so that neither kind of quotes around it ends there."""
    text = " ".join(unit.text.split()).replace("`", "’").replace("'", "’").replace('"', "”")
    return text.replace("\\", "/")


def written(unit: Unit, words: Words, hard: str, accepted: Callable[[str], bool]) -> str:
    """Return the source of a translation: the plainest of which `accepted` says that it is read so.

    `hard` is how a line is broken. Emphasis is written with tags where stars beside letters and
    signs would not be read as such.
    """
    attempts = (
        (words, str),  # as it is
        (words, _escaped),
        (words, _all_escaped),
        (_tagged(words, {old: (new, new) for old, new in _STARS.items()}), _all_escaped),
        (
            _tagged(words, {star: (f"<{tag}>", f"</{tag}>") for star, tag in _TAGS.items()}),
            _all_escaped,
        ),
    )
    source = ""
    for formattings, escape in attempts:
        source = rendered(unit, formattings, lambda text: escape(text).replace("\n", hard))  # noqa: B023
        source = source.lstrip(" \t")  # four of them would begin code
        source = source if escape is not _escaped else _BLOCK.sub(r"\1\2\\", source)
        if accepted(source):
            break
    return source


def reads_as(source: str, unit: Unit, words: Words, env: Mapping[str, Any]) -> bool:
    """Whether source is one block of these words and their markup."""
    blocks = parser().parse(source, {"references": dict(env.get("references", {}))})
    inlines = [block for block in blocks if block.type == "inline"]
    if len(inlines) != 1 or len(blocks) != 3:
        return False
    return _shape(inline(inlines[0])) == _shape(passage(_expected(unit, words), words.base))


def _expected(unit: Unit, words: Words) -> Iterator[tuple[str, InlineMarkup]]:
    """Return the parts of a unit as they will be read: what is kept says what it is."""
    for text, formatting in words.runs(unit):
        yield text if formatting.verbatim is None else _visible(formatting.verbatim), formatting


def _shape(words: Words) -> tuple[str, list[tuple[int, int]]]:
    """Return what is said and where it is formatted; neighbours count as one."""
    places: list[tuple[int, int]] = []
    for style in words.unit.styles:
        if places and places[-1][1] == style.start:
            places[-1] = (places[-1][0], style.end)
        else:
            places.append((style.start, style.end))
    return words.unit.text, places


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _all_escaped(text: str) -> str:
    return _ANY_SIGN.sub(r"\\\g<0>", text)


def _tagged(words: Words, other: Mapping[str, tuple[str, str]]) -> Words:
    """Return the words with other tags of emphasis."""

    def changed(tag: TagPair) -> TagPair:
        return TagPair(*other[tag.opening]) if tag.opening in other else tag

    formattings = (replace(old, tags=tuple(map(changed, old.tags))) for old in words.formattings)
    return replace(words, formattings=tuple(formattings))


def _pieces(children: Sequence[Token], content: str) -> Iterator[Piece]:
    links: list[tuple[str, str]] = []  # what opens and closes those that are open
    verbatim = False
    for token in children:
        if token.markup == "autolink":
            if verbatim := token.type == "link_open":
                yield _verbatim(token, content)
        elif verbatim:
            continue
        elif token.type in ("text", *_BREAKS):
            yield Piece("text", token.content, _BREAKS.get(token.type, token.content))
        elif token.type == "link_open":
            links.append(_link(token, content))
            yield Piece("open", links[-1][0], name="link")
        elif token.type == "link_close":
            yield Piece("close", links.pop()[1], name="link")
        elif token.type == "html_inline":
            yield _tag(token.content)
        elif token.nesting:
            yield Piece("open" if token.nesting > 0 else "close", token.markup, name=token.tag)
        else:
            yield _verbatim(token, content)


def _verbatim(token: Token, content: str) -> Piece:
    raw = content[token.meta["start"] : token.meta["end"]]
    return Piece("verbatim", raw, _visible(raw))


def _visible(raw: str) -> str:
    """Return what a translator sees of what is carried: nothing of signs that are no word."""
    if _VERBATIM.match(raw):
        return raw.replace("\n", " ")
    match = _CARRIED.fullmatch(raw)
    if match is None or match["sign"]:
        return ""
    # Its titles are translated first, and the text around it must stay the same.
    return f"`{_CAPTION.sub('', raw).replace('`', ' ')}`".replace("\n", " ")


def _tag(raw: str) -> Piece:
    match = _TAG.fullmatch(raw)
    if match is None or match[3] or match[2].lower() in _ALONE:
        return Piece("verbatim", raw)
    return Piece("close" if match[1] else "open", raw, name=f"<{match[2].lower()}>")


def _link(token: Token, content: str) -> tuple[str, str]:
    """Return what stands around a link's words; one whose words were its label gets it said."""
    start, label_end, end = (token.meta[name] for name in ("start", "label_end", "end"))
    closing = content[label_end:end]
    if closing in ("]", "][]"):
        closing = f"][{content[start + 1 : label_end]}]"
    return content[start : start + 1], closing


def _noting(rule: _Rule) -> _Rule:
    """Return a rule that notes in its tokens where in the block they stand."""

    def noted(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent and len(state.tokens) > count:
            openings = (token for token in state.tokens[count:] if token.type == "link_open")
            token = next(openings, state.tokens[-1])
            token.meta |= {"start": start, "end": state.pos}
            if token.type == "link_open" and token.markup != "autolink":
                label_end = state.md.helpers.parseLinkLabel(state, start, True)
                token.meta["label_end"] = label_end
        return matched

    return noted


def _carried(state: StateInline, silent: bool) -> bool:
    """Take what CommonMark does not know: it goes through as it is, but for the label of a page."""
    match = None if state.pos else _TASK.match(state.src, 0, state.posMax)
    match = match or _CARRIED.match(state.src, state.pos, state.posMax)
    kind = (match.lastgroup or "") if match else ""
    if match is None or not _is_carried(kind, match[0]):
        return False
    before, after = state.src[match.start() - 1 : match.start()], state.src[match.end() :][:1]
    if kind == "highlight" and (before.strip() == "") == (after.strip() == ""):
        return False
    if not silent:
        if kind in ("page", "label"):
            _push_page(state, match)
        elif kind == "highlight":
            state.push("highlight", "==", 1 if after.strip() else -1).markup = "=="
        else:
            token = state.push("carried", "", 0)
            token.info, token.content = kind, match[0]
            token.meta |= {"start": match.start(), "end": match.end()}
    state.pos = match.end()
    return True


def _is_carried(kind: str, raw: str) -> bool:
    """Whether a formula is one: no words between signs of money, or in brackets."""
    if kind == "formula" and not _SIGN.search(raw, 2, len(raw) - 2):
        return False
    return kind not in _FORMULAS or not _FOREIGN.search(_COMMAND.sub("", raw))


def _push_page(state: StateInline, match: re.Match[str]) -> None:
    """Add a link of a wiki: its page is named, and its words are what a reader sees."""
    state.push("page_open", "wiki", 1).markup = f"[[{match['page']}|"
    state.push("text", "", 0).content = match["label"] or match["page"]
    state.push("page_close", "wiki", -1).markup = "]]"
