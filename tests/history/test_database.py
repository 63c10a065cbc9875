"""A file of the person's own: kept whole, shared, migrated, refused when it is newer."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tolmach.core.errors import StorageError
from tolmach.history.database import Database

SCHEMA = (("CREATE TABLE words (word TEXT NOT NULL)",),)
ADD = "INSERT INTO words VALUES (?)"

WRITER = f"""
import os, sys
from pathlib import Path
from tolmach.history.database import Database

database = Database(Path(sys.argv[1]), {SCHEMA!r})
for number in range(int(sys.argv[3])):
    with database.writing() as connection:
        connection.execute({ADD!r}, (sys.argv[2] + str(number),))
if sys.argv[4:]:
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Мои слова" / "words.db"


@pytest.fixture
def database(path: Path) -> Database:
    return Database(path, SCHEMA)


def add(database: Database, word: str) -> None:
    with database.writing() as connection:
        connection.execute(ADD, (word,))


def words(database: Database) -> list[str]:
    with database.reading() as connection:
        return [word for (word,) in connection.execute("SELECT word FROM words")]


def test_nothing_is_made_by_reading(database: Database, tmp_path: Path) -> None:
    assert words(database) == []
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_its_owners_alone(database: Database, path: Path) -> None:
    add(database, "тайна")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_fails_half_way_is_not_kept(database: Database) -> None:
    add(database, "да")

    def fail_half_way() -> None:
        with database.writing() as connection:
            connection.execute(ADD, ("нет",))
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    assert words(database) == ["да"]


def test_an_older_file_gets_what_is_new_and_keeps_what_it_has(
    database: Database, path: Path
) -> None:
    add(database, "да")
    grown = Database(path, (*SCHEMA, ("ALTER TABLE words ADD COLUMN note TEXT DEFAULT ''",)))
    with grown.reading() as connection:
        assert connection.execute("SELECT word, note FROM words").fetchall() == [("да", "")]
    with pytest.raises(StorageError, match="database-newer"):
        words(database)


def test_a_damaged_file_is_a_sentence_and_stays(database: Database, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError) as caught:
        words(database)
    assert caught.value.code == "database-damaged"
    assert path.read_bytes().startswith(b"not a database")


def test_a_newer_file_is_refused(database: Database, path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError) as caught:
        add(database, "да")
    assert caught.value.code == "database-newer"


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        add(Database(tmp_path / "file" / "words.db", SCHEMA), "да")
    assert caught.value.code == "not-writable"


def test_the_stamp_tells_of_writing_and_not_of_reading(database: Database) -> None:
    missing = database.stamp()
    add(database, "да")
    written = database.stamp()
    assert written != missing
    words(database)
    assert database.stamp() == written


def test_what_was_kept_survives_a_killed_program(database: Database, path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(path), "Өфө", "1", "killed"]
    subprocess.run(command, env=dict(os.environ))
    assert words(database) == ["Өфө0"]


def test_two_programs_write_the_same_file(database: Database, path: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name, "20"])
        for name in ("а", "б")
    ]
    assert [process.wait() for process in running] == [0, 0]
    assert len(words(database)) == 40
