"""Which files can be read or written as what: for dialogs, the command line and its help."""

from typing import Literal, TypeAlias

from tolmach.formats.documents.opening import FORMATS, TEXTS
from tolmach.formats.terms.registry import ENTRY_READERS, TERM_READERS
from tolmach.formats.transcripts.registry import WRITERS

Content: TypeAlias = Literal["document", "text", "transcript", "glossary", "memory", "terms"]


def suffixes(content: Content) -> tuple[str, ...]:
    """Return the suffixes of such files, sorted, without dots; "terms": glossaries and memories."""
    tables = {
        "document": FORMATS,
        "text": TEXTS,
        "transcript": WRITERS,
        "glossary": TERM_READERS,
        "memory": ENTRY_READERS,
        "terms": {**TERM_READERS, **ENTRY_READERS},
    }
    return tuple(sorted(tables[content]))
