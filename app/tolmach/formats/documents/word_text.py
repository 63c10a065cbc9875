"""The text of a part of a Word document, as fragments: what stands between tabs in a paragraph.

Rule: the same part read twice has the same fragments in the same order. Writing reads it again and
changes that tree, so that a document can be written in several languages.

Untouched: fields but for links and texts of forms, deleted text, pictures, formulas, comments.
Fields must not be torn apart: one that does not end in its paragraph divides text as a tab does.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tolmach.formats.documents.document import Unit, has_words
from tolmach.formats.documents.passages import Passage, passage
from tolmach.formats.documents.word_runs import (
    Element,
    RunFormatting,
    Wrap,
    built,
    cut_apart,
    formatting_of,
    is_text,
    is_wall,
    local,
    named,
    own_runs,
    text_of,
)

_AROUND = frozenset(("hyperlink", "ins", "moveTo", "dir", "bdo"))
_THROUGH = frozenset(("smartTag", "customXml"))  # says what a word is; Word drops it, too
_LINKS = ("HYPERLINK", "FORMTEXT")  # fields whose words are a person's
_NOISE = frozenset(("pPr", "proofErr", "smartTagPr", "customXmlPr"))
_STORIES = frozenset(("body", "txbxContent", "tc", "hdr", "ftr", "footnote", "endnote"))
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


@dataclass(slots=True)
class Fragment:
    """Neighbours in a paragraph that are one unit, and copies of them for old programs."""

    elements: list[Element]
    passage: Passage[RunFormatting]
    copies: list["Fragment"] = field(default_factory=list)

    def write(self, unit: Unit, language: str) -> None:
        """Put a translation in the place of the elements."""
        first = self.elements[0]
        for element in built(list(self.passage.runs(unit)), first, language):
            first.addprevious(element)
        for element in self.elements:
            element.getparent().remove(element)
        for copy in self.copies:
            copy.write(unit, language)


def fragments(root: Element, context: str) -> list[Fragment]:
    """Return the fragments of a part in the order of their paragraphs.

    A text box has its text twice, for new and for old programs; it is one fragment then.
    """
    every: list[Fragment] = []
    chosen: dict[Element, list[Fragment]] = {}
    for paragraph, fields in _paragraphs(root):
        own = list(_fragments(paragraph, fields, context))
        box, is_copy = _box(paragraph)
        if is_copy:
            own = [inner for inner in own if not _is_copied(inner, chosen.get(box, []))]
        elif box is not None:
            chosen.setdefault(box, []).extend(own)
        every += own
    return every


def field_texts(root: Element) -> Iterator[str]:
    """Yield what fields say that are not translated: Word finds it again when it updates them."""
    for paragraph, fields in _paragraphs(root):
        yield _said_by(run for run in own_runs(paragraph) if run in fields.walls)
        groups = (group for first, group in fields.groups.items() if first not in fields.links)
        yield from map(_said_by, groups)
        runs = own_runs(paragraph)
        yield _said_by(run for run in runs if local(run.getparent()) == "fldSimple")


def _said_by(elements: Iterable[Element]) -> str:
    texts = (text for element in elements for text in element.iter() if local(text) == "t")
    return "".join(text.text or "" for text in texts)


def _paragraphs(root: Element) -> Iterator[tuple[Element, "_Fields"]]:
    """Yield the paragraphs, cut apart, with their fields."""
    depths: Counter[Element] = Counter()  # of each story: fields that are open
    for paragraph in [element for element in root.iter() if local(element) == "p"]:
        cut_apart(paragraph)
        around = (element for element in paragraph.iterancestors() if local(element) in _STORIES)
        story = next(around, root)
        fields, depths[story] = _fields(paragraph, depths[story])
        yield paragraph, fields


def _is_copied(fragment: Fragment, chosen: Iterable[Fragment]) -> bool:
    """Give a fragment to the first that says the same; whether there is one."""
    for other in chosen:
        if other.passage.unit == fragment.passage.unit and not other.copies:
            other.copies.append(fragment)
            return True
    return False


def _box(paragraph: Element) -> tuple[Element | None, bool]:
    """Return the alternatives that a paragraph is in, and whether in the one for old programs."""
    for element in paragraph.iterancestors():
        if element.tag in (f"{_ALTERNATIVES}Choice", f"{_ALTERNATIVES}Fallback"):
            return element.getparent(), element.tag.endswith("Fallback")
    return None, False


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a paragraph."""

    walls: frozenset[Element]  # runs of fields that are not whole here
    groups: dict[Element, list[Element]]  # first run -> all elements of a field that is whole
    links: dict[Element, tuple[int, int]]  # first run of a link -> where its words are in the group
    whole: frozenset[Element]  # all elements of groups


