"""Ctrl+C, SIGTERM and the end of a Windows session: one exception, and its exit code.

Rule: before a command runs there is nothing to keep and the process leaves at once; while one runs
`Interruption` is raised in the main thread, so that whoever holds work can write it down.
"""

import _thread
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
CLOSING_SECONDS = 4.5  # Windows ends the process five seconds after it told of the end
_ANSWERS: list[object] = []  # to Windows, which calls them as long as the process lives


class Interruption(KeyboardInterrupt):
    """The person, or the system, wants the program to end."""

    def __init__(self, number: int) -> None:
        """`number` is that of the signal."""
        super().__init__(number)
        self.exit_code = 128 + number


def leave_at_once() -> None:
    """From now on a signal ends the process without a word, with its exit code."""
    for number in _SIGNALS:
        signal.signal(number, lambda number, frame: os._exit(128 + number))


@contextmanager
def raised() -> Iterator[None]:
    """Raise Interruption inside; the handlers that were there return afterwards.

    Only the main thread can; another one leaves everything as it is.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = {number: signal.signal(number, _interrupt) for number in _SIGNALS}
    ended = threading.Event()
    if sys.platform == "win32":
        _await_console(ended)
    try:
        yield
    finally:
        ended.set()
        for number, handler in former.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Interruption(number)


def _await_console(ended: threading.Event) -> None:
    """Have the window's cross, logging off and shutting down wait for what is written meanwhile."""
    if sys.platform == "win32":

        @ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)
        def answer(event: int) -> int:
            if event not in (2, 5, 6):  # CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT
                return 0
            _thread.interrupt_main(signal.SIGTERM)
            ended.wait(CLOSING_SECONDS)
            return 1

        _ANSWERS.append(answer)
        ctypes.windll.kernel32.SetConsoleCtrlHandler(answer, 1)
