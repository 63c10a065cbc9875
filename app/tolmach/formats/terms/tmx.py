"""TMX 1.4, the translation memory exchange format.

Codes that a program left inside a segment are dropped, the words between them are kept. Which
language was the source is what the unit or the header says; else the first one was.
"""

import re
from collections.abc import Iterable
from xml.etree import ElementTree as Xml

from tolmach import __version__
from tolmach.formats.registry import registered
from tolmach.formats.terms.registry import ENTRY_READERS, ENTRY_WRITERS
from tolmach.formats.terms.xml import LANGUAGE, language, local, parse
from tolmach.terms.memory import MemoryEntry

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut"})  # their text is another program's, not words
_ANY = "*all*"


@registered(ENTRY_READERS, "tmx")
def read(data: bytes, name: str) -> list[MemoryEntry]:
    """Return the entries; raises StorageError "terms-dangerous" or "terms-not-xml"."""
    root = parse(data, name)
    header = root.find(".//{*}header")
    usual = header.get("srclang", _ANY) if header is not None else _ANY
    return [
        entry
        for unit in root.iterfind(".//{*}tu")
        for entry in _entries(unit, unit.get("srclang", usual), name)
    ]


@registered(ENTRY_WRITERS, "tmx")
def write(entries: Iterable[MemoryEntry], name: str) -> bytes:
    """Return TMX; each unit says its own source language."""
    del name  # there is one kind of TMX
    root = Xml.Element("tmx", version="1.4")
    header = {
        "creationtool": "Tolmach",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "Tolmach",
        "adminlang": "ru",
        "srclang": _ANY,
        "datatype": "plaintext",
    }
    Xml.SubElement(root, "header", header)
    body = Xml.SubElement(root, "body")
    for entry in entries:
        unit = Xml.SubElement(body, "tu", srclang=entry.source_language)
        if entry.date:
            unit.set("creationdate", re.sub(r"[-:]", "", entry.date))  # 20261123T222600Z
        for kind in ("origin", "project"):
            if value := getattr(entry, kind):
                Xml.SubElement(unit, "prop", type=f"x-{kind}").text = value
        for code, text in (
            (entry.source_language, entry.source),
            (entry.target_language, entry.target),
        ):
            variant = Xml.SubElement(unit, "tuv", {"xml:lang": code})
            Xml.SubElement(variant, "seg").text = text
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entries(unit: Xml.Element, source: str, name: str) -> list[MemoryEntry]:
    variants = {
        language(variant.get(LANGUAGE) or variant.get("lang") or ""): text
        for variant in unit.iterfind("{*}tuv")
        for segment in variant.iterfind("{*}seg")
        if (text := _words(segment)).strip()
    }
    first = language(source)
    if first not in variants:
        first = next(iter(variants), "")
    properties = {child.get("type"): child.text or "" for child in unit.iterfind("{*}prop")}
    return [
        MemoryEntry(
            first,
            other,
            variants[first],
            text,
            properties.get("x-origin", name),
            _spelled(unit.get("changedate") or unit.get("creationdate") or ""),
            properties.get("x-project", ""),
        )
        for other, text in variants.items()
        if first and other and other != first
    ]


def _words(element: Xml.Element) -> str:
    """Return what a person reads in a segment."""
    text = element.text or ""
    for child in element:
        text += ("" if local(child) in _CODES else _words(child)) + (child.tail or "")
    return text


def _spelled(date: str) -> str:
    """Return 2026-11-23T22:26:00Z for 20261123T222600Z, "" for anything else."""
    match = re.fullmatch(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z", date)
    return "{}-{}-{}T{}:{}:{}Z".format(*match.groups()) if match else ""
