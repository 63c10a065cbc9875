"""What stands in a Word document and is not translated: to be told of, never changed.

Fields that Word fills in itself, lists to choose from, words above others, descriptions of
pictures; and parts of their own: comments, charts, diagrams.
"""

from collections.abc import Iterator

from tolmach.formats.documents.word_runs import Element, local, named, own_runs

KINDS = tuple(  # ends of the content types of such parts
    f"ml.{kind}+xml" for kind in ("comments", "chart", "diagramData")
)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_CACHED = "{http://schemas.openxmlformats.org/drawingml/2006/chart}strCache"
_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_ART = "{urn:schemas-microsoft-com:vml}textpath"
_CHOICES = ("listItem", "listEntry")
_HINTS = ("helpText", "statusText", "default")


def choices(root: Element) -> Iterator[str]:
    """Yield the entries of drop-down lists, and what fields of a form tell."""
    for element in root.iter():
        name = local(element)
        if name in _CHOICES:
            yield _value(element, "displayText") or _value(element, "val")
        elif name in _HINTS and local(element.getparent()) in ("ffData", "textInput"):
            yield _value(element, "val")


def annotations(root: Element) -> Iterator[str]:
    """Yield words above others with those below them, and what pictures are said to show."""
    for element in root.iter():
        if local(element) == "ruby":
            below = (text for base in named(element, "rubyBase") for text in base.iter())
            yield "".join(text.text or "" for text in below if local(text) == "t")
        elif element.tag == _PROPERTIES:
            yield element.get("descr", "")
            yield element.get("title", "")
        elif element.tag == _ART:
            yield element.get("string", "")


def part_texts(root: Element) -> Iterator[str]:
    """Yield the texts of a part that is not translated: its paragraphs, labels of its series."""
    for element in root.iter():
        if local(element) == "p":
            yield "".join(
                child.text or "" for run in own_runs(element) for child in named(run, "t")
            )
        elif element.tag == _DRAWING:
            yield element.text or ""
        elif element.tag == _CACHED:
            yield from (value.text or "" for value in element.iter() if value.text)


def _value(element: Element, name: str) -> str:
    values = (value for key, value in element.items() if key.rpartition("}")[2] == name)
    return next(values, "")
