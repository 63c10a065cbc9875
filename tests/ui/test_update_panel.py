"""The buttons about newer versions: what stands there before anything is opened, and after it."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Stage
from tests.updates.https_server import Site, certificate, served
from tests.updates.making import OLDER, PAYLOAD, described, public_pem, publish
from tolmach.controllers.update_search import Step, UpdateSearch
from tolmach.core import paths
from tolmach.messages.table import sentence
from tolmach.ui import translation
from tolmach.ui.update_panel import UpdatePanel
from tolmach.ui.window import SETTINGS
from tolmach.updates import copies, release

NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="Windows starts an installer")
MakePanel = Callable[[str], UpdatePanel]


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    (tmp_path / "update-key.pub").write_bytes(public_pem(key))
    monkeypatch.setattr(paths, "update_key", lambda: tmp_path / "update-key.pub")
    return key


@pytest.fixture
def make_panel(qtbot: QtBot) -> Iterator[MakePanel]:
    translation.use("ru")
    panels: list[UpdatePanel] = []

    def make(address: str) -> UpdatePanel:
        panel = UpdatePanel(UpdateSearch(address))
        qtbot.addWidget(panel)
        panel.show()
        panels.append(panel)
        return panel

    yield make
    qtbot.waitUntil(lambda: not any(panel._search.running for panel in panels))


@pytest.fixture
def site(tmp_path: Path, key: Ed25519PrivateKey, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    public, secret = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with served(public, secret) as site:
        content = release.write(described())
        site.files = {
            "/latest.release.json": content,
            "/latest.release.json.sig": key.sign(content),
        }
        yield site


def buttons(panel: UpdatePanel) -> list[str]:
    return [b.text() for b in panel.findChildren(QPushButton) if b.isVisibleTo(panel)]


def wait(qtbot: QtBot, panel: UpdatePanel, step: Step) -> None:
    qtbot.waitUntil(lambda: panel._search.step is step)


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_build_without_a_key_says_so_and_offers_nothing(
    make_panel: MakePanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "update_key", lambda: tmp_path / "none")
    panel = make_panel("https://127.0.0.1/a")
    assert buttons(panel) == []
    assert "нет ключа" in panel._about.text()


def test_without_an_address_versions_come_as_files(
    make_panel: MakePanel, key: Ed25519PrivateKey
) -> None:
    panel = make_panel("")
    assert buttons(panel) == ["Из файла…"]
    assert "файлом" in panel._about.text()


def test_the_address_stands_there_before_it_is_opened(
    make_panel: MakePanel, site: Site, qtbot: QtBot
) -> None:
    address = site.address + "latest.release.json"
    panel = make_panel(address)
    assert buttons(panel) == ["Проверить…", "Из файла…"]
    click(qtbot, panel.check)
    assert address in panel.text.text()
    assert buttons(panel)[2:] == ["Спросить", "Отменить"]
    qtbot.wait(50)
    assert site.requests == []
    click(qtbot, panel.agree)
    wait(qtbot, panel, Step.ANSWERED)
    assert "9.0.0" in panel.text.text()
    assert panel.notes.text() == "- Слышит лучше."
    assert buttons(panel)[2:] == ["Скачать в браузере", "Убрать"]
    assert panel.download.toolTip().startswith(site.address)
    assert len(site.requests) == 2


def test_after_a_wrong_file_the_right_one_is_still_that_of_the_answer(
    make_panel: MakePanel, site: Site, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = make_panel(site.address + "latest.release.json")
    click(qtbot, panel.check)
    click(qtbot, panel.agree)
    wait(qtbot, panel, Step.ANSWERED)
    wrong = tmp_path / "wrong.exe"
    wrong.touch()
    panel.read(wrong)
    wait(qtbot, panel, Step.FAILED)
    right = tmp_path / described().files[0].name  # downloaded, with no description beside it
    right.write_bytes(PAYLOAD)
    panel.read(right)
    wait(qtbot, panel, Step.READY)


def test_who_says_no_asked_nobody(make_panel: MakePanel, site: Site, qtbot: QtBot) -> None:
    panel = make_panel(site.address + "latest.release.json")
    click(qtbot, panel.check)
    click(qtbot, panel.cancel)
    assert buttons(panel) == ["Проверить…", "Из файла…"]
    assert site.requests == []


def test_nobody_answers(make_panel: MakePanel, key: Ed25519PrivateKey, qtbot: QtBot) -> None:
    panel = make_panel("https://127.0.0.1:1/latest.release.json")
    click(qtbot, panel.check)
    click(qtbot, panel.agree)
    wait(qtbot, panel, Step.FAILED)
    assert "не ответил" in panel.text.text()
    assert buttons(panel)[2:] == ["Убрать"]


def test_an_answer_that_nobody_waits_for_is_dropped(
    make_panel: MakePanel, site: Site, qtbot: QtBot
) -> None:
    panel = make_panel(site.address + "latest.release.json")
    click(qtbot, panel.check)
    click(qtbot, panel.agree)
    click(qtbot, panel.cancel)
    qtbot.waitUntil(lambda: len(site.requests) == 2)
    qtbot.wait(50)
    assert panel._search.step is Step.IDLE


def test_a_thread_that_is_late_destroys_nothing(qtbot: QtBot) -> None:
    """The event loop may just then be giving it what the thread has emitted."""
    release_thread = threading.Event()
    search = UpdateSearch("https://127.0.0.1/latest.release.json")
    destroyed_on: list[int] = []
    search.destroyed.connect(
        lambda: destroyed_on.append(threading.get_ident()), Qt.ConnectionType.DirectConnection
    )
    search._find(Step.ANSWERED, release_thread.wait)
    del search
    release_thread.set()
    qtbot.waitUntil(lambda: all(thread.name != "update" for thread in threading.enumerate()))
    assert destroyed_on == []


def test_a_downloaded_file_is_checked_by_the_answer(
    make_panel: MakePanel, site: Site, qtbot: QtBot, key: Ed25519PrivateKey, tmp_path: Path
) -> None:
    panel = make_panel(site.address + "latest.release.json")
    click(qtbot, panel.check)
    click(qtbot, panel.agree)
    wait(qtbot, panel, Step.ANSWERED)
    download = panel._search.download
    assert download
    path = publish(tmp_path / "Загрузки", key).with_name(download[0].name)
    for description in path.parent.glob("*.release.json*"):
        description.unlink()
    panel.read(path)
    wait(qtbot, panel, Step.READY)


@pytest.mark.parametrize(("version", "gravity"), [("9.0.0", "INFO"), (OLDER, "WARNING")])
def test_a_file_from_a_stick_is_told_of_before_it_is_installed(
    make_panel: MakePanel, key: Ed25519PrivateKey, qtbot: QtBot, tmp_path: Path,
    version: str, gravity: str,
) -> None:  # fmt: skip
    panel = make_panel("")
    panel.read(publish(tmp_path / "stick", key, described(version)))
    wait(qtbot, panel, Step.READY)
    assert "Подпись верна" in panel.text.text()
    assert version in panel.text.text()
    assert buttons(panel)[1:] == ["Установить", "Убрать"]
    assert panel._strip.property("gravity") == gravity
    assert panel._strip.accessibleName() == panel.text.text()


def test_a_spoilt_file_is_a_sentence_and_cannot_be_installed(
    make_panel: MakePanel, key: Ed25519PrivateKey, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = make_panel("")
    path = publish(tmp_path / "stick", key)
    path.write_bytes(path.read_bytes() + b" ")
    panel.read(path)
    wait(qtbot, panel, Step.FAILED)
    assert "Подпись не подходит" in panel.text.text()
    assert buttons(panel)[1:] == ["Убрать"]


@NOT_WINDOWS
def test_a_package_is_shown_with_its_command(
    make_panel: MakePanel, key: Ed25519PrivateKey, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = make_panel("")
    description = publish(tmp_path / "stick", key, described(names=("tolmach.deb",)))
    panel.read(description)
    wait(qtbot, panel, Step.READY)
    assert panel.command.text().startswith("sudo apt install ")
    assert str(paths.updates()) in panel.command.text()
    assert buttons(panel)[1:] == ["Скопировать команду", "Показать в папке", "Убрать"]
    click(qtbot, panel.copy)
    assert QGuiApplication.clipboard().text() == panel.command.text()


@NOT_WINDOWS
def test_what_cannot_be_installed_leaves_the_former_version(
    make_panel: MakePanel, key: Ed25519PrivateKey, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = make_panel("")
    panel.read(publish(tmp_path / "stick", key))  # signed, and yet no archive
    wait(qtbot, panel, Step.READY)
    click(qtbot, panel.install)
    wait(qtbot, panel, Step.FAILED)
    assert "Прежняя версия осталась" in panel.text.text()


@NOT_WINDOWS
def test_a_copy_that_changed_after_all_is_not_started(
    make_panel: MakePanel, key: Ed25519PrivateKey, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = make_panel("")
    panel.read(publish(tmp_path / "stick", key))
    wait(qtbot, panel, Step.READY)
    (copy,) = paths.updates().glob("*/tolmach-*")
    copy.write_bytes(b"evil")
    click(qtbot, panel.install)
    wait(qtbot, panel, Step.FAILED)
    assert "скопирован не целиком" in panel.text.text()


def test_what_an_installed_update_left_is_removed(make_panel: MakePanel, qtbot: QtBot) -> None:
    copies.make()  # by a process that became this one
    make_panel("")
    qtbot.waitUntil(lambda: not paths.updates().exists())


@pytest.fixture
def failed_installation() -> None:
    """The window that opens after an update that was not installed."""
    paths.logs().mkdir(parents=True, exist_ok=True)
    (paths.logs() / "update.log.failed").write_text("Не хватает места\n", encoding="utf-8")


@pytest.mark.usefixtures("failed_installation")
def test_an_installation_that_failed_is_told(stage: Stage) -> None:
    (notice,) = (n for n in stage.preferences.notices.standing if n.code == "update-not-installed")
    assert "Не хватает места" in sentence(notice.code, notice.params)


def test_a_copy_that_nobody_waits_for_is_removed(
    make_panel: MakePanel, key: Ed25519PrivateKey, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = make_panel("")
    panel.read(publish(tmp_path / "stick", key))
    click(qtbot, panel.cancel)

    def copies_in_use() -> bool:
        reading = any(thread.name == "update" for thread in threading.enumerate())
        return reading or bool(list(paths.updates().glob("*/*")))

    qtbot.waitUntil(lambda: not copies_in_use())
    assert panel._search.step is Step.IDLE


def test_the_settings_have_them(stage: Stage) -> None:
    stage.window.open(SETTINGS)
    panel = stage.window.settings_page.updates
    assert panel.isVisibleTo(stage.window)
    assert panel._title.text() == "Новая версия"
