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
from tolmach.formats.documents.markup import InlineMarkup, Piece, TagPair, Words, rendered, words
from tolmach.formats.documents.passages import passage

_Rule: TypeAlias = Callable[[StateInline, bool], bool]

_NOTED: dict[str, _Rule] = {
    "link": link,
    "image": image,
    "backticks": backtick,
    "autolink": autolink,
    "html_inline": html_inline,
}
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_TASK_OR_FOOTNOTE = re.compile(rf"{_FOOTNOTE.pattern}|\[[ xX]\]\s+")
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
    markdown.inline.ruler.before("link", "carried", _carried)
    return markdown


def inline(token: Token) -> Words:
    """Return the words of a token of the kind "inline"."""
    return words(list(_pieces(token.children or [], token.content)))


def pictures(token: Token) -> Iterator[tuple[int, int, str]]:
    """Return where in a block descriptions of pictures stand, and what they say."""
    for child in token.children or []:
        if child.type == "image":
            start = child.meta["start"] + 2
            text = "".join(child.content for child in child.children or [] if child.type == "text")
            yield start, start + len(child.content), text


def escaped_label(unit: Unit) -> str:
    """Return a picture's description so that nothing in it is markup.

    Backticks cannot be made harmless: outside of the picture there may be another one.
    """
    return _SPECIAL.sub(r"\\\g<0>", " ".join(unit.text.replace("`", "'").split()))


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
    return raw.replace("\n", " ") if _VERBATIM.match(raw) else ""


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
    """Take a footnote's mark or a task's box, which CommonMark does not know."""
    match = (_FOOTNOTE if state.pos else _TASK_OR_FOOTNOTE).match(
        state.src, state.pos, state.posMax
    )
    if match is None:
        return False
    if not silent:
        token = state.push("carried", "", 0)
        token.meta |= {"start": match.start(), "end": match.end()}
    state.pos = match.end()
    return True