def _fields(paragraph: Element, depth: int) -> tuple[_Fields, int]:
    """Return the fields of a paragraph; how many are open before it, and after it."""
    walls: set[Element] = set()
    groups: dict[Element, list[Element]] = {}
    links: dict[Element, tuple[int, int]] = {}
    inside: list[Element] = []
    is_whole = depth == 0
    for run in own_runs(paragraph):
        step = _step(run)
        if depth or step == "begin":
            inside.append(run)
        depth = max(0, depth + {"begin": 1, "end": -1}.get(step, 0))
        if depth == 0 and step == "end":
            group = _between(inside[0], run) if is_whole and inside else []
            if group:
                groups[inside[0]] = group
                links |= _link(group)
            else:
                walls.update(inside)
            inside, is_whole = [], True
    whole = frozenset(element for group in groups.values() for element in group)
    return _Fields(frozenset(walls.union(inside)), groups, links, whole), depth


def _step(run: Element) -> str:
    """Return "begin", "separate" or "end" for a run that is such a sign of a field, else ""."""
    if len(run) == 0 or local(run[-1]) != "fldChar":
        return ""
    return next((value for name, value in run[-1].items() if name.endswith("fldCharType")), "")


def _between(first: Element, last: Element) -> list[Element]:
    """Return two runs and what is between them; [] if they are no siblings."""
    if first.getparent() is not last.getparent():
        return []
    group = [first]
    while group[-1] is not last:
        group.append(group[-1].getnext())
    return group


def _link(group: Sequence[Element]) -> dict[Element, tuple[int, int]]:
    """Return where the words of a link or a form's field are; {} for another one, and for nests."""
    steps = [_step(element) if local(element) == "r" else "" for element in group]
    code = "".join(code.text or "" for run in group for code in named(run, "instrText"))
    simple = list(filter(None, steps)) == ["begin", "separate", "end"]
    simple = simple and not any(is_wall(element) for element in group)
    if not simple or not code.strip().upper().startswith(_LINKS):
        return {}
    return {group[0]: (steps.index("separate") + 1, len(group) - 1)}


def _fragments(parent: Element, fields: _Fields, context: str) -> Iterator[Fragment]:
    """Return the fragments among the children of a paragraph, a link or a content control."""
    neighbours: list[Element] = []
    for child in list(parent):
        if _divides(child, fields):
            yield from _fragment(neighbours, fields, context)
            neighbours = []
            contents = named(child, "sdtContent") or [child]
            for inner in contents if local(child) != "r" else []:
                yield from _fragments(inner, fields, context)
        else:
            neighbours.append(child)
    yield from _fragment(neighbours, fields, context)


def _divides(element: Element, fields: _Fields) -> bool:
    name = local(element)
    if element in fields.whole:
        return False
    if name == "r":
        return element in fields.walls or is_wall(element)
    if name in _AROUND | _THROUGH:
        return any(_divides(child, fields) for child in element)
    return name == "sdt"


def _fragment(neighbours: Sequence[Element], fields: _Fields, context: str) -> Iterator[Fragment]:
    """Return the one fragment of neighbours that nothing divides, if they have words."""
    elements = list(neighbours)
    for last in (-1, 0):  # what is no text at the edges need not be touched
        while elements and not _has_text(elements[last], fields):
            del elements[last]
    parts = list(_parts(elements, (), fields))
    if not has_words("".join(text for text, _ in parts)):
        return
    sizes: Counter[RunFormatting] = Counter()
    for text, formatting in parts:
        sizes[replace(formatting, wraps=())] += len(text) * (1 if formatting.wraps else 1000)
    base = sizes.most_common(1)[0][0]
    yield Fragment(elements, passage(parts, base, context))


def _has_text(element: Element, fields: _Fields) -> bool:
    if local(element) == "r" and element not in fields.whole:
        return any(text for text, _ in _part(element, (), fields))
    return local(element) in _AROUND | _THROUGH or element in fields.whole


def _parts(
    elements: Sequence[Element], wraps: tuple[Wrap, ...], fields: _Fields
) -> Iterator[tuple[str, RunFormatting]]:
    at = 0
    while at < len(elements):
        group = fields.groups.get(elements[at])
        if group is None:
            yield from _part(elements[at], wraps, fields)
            at += 1
            continue
        if elements[at] in fields.links:
            begin, end = fields.links[elements[at]]
            wrap = Wrap(tuple(group[:begin]), tuple(group[end:]))
            inner = list(_parts(group[begin:end], (*wraps, wrap), fields))
            if any(text.strip() for text, _ in inner):
                yield from inner
            else:  # an empty field of a form: white space would not carry it
                yield "", RunFormatting(wraps, objects=tuple(group))
        else:
            yield "", RunFormatting(wraps, objects=tuple(group))
        at += len(group)


def _part(
    element: Element, wraps: tuple[Wrap, ...], fields: _Fields
) -> Iterator[tuple[str, RunFormatting]]:
    """Return what an element says, or its place if it is no text."""
    name = local(element)
    if name == "r" and is_text(element):
        if text := text_of(element):
            yield text, formatting_of(element, wraps)
    elif name in _THROUGH:
        yield from _parts(list(element), wraps, fields)
    elif name in _AROUND:
        inner = list(_parts(list(element), (*wraps, Wrap((element,))), fields))
        if any(text for text, _ in inner):
            yield from inner
        else:
            yield "", RunFormatting(wraps, objects=(element,))
    elif name not in _NOISE:
        yield "", RunFormatting(wraps, objects=(element,))
