"""The main window: a rail of sections, pages, the keys, and what is remembered of its place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QIcon,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QStackedWidget,
    QWidget,
)

from tolmach.controllers.conversation.card_review import CardReview
from tolmach.controllers.conversation.conversation import Conversation
from tolmach.controllers.library import LibraryWatch
from tolmach.controllers.notices import Gravity
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.preparation import Preparation
from tolmach.controllers.text.workspace import TextWorkspace
from tolmach.core import paths
from tolmach.core.settings import Settings
from tolmach.ui import translation
from tolmach.ui.conversation.page import ConversationPage
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.icons import pixmap
from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of
from tolmach.ui.look.theme import Theme
from tolmach.ui.messages import Action
from tolmach.ui.settings_page import SettingsPage
from tolmach.ui.shortcut_help import ShortcutHelp
from tolmach.ui.shortcuts import Scope, Shortcut, pressed, wire
from tolmach.ui.text.page import TextPage
from tolmach.ui.widgets.icon_widgets import IconButton
from tolmach.updates import installation

CONVERSATION, TEXT, SETTINGS = range(3)  # the pages, from the top of the rail
RAIL = 88  # px, at least
RAIL_EDGES = 33  # px beside its words
SMALLEST = (660, 372)  # a laptop of 1366 × 768 at 200 %, less the title and the taskbar
USUAL = (1040, 760)
LIBRARY_MS = 1000  # between two looks at the folders of models
_TALK = {Shortcut.TALK: 0, Shortcut.LEFT: 0, Shortcut.RIGHT: 1}  # whose button it presses


class MainWindow(Adaptive, QWidget):
    """The one window."""

    def __init__(
        self,
        conversation: Conversation,
        review: CardReview,
        preferences: Preferences,
        theme: Theme,
        library: LibraryWatch,
        workspace: TextWorkspace,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.conversation = conversation
        self._review = review
        self._preferences = preferences
        self._theme = theme
        self.conversation_page = ConversationPage(conversation, review, preferences)
        self._workspace = workspace
        self.text_page = TextPage(workspace, preferences)
        self._talk = self.conversation_page.controls.talk
        self.settings_page = SettingsPage(preferences, conversation)
        self.pages = QStackedWidget()
        self._sections = QButtonGroup(self)
        self.keys = ShortcutHelp(self)
        self._help = IconButton("keyboard", "rail", pixels=24)
        self._rail: list[IconButton] = []
        self._build()
        self._add_shortcuts()
        self.conversation_page.notice_bar.acted.connect(self._act)
        preferences.changed.connect(self._on_preferences)
        self.refresh()
        self._restore_place()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()  # on no button, so that Space starts
        self._library = library
        self._preparation = self._begin_preparation()
        self._tell_of_failed_update()
        library.changed.connect(self._on_library)
        timer = QTimer(self, interval=LIBRARY_MS, timerType=Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(library.look)
        timer.start()

    def refresh(self) -> None:
        """Speak the interface language."""
        self.setWindowTitle(self.tr("Tolmach — устный перевод без сети"))
        names = self.tr("Разговор"), self.tr("Текст"), self.tr("Настройки"), self.tr("Клавиши")
        for button, name in zip(self._rail, names, strict=True):
            button.setText(name)
            button.explain(name, Shortcut.HELP.keys if button is self._help else "")

    def _begin_preparation(self) -> Preparation | None:
        notices, library = self._preferences.notices, self._library.library
        if library.due:
            preparation = Preparation(library.make_due, notices, self._workspace.long_work)
            preparation.ready.connect(self._library.look, Qt.ConnectionType.QueuedConnection)
            return preparation
        if library.installed.starter:
            notices.show("starter-model", gravity=Gravity.INFO)
        return None

    def _tell_of_failed_update(self) -> None:
        if failure := installation.failure():
            self._preferences.notices.show(failure.code, failure.params)

    def _on_library(self) -> None:
        if not self._library.installed.starter:
            self._preferences.notices.withdraw("starter-model")

    def changeEvent(self, event: QEvent) -> None:
        """Let the talk button go when another window takes the keyboard."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._talk.release()  # the key will come up in another window

    def event(self, event: QEvent) -> bool:
        """Share the width anew when a page needs more of it, or less."""
        answer = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return answer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and the talk keys press a button; on a button Space never comes here."""
        shortcut = pressed(event, *_TALK)
        if shortcut is None or self.pages.currentIndex() == TEXT:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.open(CONVERSATION)
            self._talk.press(_TALK[shortcut])

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let the button go again."""
        if pressed(event, *_TALK, modified=True) is None:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._talk.release()

    def keep(self) -> None:
        """Write down what would be lost if the process ended now."""
        self._workspace.keep_draft()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the place and the text, and let the microphone go."""
        place = bytes(self.saveGeometry().toBase64().data()).decode()
        self._preferences.change(replace(self._preferences.settings, geometry=place))
        if self._preparation:
            self._preparation.close()
        self.settings_page.self_test.stop()
        self._workspace.close()
        self.conversation.close()
        self._review.close()
        super().closeEvent(event)

    def _build(self) -> None:
        rail = QFrame()
        rail.setObjectName("rail")
        rail.setMinimumWidth(RAIL)
        buttons = column_of(rail, margins=(8, 12, 8, 12))
        for number, (name, page) in enumerate(
            (
                ("conversation", self.conversation_page),
                ("text", self.text_page),
                ("settings", self.settings_page),
            )
        ):
            self.pages.addWidget(page)
            button = IconButton(name, "rail", pixels=24)
            button.setCheckable(True)
            self._rail.append(button)
            self._sections.addButton(button, number)
            if page is self.settings_page:
                buttons.addStretch()
            buttons.addWidget(button)
        buttons.addWidget(self._help)
        self._rail.append(self._help)
        self._help.clicked.connect(self.keys.show)
        self._sections.button(CONVERSATION).setChecked(True)
        self._sections.idClicked.connect(self.open)
        self.pages.setObjectName("pages")
        row_of(self, rail, (self.pages, 1), spacing=0, margins=NO_MARGINS)

    def _fit(self) -> None:
        """Leave the words of the rail out where the page needs their room."""
        words = max(
            button.fontMetrics().horizontalAdvance(f"  {button.text()}") for button in self._rail
        )
        room = self.width() - self.pages.minimumSizeHint().width()
        style = Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        if max(RAIL, words + RAIL_EDGES) > room:
            style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._rail:
            if button.toolButtonStyle() is not style:
                button.setToolButtonStyle(style)

    def _add_shortcuts(self) -> None:
        actions: dict[Shortcut, Callable[[], object]] = {
            Shortcut.SWAP: self._swap,
            Shortcut.WRITE: lambda: self.open(TEXT),
            Shortcut.BOTH_SPEAK: partial(self._preferences.let_speak, "auto"),
            Shortcut.LEFT_SPEAKS: partial(self._preferences.let_speak, "left"),
            Shortcut.RIGHT_SPEAKS: partial(self._preferences.let_speak, "right"),
            Shortcut.NEWEST: self.conversation_page.column.follow,
            Shortcut.HELP: self.keys.show,
        }
        wire(self, Scope.WINDOW, actions)

    def open(self, page: int) -> None:
        """Show a page: CONVERSATION, TEXT or SETTINGS."""
        previous = self.pages.currentIndex()
        self.pages.setCurrentIndex(page)
        self._sections.button(page).setChecked(True)
        if page == TEXT:
            self.text_page.begin()
        elif previous == TEXT:
            self.setFocus()  # on no button, so that Space starts

    def _swap(self) -> None:
        """Swap the languages of what is in view."""
        if self.pages.currentIndex() == TEXT:
            self._workspace.text.swap()
        else:
            self._preferences.swap()

    def _act(self, action: Action, params: Mapping[str, str]) -> None:
        if action is Action.START:
            self.conversation.start()
        elif action is Action.SETTINGS:
            self.open(SETTINGS)
        elif action is Action.LOGS:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.logs())))
        elif action is Action.SMALLER:
            self.conversation.take_smaller(params["smaller"])
        elif action is Action.RESUME:
            self.conversation.resume()

    def _on_preferences(self, previous: Settings) -> None:
        settings = self._preferences.settings
        if settings.theme != previous.theme:
            self._theme.use(settings.theme)
        if settings.font != previous.font:
            self._theme.use_font(settings.font)
            self.conversation_page.choose_font()
            self.text_page.choose_font()
        if settings.interface != previous.interface:
            translation.use(settings.interface)

    def _restore_place(self) -> None:
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        place = self._preferences.settings.geometry
        if place:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(place.encode())))


def window_icon() -> QIcon:
    """Return the program's icon."""
    result = QIcon()
    for pixels in (16, 24, 32, 48, 64, 128, 256):
        result.addPixmap(pixmap("tolmach", "", pixels))
    return result
