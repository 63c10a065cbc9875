"""What the person must be told just now: a short list that the window shows above the cards.

A notice is a code and parameters, as an error is; the same code never stands there twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

GOOD_NEWS_MS = 8_000  # then it goes by itself
FADING = frozenset({"microphone-restored", "still-writing"})


class Gravity(Enum):
    """How grave a notice is."""

    INFO = auto()
    WARNING = auto()  # work goes on
    ERROR = auto()  # work stopped


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell."""

    code: str  # known to messages/table.py
    params: Mapping[str, str] = field(default_factory=dict)
    gravity: Gravity = Gravity.ERROR


class Notices(QObject):
    """The notices that stand now, oldest first."""

    changed = Signal()
    arrived = Signal(str, object)  # code and params: `show`, for any thread

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self.show, Qt.ConnectionType.QueuedConnection)
        self._standing: dict[str, Notice] = {}

    @property
    def standing(self) -> list[Notice]:
        """What the window shows."""
        return list(self._standing.values())

    def show(
        self, code: str, params: Mapping[str, str] | None = None, gravity: Gravity = Gravity.ERROR
    ) -> None:
        """Add a notice, or bring the one with this code up to date."""
        notice = Notice(code, dict(params or {}), gravity)
        before, self._standing[code] = self._standing.get(code), notice
        if before != notice:
            self.changed.emit()
        if code in FADING:
            QTimer.singleShot(GOOD_NEWS_MS, self, partial(self._fade, notice))

    def withdraw(self, *codes: str) -> None:
        """Remove the notices with these codes, where they stand."""
        withdrawn = [self._standing.pop(code, None) for code in codes]
        if any(withdrawn):
            self.changed.emit()

    def withdraw_errors(self) -> None:
        """A new beginning: what stopped the last attempt says nothing about this one."""
        self.withdraw(*(n.code for n in self.standing if n.gravity is Gravity.ERROR))

    def _fade(self, notice: Notice) -> None:
        if self._standing.get(notice.code) is notice:  # not a newer one of the same code
            self.withdraw(notice.code)


def duration(seconds: float) -> str:
    """Return seconds as 0:07, 12:41 or 1:02:03."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"
