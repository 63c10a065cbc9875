"""Terms and memory on disk."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tolmach.core.errors import StorageError
from tolmach.terms.glossary import Term
from tolmach.terms.memory import Entry
from tolmach.terms.store import TermStore

TERM = Term("ba", "ru", ("Өфө", "Өфе"), ("Уфа",), "сайт", "город")
ENTRY = Entry("ru", "ba", "Да.", "Эйе.", "correction", "2026-11-23T22:26:00Z", "сайт")


@pytest.fixture
def store(tmp_path: Path) -> TermStore:
    return TermStore(tmp_path / "Мои термины" / "terms.db")


def test_what_was_kept_is_there_for_the_next_start(store: TermStore, tmp_path: Path) -> None:
    assert store.add_terms([TERM]) == 1
    assert store.remember([ENTRY]) == 1
    again = TermStore(tmp_path / "Мои термины" / "terms.db")
    assert again.terms() == [TERM]
    assert again.memory() == [ENTRY]


def test_nothing_is_made_by_looking(store: TermStore, tmp_path: Path) -> None:
    assert (store.terms(), store.memory()) == ([], [])
    assert list(tmp_path.iterdir()) == []


def test_the_same_again_is_renewed_not_doubled(store: TermStore) -> None:
    store.add_terms([TERM])
    renewed = Term("ba", "ru", ("Өфө", "Өфе"), ("Уфа",), "сайт", "столица")
    other = Term("ba", "ru", ("Өфө", "Өфе"), ("Уфа",))
    assert store.add_terms([renewed, other]) == 1
    assert store.terms() == [renewed, other]
    later = Entry("ru", "ba", "Да.", "Эйе.", "x.tmx", "2027-01-01T00:00:00Z", "сайт")
    store.remember([ENTRY, later])
    assert store.memory() == [later]


def test_a_term_is_forgotten(store: TermStore) -> None:
    store.add_terms([TERM])
    assert store.remove_terms([TERM, TERM]) == 1
    assert store.terms() == []


def test_a_damaged_file_is_a_sentence_and_stays(store: TermStore, tmp_path: Path) -> None:
    path = tmp_path / "terms.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageError) as caught:
        TermStore(path).terms()
    assert caught.value.code == "database-damaged"
    assert path.read_bytes().startswith(b"not a database")


def test_a_newer_file_is_refused(store: TermStore, tmp_path: Path) -> None:
    path = tmp_path / "terms.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError) as caught:
        TermStore(path).add_terms([TERM])
    assert caught.value.code == "database-newer"


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        TermStore(tmp_path / "file" / "terms.db").add_terms([TERM])
    assert caught.value.code == "not-writable"


def test_half_a_list_is_not_kept(store: TermStore) -> None:
    def broken() -> object:
        yield TERM
        raise KeyError

    with pytest.raises(KeyError):
        store.add_terms(broken())
    assert store.terms() == []


def test_what_was_kept_survives_a_killed_program(store: TermStore, tmp_path: Path) -> None:
    path = tmp_path / "terms.db"
    script = (
        "import os; from pathlib import Path; from tolmach.terms.glossary import Term;"
        "from tolmach.terms.store import TermStore;"
        f"TermStore(Path({str(path)!r})).add_terms([Term('ba', 'ru', ('Өфө',), ('Уфа',))]);"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script], env=dict(os.environ))
    assert [term.source for term in TermStore(path).terms()] == [("Өфө",)]


def test_two_programs_write_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "terms.db"
    script = (
        "import sys; from pathlib import Path; from tolmach.terms.glossary import Term;"
        "from tolmach.terms.store import TermStore; store = TermStore(Path(sys.argv[1]));"
        "[store.add_terms([Term('ba', 'ru', (f'{sys.argv[2]}{n}',), ('да',))]) for n in range(20)]"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path), name]) for name in ("а", "б")
    ]
    assert [process.wait() for process in running] == [0, 0]
    assert len(TermStore(path).terms()) == 40
