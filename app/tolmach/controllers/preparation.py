"""Makes the recognizer that is installed with the program while the window is open already."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject, Qt, Signal

from tolmach.controllers.background import Background
from tolmach.controllers.notices import Gravity, Notices
from tolmach.core.errors import Cancelled
from tolmach.packs.store import Progress

Prepare: TypeAlias = Callable[[Progress], None]  # takes a while, may raise AppError

NOTICE = "recognizer-preparing"
STEP = 5  # per cent between two looks at the notice


class Preparation(QObject):
    """One job, one notice."""

    ready = Signal()  # emitted in the GUI thread
    _advanced = Signal(int)
    _failed = Signal(str, object)

    def __init__(self, prepare: Prepare, notices: Notices, work: Background) -> None:
        """Begin."""
        super().__init__()
        self._notices = notices
        self._given_up = threading.Event()
        self._percent = 0
        queued = Qt.ConnectionType.QueuedConnection
        self._advanced.connect(self._show, queued)
        self._failed.connect(self._on_failed, queued)
        self.ready.connect(self._on_ready, queued)
        notices.show(NOTICE, {"percent": "0"}, Gravity.INFO)
        work.submit(partial(self._prepare, prepare), self._failed.emit)

    def close(self) -> None:
        """Give up what is not finished; nothing of it is left on the disk."""
        self._given_up.set()

    def _prepare(self, prepare: Prepare) -> None:
        prepare(self._advance)
        self.ready.emit()

    def _advance(self, size: int, total: int) -> None:
        if self._given_up.is_set():
            raise Cancelled
        percent = 100 * size // total
        if percent >= self._percent + STEP:
            self._percent = percent
            self._advanced.emit(percent)

    def _show(self, percent: int) -> None:
        if any(notice.code == NOTICE for notice in self._notices.standing):  # else it was closed
            self._notices.show(NOTICE, {"percent": str(percent)}, Gravity.INFO)

    def _on_ready(self) -> None:
        self._notices.withdraw(NOTICE)

    def _on_failed(self, code: str, params: dict[str, str]) -> None:
        self._notices.withdraw(NOTICE)
        if code != "cancelled":
            self._notices.show(code, params, Gravity.WARNING)
