"""Sound at the speed of speech, whatever the listener does meanwhile.

Rule: a chunk exists when its last sample has been spoken, not before, counted from one moment;
so a slow listener finds chunks waiting, and no latency hides in a clock that waits for it.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from time import perf_counter

from tolmach.core.samples import SAMPLE_RATE, Samples

CHUNK = 0.05  # seconds, as a microphone brings (tests/audio/test_microphone.py)


class Replayed:
    """A stream in the microphone's place: a Source of LiveSession."""

    def __init__(self, sound: Samples, deliver: Callable[[Samples], None]) -> None:
        self.began = 0.0  # by perf_counter: when the first sample was spoken
        self.go = threading.Event()  # set when everybody is ready to listen
        self.finished = threading.Event()  # set after the last sample
        self._sound = sound
        self._deliver = deliver
        self._stopped = threading.Event()

    @property
    def elapsed(self) -> float:
        """Seconds of the stream that have been spoken, by the clock."""
        return perf_counter() - self.began

    def start(self) -> None:
        """Begin to speak at `go`."""
        threading.Thread(target=self._speak, name="replay", daemon=True).start()

    def stop(self) -> None:
        """Speak no further."""
        self._stopped.set()
        self.go.set()

    def _speak(self) -> None:
        self.go.wait()
        self.began = perf_counter()
        step = int(CHUNK * SAMPLE_RATE)
        for first in range(0, len(self._sound), step):
            chunk = self._sound[first : first + step]
            due = (first + len(chunk)) / SAMPLE_RATE
            if self._stopped.wait(max(0.0, due - self.elapsed)):
                return
            self._deliver(chunk)
        self.finished.set()


class Sound:
    """The chunks of a stream, for who asks for them one by one."""

    def __init__(self, sound: Samples) -> None:
        self._chunks: queue.SimpleQueue[Samples | None] = queue.SimpleQueue()
        self._source = Replayed(sound, self._chunks.put)

    @property
    def elapsed(self) -> float:
        """Seconds of the stream that have been spoken, by the clock."""
        return self._source.elapsed

    @property
    def waiting(self) -> bool:
        """Whether chunks wait to be heard."""
        return not self._chunks.empty()

    def __iter__(self) -> Iterator[Samples]:
        """Yield the chunks, each when it has been spoken; the clock starts here."""
        self._source.start()
        self._source.go.set()
        ending = threading.Thread(target=self._end, name="replay-end", daemon=True)
        ending.start()
        while (chunk := self._chunks.get()) is not None:
            yield chunk

    def _end(self) -> None:
        self._source.finished.wait()
        self._chunks.put(None)
