"""Blocks that CommonMark does not know, as rules for markdown-it-py: footnotes, definitions, notes.

Rule: only the words of such a block come out as tokens; its signs, names and attributes are no
words, and what is indented below it is text and no code.
"""

import re
from collections.abc import Callable
from typing import Any, Literal, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]

_INDENT = 4
_ATTRIBUTES = re.compile(r"\{[^{}]*\}:*\Z")  # at the end of a line
# A line of signs, and perhaps of words that are its title.
_TITLED = (
    # ::: warning Title · :::note[Title]{.class} · ::: {.class} · :::
    r":{2,}[ \t]*(?:\{[^{}]*\}|[A-Za-z][\w.-]*)?[ \t]*"
    r"(?:\[(?P<label>.*)\]|(?P<title>[^\s\[{:].*))?:*",
    r"\[![A-Za-z][\w-]*\][+-]?(?:[ \t]+(?P<title>.*))?",  # [!NOTE] Title
    r"\*\[[^\]]+\]:[ \t]*(?P<title>.*)",  # *[HTML]: what it stands for
    r"\[\[?_?toc_?\]?\]",
    r"\{:[^{}]*\}",
    # (No possessive quantifiers around groups here: Python 3.11.2 matches them wrongly.)
    # Of a template, whose captions are words: {% include x %} · {{< figure caption="Words" >}}
    r"(?P<title>(?:(?:\{%(?:(?!%\}).)*%\}|\{\{[<%](?:(?!\}\}).)*\}\}|<%(?:(?!%>).)*%>)"
    r"[ \t]*)+)",
    r"import\b.*\bfrom[ \t]+(?:'[^']*'|\"[^\"]*\");?",
)
_NOTE = (  # !!! note "Title" · ??? note · === "Title"; the text is indented below
    r"(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z][\w-]*(?:[ \t]+[A-Za-z][\w-]*)*"
    r"(?:[ \t]+\"(?P<title>.*)\")?",
    r"===[!+]*[ \t]+\"(?P<title>.*)\"",
)
_BODY = (r"\[\^[^\]\s]+\]:[ \t]*", r":[ \t]+")  # [^1]: text · : definition

_Shape: TypeAlias = Literal["line", "note", "body"]


def enable(markdown: MarkdownIt) -> None:
    """Teach a parser these blocks."""
    rules = [
        *(("line", re.compile(rf"{pattern}\Z", re.I)) for pattern in _TITLED),
        *(("note", re.compile(rf"{pattern}\Z")) for pattern in _NOTE),
        *(("body", re.compile(pattern)) for pattern in _BODY),
    ]
    options: Any = {"alt": ["paragraph", "reference", "blockquote"]}
    for number, (shape, pattern) in enumerate(rules):
        rule = _rule(shape, pattern)
        markdown.block.ruler.before("reference", f"extension {number}", rule, options)


def _rule(shape: str, pattern: re.Pattern[str]) -> _BlockRule:
    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.is_code_block(start):
            return False
        begin = state.bMarks[start] + state.tShift[start]
        line = state.src[begin : state.eMarks[start]].rstrip(" \t")
        match = pattern.match(_ATTRIBUTES.sub("", line) if line.startswith("::") else line)
        if match is None:
            return False
        if not silent:
            state.push("extension_open", "", 1).map = [start, start + 1]
            state.line = start + 1
            if shape == "body":
                _indented(state, start, end, begin + match.end())
            else:
                _title(state, start, match)
            if shape == "note":
                _indented(state, start + 1, end)
            state.push("extension_close", "", -1)
        return True

    return rule


def _title(state: StateBlock, line: int, match: re.Match[str]) -> None:
    groups = match.groupdict()
    title = (groups.get("label") or groups.get("title") or "").strip()
    if title:
        opening = state.push("title_open", "", 1)
        opening.markup = '"' if match[0].rstrip().endswith('"') else ""
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = title, [line, line + 1], []
        state.push("title_close", "", -1)


def _indented(state: StateBlock, start: int, end: int, text: int | None = None) -> None:
    """Read the lines that are indented; `text` is where the first one, which is not, has its own.

    Lines right below that one belong to its paragraph, indented or not.
    """
    indent = state.blkIndent + _INDENT
    last = start if text is None else start + 1
    while last < end and (
        state.isEmpty(last)
        or state.sCount[last] >= indent
        or (text is not None and state.sCount[last] >= 0 and not state.isEmpty(last - 1))
    ):
        last += 1
    marks = state.bMarks[start], state.tShift[start], state.sCount[start]
    outer = state.blkIndent, state.lineMax
    if text is not None:
        state.bMarks[start], state.tShift[start], state.sCount[start] = text, 0, indent
    state.blkIndent, state.lineMax = indent, last
    state.md.block.tokenize(state, start, last)
    state.blkIndent, state.lineMax = outer
    if text is not None:
        state.bMarks[start], state.tShift[start], state.sCount[start] = marks
