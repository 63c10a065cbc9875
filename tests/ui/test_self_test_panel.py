"""The button that checks the program: what a person sees meanwhile and afterwards."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Stage
from tolmach.controllers.self_test import CheckedLine, SelfTest
from tolmach.ui import translation
from tolmach.ui.self_test_panel import SelfTestPanel
from tolmach.ui.window import SETTINGS


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[SelfTestPanel]:
    translation.use("ru")
    test = SelfTest(("self-test", "--json", "font", "rate"))
    panel = SelfTestPanel(test)
    qtbot.addWidget(panel)
    panel.show()
    yield panel
    test.stop()


def test_it_says_what_it_will_do_before_it_does(panel: SelfTestPanel) -> None:
    assert panel.start.text() == "Проверить программу"
    assert "без сети" in panel._about.text()
    assert not panel._strip.isVisible()


def test_lines_appear_and_can_be_copied(panel: SelfTestPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    assert panel.start.text() == "Остановить проверку"
    assert panel.headline.text().startswith("Проверяю: ")
    assert not panel.copy.isVisible()
    qtbot.waitUntil(lambda: panel.start.text() == "Проверить программу", timeout=20_000)
    assert [row.text() for row in panel.rows] == [
        "Шрифт: Noto Sans",
        "Частота звука: 48000 → 16000 Гц",
    ]
    assert panel.rows[0].accessibleName() == "В порядке. Шрифт: Noto Sans"
    assert panel.headline.text().startswith("Программа работает.")
    assert panel._strip.accessibleName() == panel.headline.text()
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    assert "ok\tШрифт: Noto Sans" in QGuiApplication.clipboard().text()
    qtbot.mouseClick(panel.dismiss, Qt.MouseButton.LeftButton)
    assert not panel._strip.isVisible()


def test_the_same_button_stops_it(panel: SelfTestPanel, qtbot: QtBot) -> None:
    qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    assert panel.start.text() == "Проверить программу"
    assert not panel._self_test.running


@pytest.mark.parametrize(("status", "word"), [("failed", "Не работает"), ("warning", "Внимание")])
def test_what_is_wrong_is_not_told_by_colour_alone(
    panel: SelfTestPanel, status: str, word: str
) -> None:
    test = panel._self_test
    test.lines, test.passed = [CheckedLine("Шрифт", status, "Его нет.")], status != "failed"
    test.message = "Не прошло проверок: 1."
    test.changed.emit()
    assert panel.rows[0].accessibleName() == f"{word}. Шрифт: Его нет."
    assert panel._strip.property("gravity") == ("ERROR" if status == "failed" else "INFO")


def test_a_crash_is_told_in_words(panel: SelfTestPanel) -> None:
    test = panel._self_test
    test.lines, test.passed = [CheckedLine("Окно", "died")], False
    test.changed.emit()
    assert panel.rows[0].text() == "Окно: программа аварийно завершилась"
    assert panel.headline.text() == "Проверка оборвалась. Установите программу заново."


def test_it_speaks_english_when_the_window_does(panel: SelfTestPanel) -> None:
    translation.use("en")
    QCoreApplication.processEvents()
    assert panel.start.text() == "Check the program"
    translation.use("ru")


def test_the_window_takes_it_along_when_it_closes(stage: Stage, qtbot: QtBot) -> None:
    stage.window.open(SETTINGS)
    test = stage.window.settings_page.self_test
    test.start("ru")
    assert test.running
    stage.window.close()
    assert not test.running


def test_the_newest_line_is_in_view(stage: Stage, qtbot: QtBot) -> None:
    stage.window.resize(660, 372)
    stage.window.open(SETTINGS)
    page = stage.window.settings_page
    page.self_test.lines = [CheckedLine("Шрифт", "ok", "да")] * 30
    page.self_test.passed = True
    page.self_test.changed.emit()
    headline = page._self_test_panel.headline
    qtbot.waitUntil(lambda: not headline.visibleRegion().isEmpty())
