"""Terms and memory as they are now: read from disk once, and again when somebody changed them.

The window, the worker and a command line beside them each have one of these; what one of them
writes the others know with the next sentence.
"""

from collections.abc import Callable, Hashable, Sequence
from math import inf
from time import monotonic

from tolmach.core.errors import StorageError
from tolmach.terms.glossary import Glossary, Term
from tolmach.terms.memory import Memory, MemoryEntry
from tolmach.terms.store import TermStore

PAUSE = 15.0  # seconds before a busy file is tried again: who translates waits for each try


class CurrentTerms:
    """What a person taught the program.

    A file that cannot be read raises StorageError, as TermStore does, once for each of its
    changes; asked again, what was known before is still known. One that is busy is tried again.
    """

    def __init__(self, store: TermStore, stamp: Callable[[], Hashable]) -> None:
        """`stamp` returns what changes when the store's file does."""
        self._store = store
        self._stamp = stamp
        self._read_stamp: Hashable = None
        self._next_try = inf  # when to read although nothing changed
        self._terms: Sequence[Term] = ()
        self._entries: Sequence[MemoryEntry] = ()
        self._glossaries: dict[tuple[str, str, str], Glossary] = {}
        self._memories: dict[tuple[str, str, str], Memory] = {}

    def glossary(self, source: str, target: str, project: str = "") -> Glossary:
        """Return the terms from one language into another, ready to be looked up."""
        self._refresh()
        key = (source, target, project)
        if key not in self._glossaries:
            self._glossaries[key] = Glossary(self._terms, *key)
        return self._glossaries[key]

    def memory(self, source: str, target: str, project: str = "") -> Memory:
        """Return the sentences translated from one language into another."""
        self._refresh()
        key = (source, target, project)
        if key not in self._memories:
            self._memories[key] = Memory(self._entries, *key)
        return self._memories[key]

    def _refresh(self) -> None:
        stamp = self._stamp()
        unchanged = stamp == self._read_stamp
        if unchanged and monotonic() < self._next_try:
            return
        self._read_stamp, self._next_try = stamp, inf
        try:
            self._terms, self._entries = self._store.terms(), self._store.memory()
        except StorageError as error:
            if error.code != "database-busy":
                raise
            self._next_try = monotonic() + PAUSE
            if unchanged:
                return
            raise
        self._glossaries.clear()
        self._memories.clear()
