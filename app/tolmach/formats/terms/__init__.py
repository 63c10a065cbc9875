"""Terms and translation memory as files of other programs: TBX, TMX, CSV, TSV."""

from tolmach.formats.terms import delimited, tbx, tmx
from tolmach.formats.terms.registry import (
    clean,
    entries_from,
    entries_to,
    remarks_of,
    terms_from,
    terms_to,
)

__all__ = [
    "clean",
    "delimited",
    "entries_from",
    "entries_to",
    "remarks_of",
    "tbx",
    "terms_from",
    "terms_to",
    "tmx",
]
