"""A terminal whose last line is written anew: for what changes while one looks at it."""

import shutil
import sys
from collections.abc import Sequence
from time import monotonic
from typing import TextIO

from tolmach.core.errors import AppError
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence


class Screen:
    """Lines that stay, and under them one that does not."""

    def __init__(self, stream: TextIO) -> None:
        """`stream` is a terminal."""
        self._stream = stream
        self._drafted = False

    def line(self, text: str) -> None:
        """Write a line that stays, in place of the draft."""
        self.draft("")
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def draft(self, text: str) -> None:
        """Show this as the last line, as much of its end as fits, until something else comes."""
        if text or self._drafted:
            room = shutil.get_terminal_size().columns - 1  # a full line would scroll
            line = text if len(text) <= room else f"…{text[len(text) - room + 1 :]}"
            # Spaces rather than an escape sequence: old Windows consoles would print that.
            self._stream.write(f"\r{' ' * room}\r{line}")
            self._stream.flush()
        self._drafted = bool(text)


def print_remarks(remarks: Sequence[AppError]) -> int:
    """Print what a person should know of a file that was read; the exit code: 1 if there is any."""
    for remark in remarks:
        print(sentence(remark.code, remark.params))
    return 1 if remarks else 0


def show_progress(text: str = "") -> None:
    """Show on a terminal how far it is, in place of what was shown before; no text ends the line.

    To standard error, and nothing where that is no terminal.
    """
    if sys.stderr.isatty():
        room = shutil.get_terminal_size().columns - 1  # a full line would scroll
        line = text if len(text) <= room else f"{text[: room - 1]}…"
        print(f"\r{line:{room}}" if text else "\n", end="", file=sys.stderr, flush=True)


class Estimate:
    """How long something still takes, at its speed since this was made."""

    def __init__(self) -> None:
        self._begin = monotonic()

    def show(self, fraction: float, text: str) -> None:
        """Show on a terminal how far it is, 0..1, how long it still takes, and of what."""
        seconds = monotonic() - self._begin
        remaining = ""
        if fraction > 0 and seconds > 1:  # before that nobody can tell
            minutes, rest = divmod(round(seconds / fraction * (1 - fraction)), 60)
            remaining = translate("cli", "осталось {time}", time=f"{minutes}:{rest:02}")
        show_progress("  ".join(filter(None, (f"{fraction:5.0%}", remaining, text))))
