"""The open window follows the folders of packs: nothing needs a restart."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests import tiny_models
from tests.fakes import FakeSessions, installed_packs, recognizer
from tests.packs.making import pack_folder
from tests.ui.conftest import Stage
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text import text as module
from tolmach.core.pack import Pack, PackFile
from tolmach.core.settings import Settings
from tolmach.packs import importer, manifest
from tolmach.packs.installed import InstalledPacks
from tolmach.packs.library import ModelLibrary
from tolmach.sessions.questions import TextQuestions
from tolmach.sessions.updates import State
from tolmach.ui import window as window_module
from tolmach.ui.application import build_window
from tolmach.ui.widgets.choice_button import ChoiceButton
from tolmach.ui.window import TEXT, MainWindow
from tolmach.worker.client import Client

CHECHEN = "Нохчийн мотт"
STARTER = installed_packs(recognizer("starter", "ru", "ba", starter=True), pairs=())


def choices(button: ChoiceButton) -> list[str]:
    """Return what a menu offers."""
    return [action.text() for action in button.menu().actions()]


def choose(button: ChoiceButton, text: str) -> None:
    next(action for action in button.menu().actions() if action.text() == text).trigger()


def codes(notices: Notices) -> list[str]:
    return [notice.code for notice in notices.standing]


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DEBOUNCE_MS", 20)
    monkeypatch.setattr(window_module, "LIBRARY_MS", 20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The person's packs, none of which can be read."""
    pack_folder(tmp_path / "модели" / "сломана")
    (tmp_path / "модели" / "сломана" / manifest.NAME).write_text("{")
    return tmp_path / "модели"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, folder: Path) -> Iterator[MainWindow]:
    """A window with a worker of its own."""
    client, library = Client(), ModelLibrary([folder])
    preferences = Preferences(
        Settings(text_source="ru", text_target="ba"), lambda settings: None, Notices()
    )
    asking = TextQuestions(client, lambda: library.installed.offered(preferences.settings))
    window = build_window(qapp, FakeSessions(), list, preferences, library, asking)
    window.show()
    qtbot.waitExposed(window)
    window.open(TEXT)
    yield window
    window.close()
    window.deleteLater()
    client.close()


def echo(folder: Path) -> Pack:
    """Write a pack that translates Russian into Chechen by saying it again after its token."""
    tiny_models.echo_translator(folder, add_source_eos=True)
    (folder / "source.spm").write_bytes(tiny_models.pieces())
    contents = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    files = tuple(
        PackFile(name, len(data), hashlib.sha256(data).hexdigest())
        for name, data in contents.items()
    )
    title = {"ru": "Эхо", "en": "Echo"}
    pack = Pack("echo", "1", "translator", "opus", folder, title, {"ce": "<2ba>"}, files=files)
    pack = replace(pack, pairs=(("ru", "ce"),))
    manifest.write(pack)
    return pack


def test_a_text_is_translated_by_a_pack_that_was_added(
    window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    page = window.text_page
    page.pair.source.insertPlainText("да")
    notices = page._workspace.text.notices
    assert codes(notices) == ["nothing-translates"]
    added = importer.add(echo(tmp_path / "эхо").folder, folder)
    qtbot.waitUntil(lambda: CHECHEN in choices(page.bar.target))
    assert codes(notices) == ["no-route"]
    choose(page.bar.target, CHECHEN)
    assert codes(notices) == []
    qtbot.waitUntil(lambda: page.pair.target.toPlainText() == "<2ba> да", timeout=30_000)
    shutil.rmtree(added.folder)
    qtbot.waitUntil(lambda: codes(notices) == ["nothing-translates"])
    assert page.pair.target.toPlainText() == "<2ba> да"  # what is translated stays
    page._workspace.text.choose("target", "ba")
    assert CHECHEN not in choices(page.bar.target)


@pytest.mark.log_warnings
def test_a_damaged_file_is_told_when_the_pack_is_loaded(
    window: MainWindow, qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    added = importer.add(echo(tmp_path / "эхо").folder, folder)
    (added.folder / "model.bin").write_bytes(b"short")
    qtbot.waitUntil(lambda: CHECHEN in choices(window.text_page.bar.target))
    choose(window.text_page.bar.target, CHECHEN)
    window.text_page.pair.source.insertPlainText("да")
    notices = window.text_page._workspace.text.notices
    qtbot.waitUntil(lambda: "model-damaged" in codes(notices), timeout=30_000)


@pytest.mark.parametrize("able", [STARTER], ids=["starter"])
def test_the_conversation_follows(stage: Stage) -> None:
    page, notices = stage.window.conversation_page, stage.preferences.notices
    assert "starter-model" in codes(notices)
    stage.listen()
    assert "text-only-both" in codes(notices)
    large = recognizer("полная", "ru", "ba", "kk")
    stage.library.installed = installed_packs(large, *STARTER.recognizers)
    stage.wait(lambda: "starter-model" not in codes(notices))
    assert choices(page.top.left_language) == ["Русский", "Башҡортса"]  # the session knows no other
    stage.conversation.stop()
    stage.wait(lambda: stage.conversation.state is State.PROCESSING)
    stage.session.drained()
    stage.wait(lambda: choices(page.top.left_language) == ["Русский", "Башҡортса", "Қазақ тілі"])
    assert "text-only-both" not in codes(notices)
    models = choices(stage.window.settings_page.choices["recognizer"])
    assert models == ["Лучшие из установленных", "Модель полная", "Модель starter"]
    stage.library.installed = STARTER
    stage.wait(lambda: choices(page.top.left_language) == ["Русский", "Башҡортса"])


def test_a_better_translator_translates_anew(stage: Stage) -> None:
    page = stage.window.text_page
    stage.window.open(TEXT)
    page.pair.source.insertPlainText("раз")
    stage.wait(lambda: page.pair.target.toPlainText() == "РАЗ")
    stage.asking.dictionary = {"раз": "бер"}
    packs = stage.library.installed.packs
    stage.library.installed = InstalledPacks((*packs, recognizer("ещё", "ru")))
    stage.qtbot.wait(100)
    assert page.pair.target.toPlainText() == "РАЗ"  # another recognizer translates nothing
    stage.library.installed = InstalledPacks(tuple(replace(pack, version="2") for pack in packs))
    stage.wait(lambda: page.pair.target.toPlainText() == "бер")
