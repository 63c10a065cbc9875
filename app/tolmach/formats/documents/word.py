"""Word documents (DOCX): the package, and which of its parts have text.

Everything in it is untrusted. Parts without a changed word are copied byte for byte; nothing is
ever fetched. Decision 16 says why python-docx is not used.
"""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePosixPath

from lxml import etree

from tolmach.core.errors import StorageError
from tolmach.formats.documents import word_unread
from tolmach.formats.documents.document import Document, Unit, quoted
from tolmach.formats.documents.word_runs import Element
from tolmach.formats.documents.word_text import Fragment, field_texts, fragments

MOST_ENTRIES = 10_000
MOST_BYTES = 512 * 1024 * 1024  # of everything, unpacked
MOST_RATIO = 100  # of what is unpacked to the file, where that is more than a part with text
MOST_XML = 64 * 1024 * 1024  # of a part with text, unpacked

# What zipfile raises beside its own error where a bit of a package is flipped.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError, IndexError),
    *(NotImplementedError, RuntimeError, OSError, ValueError, OverflowError),
)
_TYPES = "[Content_Types].xml"
_TEXT = tuple(
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    for kind in ("document.main", "template.main", "header", "footer", "footnotes", "endnotes")
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc, and of encrypted .docx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def opened(data: bytes, name: str) -> Document:
    """Open a document; raises StorageError "document-…"."""
    _check(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_entries(package, name)
            kinds = _kinds(package, name)
            units: dict[str, list[Unit]] = {}
            unread = _Unread()
            for part in _text_parts(kinds, name):
                root, inside = _read(package, part, name)
                units[part] = [fragment.passage.unit for fragment in inside]
                unread.note(root)
            for part, kind in kinds.items():
                if kind.endswith(word_unread.KINDS):
                    unread.parts += word_unread.part_texts(_parsed(package, part, name))
    except _DAMAGE as error:
        raise StorageError("document-damaged", name=name) from error

    def write(texts: Sequence[Unit | None], language: str) -> bytes:
        remaining = iter(texts)
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
            changed = {}
            for part, own in units.items():
                own_texts = [next(remaining) for _ in own]
                if any(own_texts):
                    changed[part] = _written(source, part, name, own_texts, language)
            for entry in source.infolist():
                target.writestr(entry, changed.get(entry.filename) or source.read(entry))
        return out.getvalue()

    return Document(tuple(chain.from_iterable(units.values())), data, write, unread.remarks(name))


@dataclass(slots=True)
class _Unread:
    """What is not translated of a document."""

    fields: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def note(self, root: Element) -> None:
        """Look through a part with text, once its fragments were read."""
        self.fields += field_texts(root)
        self.choices += word_unread.choices(root)
        self.parts += word_unread.annotations(root)

    def remarks(self, name: str) -> tuple[StorageError, ...]:
        """Return what to tell of it."""
        remarks = []
        if fields := quoted(self.fields):
            remarks.append(StorageError("document-unread-fields", name=name, parts=fields))
        if choices := quoted(self.choices):
            remarks.append(StorageError("document-unread-choices", name=name, parts=choices))
        if parts := quoted(self.parts):
            remarks.append(StorageError("document-unread-parts", name=name, parts=parts))
        return tuple(remarks)


def _check(data: bytes, name: str) -> None:
    """Raise StorageError for what is no package at all."""
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise StorageError("document-encrypted", name=name)
        raise StorageError("document-old-word", name=name)
    if not data.startswith(b"PK"):
        raise StorageError("document-not-word", name=name)


def _check_entries(package: zipfile.ZipFile, name: str) -> None:
    """Look at what the package says of itself before anything is unpacked; then at its sums."""
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    most = min(MOST_BYTES, max(MOST_XML, MOST_RATIO * packed))
    if len(entries) > MOST_ENTRIES or unpacked > most:
        raise StorageError("document-bomb", name=name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise StorageError("document-encrypted", name=name)
    if any(PurePosixPath(path).name.lower() == "vbaproject.bin" for path in names):
        raise StorageError("document-macros", name=name)
    if _TYPES not in names:
        raise StorageError("document-not-word", name=name)
    if len(names) < len(entries) or package.testzip() is not None:
        raise StorageError("document-damaged", name=name)


def _kinds(package: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return the content types of the parts that say theirs."""
    root = _parsed(package, _TYPES, name)
    kinds = {part.get("PartName", "").lstrip("/"): part.get("ContentType", "") for part in root}
    if any("macroenabled" in kind.lower() for kind in kinds.values()):
        raise StorageError("document-macros", name=name)
    names = set(package.namelist())
    return {part: kind for part, kind in kinds.items() if part in names}


def _text_parts(kinds: Mapping[str, str], name: str) -> list[str]:
    """Return the names of the parts with text, the document itself first."""
    texts = (part for part, kind in kinds.items() if kind in _TEXT)
    parts = sorted(texts, key=lambda part: _TEXT.index(kinds[part]))
    if not any(kinds[part] in _TEXT[:2] for part in parts):
        raise StorageError("document-not-word", name=name)
    return parts


def _read(package: zipfile.ZipFile, part: str, name: str) -> tuple[Element, list[Fragment]]:
    root = _parsed(package, part, name)
    stem = PurePosixPath(part).stem
    return root, fragments(root, "" if stem == "document" else stem)


def _written(
    package: zipfile.ZipFile, part: str, name: str, texts: Sequence[Unit | None], language: str
) -> bytes:
    root, read = _read(package, part, name)
    # From the end: a paragraph with a text box is copied with what the box has become.
    for fragment, unit in reversed(list(zip(read, texts, strict=True))):
        if unit is not None:
            fragment.write(unit, language)
    data: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return data


def _parsed(package: zipfile.ZipFile, part: str, name: str) -> Element:
    """Return the root of a part. No entities, no document type, no network, no endless depth."""
    if package.getinfo(part).file_size > MOST_XML:
        raise StorageError("document-bomb", name=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(package.read(part), parser)
    except etree.XMLSyntaxError as error:
        raise StorageError("document-damaged", name=name) from error
    if root.getroottree().docinfo.doctype:
        raise StorageError("document-dangerous", name=name)
    return root
