"""Terms and translation memory as files of other programs: TBX, TMX, CSV, TSV."""

from tolmach.formats.terms.table import (
    entries_from,
    entries_to,
    entry_formats,
    term_formats,
    terms_from,
    terms_to,
)

__all__ = [
    "entries_from",
    "entries_to",
    "entry_formats",
    "term_formats",
    "terms_from",
    "terms_to",
]
