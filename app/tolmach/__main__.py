"""The composition root: decides between window and terminal, builds the objects, connects them.

Nothing heavy is imported at the top: the worker process imports this module too.
"""

import os
import sys
from typing import TYPE_CHECKING

from tolmach.core import interruption

if TYPE_CHECKING:
    from collections.abc import Callable

    from tolmach.controllers.conversation.conversation import MakeSession
    from tolmach.core.settings import Settings
    from tolmach.packs.library import ModelLibrary
    from tolmach.sessions.updates import Update
    from tolmach.worker.client import Client


def main() -> int:
    """Run the window, or the command named on the command line; return the exit code."""
    interruption.leave_at_once()  # before anything that takes time: Ctrl+C is no traceback
    import multiprocessing

    from tolmach.core import logs, streams

    streams.prepare()
    multiprocessing.freeze_support()  # first: a frozen worker must not become a second program
    logs.start(verbose=bool(os.environ.get("TOLMACH_VERBOSE")))
    if sys.argv[1:] == ["self-test", "--window"]:  # of cli/self_test/window.py, which knows no Qt
        return _look_at_window()
    if len(sys.argv) > 1:
        from tolmach.cli.main import main as run_command

        return run_command(sys.argv[1:])
    if not _display():
        from tolmach.cli.main import main as run_command
        from tolmach.messages.interface import translate

        sys.stdout.write(
            translate("cli", "Экрана нет: вместо окна — образец разговора в терминале.\n")
        )
        return run_command(["demo"])
    return _run_window()


def _run_window() -> int:
    from contextlib import closing

    from tolmach.audio import portaudio
    from tolmach.core import desktop_dialog, paths
    from tolmach.packs.library import ModelLibrary
    from tolmach.sessions.questions import TextQuestions
    from tolmach.worker.client import Client

    try:
        from tolmach.controllers.preferences import Preferences
        from tolmach.ui.application import run_window
    except ImportError as error:  # Qt needs libraries of the system that a bare one lacks
        sentence = _absent_library(str(error))
        sys.stderr.write(sentence)
        if not sys.stderr.isatty():
            desktop_dialog.show(sentence)
        return 1

    with closing(Client()) as client:
        client.start()  # the process is there by the time somebody presses the button
        library, preferences = ModelLibrary(), Preferences.kept_in(paths.settings_file())
        return run_window(
            session_maker(client, library),
            lambda: [device.name for device in portaudio.devices()],
            preferences,
            library,
            TextQuestions(client, lambda: library.installed.offered(preferences.settings)),
        )


def _look_at_window() -> int:
    """Open the window off screen, with nothing of the person's, and say in one line how it went."""
    import tempfile

    from tolmach.core.errors import AppError
    from tolmach.messages.interface import translate
    from tolmach.messages.table import sentence

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    failure: AppError
    try:
        with tempfile.TemporaryDirectory(prefix="tolmach-", ignore_cleanup_errors=True) as home:
            os.environ["TOLMACH_HOME"] = home
            count = str(_views())
    except ImportError as error:
        sys.stderr.write(_absent_library(str(error)))
        return 1
    except AppError as error:
        failure = error
    except OSError as error:  # the window reads its icons while it is built
        failure = AppError("program-file-missing", path=str(error.filename))
    else:
        sys.stdout.write(translate("cli", "просмотрено видов: {count}\n", count=count))
        return 0
    sys.stdout.write(f"{sentence(failure.code, failure.params)}\n")
    return 1


def _views() -> int:
    """Return how many views of the window were looked at; raises AppError, OSError, ImportError."""
    from contextlib import closing

    from PySide6.QtWidgets import QApplication

    from tolmach.controllers.preferences import Preferences
    from tolmach.core import paths
    from tolmach.packs import builtin
    from tolmach.packs.library import ModelLibrary
    from tolmach.sessions.questions import TextQuestions
    from tolmach.ui.application import build_window
    from tolmach.ui.self_test import look_at
    from tolmach.worker.client import Client

    builtin.refuse(paths.user_packs())
    library, preferences = ModelLibrary(), Preferences.kept_in(paths.settings_file())
    application = QApplication(sys.argv[:1])
    with closing(Client()) as client:
        asking = TextQuestions(client, lambda: library.installed.packs)
        make = session_maker(client, library)
        window = build_window(application, make, list, preferences, library, asking)
        return look_at(window, preferences)


def _absent_library(detail: str) -> str:
    from tolmach.core import bundle
    from tolmach.messages.interface import translate

    packages = "libglib2.0-0 libegl1 libxkbcommon-x11-0 libxcb-cursor0 libdbus-1-3"
    if bundle.folder():
        # What it does not bring; the others of these come along.
        packages = "libgl1 libegl1 libx11-xcb1 libfontconfig1"
    return translate(
        "cli",
        "Окно не открыть, не хватает системной библиотеки: {detail}\n"
        "Debian, Ubuntu: sudo apt install {packages}\n"
        "Команды терминала работают и без неё: tolmach --help\n",
        detail=detail,
        packages=packages,
    )


def session_maker(client: "Client", library: "ModelLibrary") -> "MakeSession":
    """Return what makes a session with the microphone from the settings of the moment."""
    from functools import partial

    from tolmach.audio.microphone import Microphone
    from tolmach.core import paths
    from tolmach.sessions.live import LiveSession
    from tolmach.sessions.plan import conversation

    def make(chosen: "Settings", listener: "Callable[[Update], None]") -> LiveSession:
        plan = conversation(library.installed.offered(chosen), chosen)
        microphone = partial(Microphone, chosen.microphone)
        return LiveSession(client, plan, microphone, listener, paths.recordings())

    return make


def _display() -> bool:
    """Whether a window can be shown. Qt aborts the process when it cannot, so we look first."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
