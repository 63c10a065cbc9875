"""TBX, the terminology exchange format: ISO 30042:2019 written, its predecessor read as well.

A concept holds terms in several languages; ours hold two. A concept with more becomes a term for
every two of them. A project is written as the subject field.
"""

from collections.abc import Iterable
from itertools import combinations
from xml.etree import ElementTree as Xml

from tolmach.formats.registry import registered
from tolmach.formats.terms.registry import TERM_READERS, TERM_WRITERS
from tolmach.formats.terms.xml import LANGUAGE, language, local, parse
from tolmach.terms.glossary import Term

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_CONCEPTS = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet")


@registered(TERM_READERS, "tbx")
def read(data: bytes, name: str) -> list[Term]:
    """Return the terms; raises StorageError "terms-dangerous" or "terms-not-xml"."""
    root = parse(data, name)
    return [term for entry in root.iter() if local(entry) in _CONCEPTS for term in _terms(entry)]


@registered(TERM_WRITERS, "tbx")
def write(terms: Iterable[Term], name: str) -> bytes:
    """Return TBX-Basic in the style with data categories as attributes."""
    del name  # there is one kind of TBX
    root = Xml.Element("tbx", {"type": "TBX-Basic", "style": "dca", "xmlns": _NAMESPACE})
    root.set("xml:lang", "ru")
    header = Xml.SubElement(Xml.SubElement(root, "tbxHeader"), "fileDesc")
    Xml.SubElement(Xml.SubElement(header, "sourceDesc"), "p").text = "Tolmach"
    body = Xml.SubElement(Xml.SubElement(root, "text"), "body")
    for number, term in enumerate(terms, 1):
        entry = Xml.SubElement(body, "conceptEntry", id=f"c{number}")
        if term.project:
            Xml.SubElement(entry, "descrip", type="subjectField").text = term.project
        if term.note:
            Xml.SubElement(entry, "note").text = term.note
        for code, forms in (
            (term.source_language, term.source),
            (term.target_language, term.target),
        ):
            section = Xml.SubElement(entry, "langSec", {"xml:lang": code})
            for form in forms:
                Xml.SubElement(Xml.SubElement(section, "termSec"), "term").text = form
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _terms(entry: Xml.Element) -> list[Term]:
    sections = [
        (language(section.get(LANGUAGE, "")), forms)
        for section in entry
        if local(section) in _LANGUAGES and (forms := _forms(section))
    ]
    project = _text(entry.find("{*}descrip[@type='subjectField']"))
    note = _text(entry.find("{*}note"))
    return [
        Term(first, second, source, target, project, note)
        for (first, source), (second, target) in combinations(sections, 2)
        if first and second
    ]


def _forms(section: Xml.Element) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_text, section.iterfind(".//{*}term")))))


def _text(element: Xml.Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()
