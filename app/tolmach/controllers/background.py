"""One thread that does what may take long, in order: opens a device, reads a disk.

It is a daemon thread, unlike those of ThreadPoolExecutor: a device that hangs for ever must not
keep the program from ending.

The window has three, so that nothing waits for what it has nothing to do with:

- devices (`Conversation`): a microphone that hangs must hold up nobody else;
- questions (cards, text, terms): the worker is asked and the disk is read, soon done and in order;
- long work (documents, the first recognizer): minutes perhaps, and who types may not wait for it.

Each step of an update has one of its own that ends with it: a server may keep it waiting.

Rule: what a job belongs to, objects of Qt mostly, is never destroyed on this thread. Jobs that are
over are let go by whoever submits the next one.
"""

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeAlias

from tolmach.core.errors import AppError

log = logging.getLogger(__name__)

Job: TypeAlias = Callable[[], object]
Fail: TypeAlias = Callable[[str, dict[str, str]], None]  # code and params of what a job raised


class Background:
    """Does jobs one after another."""

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[tuple[Job, Fail] | None] = SimpleQueue()
        self._over: list[tuple[Job, Fail]] = []
        self._handing_over = threading.Lock()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Job, fail: Fail) -> None:
        """Do the job after all others; `fail` is called on this thread if it raises."""
        self._let_go()
        self._jobs.put((job, fail))

    def finish(self, patience: float) -> bool:
        """Do what was submitted and end; return False if that takes longer than these seconds."""
        self._jobs.put(None)
        self._thread.join(patience)
        self._let_go()
        return not self._thread.is_alive()

    def _let_go(self) -> None:
        with self._handing_over:
            over, self._over = self._over, []
        over.clear()

    def _run(self) -> None:
        while work := self._jobs.get():
            _do(*work)
            with self._handing_over:
                self._over.append(work)
                del work


def _do(job: Job, fail: Fail) -> None:
    try:
        job()
    except AppError as error:
        fail(error.code, error.params)
    except Exception as error:
        log.exception("background work failed")
        fail("unexpected", {"detail": repr(error)})
