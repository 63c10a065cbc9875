"""A copy a day, fewer of long ago, and a way back to each."""

import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tolmach.cli.main import main
from tolmach.core import paths
from tolmach.core.errors import StorageError, UsageError
from tolmach.history.backups import Backups, spared
from tolmach.history.terms import term_store
from tolmach.terms.glossary import Term

TODAY = date(2026, 12, 1)


def today() -> date:
    return datetime.now().astimezone().date()


WATER = Term("ru", "ba", ("вода",), ("һыу",))
BREAD = Term("ru", "ba", ("хлеб",), ("икмәк",))


def test_the_first_change_of_a_day_leaves_a_copy_of_what_was_there() -> None:
    store = term_store(paths.terms_file())
    store.add_terms([WATER])
    backups = Backups(paths.terms_file())
    assert backups.dates() == []  # nothing was there
    store.add_terms([BREAD])
    store.remove_terms([WATER, BREAD])
    assert backups.dates() == [today()]
    assert backups.restore() == today()
    assert store.terms() == [WATER]
    (aside,) = paths.home().glob("terms.damaged*")
    assert term_store(aside).terms() == []
    assert paths.terms_file().stat().st_mode & 0o077 == 0


def test_old_copies_are_thinned() -> None:
    days = [TODAY - timedelta(days=number) for number in range(400)]
    stay = sorted(spared(days))
    assert stay[-12:] == sorted(days)[-12:]
    assert len(stay) <= 12 + 10 + 9
    assert len({(day.year, day.month) for day in stay}) == 9
    assert spared(stay) == set(stay)
    assert spared([]) == set()


def test_copies_that_are_too_many_are_removed(tmp_path: Path) -> None:
    path = tmp_path / "terms.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE a (b)")
    backups = Backups(path)
    coming = [TODAY + timedelta(days=number) for number in range(40)]
    (tmp_path / "backups").mkdir()
    own = tmp_path / "backups" / "terms моя.db"
    own.touch()
    with closing(sqlite3.connect(path)) as database:
        for day in coming:
            backups.back_up(database, day)
    assert set(backups.dates()) == spared(coming)
    assert own.exists()


def test_an_empty_file_in_the_place_of_a_full_one_is_told() -> None:
    store = term_store(paths.terms_file())
    store.add_terms([WATER])
    store.add_terms([BREAD])
    paths.terms_file().write_bytes(b"")
    for use in (store.terms, lambda: store.add_terms([WATER])):
        with pytest.raises(StorageError, match="database-emptied"):
            use()
    assert paths.terms_file().stat().st_size == 0
    assert main(["glossary", "restore"]) == 0
    assert store.terms() == [WATER]


def test_a_file_that_was_never_full_is_filled() -> None:
    paths.terms_file().parent.mkdir(parents=True, exist_ok=True)
    paths.terms_file().write_bytes(b"")
    store = term_store(paths.terms_file())
    store.add_terms([WATER])
    assert store.terms() == [WATER]


def test_a_damaged_file_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    store = term_store(paths.terms_file())
    store.add_terms([WATER])
    store.add_terms([BREAD])
    paths.terms_file().write_bytes(b"nonsense" * 1000)
    assert main(["glossary", "list"]) == 1
    assert "tolmach glossary restore" in capsys.readouterr().err
    assert main(["glossary", "restore", "--date", str(today())]) == 0
    assert "терминов 1" in capsys.readouterr().out
    (aside,) = paths.home().glob("terms.damaged*")
    assert aside.read_bytes() == b"nonsense" * 1000


def test_a_day_without_a_copy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        Backups(tmp_path / "terms.db").restore(TODAY)
    assert caught.value.params == {"name": "terms.db", "known": "–"}


@pytest.mark.log_warnings
def test_who_cannot_copy_goes_on(tmp_path: Path) -> None:
    store = term_store(paths.terms_file())
    store.add_terms([WATER])
    (paths.home() / "backups").write_bytes(b"a file in its place")
    assert store.add_terms([BREAD]) == 1
