"""Terms and translation memory of a file: the one place where their store gets its database."""

from pathlib import Path

from tolmach.history.database import Database
from tolmach.terms.current import CurrentTerms
from tolmach.terms.store import SCHEMA, TermStore


def term_store(path: Path) -> TermStore:
    """Return the store in a file, which need not exist."""
    database = Database(path, SCHEMA)
    return TermStore(database.reading, database.writing)


def current_terms(path: Path) -> CurrentTerms:
    """Return the terms and the memory of that store, read again whenever the file has changed."""
    return CurrentTerms(term_store(path), Database(path, SCHEMA).stamp)
