"""No process of ours outlives the one that started it, nor does it end before."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import psutil
import pytest

from tests.worker import misbehaving
from tolmach.worker import job
from tolmach.worker.spawning import Serve, spawned

PATIENCE = 10.0  # seconds
# Starts a process, tells which, and dies of whatever comes.
PARENT = """
import threading
from tests.worker import misbehaving
from tolmach.worker.spawning import spawned

if __name__ == "__main__":
    process, connection = spawned(getattr(misbehaving, {target!r}), "test")
    connection.recv_bytes()
    print(process.pid, flush=True)
    threading.Event().wait()
"""


def is_over(pid: int) -> bool:
    """Wait for the end of a process that is not a child of ours."""
    try:
        psutil.Process(pid).wait(PATIENCE)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True


@pytest.mark.parametrize("target", [misbehaving.serve_busy, misbehaving.serve_sleep])
def test_a_process_dies_with_a_killed_parent_whatever_it_is_doing(target: Serve) -> None:
    text = PARENT.format(target=target.__name__)
    with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        pid = int(run.stdout.readline())
        assert psutil.pid_exists(pid)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        over = is_over(pid)
    if not over:
        os.kill(pid, signal.SIGKILL)
    assert over


def test_a_process_lives_on_after_the_thread_that_asked_for_it() -> None:
    started: list[tuple[BaseProcess, Connection]] = []

    def start() -> None:
        process, connection = spawned(misbehaving.serve_echo, "test")
        echo(connection, b"the kernel knows whose end is its own")
        started.append((process, connection))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    ((process, connection),) = started
    echo(connection, b"after")
    time.sleep(0.2)  # a signal takes its time
    echo(connection, b"and later")
    process.kill()
    process.join()


def echo(connection: Connection, words: bytes) -> None:
    connection.send_bytes(words)
    assert connection.recv_bytes() == words


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the sizes of 64-bit systems")
def test_windows_is_handed_what_it_expects() -> None:
    assert ctypes.sizeof(job.BasicLimits) == 64
    assert ctypes.sizeof(job.ExtendedLimits) == 144
