"""Which files can be opened as what: for the filters of file dialogs."""

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

from tolmach.formats.documents import opening
from tolmach.formats.terms import entry_formats, term_formats

Content: TypeAlias = Literal["document", "text", "terms"]

_SUFFIXES: Mapping[Content, Callable[[], tuple[str, ...]]] = {
    "document": opening.formats,
    "text": opening.text_formats,
    "terms": lambda: tuple(sorted({*term_formats(), *entry_formats()})),  # and memories
}


def suffixes(content: Content) -> tuple[str, ...]:
    """Return the suffixes of the files that can be opened as such, sorted, without dots."""
    return _SUFFIXES[content]()
