"""A program without a terminal: nothing that it would write there may end it."""

import os
import re
import subprocess
import sys

import pytest

CLOSED = """
import os, sys
for number in range(3):
    os.close(number)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors are closed as on Unix")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["languages"], 0),
        (["packs", "verify", "none"], 2),
        (["translate", "--from", "ru", "--to", "ba", "--check", "Да."], 0),
        (["translate", "--from", "ru", "--to", "ba", "-"], 0),
        (["--pdf"], 2),
    ],
)
def test_commands_do_their_work_with_all_streams_closed(arguments: list[str], code: int) -> None:
    command = [sys.executable, "-c", CLOSED, "-m", "tolmach", *arguments]
    assert subprocess.run(command, timeout=100).returncode == code


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("arguments", [["self-test", "--window"], ["languages"]])
def test_letters_come_through_whatever_the_locale_is(arguments: list[str]) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii:strict"}
    command = [sys.executable, "-m", "tolmach", *arguments]
    process = subprocess.run(command, capture_output=True, env=environment, timeout=100)
    assert process.returncode == 0
    assert re.search("[а-я]{4}", process.stdout.decode("utf-8"))


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors are closed as on Unix")
def test_the_window_too(own_home: os.PathLike[str]) -> None:
    """It closes itself: a timer of Qt's own does, set before the program runs."""
    program = (
        "import sys; from PySide6.QtCore import QTimer; from tolmach import __main__ as program; "
        "from tolmach.ui.window import MainWindow; "
        "show = MainWindow.showEvent; "
        "MainWindow.showEvent = lambda w, e: (QTimer.singleShot(500, w.close), show(w, e))[1]; "
        "sys.argv = ['tolmach']; sys.exit(program.main() if sys.stdout is None else 9)"
    )
    command = [sys.executable, "-c", CLOSED, "-c", program]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    assert subprocess.run(command, env=environment, timeout=100).returncode == 0
