"""Feeds a worker from a recording on disk, on a thread of its own, no faster than it can listen."""

import threading
from collections.abc import Callable, Sequence

from tolmach.audio.recorder import Recorder
from tolmach.core.errors import AppError, Cancelled
from tolmach.core.samples import SAMPLE_RATE
from tolmach.worker.client import Client
from tolmach.worker.journal import Turn, turns_from

BLOCK = 10 * SAMPLE_RATE  # samples that are read at once
AHEAD = 60 * SAMPLE_RATE  # samples on their way to the worker: bounds memory and replays
TICK_SECONDS = 0.2  # a wait without end would not let Ctrl+C through on Windows


class Reading:
    """One passage of a recording, from a sample to the end."""

    def __init__(
        self,
        client: Client,
        session: str,
        recorder: Recorder,
        examined: Callable[[], int],
        fail: Callable[[AppError], None],
    ) -> None:
        """`examined` returns how far the worker is; `fail` is told that the file cannot be read."""
        self._client = client
        self._session = session
        self._recorder = recorder
        self._examined = examined
        self._fail = fail
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, turns: Sequence[Turn], first: int) -> None:
        """Begin at this sample of the session; `turns` say who spoke where."""
        self._thread = threading.Thread(
            target=self._run, args=(turns_from(turns, first), first), name="reading", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Read no more; nothing is fed any more when this returns."""
        self._stopped.set()
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self, turns: Sequence[Turn], first: int) -> None:
        try:
            for place, language in turns:
                self._feed(first, place)
                self._client.speak(self._session, language)
                first = max(first, place)
            self._feed(first, self._recorder.length)
        except Cancelled:
            return
        except AppError as error:
            self._fail(error)
        else:
            self._client.end(self._session)

    def _feed(self, first: int, last: int) -> None:
        for at in range(first, last, BLOCK):
            while at - self._examined() > AHEAD and not self._stopped.is_set():
                self._stopped.wait(TICK_SECONDS)
            if self._stopped.is_set():
                raise Cancelled
            samples = self._recorder.read(at, min(at + BLOCK, last))
            self._client.feed(self._session, samples)
