"""Runs of a Word paragraph: cut apart by what they hold, made anew from words and formatting.

Nothing here knows where in a document a run stands. Elements are lxml's, which has no types.
"""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeAlias

from lxml import etree

from tolmach.formats.documents.document import has_words

Element: TypeAlias = Any

_NAMESPACES = frozenset(
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXTS = {"noBreakHyphen": "-", "softHyphen": "", "cr": "\n"}
_BLANK = re.compile(r"[\t\r\n]")  # means no more than a space
_NO_FORMAT = ("lang", "noProof", "rPrChange")
_AFTER_LANGUAGE = frozenset(("eastAsianLayout", "specVanish", "oMath", "rPrChange"))


@dataclass(frozen=True, slots=True)
class Wrap:
    """What is around runs: an element such as a hyperlink, or the beginning and end of a field."""

    opening: tuple[Element, ...]
    closing: tuple[Element, ...] = ()  # of an element: nothing

    def around(self, inner: Iterable[Element]) -> list[Element]:
        """Return elements with this around them."""
        if self.closing:
            return [*map(deepcopy, self.opening), *inner, *map(deepcopy, self.closing)]
        (model,) = self.opening
        outer = etree.Element(model.tag, model.attrib, model.nsmap)
        outer.extend(inner)
        return [outer]


@dataclass(frozen=True, slots=True)
class RunFormatting:
    """What is around a run, and its properties; of what is no text, the elements themselves."""

    wraps: tuple[Wrap, ...] = ()
    format: str = ""  # the properties that show, to be compared
    properties: Element = field(default=None, compare=False)
    objects: tuple[Element, ...] = ()


def local(element: Element) -> str:
    """Return the name of a WordprocessingML element; "" for all others."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return str(name.localname) if name.namespace in _NAMESPACES else ""


def named(parent: Iterable[Element], name: str) -> list[Element]:
    """Return the children that are WordprocessingML elements of this name."""
    return [child for child in parent if local(child) == name]


def is_text(run: Element) -> bool:
    """Whether a run, once cut apart, holds text."""
    return _kind(run[-1]) == "text" if len(run) and local(run[-1]) != "rPr" else False


def is_wall(run: Element) -> bool:
    """Whether a run, once cut apart, divides text: a tab, a page's or column's end."""
    return len(run) > 0 and _kind(run[-1]) == "wall"


def cut_apart(paragraph: Element) -> None:
    """Make every run of a paragraph hold either text or one thing that is no text."""
    for run in list(own_runs(paragraph)):
        for child in [child for child in run if _kind(child) == "noise"]:
            run.remove(child)
        properties = next(iter(named(run, "rPr")), None)
        groups: list[list[Element]] = []
        content = (child for child in run if child is not properties)
        for is_words, neighbours in groupby(content, key=lambda child: _kind(child) == "text"):
            children = list(neighbours)
            groups += [children] if is_words else [[child] for child in children]
        last = run
        for group in groups[1:]:
            later = etree.Element(run.tag, run.attrib, run.nsmap)
            if properties is not None:
                later.append(deepcopy(properties))
            later.extend(group)
            last.addnext(later)
            last = later


def own_runs(paragraph: Element) -> Iterable[Element]:
    """Return the runs of a paragraph in their order, without those of text boxes in it."""
    for child in paragraph:
        if local(child) == "r":
            yield child
        elif local(child) not in ("p", "pPr", "rPr", "del", "moveFrom"):
            yield from own_runs(child)


def text_of(run: Element) -> str:
    """Return the text of a run of text."""
    return "".join(
        _TEXTS.get(local(child), "\n") if local(child) != "t" else _BLANK.sub(" ", child.text or "")
        for child in run
        if local(child) != "rPr"
    )


def formatting_of(run: Element, wraps: tuple[Wrap, ...]) -> RunFormatting:
    """Return the formatting of a run of text."""
    properties = next(iter(named(run, "rPr")), None)
    if properties is None:
        return RunFormatting(wraps)
    visible = [child for child in properties if local(child) not in _NO_FORMAT]
    text = "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in visible)
    return RunFormatting(wraps, text, properties)


def built(
    parts: Sequence[tuple[str, RunFormatting]], model: Element, language: str
) -> list[Element]:
    """Return elements that say these words; `model` is a paragraph of the same document."""
    return _built(parts, etree.QName(model).namespace, language, 0)


def _built(
    parts: Sequence[tuple[str, RunFormatting]], space: str, language: str, depth: int
) -> list[Element]:
    out: list[Element] = []
    for wraps, members in groupby(parts, key=lambda part: part[1].wraps[depth : depth + 1]):
        if wraps:
            out += wraps[0].around(_built(list(members), space, language, depth + 1))
            continue
        for text, formatting in members:
            out += (
                [*map(deepcopy, formatting.objects)]
                if formatting.objects
                else _run(text, formatting, space, language)
            )
    return out


def _run(text: str, formatting: RunFormatting, space: str, language: str) -> list[Element]:
    if not text:
        return []
    run = etree.Element(f"{{{space}}}r", nsmap={"w": space})
    if formatting.properties is not None:
        run.append(deepcopy(formatting.properties))
    if language and has_words(text):
        _say(run, space, language)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{{{space}}}br")
        for place, words in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, f"{{{space}}}tab")
            if words:
                etree.SubElement(run, f"{{{space}}}t", {_SPACE: "preserve"}).text = words
    return [run]


def _say(run: Element, space: str, language: str) -> None:
    """Write the language of a run where its schema wants it."""
    if len(run) == 0:
        etree.SubElement(run, f"{{{space}}}rPr")
    properties = run[0]
    for old in named(properties, "lang"):
        properties.remove(old)
    names = [*map(local, properties)]
    at = next((at for at, name in enumerate(names) if name in _AFTER_LANGUAGE), len(names))
    properties.insert(at, etree.Element(f"{{{space}}}lang", {f"{{{space}}}val": language}))


def _kind(element: Element) -> str:
    name = local(element)
    attribute = etree.QName(element).namespace if name else ""
    if name == "br":
        kind = element.get(f"{{{attribute}}}type", "textWrapping")
        return "text" if kind == "textWrapping" else "wall"
    if name in ("tab", "ptab"):
        return "wall"
    if name == "lastRenderedPageBreak":
        return "noise"
    return "text" if name == "t" or name in _TEXTS else "object"
