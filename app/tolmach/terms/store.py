"""Terms and translation memory on disk: one SQLite file in the person's data folder.

Rule: what was added is on the disk when the function returns (synchronous = FULL), and a file of a
newer version of the program is refused, not rewritten. The version is `PRAGMA user_version`; a
change of the tables is one more step in `_MIGRATIONS`. No WAL: it would change the file when it is
only read, and `Known` tells by the file whether something was written.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple
from pathlib import Path

from tolmach.core import paths
from tolmach.core.errors import StorageError
from tolmach.terms.glossary import Term
from tolmach.terms.memory import Entry

_MIGRATIONS = (
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
_WRITE_PATIENCE = 10  # seconds; the window and the command line write the same file
_READ_PATIENCE = 1  # seconds; who translates waits for it


class TermStore:
    """Terms and memory in one file, made when first written.

    Every method raises StorageError: "database-damaged", "database-newer", "database-busy",
    "disk-full" or "not-writable".
    """

    def __init__(self, path: Path) -> None:
        """`path` need not exist, nor its folder."""
        self._path = path

    def add_terms(self, terms: Iterable[Term]) -> int:
        """Keep terms and return how many were new; a term that is there gets the new note."""
        return self._add(_ADD_TERM, map(_term_row, terms), "SELECT count(*) FROM terms")

    def terms(self) -> list[Term]:
        """Return all terms in the order in which they were added."""
        return [
            Term(a, b, tuple(json.loads(source)), tuple(json.loads(target)), *rest)
            for a, b, source, target, *rest in self._rows(_TERMS)
        ]

    def remove_terms(self, terms: Iterable[Term]) -> int:
        """Forget terms and return how many there were."""
        with self._open() as database:
            before = database.total_changes
            database.executemany(_REMOVE_TERM, [_term_row(term)[:5] for term in terms])
            return database.total_changes - before

    def remember(self, entries: Iterable[Entry]) -> int:
        """Keep entries of the memory and return how many were new; one that is there is renewed."""
        return self._add(_ADD_ENTRY, map(astuple, entries), "SELECT count(*) FROM memory")

    def memory(self) -> list[Entry]:
        """Return all entries of the memory in the order in which they were added."""
        return [Entry(*row) for row in self._rows(_ENTRIES)]

    def _add(self, question: str, rows: Iterable[Sequence[str]], count: str) -> int:
        with self._open() as database:
            (before,) = database.execute(count).fetchone()
            database.executemany(question, rows)
            (after,) = database.execute(count).fetchone()
        return int(after) - int(before)

    def _rows(self, question: str) -> list[tuple[str, ...]]:
        if not self._path.exists():
            return []
        with self._open(_READ_PATIENCE) as database:
            return database.execute(question).fetchall()

    @contextmanager
    def _open(self, patience: float = _WRITE_PATIENCE) -> Iterator[sqlite3.Connection]:
        """Yield the database in a transaction: all that is done in it is kept, or nothing."""
        try:
            paths.own_folder(self._path.parent)
            paths.own_file(self._path)
            connection = sqlite3.connect(self._path, timeout=patience, isolation_level=None)
            with closing(connection) as database:
                database.execute("PRAGMA journal_mode = DELETE")
                database.execute("PRAGMA synchronous = FULL")
                with database:
                    # At once, not at the first write: who waits must not see an old version.
                    database.execute("BEGIN IMMEDIATE")
                    self._migrate(database)
                    yield database
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                raise StorageError("database-damaged", path=str(self._path)) from error
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StorageError("database-busy", path=str(self._path)) from error
            if code == sqlite3.SQLITE_FULL:
                raise StorageError("disk-full", path=str(self._path.parent)) from error
            raise StorageError("not-writable", path=str(self._path.parent)) from error
        except OSError as error:
            raise StorageError("not-writable", path=str(self._path.parent)) from error

    def _migrate(self, database: sqlite3.Connection) -> None:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > len(_MIGRATIONS):
            raise StorageError("database-newer", path=str(self._path))
        for statements in _MIGRATIONS[version:]:
            for statement in statements:
                database.execute(statement)
        if version < len(_MIGRATIONS):
            database.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")


def _term_row(term: Term) -> tuple[str, ...]:
    source, target = (json.dumps(forms, ensure_ascii=False) for forms in (term.source, term.target))
    return (term.source_language, term.target_language, source, target, term.project, term.note)
