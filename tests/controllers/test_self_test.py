"""The self-test as the window runs it: lines as they come, and a process that does as it likes."""

import json
import sys
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tolmach.controllers.self_test import CheckedLine, SelfTest
from tolmach.core import bundle

BEGUN = {
    "event": "begun",
    "checks": [{"name": "one", "title": "Первая"}, {"name": "two", "title": "Вторая"}],
}
FIRST = {"event": "check", "name": "one", "title": "Первая", "status": "ok", "detail": "да"}
Make = Callable[..., SelfTest]


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Make]:
    """Return what makes a self-test of a program that prints these events and goes on so."""
    tests: list[SelfTest] = []

    def make_test(*events: object, ending: str = "") -> SelfTest:
        lines = [json.dumps(event, ensure_ascii=False) for event in events]
        program = (
            "import os, sys, time; sys.stdout.reconfigure(encoding='utf-8')\n"
            f"for line in {lines!r}: print(line, flush=True)\n{ending}"
        )
        monkeypatch.setattr(bundle, "command", lambda *arguments: [sys.executable, "-c", program])
        tests.append(SelfTest())
        return tests[-1]

    yield make_test
    for test in tests:
        test.stop()


def run(test: SelfTest, qtbot: QtBot) -> None:
    test.start("ru")
    assert test.running
    qtbot.waitUntil(lambda: not test.running, timeout=20_000)


def test_the_real_one(qtbot: QtBot) -> None:
    test = SelfTest(("self-test", "--json", "font", "rate"))
    run(test, qtbot)
    assert test.passed is True
    assert test.lines == [
        CheckedLine("Шрифт", "ok", "Noto Sans"),
        CheckedLine("Частота звука", "ok", "48000 → 16000 Гц"),
    ]
    assert test.message.startswith("Программа работает.")
    assert test.report().splitlines()[1] == "ok\tШрифт: Noto Sans"


def test_it_speaks_the_language_of_the_window(qtbot: QtBot) -> None:
    test = SelfTest(("self-test", "--json", "rate"))
    test.start("en")
    qtbot.waitUntil(lambda: not test.running, timeout=20_000)
    assert test.lines == [CheckedLine("Sample rate", "ok", "48000 → 16000 Hz")]


def test_lines_come_one_by_one(make: Make, qtbot: QtBot) -> None:
    test = make(BEGUN, FIRST, ending="time.sleep(60)")
    test.start("ru")
    qtbot.waitUntil(lambda: len(test.lines) == 1, timeout=20_000)
    assert test.running
    assert test.next_title == "Вторая"
    test.start("ru")  # a second press begins no second run
    assert len(test.lines) == 1


@pytest.mark.parametrize("ending", ["os.abort()", "sys.exit(3)", ""])
def test_a_process_that_dies_failed_at_what_it_had_begun(
    make: Make, qtbot: QtBot, ending: str
) -> None:
    test = make(BEGUN, FIRST, ending=ending)
    run(test, qtbot)
    assert test.passed is False
    assert test.lines == [CheckedLine("Первая", "ok", "да"), CheckedLine("Вторая", "died")]


def test_a_program_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(bundle, "command", lambda *arguments: ["/нет/такой/программы"])
    test = SelfTest()
    test.start("ru")
    qtbot.waitUntil(lambda: not test.running, timeout=20_000)
    assert (test.passed, test.lines) == (False, [CheckedLine("", "died")])


def test_what_is_no_line_of_ours_is_left_out(make: Make, qtbot: QtBot) -> None:
    last = {"event": "finished", "ok": True, "message": "Да."}
    strange: tuple[object, ...] = (
        "слово",
        7,
        [],
        {},
        {"event": "check"},
        {"event": "begun", "checks": [3, {}]},
    )
    test = make(BEGUN, *strange, FIRST, last, ending="print('{', flush=True)")
    run(test, qtbot)
    assert (test.passed, test.message) == (True, "Да.")
    assert test.lines == [CheckedLine("Первая", "ok", "да")]


def test_stopped_it_says_nothing_of_the_program(make: Make, qtbot: QtBot) -> None:
    test = make(BEGUN, FIRST, ending="time.sleep(60)")
    test.start("ru")
    qtbot.waitUntil(lambda: bool(test.lines), timeout=20_000)
    test.stop()
    assert (test.running, test.passed, len(test.lines)) == (False, None, 1)
    test.dismiss()
    assert test.lines == []
