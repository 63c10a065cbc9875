"""The real window with sessions that the test plays."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes import FakeLibrary, FakeSession, FakeSessions, FakeTextQuestions, installed_packs
from tolmach.controllers.conversation.conversation import Conversation
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text.document_job import TranslateDocument
from tolmach.core.settings import Settings
from tolmach.packs.installed import InstalledPacks
from tolmach.sessions.updates import State
from tolmach.ui.application import build_window
from tolmach.ui.conversation.card import CardWidget
from tolmach.ui.widgets.words import Words
from tolmach.ui.window import MainWindow


def labels(widget: QWidget) -> list[str]:
    """Return the texts that can be seen in a widget."""
    return [
        label.words if isinstance(label, Words) else label.text()
        for label in widget.findChildren(QLabel)
        if label.isVisible()
    ]


@dataclass
class Stage:
    """The window and the strings to pull."""

    window: MainWindow
    conversation: Conversation
    sessions: FakeSessions
    preferences: Preferences
    asking: FakeTextQuestions
    library: FakeLibrary
    qtbot: QtBot
    saved: list[Settings] = field(default_factory=list)

    @property
    def session(self) -> FakeSession:
        """The session that runs."""
        return self.sessions.newest

    @property
    def cards(self) -> list[CardWidget]:
        """The cards in view."""
        return self.window.conversation_page.column.visible_cards

    @property
    def listening(self) -> bool:
        """Whether the person may speak."""
        return self.conversation.state is State.LISTENING

    def press(self, key: Qt.Key) -> None:
        """Press a key wherever the focus is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key)

    def listen(self) -> None:
        """Start and wait until it listens."""
        self.conversation.start()
        self.wait(lambda: self.conversation.state is State.LISTENING)

    def say(self, *texts: str) -> None:
        """Have these recognised and translated."""
        rows = self.conversation.cards.rowCount()
        for number, text in enumerate(texts, rows):
            self.session.recognized(number, text)
            self.session.translated(number, text.upper())
        self.wait(lambda: self.conversation.cards.rowCount() == rows + len(texts))
        self.qtbot.wait(20)  # the layout settles

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until the condition holds."""
        self.qtbot.waitUntil(condition)

    def wait_for(self, look: Callable[[], object], expected: object) -> None:
        """Wait until a look sees what is expected; else say what it sees."""

        def check() -> None:
            assert look() == expected

        self.qtbot.waitUntil(check)


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> Iterator[QApplication]:
    """Have Qt running before anything asks it for a font: it aborts the process otherwise.

    A window that one test left would take the activity, and the keyboard, of the next one's.
    """
    yield qapp
    for window in QApplication.topLevelWidgets():
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


@pytest.fixture
def settings() -> Settings:
    return Settings(left_language="ru", right_language="ba")


@pytest.fixture
def able() -> InstalledPacks:
    """What is installed on this computer."""
    return installed_packs()


@pytest.fixture
def translate_document() -> TranslateDocument | None:
    """What translates documents, None for what the program does."""
    return None


@pytest.fixture
def stage(
    qapp: QApplication,
    qtbot: QtBot,
    settings: Settings,
    able: InstalledPacks,
    translate_document: TranslateDocument | None,
) -> Iterator[Stage]:
    sessions, asking = FakeSessions(), FakeTextQuestions()
    saved: list[Settings] = []
    preferences = Preferences(settings, saved.append, Notices())
    library = FakeLibrary(able)
    window = build_window(qapp, sessions, lambda: ["Гарнитура"], preferences, library, asking)
    if translate_document:
        window._workspace.document.translate = translate_document
    with qtbot.waitActive(window):  # inactive, it has no focus to give and no activity to lose
        window.show()
        window.activateWindow()
    yield Stage(window, window.conversation, sessions, preferences, asking, library, qtbot, saved)
    window.close()
    window.deleteLater()
    qtbot.wait(1)
