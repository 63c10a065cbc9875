"""The real program with somebody at its window, for test_no_network.py: `… SECONDS`.

Meanwhile a file is transcribed and a text translated on the command line. Prints "listening" when
somebody should speak, and at the end, as JSON, what stands in the window. Imports are in functions
because the worker imports this module too: it must not be given more than it usually has.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ParamSpec

if TYPE_CHECKING:
    from tolmach.ui.window import MainWindow

Arguments = ParamSpec("Arguments")
SAMPLE = "resources/samples/conversation.flac"
TYPED = "Хозяйка поставила самовар на крыльцо."
TRANSLATED = "Старый рыбак чинит сети."
COMMANDS = (
    ("transcribe", SAMPLE, "--to", "ba"),
    ("translate", TRANSLATED, "--from", "ru", "--to", "ba"),
)
STEP_MS = 50


def main() -> int:
    """Run the program until the window is closed; return its exit code, or a command's."""
    from tolmach.__main__ import main as program
    from tolmach.ui import application

    seconds = float(sys.argv.pop())
    application.build_window = attended(application.build_window, seconds)
    commands = [
        subprocess.Popen([sys.executable, "-m", "tolmach", *command]) for command in COMMANDS
    ]
    return program() or max(command.wait() for command in commands)


def attended(
    build: "Callable[Arguments, MainWindow]", seconds: float
) -> "Callable[Arguments, MainWindow]":
    """Return what builds the window and sends somebody to it."""
    from PySide6.QtCore import QTimer

    def build_attended(*args: Arguments.args, **kwargs: Arguments.kwargs) -> "MainWindow":
        window = build(*args, **kwargs)
        steps = attend(window, seconds)
        timer = QTimer(window, interval=STEP_MS)
        timer.timeout.connect(lambda: next(steps, None))
        timer.start()
        return window

    return build_attended


def attend(window: "MainWindow", seconds: float) -> Iterator[None]:
    """Listen so long, write a text meanwhile, and leave: a step at each `next`."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tolmach.sessions.updates import State
    from tolmach.ui.window import CONVERSATION, TEXT

    cards, pair = window.conversation.cards, window.text_page.pair
    yield from until(window.isVisible)
    QTest.keyClick(window, Qt.Key.Key_Space)
    yield from until(lambda: window.conversation.state is State.LISTENING)
    tell("listening")
    end = time.monotonic() + seconds
    yield from until(lambda: any(card.translated for card in cards.cards))
    window.open(TEXT)
    pair.source.setPlainText(TYPED)
    yield from until(lambda: bool(pair.target.toPlainText().strip()))
    window.open(CONVERSATION)
    yield from until(lambda: time.monotonic() > end)
    QTest.keyClick(window, Qt.Key.Key_Space)
    yield from until(lambda: window.conversation.state is State.IDLE)
    texts = [text for card in cards.cards for text in (card.spoken, card.translation)]
    tell(json.dumps([*texts, pair.target.toPlainText()]))
    window.close()


def tell(line: str) -> None:
    """Say something to the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def until(condition: Callable[[], bool]) -> Iterator[None]:
    """Wait a step, and more until the condition is true."""
    yield
    while not condition():
        yield


if __name__ == "__main__":
    sys.exit(main())
