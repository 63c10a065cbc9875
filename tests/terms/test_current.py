"""What is on disk is known, also when another process has just written it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tolmach.core import paths
from tolmach.core.errors import StorageError
from tolmach.history import database as database_module
from tolmach.history.terms import current_terms, term_store
from tolmach.terms import current as module
from tolmach.terms.current import CurrentTerms
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry
from tolmach.terms.store import TermStore

TERM = Term("ru", "ba", ("врач",), ("табип",))


@pytest.fixture
def current() -> CurrentTerms:
    return current_terms(paths.terms_file())


@pytest.fixture
def store() -> TermStore:
    return term_store(paths.terms_file())


def test_nothing_is_known_of_a_file_that_is_not_there(current: CurrentTerms) -> None:
    assert current.glossary("ru", "ba").terms == ()
    assert current.memory("ru", "ba").find("Да.") == []


def test_what_is_added_is_known_at_once_in_both_directions(
    current: CurrentTerms, store: TermStore
) -> None:
    assert current.glossary("ba", "ru").terms == ()
    store.add_terms([TERM])
    assert [term.target for term in current.glossary("ba", "ru").terms] == [("врач",)]
    store.remember([MemoryEntry("ru", "ba", "Да.", "Эйе.")])
    assert current.memory("ru", "ba").exact("Да.")
    store.remove_terms([TERM])
    assert current.glossary("ba", "ru").terms == ()


def test_nothing_is_read_again_while_nothing_changes(
    current: CurrentTerms, store: TermStore
) -> None:
    store.add_terms([TERM])
    first = current.glossary("ru", "ba")
    assert current.glossary("ru", "ba") is first
    assert current.glossary("ru", "ba", "больница") is not first


def test_a_damaged_file_is_told_once_and_what_was_known_stays(
    current: CurrentTerms, store: TermStore
) -> None:
    store.add_terms([TERM])
    assert current.glossary("ru", "ba").terms
    paths.terms_file().write_bytes(b"no database" * 100)
    os.utime(paths.terms_file(), (1, 1))
    with pytest.raises(StorageError, match="database-damaged"):
        current.glossary("ru", "ba")
    assert current.glossary("ru", "ba").terms


@contextmanager
def locked() -> Iterator[None]:
    with closing(sqlite3.connect(paths.terms_file(), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def test_a_busy_file_is_told_once_and_read_when_it_is_free(
    current: CurrentTerms, store: TermStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "READ_PATIENCE", 0.01)
    monkeypatch.setattr(module, "PAUSE", 0.0)
    store.add_terms([TERM])
    with locked():
        with pytest.raises(StorageError, match="database-busy"):
            current.glossary("ru", "ba")
        assert current.glossary("ru", "ba").terms == ()
    assert current.glossary("ru", "ba").terms == (TERM,)


def test_a_busy_file_makes_nobody_wait_each_time(
    current: CurrentTerms, store: TermStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "READ_PATIENCE", 0.01)
    store.add_terms([TERM])
    with locked(), pytest.raises(StorageError, match="database-busy"):
        current.glossary("ru", "ba")
    assert current.glossary("ru", "ba").terms == ()  # not asked again yet
