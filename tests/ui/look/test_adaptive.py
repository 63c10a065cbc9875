"""Widgets hear of another interface language and of another theme, by one way."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from pytestqt.qtbot import QtBot

from tolmach.ui import translation
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.theme import Theme

UI = Path(__file__).resolve().parents[3] / "app" / "tolmach" / "ui"


class Chameleon(Adaptive, QFrame):
    """Writes down what it hears of."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.changes: list[str] = []

    def refresh(self) -> None:
        self.changes.append("language")

    def recolour(self) -> None:
        self.changes.append("theme")


@pytest.fixture
def chameleon(qapp: QApplication) -> Iterator[Chameleon]:
    window = QWidget()
    chameleon = Chameleon(window)
    window.show()
    chameleon.changes.clear()
    yield chameleon
    window.close()


def test_a_widget_speaks_another_language(chameleon: Chameleon, qtbot: QtBot) -> None:
    try:
        translation.use("en")
        qtbot.waitUntil(lambda: "language" in chameleon.changes)
    finally:
        translation.use("ru")


def test_a_widget_takes_the_colours_of_another_theme(
    chameleon: Chameleon, qapp: QApplication, qtbot: QtBot
) -> None:
    theme = Theme(qapp)
    theme.use("light")
    chameleon.changes.clear()
    theme.use("dark")
    qtbot.waitUntil(lambda: "theme" in chameleon.changes)
    assert "language" not in chameleon.changes
    theme.use("light")


def test_other_changes_are_not_heard_of(chameleon: Chameleon, qapp: QApplication) -> None:
    qapp.sendEvent(chameleon, QEvent(QEvent.Type.EnabledChange))
    assert chameleon.changes == []


@pytest.mark.parametrize("module", sorted(UI.rglob("*.py")), ids=lambda path: path.stem)
def test_nobody_listens_for_the_language_or_the_theme_otherwise(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    events = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    listens = bool(events & {"LanguageChange", "PaletteChange"})
    assert listens == (module.name == "adaptive.py")
