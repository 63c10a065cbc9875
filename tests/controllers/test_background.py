"""Background work: in order, until it is finished, and on few threads."""

import ast
import threading
from pathlib import Path

import pytest

import tolmach
from tolmach.controllers.background import Background
from tolmach.core.errors import StorageError


def test_jobs_are_done_in_order_and_failures_told() -> None:
    steps: list[object] = []
    work = Background("test")

    def fail() -> None:
        raise StorageError("disk-full", path="D:")

    work.submit(lambda: steps.append(1), lambda code, params: None)
    work.submit(fail, lambda code, params: steps.append((code, params)))
    work.submit(lambda: steps.append(2), lambda code, params: None)
    assert work.finish(5.0)
    assert steps == [1, ("disk-full", {"path": "D:"}), 2]
    assert work.finish(5.0)  # who shares it may finish it, too


def test_the_owner_of_a_job_is_destroyed_by_the_thread_that_submits() -> None:
    """Objects of Qt belong to the window's thread, which may be telling them something."""
    destroyers: list[threading.Thread] = []

    class Owner:
        def __del__(self) -> None:
            destroyers.append(threading.current_thread())

        def work(self) -> None:
            begun.set()
            release.wait(5.0)

    begun, release, over = threading.Event(), threading.Event(), threading.Event()
    work, owner = Background("test"), Owner()
    work.submit(owner.work, lambda code, params: None)
    assert begun.wait(5.0)
    del owner
    work.submit(over.set, lambda code, params: None)
    release.set()
    assert over.wait(5.0)
    assert destroyers == []
    assert work.finish(5.0)
    assert destroyers == [threading.current_thread()]


def _divide() -> None:
    raise ZeroDivisionError


@pytest.mark.log_warnings
def test_a_defect_is_told_and_the_next_job_is_done() -> None:
    codes: list[str] = []
    work = Background("test")
    work.submit(_divide, lambda code, params: codes.append(code))
    work.submit(lambda: codes.append("next"), lambda code, params: None)
    assert work.finish(5.0)
    assert codes == ["unexpected", "next"]


def test_what_hangs_is_left() -> None:
    release = threading.Event()
    work = Background("test")

    def hang() -> None:
        release.wait(30)

    work.submit(hang, lambda code, params: None)
    assert not work.finish(0.05)
    release.set()
    assert work.finish(5.0)


def test_the_window_has_three_of_them_and_one_for_updates() -> None:
    names = [
        ast.literal_eval(node.args[0])
        for path in Path(tolmach.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Background"
    ]
    assert sorted(names) == ["devices", "long work", "questions", "update"]
