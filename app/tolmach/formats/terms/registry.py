"""The formats of terms and memories. Bytes in, bytes out; who asks reads and writes files.

Line breaks and signs that XML or a table cannot hold are put right on the way in, so that what was
exported can always be read again.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from tolmach.core.errors import StorageError
from tolmach.formats.encoding import text_of, writable
from tolmach.formats.registry import by_suffix
from tolmach.formats.terms.xml import language
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry

Pair = TypeVar("Pair", Term, MemoryEntry)

_TABLES = (".csv", ".tsv")
_REMARKS = {"document-bytes": "terms-bytes", "document-guessed": "document-guessed"}

# By suffix. Each gets the file's name, too, for messages and because one writes several formats.
TERM_READERS: dict[str, Callable[[bytes, str], list[Term]]] = {}
TERM_WRITERS: dict[str, Callable[[Iterable[Term], str], bytes]] = {}
ENTRY_READERS: dict[str, Callable[[bytes, str], list[MemoryEntry]]] = {}
ENTRY_WRITERS: dict[str, Callable[[Iterable[MemoryEntry], str], bytes]] = {}


def terms_from(data: bytes, name: str, project: str | None = None) -> list[Term]:
    """Return the terms of a file; its name tells the format.

    They are of the project; without one, of those that the file names. Raises UsageError
    "unknown-format" and StorageError "terms-…" for what is not right in it.
    """
    return _whole(map(_clean_term, by_suffix(TERM_READERS, name)(data, name)), name, project)


def remarks_of(data: bytes, name: str) -> tuple[StorageError, ...]:
    """Return what a person should know of a file that was read: how its bytes became letters."""
    if not name.lower().endswith(_TABLES):
        return ()  # XML names its encoding, and what does not fit is refused
    return tuple(
        StorageError(_REMARKS[remark.code], **remark.params)
        for remark in text_of(data, name).remarks
    )


def terms_to(terms: Iterable[Term], name: str) -> bytes:
    """Return a file of terms; raises UsageError "unknown-format"."""
    return by_suffix(TERM_WRITERS, name)(terms, name)


def entries_from(data: bytes, name: str, project: str | None = None) -> list[MemoryEntry]:
    """Return the translation memory of a file; see `terms_from`."""
    return _whole(map(_clean_entry, by_suffix(ENTRY_READERS, name)(data, name)), name, project)


def entries_to(entries: Iterable[MemoryEntry], name: str) -> bytes:
    """Return a file of a translation memory; raises UsageError "unknown-format"."""
    return by_suffix(ENTRY_WRITERS, name)(entries, name)


def clean(text: str) -> str:
    """Return a text without signs that no format can hold, its lines ended by "\\n"."""
    text = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    return writable(text, "").strip()


def _clean_term(term: Term) -> Term:
    source, target = (
        tuple(filter(None, map(clean, forms))) for forms in (term.source, term.target)
    )
    languages = (language(term.source_language), language(term.target_language))
    return Term(*languages, source, target, clean(term.project), clean(term.note))


def _clean_entry(entry: MemoryEntry) -> MemoryEntry:
    first, second, *texts = (clean(getattr(entry, column)) for column in MemoryEntry.__slots__)
    return MemoryEntry(language(first), language(second), *texts)


def _whole(pairs: Iterable[Pair], name: str, project: str | None) -> list[Pair]:
    """Return those with a source and a target; raises StorageError "terms-none"."""
    whole = [pair for pair in pairs if pair.source and pair.target]
    if not whole:
        raise StorageError("terms-none", name=name)
    return whole if project is None else [replace(pair, project=clean(project)) for pair in whole]
