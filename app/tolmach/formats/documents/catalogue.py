"""PO catalogues of gettext: what has no translation gets one, marked as fuzzy.

polib reads and writes them; entries stay the same, lines may be wrapped anew. Rule: a translation
that loses a place for a value (%s, {name}) is not written: a program that fills it in would fail.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import polib

from tolmach.core.errors import StorageError
from tolmach.formats.documents.document import Document, Unit, has_words
from tolmach.formats.documents.lines import lines_of, newline_of
from tolmach.formats.encoding import bytes_of, text_of
from tolmach.language.registry import registered
from tolmach.messages.interface import translate

Catalogue: TypeAlias = Any  # polib has no types
PoEntry: TypeAlias = Any

_MOST_FORMS = 10  # of a plural; no language has more than six
_CHARSET = re.compile(rb"charset=([\w.:-]+)")
_PLACE = re.compile(
    r"%(?:\(\w+\))?(?:\d+\$)?[#0+-]*[\d*]*(?:\.[\d*]+)?(?:hh?|ll?|[Lzjt])?"
    r"[diouxXeEfFgGcrsapn](?!\w)"
    r"|%L?\d{1,2}|%%|\{\w*(?:[.!:\[][^{}]*)?\}|\$\{\w+\}"
)
_ORDERED = re.compile(r"%(?!L\d)[^%(\d]|%\d*\.|\{\}")


@dataclass(frozen=True, slots=True)
class _Place:
    """A message of the catalogue."""

    number: int  # of the entry
    is_plural: bool
    unit: Unit


def opened(data: bytes, name: str) -> Document:
    """Open a catalogue; raises StorageError "document-encoding" or "document-damaged"."""
    declared = _CHARSET.search(data)
    text, encoding, remarks = text_of(data, name, declared[1].decode("ascii") if declared else "")
    catalogue = _parsed(text, name)
    if _count(catalogue) > _MOST_FORMS:
        raise StorageError("document-damaged", name=name)
    places = list(_places(catalogue))
    newline = newline_of(lines_of(text))

    def write(texts: Sequence[Unit | None], language: str) -> bytes:
        catalogue = _parsed(text, name)
        if language:
            _say(catalogue, language)
        for place, unit in zip(places, texts, strict=True):
            if unit is not None:
                _fill(catalogue, catalogue[place.number], place, unit.text)
        return _encoded(catalogue, encoding, newline)

    return Document(tuple(place.unit for place in places), data, write, remarks)


def misplaced(source: str, text: str) -> list[str]:
    """Return the places for values that a translation lost, added or put in another order.

    Only those without a number or a name must keep their order.
    """
    before, after = _PLACE.findall(source), _PLACE.findall(text)
    wrong = Counter(before) - Counter(after) + (Counter(after) - Counter(before))
    first, second = (list(filter(_ORDERED.match, places)) for places in (before, after))
    return sorted(wrong) or (first if first != second else [])


def _parsed(text: str, name: str) -> Catalogue:
    try:
        # The line break shows polib that this is no name of a file.
        return polib.pofile(text.replace("\r\n", "\n") + "\n")
    except (OSError, ValueError, IndexError, AttributeError) as error:
        raise StorageError("document-damaged", name=name) from error


def _places(catalogue: Catalogue) -> Iterator[_Place]:
    for number, entry in enumerate(catalogue):
        if entry.obsolete or entry.msgstr or any(entry.msgstr_plural.values()):
            continue
        for is_plural, text in ((False, entry.msgid), (True, entry.msgid_plural)):
            if has_words(text):
                yield _Place(number, is_plural, Unit(text.strip(), context=entry.msgctxt or ""))


def _fill(catalogue: Catalogue, entry: PoEntry, place: _Place, text: str) -> None:
    source = entry.msgid_plural if place.is_plural else entry.msgid
    if "fuzzy" not in entry.flags:
        entry.flags.append("fuzzy")
    if places := misplaced(source, text):
        note = translate(
            "documents",
            "Перевод не записан: потеряно, лишнее или не на месте {places}",
            places=", ".join(places),
        )
        entry.tcomment = "\n".join(filter(None, (entry.tcomment, note)))
        return
    begin = len(source) - len(source.lstrip())
    whole = source[:begin] + text.strip() + source[len(source.rstrip()) :]
    if not entry.msgid_plural:
        entry.msgstr = whole
        return
    forms = range(_count(catalogue) or max(len(entry.msgstr_plural), 1))
    for form in forms if len(forms) == 1 else forms[1:] if place.is_plural else forms[:1]:
        entry.msgstr_plural[form] = whole


def _count(catalogue: Catalogue) -> int:
    """Return how many plural forms the catalogue says it has, 0 if it does not; 9999 is many."""
    stated = re.search(r"nplurals=0*(\d{1,4})", catalogue.metadata.get("Plural-Forms", ""))
    return int(stated[1]) if stated else 0


def _say(catalogue: Catalogue, language: str) -> None:
    """Write the language, and its plural forms unless there are translations by other ones."""
    catalogue.metadata["Language"] = language
    started = any(any(entry.msgstr_plural.values()) for entry in catalogue)
    entry = registered(language)
    if entry and entry.plurals and not started:
        catalogue.metadata["Plural-Forms"] = entry.plurals
        for entry in catalogue:
            if entry.msgid_plural:
                entry.msgstr_plural = dict.fromkeys(range(_count(catalogue)), "")


def _encoded(catalogue: Catalogue, encoding: str, newline: str) -> bytes:
    _, used = bytes_of(str(catalogue), encoding)
    used = "utf-8" if used != encoding else used  # gettext wants no byte order mark
    charset = "utf-8" if used.lower().startswith("utf-8") else used
    if f"charset={charset}" not in catalogue.metadata.get("Content-Type", "").lower():
        catalogue.metadata["Content-Type"] = f"text/plain; charset={charset.upper()}"
    text = str(catalogue) if catalogue.header else str(catalogue).removeprefix("#\n")
    return text.replace("\n", newline).encode(used, "surrogateescape")
