"""The program around the window: what nobody caught, Ctrl+C, and an end that always comes."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import REPOSITORY
from tolmach.controllers.notices import Notices
from tolmach.ui.application import catch_what_nobody_caught

HANGING = """
import atexit, sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.fakes import FakeTextQuestions, FakeLibrary
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.controllers import conversation
from tolmach.core.settings import Settings
from tolmach.ui import application
from tolmach.ui.window import MainWindow

class Application(QApplication):
    def exec(self):
        QTimer.singleShot(0, start_and_close)
        return super().exec()

def start_and_close():
    [window] = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    window.conversation.start()
    window.close()

hang = threading.Event().wait
atexit.register(hang)  # as PortAudio's own does when a device is gone
conversation.PATIENCE = 0.1
application.QApplication = Application
preferences = Preferences(Settings(), lambda changed: None, Notices())
library, asking = FakeLibrary(), FakeTextQuestions()
code = application.run_window(lambda *_: hang(), list, preferences, library, asking)
sys.exit(code)
"""


@pytest.fixture
def notices(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Notices:
    """Notices of what nobody caught; the hooks are put back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    result = Notices()
    catch_what_nobody_caught(result)
    return result


@contextmanager
def running(*arguments: str) -> "Iterator[subprocess.Popen[str]]":
    """Run Python with the program at hand; whatever happens, nothing stays behind."""
    path = os.pathsep.join((str(REPOSITORY / "app"), os.environ.get("PYTHONPATH", "")))
    program = subprocess.Popen(
        [sys.executable, *arguments],
        env=os.environ | {"PYTHONPATH": path, "TOLMACH_VERBOSE": "1"},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield program
    finally:
        program.kill()
        program.communicate()


@pytest.mark.log_warnings
def test_a_defect_on_a_thread_is_a_record_and_a_notice(
    notices: Notices, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told_on: list[int] = []
    notices.changed.connect(lambda: told_on.append(threading.get_ident()))
    thread = threading.Thread(target=lambda: [].pop())
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(notices.standing) == 1)
    [notice] = notices.standing
    assert (notice.code, notice.params) == (
        "unexpected",
        {"detail": "IndexError: pop from empty list"},
    )
    assert told_on == [threading.get_ident()]
    assert "IndexError" in caplog.text


def test_a_thread_may_end_itself(notices: Notices, qtbot: QtBot) -> None:
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    qtbot.wait(1)
    assert notices.standing == []


def test_an_interrupt_is_no_notice_and_ends_the_program(
    notices: Notices, qapp: QApplication
) -> None:
    QTimer.singleShot(0, lambda: sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None))
    enough = QTimer(interval=10_000)  # or a failure would hang in Qt's loop
    enough.timeout.connect(lambda: qapp.exit(1))
    enough.start()
    assert qapp.exec() == 0
    enough.stop()
    assert notices.standing == []


@pytest.mark.skipif(sys.platform == "win32", reason="Qt watches no pipes on Windows")
@pytest.mark.timeout(120)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_properly(number: signal.Signals, own_home: Path) -> None:
    with running("-m", "tolmach") as program:
        assert program.stderr is not None
        assert any("the window is open" in line for line in program.stderr)
        program.send_signal(number)
        _, rest = program.communicate(timeout=60)
    assert program.returncode == 0, rest
    assert "Traceback" not in rest
    assert "geometry" in (own_home / "settings.json").read_text(encoding="utf-8")


@pytest.mark.timeout(120)
def test_a_device_that_hangs_does_not_keep_the_program_alive() -> None:
    with running("-c", HANGING) as program:
        _, errors = program.communicate(timeout=60)
    assert program.returncode == 0, errors
    assert "the microphone does not close" in errors
