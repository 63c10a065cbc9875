"""Opens the window and runs it. The composition root hands in everything that is not Qt."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtWidgets import QApplication

from tolmach.controllers.conversation import Conversation, ListMicrophones, MakeSession
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.core.settings import Settings
from tolmach.ui import translation
from tolmach.ui.theme import Theme
from tolmach.ui.window import MainWindow, Offer, window_icon

log = logging.getLogger(__name__)


def run_window(
    make_session: MakeSession,
    list_microphones: ListMicrophones,
    settings: Settings,
    save: Callable[[Settings], None],
    offer: Offer,
) -> int:
    """Show the window until it is closed; return the exit code.

    `make_session` and `list_microphones` are called on a background thread and may raise
    AppError; `save` may raise StorageError.
    """
    application = QApplication(sys.argv[:1])
    notices = Notices()
    _catch_what_nobody_caught(notices)
    window = build_window(
        application, make_session, list_microphones, Preferences(settings, save, notices), offer
    )
    window.show()
    return application.exec()


def build_window(
    application: QApplication,
    make_session: MakeSession,
    list_microphones: ListMicrophones,
    preferences: Preferences,
    offer: Offer,
) -> MainWindow:
    """Return the window with its controllers, not shown yet."""
    application.setApplicationName("Tolmach")
    application.setDesktopFileName("tolmach")
    application.setWindowIcon(window_icon())
    theme = Theme(application)
    theme.use(preferences.settings.theme)
    translation.use(preferences.settings.interface)
    conversation = Conversation(make_session, list_microphones, preferences)
    return MainWindow(conversation, preferences, theme, offer)


def _catch_what_nobody_caught(notices: Notices) -> None:
    """A defect becomes a notice and a record in the log; the window stays."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.critical("nobody caught this", exc_info=(kind, error, trace))
        notices.show("unexpected", {"detail": f"{kind.__name__}: {error}"})

    sys.excepthook = tell
