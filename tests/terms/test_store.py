"""Terms and memory on disk."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tolmach.history.terms import term_store
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry
from tolmach.terms.store import TermStore

TERM = Term("ba", "ru", ("Өфө", "Өфе"), ("Уфа",), "сайт", "город")
ENTRY = MemoryEntry("ru", "ba", "Да.", "Эйе.", "correction", "2026-11-23T22:26:00Z", "сайт")


@pytest.fixture
def store(tmp_path: Path) -> TermStore:
    return term_store(tmp_path / "Мои термины" / "terms.db")


def test_what_was_kept_is_there_for_the_next_start(store: TermStore, tmp_path: Path) -> None:
    assert store.add_terms([TERM]) == 1
    assert store.remember([ENTRY]) == 1
    again = term_store(tmp_path / "Мои термины" / "terms.db")
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
    later = MemoryEntry("ru", "ba", "Да.", "Эйе.", "x.tmx", "2027-01-01T00:00:00Z", "сайт")
    store.remember([ENTRY, later])
    assert store.memory() == [later]


def test_a_term_is_forgotten(store: TermStore) -> None:
    store.add_terms([TERM])
    assert store.remove_terms([TERM, TERM]) == 1
    assert store.terms() == []


def test_half_a_list_is_not_kept(store: TermStore) -> None:
    def broken() -> Iterator[Term]:
        yield TERM
        raise KeyError

    with pytest.raises(KeyError):
        store.add_terms(broken())
    assert store.terms() == []


@pytest.mark.log_warnings
@pytest.mark.parametrize(
    "damage",
    [
        *("'{'", "'[[1]]'", "'[]'", "'\"a\"'", "'5'", "x'ff'", "3", "CAST(x'5b22ff' AS TEXT)"),
        "replace(hex(zeroblob(25000)), '0', '[')",  # nested 50,000 levels deep
    ],
)
def test_a_damaged_row_costs_no_other(store: TermStore, tmp_path: Path, damage: str) -> None:
    store.add_terms([TERM, Term("ru", "ba", ("дом",), ("өй",))])
    file = tmp_path / "Мои термины" / "terms.db"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(f"UPDATE terms SET source = {damage} WHERE id = 2")
    assert store.terms() == [TERM]
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT count(*) FROM terms").fetchone() == (2,)


@pytest.mark.log_warnings
def test_a_damaged_translation_costs_no_other(store: TermStore, tmp_path: Path) -> None:
    entries = [
        MemoryEntry("ru", "ba", source, target, "correction", "2026-12-01", "")
        for source, target in (("Да.", "Эйе."), ("Нет.", "Юҡ."))
    ]
    store.remember(entries)
    with closing(sqlite3.connect(tmp_path / "Мои термины" / "terms.db")) as database, database:
        database.execute("UPDATE memory SET target = x'ff' WHERE id = 2")
    assert store.memory() == entries[:1]
