"""Starts the processes on the other side of a border, so that none of them outlives this one.

Linux kills such a process when the *thread* ends that started it; therefore one thread, which lives
as long as this process, starts them all. Windows has job objects (`job.py`). Elsewhere a thread of
the new process waits for the end of this one, which native code may hold up.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeAlias

from tolmach.core import allocation

Serve: TypeAlias = Callable[[Connection], None]

_starting = ThreadPoolExecutor(1, "process-starter")


def spawned(target: Serve, name: str) -> tuple[BaseProcess, Connection]:
    """Start a process that runs `target` with its end of a pipe; return it with the other end.

    Raises OSError when there is no memory or no process left.
    """
    context = multiprocessing.get_context("spawn")
    connection, far_end = context.Pipe()
    process = context.Process(target=_serve, args=(target, far_end), name=name, daemon=True)
    try:
        _starting.submit(_start, process).result()
    except OSError:
        connection.close()
        raise
    finally:
        far_end.close()  # so that the process's death closes the pipe
    return process, connection


def _start(process: BaseProcess) -> None:
    with allocation.for_new_process(), _deaf_to_interrupts():
        process.start()
    if sys.platform == "win32":
        from tolmach.worker.job import end_with_this_process

        end_with_this_process(process.sentinel)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start a process inside that never notices Ctrl+C: a terminal sends it to all at once.

    A mask is inherited; Windows has none, and the worker ignores the signal there once it runs.
    """
    if sys.platform == "win32":
        yield
        return
    # Started within, it would take SIGINT off the mask again.
    resource_tracker.ensure_running()
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _serve(target: Serve, connection: Connection) -> None:
    """Run in the new process."""
    parent = multiprocessing.parent_process()
    if sys.platform == "linux":
        from tolmach.pipeline import confinement

        confinement.die_with_parent()
        if parent and os.getppid() != parent.pid:
            os._exit(1)  # it died before the kernel knew
    elif sys.platform != "win32" and parent:
        threading.Thread(target=_outlive, args=(parent,), name="orphan-watch", daemon=True).start()
    target(connection)


def _outlive(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
