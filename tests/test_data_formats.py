"""A newer version's data: this version says so, leaves every byte alone, and works all the same."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.packs.making import tree
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text import draft
from tolmach.controllers.text.paragraphs import Paragraph
from tolmach.core import paths, settings
from tolmach.core.data_format import DATA_FORMAT, is_newer
from tolmach.core.errors import AppError
from tolmach.core.settings import Settings
from tolmach.history.terms import term_store
from tolmach.messages.table import sentence
from tolmach.packs import builtin, manifest, store
from tolmach.terms.glossary import Term
from tolmach.terms.store import SCHEMA

# The numbers of settings, draft, terms and manifests that a release's data format stands for. Who
# raises one of them raises DATA_FORMAT too and adds a line.
STANDS_FOR = {1: (1, 1, 1, 1)}
TERM = Term("ru", "ba", ("вода",), ("һыу",))


def newer_settings() -> Path:
    path = paths.settings_file()
    path.write_text('{"format": 2, "theme": {"name": "dark"}}\n', encoding="utf-8")
    return path


def newer_draft() -> Path:
    path = paths.draft_file()
    path.write_text('{"format": 2, "pages": [["Здравствуйте"]]}\n', encoding="utf-8")
    return path


def newer_terms() -> Path:
    path = paths.terms_file()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")  # as we would never leave it
        database.execute("CREATE TABLE meanings (word TEXT)")
        database.execute("INSERT INTO meanings VALUES ('вода')")
        database.execute(f"PRAGMA user_version = {len(SCHEMA) + 1}")
        database.commit()
    return path


def newer_pack() -> Path:
    pack = builtin.template()
    folder = paths.user_packs() / f"{pack.id}@{pack.version}"
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"of another kind")
    content = {**manifest.plain(pack), "format": manifest.FORMAT + 1, "kind": "interpreter"}
    (folder / manifest.NAME).write_text(json.dumps(content), encoding="utf-8")
    return folder / manifest.NAME


def save_settings() -> None:
    settings.save(Settings(theme="light"), paths.settings_file())


def load_draft() -> None:
    draft.load(paths.draft_file())


def keep_a_term() -> None:
    term_store(paths.terms_file()).add_terms([TERM])


def read_terms() -> None:
    term_store(paths.terms_file()).terms()


def make_the_pack() -> None:
    builtin.make(paths.user_packs(), lambda size, total: None)


def read_the_pack() -> None:
    manifest.read(paths.user_packs() / "whisper-base@1")


STORES: list[tuple[Callable[[], Path], Callable[[], None], str]] = [
    (newer_settings, save_settings, "settings-newer"),
    (newer_draft, load_draft, "draft-newer"),
    (newer_terms, keep_a_term, "database-newer"),
    (newer_terms, read_terms, "database-newer"),
    (newer_pack, make_the_pack, "builtin-newer"),
    (newer_pack, read_the_pack, "manifest-format"),
]


@pytest.mark.parametrize(("write", "use", "code"), STORES)
def test_what_is_newer_is_refused_with_a_sentence_and_stays(
    own_home: Path, write: Callable[[], Path], use: Callable[[], None], code: str
) -> None:
    path = write()
    before = tree(own_home)
    with pytest.raises(AppError) as raised:
        use()
    assert raised.value.code == code
    assert "верси" in sentence(code, raised.value.params)
    assert str(path) in raised.value.params.get("path", "") or code in (
        "builtin-newer",
        "manifest-format",
    )
    assert tree(own_home) == before


def test_newer_settings_leave_the_program_with_its_defaults(own_home: Path) -> None:
    newer_settings()
    before = tree(own_home)
    preferences = Preferences.kept_in(paths.settings_file())
    assert preferences.settings == Settings()
    assert [notice.code for notice in preferences.notices.standing] == ["settings-newer"]
    preferences.change(Settings(theme="dark"))
    assert preferences.settings.theme == "dark"  # for now
    assert tree(own_home) == before


@pytest.mark.log_warnings
@pytest.mark.parametrize("lines", [["Добрый день"], [""]])
def test_a_newer_draft_is_neither_replaced_nor_cleared(own_home: Path, lines: list[str]) -> None:
    newer_draft()
    before = tree(own_home)
    draft.save(paths.draft_file(), [Paragraph(line) for line in lines])
    assert tree(own_home) == before


def test_a_newer_pack_hides_no_other_and_is_not_made_again(own_home: Path) -> None:
    newer_pack()
    (own_home / ".whisper-base").unlink()
    installed = store.installed((paths.user_packs(), paths.bundled_packs()))
    assert [error.code for _, error in installed.broken] == ["manifest-format"]
    assert builtin.due(installed.packs, paths.user_packs()) == ()


def test_a_damaged_pack_of_our_own_is_still_made_again(own_home: Path) -> None:
    folder = newer_pack().parent
    shutil.copy(paths.builtin_manifests() / "whisper-base.json", folder / manifest.NAME)
    packs = store.installed((paths.user_packs(),)).packs
    assert builtin.due(packs, paths.user_packs()) == (builtin.ID,)


@pytest.mark.parametrize(
    ("content", "newer"),
    [
        ("{}", False),
        ('{"format": 1}', False),
        ('{"format": 2}', True),
        ('{"format": "2.0"}', True),
        ('{"format": true}', True),
        ("[]", False),
        ("{", False),
        ("[" * 50_000, False),
    ],
)
def test_a_file_without_a_number_is_of_the_first_format(
    tmp_path: Path, content: str, newer: bool
) -> None:
    (tmp_path / "file.json").write_text(content, encoding="utf-8")
    assert is_newer(tmp_path / "file.json", 1) is newer
    assert not is_newer(tmp_path / "none.json", 1)


def test_what_is_written_has_its_number() -> None:
    save_settings()
    draft.save(paths.draft_file(), [Paragraph("да")])
    for path in (paths.settings_file(), paths.draft_file()):
        assert json.loads(path.read_text(encoding="utf-8"))["format"] == 1
    assert settings.load(paths.settings_file()).theme == "light"
    assert draft.load(paths.draft_file()) == (["да"], {})


def test_the_programs_number_stands_for_those_of_its_stores() -> None:
    numbers = (settings.FORMAT, draft.FORMAT, len(SCHEMA), manifest.FORMAT)
    assert STANDS_FOR[DATA_FORMAT] == numbers
    assert max(STANDS_FOR) == DATA_FORMAT


def test_notices_begin_empty_where_nothing_is_newer() -> None:
    assert Preferences.kept_in(paths.settings_file()).notices.standing == Notices().standing == []
