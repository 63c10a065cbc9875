"""Terms and translation memory in a database: its tables, and what is written into them.

Who makes a store says which database; a change of the tables is one more step in `SCHEMA`.
"""

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import astuple
from typing import TypeAlias

from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry

log = logging.getLogger(__name__)

Transaction: TypeAlias = Callable[[], AbstractContextManager[sqlite3.Connection]]

SCHEMA = (
    (
        """
        CREATE TABLE terms (
            id INTEGER PRIMARY KEY,
            source_language TEXT NOT NULL, target_language TEXT NOT NULL,
            source TEXT NOT NULL, target TEXT NOT NULL,  -- JSON lists of forms
            project TEXT NOT NULL, note TEXT NOT NULL,
            UNIQUE (source_language, target_language, source, target, project)
        )
        """,
        """
        CREATE TABLE memory (
            id INTEGER PRIMARY KEY,
            source_language TEXT NOT NULL, target_language TEXT NOT NULL,
            source TEXT NOT NULL, target TEXT NOT NULL,
            origin TEXT NOT NULL, date TEXT NOT NULL, project TEXT NOT NULL,
            UNIQUE (source_language, target_language, source, target, project)
        )
        """,
    ),
)
_TERMS = (
    "SELECT source_language, target_language, source, target, project, note FROM terms ORDER BY id"
)
_ADD_TERM = """
    INSERT INTO terms (source_language, target_language, source, target, project, note)
    VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (source_language, target_language, source, target, project)
    DO UPDATE SET note = excluded.note
"""
_REMOVE_TERM = """
    DELETE FROM terms WHERE source_language = ? AND target_language = ?
    AND source = ? AND target = ? AND project = ?
"""
_ENTRIES = """
    SELECT source_language, target_language, source, target, origin, date, project
    FROM memory ORDER BY id
"""
_ADD_ENTRY = """
    INSERT INTO memory (source_language, target_language, source, target, origin, date, project)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (source_language, target_language, source, target, project)
    DO UPDATE SET origin = excluded.origin, date = excluded.date
"""


class TermStore:
    """Terms and memory in one database; every method raises StorageError, as that does."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        """Both open a database with the tables of `SCHEMA`; what fails in one is not kept."""
        self._reading = reading
        self._writing = writing

    def add_terms(self, terms: Iterable[Term]) -> int:
        """Keep terms and return how many were new; a term that is there gets the new note."""
        return self._add(_ADD_TERM, map(_term_row, terms), "SELECT count(*) FROM terms")

    def terms(self) -> list[Term]:
        """Return all terms in the order in which they were added, but those of damaged rows."""
        terms = [_term(row) for row in self._rows(_TERMS)]
        if None in terms:  # the row stays where it is; the others go on
            log.warning("%d terms cannot be read and do not hold", terms.count(None))
        return [term for term in terms if term]

    def remove_terms(self, terms: Iterable[Term]) -> int:
        """Forget terms and return how many there were."""
        with self._writing() as database:
            before = database.total_changes
            database.executemany(_REMOVE_TERM, [_term_row(term)[:5] for term in terms])
            return database.total_changes - before

    def remember(self, entries: Iterable[MemoryEntry]) -> int:
        """Keep entries of the memory and return how many were new; one that is there is renewed."""
        return self._add(_ADD_ENTRY, map(astuple, entries), "SELECT count(*) FROM memory")

    def memory(self) -> list[MemoryEntry]:
        """Return all entries of the memory in the order in which they were added.

        Damaged rows are left out, as those of terms are.
        """
        rows = self._rows(_ENTRIES)
        entries = [MemoryEntry(*row) for row in rows if all(isinstance(cell, str) for cell in row)]
        if len(entries) < len(rows):
            log.warning("%d translations cannot be read", len(rows) - len(entries))
        return entries

    def _add(self, question: str, rows: Iterable[Sequence[str]], count: str) -> int:
        with self._writing() as database:
            (before,) = database.execute(count).fetchone()
            database.executemany(question, rows)
            (after,) = database.execute(count).fetchone()
        return int(after) - int(before)

    def _rows(self, question: str) -> list[tuple[str, ...]]:
        with self._reading() as database:
            # The file may be damaged within a row: one bad byte must not hide all the others.
            database.text_factory = _legible
            return database.execute(question).fetchall()


def _legible(content: bytes) -> str:
    return content.decode(errors="replace")


def _term(row: Sequence[object]) -> Term | None:
    """Return the term of a row as `_TERMS` asks for it, None if the row is damaged."""
    try:
        source, target, project, note = (_string(value) for value in row[2:])
        source_forms, target_forms = _forms(source), _forms(target)
        return Term(_string(row[0]), _string(row[1]), source_forms, target_forms, project, note)
    except (ValueError, TypeError, RecursionError):
        return None


def _forms(content: str) -> tuple[str, ...]:
    forms = json.loads(content)
    if not (isinstance(forms, list) and forms):
        raise TypeError
    return tuple(_string(form) for form in forms)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _term_row(term: Term) -> tuple[str, ...]:
    source, target = (json.dumps(forms, ensure_ascii=False) for forms in (term.source, term.target))
    return (term.source_language, term.target_language, source, target, term.project, term.note)
