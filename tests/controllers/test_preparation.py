"""The notice while the recognizer is being made, and what comes of it."""

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tolmach.controllers.background import Background
from tolmach.controllers.notices import Gravity, Notices
from tolmach.controllers.preparation import NOTICE, STEP, Preparation
from tolmach.core.errors import Cancelled, PackError
from tolmach.packs.store import Progress


class Making:
    """A pack that is made when the test says so."""

    def __init__(self, error: PackError | None = None) -> None:
        self.go_on = threading.Semaphore(0)
        self.cancelled = threading.Event()
        self._error = error

    def __call__(self, progress: Progress) -> None:
        try:
            for count in range(0, 1001, 500):
                self.go_on.acquire()
                progress(count, 1000)
        except Cancelled:
            self.cancelled.set()
            raise
        if self._error:
            raise self._error


@pytest.fixture
def work() -> Iterator[Background]:
    work = Background("test")
    yield work
    work.finish(2.0)


def percents(notices: Notices) -> list[str]:
    return [notice.params["percent"] for notice in notices.standing if notice.code == NOTICE]


def test_the_notice_counts_and_goes(qtbot: QtBot, work: Background) -> None:
    making, notices = Making(), Notices()
    preparation = Preparation(making, notices, work)
    assert percents(notices) == ["0"]
    assert notices.standing[0].gravity is Gravity.INFO
    making.go_on.release(2)
    qtbot.waitUntil(lambda: percents(notices) == ["50"])
    with qtbot.waitSignal(preparation.ready):
        making.go_on.release()
    qtbot.waitUntil(lambda: not notices.standing)
    preparation.close()


def test_it_speaks_seldom(qtbot: QtBot, work: Background) -> None:
    notices_in_turn: list[list[str]] = []

    def quickly(progress: Progress) -> None:
        for count in range(10_001):
            progress(count, 10_000)

    notices = Notices()
    notices.changed.connect(lambda: notices_in_turn.append(percents(notices)))
    preparation = Preparation(quickly, notices, work)
    qtbot.waitUntil(lambda: not notices.standing)
    assert notices_in_turn == [[str(percent)] for percent in range(0, 101, STEP)] + [[]]
    preparation.close()


def test_a_notice_that_was_closed_stays_closed(qtbot: QtBot, work: Background) -> None:
    making, notices = Making(), Notices()
    preparation = Preparation(making, notices, work)
    notices.withdraw(NOTICE)
    notices_in_turn: list[list[str]] = []
    notices.changed.connect(lambda: notices_in_turn.append(percents(notices)))
    with qtbot.waitSignal(preparation.ready):
        making.go_on.release(3)
    assert notices_in_turn == []
    preparation.close()


def test_a_failure_is_told_once(qtbot: QtBot, work: Background) -> None:
    making, notices = Making(PackError("builtin-absent")), Notices()
    preparation = Preparation(making, notices, work)
    making.go_on.release(3)
    codes: Callable[[], list[str]] = lambda: [notice.code for notice in notices.standing]  # noqa: E731
    qtbot.waitUntil(lambda: codes() == ["builtin-absent"])
    assert notices.standing[0].gravity is Gravity.WARNING
    preparation.close()


def test_closing_gives_it_up(qtbot: QtBot, work: Background) -> None:
    making, notices = Making(), Notices()
    preparation = Preparation(making, notices, work)
    making.go_on.release(1)
    threading.Timer(0.1, making.go_on.release, (2,)).start()
    preparation.close()
    work.finish(2.0)
    assert making.cancelled.is_set()
    qtbot.waitUntil(lambda: not notices.standing)  # and nothing is said of it
