"""The formats by the suffixes of their files. A format is one module and one line here."""

from collections.abc import Collection, Mapping
from importlib import import_module
from pathlib import Path

from tolmach.core import files
from tolmach.core.errors import StorageError, UsageError
from tolmach.formats.documents.document import Document

LARGEST = 64 * 1024 * 1024  # bytes; what a format makes of them in memory is several times that
MOST = 200_000  # units

# Modules are imported when a document is opened: three libraries at every start would cost.
_FORMATS: Mapping[str, str] = {
    "txt": "plain",
    "md": "markdown",
    "markdown": "markdown",
    "docx": "word",
    "dotx": "word",
    "docm": "word",  # to be refused with a reason
    "doc": "word",
    "srt": "subtitles",
    "vtt": "subtitles",
    "html": "hypertext",
    "htm": "hypertext",
    "xhtml": "hypertext",
    "po": "catalogue",
    "csv": "table",
    "tsv": "table",
}
_REFUSED = ("docm", "doc")
_TEXTS = ("plain", "markdown")  # what a person may as well edit as it stands in the file


def formats() -> tuple[str, ...]:
    """Return the suffixes of the files that can be opened, without dots."""
    return tuple(sorted(set(_FORMATS) - set(_REFUSED)))


def text_formats() -> tuple[str, ...]:
    """Return those of the suffixes whose files are text that a person reads as it stands."""
    return tuple(sorted(suffix for suffix, module in _FORMATS.items() if module in _TEXTS))


def open_document(path: Path, columns: Collection[str] = ()) -> Document:
    """Open a document; its name tells the format. `columns` of a table: see `table.opened`.

    Raises UsageError "unknown-format", StorageError "file-missing", "not-readable" and
    "document-…" for what is not right in it.
    """
    kind = path.suffix[1:].lower()
    if kind not in _FORMATS:
        raise UsageError("unknown-format", format=kind, known=", ".join(formats()))
    more = {"columns": columns} if columns and kind in ("csv", "tsv") else {}
    opened = import_module(f"tolmach.formats.documents.{_FORMATS[kind]}").opened
    document: Document = opened(_read(path), path.name, **more)
    if len(document.units) > MOST:
        raise StorageError("document-too-many", name=path.name, most=str(MOST))
    return document


def translated_name(path: Path, language: str) -> Path:
    """Return a name that no file has: "договор.ba.docx", else "договор.ba (2).docx"."""
    number = 1
    while True:
        counted = f" ({number})" if number > 1 else ""
        free = path.with_name(f"{path.stem}.{language}{counted}{path.suffix}")
        if not free.exists():
            return free
        number += 1


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # reading it tells why
    if size > LARGEST:
        raise StorageError("document-too-big", name=path.name, most=str(LARGEST // (1024 * 1024)))
    return files.read(path)
