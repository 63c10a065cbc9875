"""Opens the window and runs it. The composition root hands in everything that is not Qt."""

import atexit
import logging
import os
import signal
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from tolmach.controllers.background import Background
from tolmach.controllers.conversation.card_review import CardReview
from tolmach.controllers.conversation.conversation import (
    Conversation,
    ListMicrophones,
    MakeSession,
)
from tolmach.controllers.library import LibraryWatch
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text.workspace import TextWorkspace
from tolmach.packs.library import ModelLibrary
from tolmach.sessions.questions import TextQuestions
from tolmach.ui import translation
from tolmach.ui.look.theme import Theme
from tolmach.ui.window import MainWindow, window_icon

log = logging.getLogger(__name__)


def run_window(
    make_session: MakeSession,
    list_microphones: ListMicrophones,
    preferences: Preferences,
    library: ModelLibrary,
    asking: TextQuestions,
) -> int:
    """Show the window until it is closed; return the exit code.

    `make_session` and `list_microphones` are called on a background thread and may raise
    AppError.
    """
    application = QApplication(sys.argv[:1])
    catch_what_nobody_caught(preferences.notices)
    _quit_on_interrupt(application)
    window = build_window(application, make_session, list_microphones, preferences, library, asking)
    # The session ends, and Windows need not let the window close first; sound is on disk already.
    application.commitDataRequest.connect(lambda _: window.keep())
    window.show()
    log.info("the window is open")
    code = application.exec()
    if window.conversation.stuck:  # then PortAudio's own exit function hangs, too: skip it
        atexit.register(os._exit, code)
    return code


def build_window(
    application: QApplication,
    make_session: MakeSession,
    list_microphones: ListMicrophones,
    preferences: Preferences,
    library: ModelLibrary,
    asking: TextQuestions,
) -> MainWindow:
    """Return the window with its controllers, not shown yet."""
    application.setApplicationName("Tolmach")
    application.setDesktopFileName("tolmach")
    application.setWindowIcon(window_icon())
    theme = Theme(application)
    theme.use_font(preferences.settings.font)
    theme.use(preferences.settings.theme)
    translation.use(preferences.settings.interface)
    watch = LibraryWatch(library)
    conversation = Conversation(make_session, list_microphones, preferences, watch)
    questions, long_work = Background("questions"), Background("long work")
    review = CardReview(conversation.cards, asking, preferences, questions)
    workspace = TextWorkspace(preferences, watch, asking, questions, long_work)
    return MainWindow(conversation, review, preferences, theme, watch, workspace)


def catch_what_nobody_caught(notices: Notices) -> None:
    """A defect on any thread becomes a notice and a record in the log; the window stays."""

    def tell(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):  # Ctrl+C, where our handler does not stand
            QApplication.quit()
            return
        log.critical("nobody caught this", exc_info=(kind, error or kind(), trace))
        notices.arrived.emit("unexpected", {"detail": f"{kind.__name__}: {error}"})

    def tell_of_thread(failed: threading.ExceptHookArgs) -> None:
        if not issubclass(failed.exc_type, SystemExit):  # an ordinary way to end a thread
            tell(failed.exc_type, failed.exc_value, failed.exc_traceback)

    sys.excepthook = tell
    threading.excepthook = tell_of_thread


def _quit_on_interrupt(application: QApplication) -> None:
    """Ctrl+C in the terminal and SIGTERM close the window as its cross does.

    Python answers a signal only while it runs, and in Qt's loop it does not: a byte in a pipe
    wakes it. On Windows, where Qt watches no pipes, it answers at the next event instead.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: QTimer.singleShot(0, application.quit))
    if sys.platform != "win32":
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        bell = QSocketNotifier(reader, QSocketNotifier.Type.Read, application)
        bell.activated.connect(lambda: os.read(reader, 64))
