"""The formats by the suffixes of their files. A format is one module and one line here."""

from collections.abc import Collection, Mapping
from pathlib import Path

from tolmach.core import files
from tolmach.core.errors import StorageError
from tolmach.core.lazy import imported
from tolmach.formats.documents.document import Document
from tolmach.formats.registry import by_suffix

LARGEST = 64 * 1024 * 1024  # bytes; what a format makes of them in memory is several times that
MOST = 200_000  # units

_MODULES = {
    "plain": ("txt",),
    "markdown": ("md", "markdown"),
    "word": ("docx", "dotx"),
    "subtitles": ("srt", "vtt", "ass", "ssa", "sbv", "sub", "lrc"),
    "hypertext": ("html", "htm", "xhtml", "ttml", "dfxp", "smi"),
    "catalogue": ("po",),
    "table": ("csv", "tsv"),
}
FORMATS: Mapping[str, str] = {
    suffix: f"tolmach.formats.documents.{module}:opened"
    for module, suffixes in _MODULES.items()
    for suffix in suffixes
}
_REFUSED = dict.fromkeys(("doc", "docm"), FORMATS["docx"])  # by a reason that it knows
TEXTS = ("txt", "md", "markdown")  # what a person may as well edit as it stands in the file


def open_document(path: Path, columns: Collection[str] = ()) -> Document:
    """Open a document; its name tells the format. `columns` of a table: see `table.opened`.

    Raises UsageError "unknown-format", StorageError as `files.read` does and "document-…" for what
    is not right in it.
    """
    suffix = path.suffix[1:].lower()
    opened = imported(_REFUSED.get(suffix) or by_suffix(FORMATS, suffix))
    more = {"columns": columns} if columns and suffix in ("csv", "tsv") else {}
    document: Document = opened(_read(path), path.name, **more)
    if len(document.units) > MOST:
        raise StorageError("document-too-many", name=path.name, most=str(MOST))
    return document


def translated_name(path: Path, language: str) -> Path:
    """Return a name that no file has: "договор.ba.docx", else "договор.ba (2).docx"."""
    name = path.with_name(f"{path.stem}.{language}{path.suffix}")
    return next(free for free in files.numbered(name) if not free.exists())


def _read(path: Path) -> bytes:
    files.check_file(path)
    if path.stat().st_size > LARGEST:
        raise StorageError("document-too-big", name=path.name, most=str(LARGEST // (1024 * 1024)))
    return files.read(path)
