"""What is its owner's alone. On Windows rights are not these; there is nothing to test there."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tolmach.audio.recorder import Recorder
from tolmach.controllers.text import draft
from tolmach.controllers.text.paragraphs import Paragraph
from tolmach.core import files, paths, settings
from tolmach.core.samples import silence
from tolmach.history.database import Database
from tolmach.history.terms import term_store
from tolmach.terms.glossary import Term
from tolmach.terms.store import SCHEMA

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def default_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("TOLMACH_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    return paths.home()


def test_new_folders_are_closed(tmp_path: Path) -> None:
    paths.own_folder(tmp_path / "one" / "two")
    assert rights(tmp_path / "one") == rights(tmp_path / "one" / "two") == 0o700


def test_the_home_of_an_earlier_version_is_closed(default_home: Path) -> None:
    default_home.mkdir(parents=True, mode=0o755)
    paths.own_folder(default_home)
    assert rights(default_home) == 0o700


def test_a_folder_that_the_person_named_stays_open_but_not_what_is_in_it(own_home: Path) -> None:
    own_home.chmod(0o755)
    paths.recordings().mkdir(mode=0o755)
    for folder in (paths.home(), paths.recordings()):
        paths.own_folder(folder)
    assert rights(own_home) == 0o755
    assert rights(paths.recordings()) == 0o700


def test_all_that_is_kept_is_closed_whatever_it_was_before(own_home: Path) -> None:
    files = [paths.settings_file(), paths.terms_file(), paths.draft_file()]
    (own_home / "recordings").mkdir()
    for path in files:
        path.touch(0o644)
    settings.save(settings.Settings(), paths.settings_file())
    term_store(paths.terms_file()).add_terms([Term("ru", "ba", ("дом",), ("өй",))])
    draft.save(paths.draft_file(), [Paragraph("Тайна.")])
    with closing(Recorder(paths.recordings() / "1.wav")) as recorder:
        recorder.write(silence(10))
    written = {path for path in own_home.rglob("*") if path.is_file()}
    written -= set(own_home.glob(".whisper-base*"))  # nothing of the person's is in them
    rights_of = {path.name: oct(rights(path)) for path in written}
    assert rights_of == dict.fromkeys(("settings.json", "terms.db", "draft.json", "1.wav"), "0o600")


def test_the_journal_of_the_terms_is_closed_too(own_home: Path) -> None:
    term_store(paths.terms_file()).add_terms([Term("ru", "ba", ("дом",), ("өй",))])
    with Database(paths.terms_file(), SCHEMA).writing() as database:
        database.execute("UPDATE terms SET note = 'тайна'")
        assert rights(own_home / "terms.db-journal") == 0o600


def test_what_is_exported_has_the_rights_of_any_other_document(tmp_path: Path) -> None:
    files.write(tmp_path / "перевод.txt", b"text")
    assert rights(tmp_path / "перевод.txt") == 0o644


def test_a_folder_that_is_not_ours_and_a_pipe_keep_their_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o644)
    paths.own_folder(tmp_path)
    paths.own_file(pipe)
    assert (rights(tmp_path), rights(pipe)) == (0o755, 0o644)
