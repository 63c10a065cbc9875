"""Terms and memory as they are now: read from disk once, and again when somebody changed them.

The window, the worker and a command line beside them each have one of these; what one of them
writes the others know with the next sentence.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cache, partial
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
        self._make_lookups((), ())

    def glossary(self, source: str, target: str, project: str = "") -> Glossary:
        """Return the terms from one language into another, ready to be looked up."""
        self._refresh()
        return self._glossary(source, target, project)

    def memory(self, source: str, target: str, project: str = "") -> Memory:
        """Return the sentences translated from one language into another."""
        self._refresh()
        return self._memory(source, target, project)

    def _refresh(self) -> None:
        stamp = self._stamp()
        unchanged = stamp == self._read_stamp
        if unchanged and monotonic() < self._next_try:
            return
        self._read_stamp, self._next_try = stamp, inf
        try:
            self._make_lookups(self._store.terms(), self._store.memory())
        except StorageError as error:
            if error.code != "database-busy":
                raise
            self._next_try = monotonic() + PAUSE
            if unchanged:
                return
            raise

    def _make_lookups(self, terms: Sequence[Term], entries: Sequence[MemoryEntry]) -> None:
        self._glossary = cache(partial(Glossary, terms))
        self._memory = cache(partial(Memory, entries))
