"""A SQLite file of the person's own, and what every store that keeps something in one shares.

Rule: what was written is on the disk when the transaction ends (synchronous = FULL), and a file of
a newer version of the program is refused, not rewritten. The version is `PRAGMA user_version`; a
change of the tables is one more step of the schema. No WAL: it would change the file when it is
only read, and `stamp` tells by the file whether something was written.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from tolmach.core import files
from tolmach.core.errors import StorageError
from tolmach.history.backups import Backups

Schema: TypeAlias = Sequence[Sequence[str]]  # the statements of each step, oldest step first

WRITE_PATIENCE = 10  # seconds; the window and the command line write the same file
READ_PATIENCE = 1  # seconds; who translates waits for it


class Database:
    """One file, made with its folder when first written; each use of it opens and closes it.

    Every use raises StorageError: "database-damaged", "database-emptied", "database-newer",
    "database-busy", "disk-full" or "not-writable".
    """

    def __init__(self, path: Path, schema: Schema) -> None:
        """`path` need not exist, nor its folder."""
        self._path = path
        self._schema = schema
        self._backups = Backups(path)

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """Open a transaction: all that is done in it is kept, or nothing.

        The first of a day leaves a copy of what was there before.
        """
        return self._transaction(WRITE_PATIENCE, in_memory=False, backed_up=True)

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Open a transaction that reads; where no file is, of empty tables, and none is made."""
        return self._transaction(READ_PATIENCE, in_memory=not self._path.exists())

    def stamp(self) -> tuple[int, int]:
        """Return what changes when the file does; the same for every file that is not there."""
        try:
            status = self._path.stat()
        except OSError:
            return 0, 0
        return status.st_mtime_ns, status.st_size

    @contextmanager
    def _transaction(
        self, patience: float, *, in_memory: bool, backed_up: bool = False
    ) -> Iterator[sqlite3.Connection]:
        try:
            if not in_memory:
                self._refuse_empty()
                files.own(self._path)
            place = ":memory:" if in_memory else self._path
            with closing(sqlite3.connect(place, patience, isolation_level=None)) as connection:
                self._check(connection)  # before anything that may change the file
                if backed_up:
                    self._backups.back_up(connection, datetime.now().astimezone().date())
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("PRAGMA synchronous = FULL")
                with connection:
                    # At once, not at the first write: who waits must not see an old version.
                    connection.execute("BEGIN IMMEDIATE")
                    self._migrate(connection)
                    yield connection
        except sqlite3.DatabaseError as error:
            raise self._failure(error) from error

    def _refuse_empty(self) -> None:
        """Raise StorageError where a file of no bytes has taken the place of a full one."""
        if not self._path.exists() or self._path.stat().st_size:
            return
        if dates := self._backups.dates():
            raise StorageError("database-emptied", path=str(self._path), date=str(dates[-1]))

    def _check(self, connection: sqlite3.Connection) -> int:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(self._schema):
            raise StorageError("database-newer", path=str(self._path))
        return int(version)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        version = self._check(connection)
        for statements in self._schema[version:]:
            for statement in statements:
                connection.execute(statement)
        if version < len(self._schema):
            connection.execute(f"PRAGMA user_version = {len(self._schema)}")

    def _failure(self, error: sqlite3.DatabaseError) -> StorageError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return StorageError("database-damaged", path=str(self._path))
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return StorageError("database-busy", path=str(self._path))
        if code == sqlite3.SQLITE_FULL:
            return StorageError("disk-full", path=str(self._path.parent))
        return StorageError("not-writable", path=str(self._path.parent))
