"""The formats by the suffixes of their files. A format is one module and one line here."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from tolmach.core.errors import StorageError, UsageError
from tolmach.core.exchange import files
from tolmach.documents import catalogue, hypertext, markdown, plain, subtitles, table, word
from tolmach.documents.document import Document

LARGEST = 64 * 1024 * 1024  # bytes; what a format makes of them in memory is several times that
MOST = 200_000  # units

_OPEN: Mapping[str, Callable[[bytes, str], Document]] = {
    "txt": plain.opened,
    "md": markdown.opened,
    "markdown": markdown.opened,
    "docx": word.opened,
    "dotx": word.opened,
    "docm": word.opened,  # to be refused with a reason
    "doc": word.opened,
    "srt": subtitles.opened,
    "vtt": subtitles.opened,
    "html": hypertext.opened,
    "htm": hypertext.opened,
    "xhtml": hypertext.opened,
    "po": catalogue.opened,
    "csv": table.opened,
    "tsv": table.opened,
}
_REFUSED = ("docm", "doc")


def formats() -> tuple[str, ...]:
    """Return the suffixes of the files that can be opened, without dots."""
    return tuple(sorted(set(_OPEN) - set(_REFUSED)))


def open_document(path: Path, columns: Collection[str] = ()) -> Document:
    """Open a document; its name tells the format. `columns` of a table: see `table.opened`.

    Raises UsageError "unknown-format", StorageError "file-missing", "not-readable" and
    "document-…" for what is not right in it.
    """
    kind = path.suffix[1:].lower()
    if kind not in _OPEN:
        raise UsageError("unknown-format", format=kind, known=", ".join(formats()))
    data = _read(path)
    if columns and kind in ("csv", "tsv"):
        document = table.opened(data, path.name, columns)
    else:
        document = _OPEN[kind](data, path.name)
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
