"""The formats by the names of their files. Bytes in, bytes out; who asks reads and writes files.

Line breaks and signs that XML or a table cannot hold are put right on the way in, so that what was
exported can always be read again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from tolmach.core.errors import StorageError, UsageError
from tolmach.formats.encoding import detected, writable
from tolmach.formats.terms import delimited, tbx, tmx
from tolmach.formats.terms.xml import language
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry

Found = TypeVar("Found", Term, MemoryEntry)

_READ: Mapping[str, Callable[[str, str], list[list[str]]]] = {
    "csv": delimited.read_csv,
    "tsv": delimited.read_tsv,
}
_WRITE: Mapping[str, Callable[[Iterable[Sequence[str]]], str]] = {
    "csv": delimited.write_csv,
    "tsv": delimited.write_tsv,
}


def term_formats() -> list[str]:
    """Return the formats of glossaries."""
    return sorted([*_READ, "tbx"])


def entry_formats() -> list[str]:
    """Return the formats of translation memories."""
    return sorted([*_READ, "tmx"])


def terms_from(data: bytes, name: str) -> list[Term]:
    """Return the terms of a file; its name tells the format.

    Raises UsageError "unknown-format" and StorageError "terms-…" for what is not right in it.
    """
    kind = _kind(name, term_formats())
    if kind == "tbx":
        found = tbx.read(data, name)
    else:
        found = delimited.terms(_READ[kind](_decoded(data, name), name), name)
    return _some([_clean_term(term) for term in found], name)


def terms_to(terms: Iterable[Term], name: str) -> bytes:
    """Return a file of terms; raises UsageError "unknown-format"."""
    kind = _kind(name, term_formats())
    if kind == "tbx":
        return tbx.write(terms)
    return _WRITE[kind](delimited.term_rows(terms)).encode()


def entries_from(data: bytes, name: str) -> list[MemoryEntry]:
    """Return the translation memory of a file; see `terms_from`."""
    kind = _kind(name, entry_formats())
    if kind == "tmx":
        found = tmx.read(data, name)
    else:
        found = delimited.entries(_READ[kind](_decoded(data, name), name), name)
    return _some([_clean_entry(entry) for entry in found], name)


def entries_to(entries: Iterable[MemoryEntry], name: str) -> bytes:
    """Return a file of a translation memory; raises UsageError "unknown-format"."""
    kind = _kind(name, entry_formats())
    if kind == "tmx":
        return tmx.write(entries)
    return _WRITE[kind](delimited.entry_rows(entries)).encode()


def clean(text: str) -> str:
    """Return a text without signs that no format can hold, its lines ended by "\\n"."""
    text = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    return writable(text, "").strip()


def _decoded(data: bytes, name: str) -> str:
    text, encoding = detected(data)
    if not encoding:
        raise StorageError("terms-encoding", name=name)
    return text


def _kind(name: str, known: Sequence[str]) -> str:
    kind = name.rpartition(".")[2].lower()
    if kind not in known:
        raise UsageError("unknown-format", format=kind, known=", ".join(known))
    return kind


def _clean_term(term: Term) -> Term:
    source, target = (
        tuple(filter(None, map(clean, forms))) for forms in (term.source, term.target)
    )
    return Term(
        language(term.source_language),
        language(term.target_language),
        source,
        target,
        clean(term.project),
        clean(term.note),
    )


def _clean_entry(entry: MemoryEntry) -> MemoryEntry:
    first, second, *texts = (clean(getattr(entry, column)) for column in MemoryEntry.__slots__)
    return MemoryEntry(language(first), language(second), *texts)


def _some(found: Iterable[Found], name: str) -> list[Found]:
    whole = [it for it in found if it.source and it.target]
    if not whole:
        raise StorageError("terms-none", name=name)
    return whole
