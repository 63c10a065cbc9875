"""Keeps the worker apart from the terminal in which the application runs."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
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
