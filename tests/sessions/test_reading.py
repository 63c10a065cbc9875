"""A recording is fed in order, with its turns in place, and no faster than it is heard."""

import queue
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tolmach.audio.recorder import Recorder
from tolmach.core.errors import AppError
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.sessions.reading import AHEAD, BLOCK, TICK_SECONDS, Reading
from tolmach.worker.client import Client

MINUTES = 5


class Listening(Client):
    """A client without a worker, whose ear a test moves on by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.commands: queue.SimpleQueue[tuple[str, object]] = queue.SimpleQueue()
        self.fed: list[Samples] = []
        self.examined = 0

    def feed(self, session: str, samples: Samples) -> None:
        self.fed.append(samples)
        self.commands.put(("feed", len(samples)))

    def speak(self, session: str, language: str) -> None:
        self.commands.put(("speak", language))

    def end(self, session: str) -> None:
        self.commands.put(("end", session))

    def next(self) -> tuple[str, object]:
        return self.commands.get(timeout=30)


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    with closing(Recorder(tmp_path / "запись.wav")) as recorder:
        for minute in range(MINUTES):
            recorder.write(np.full(60 * SAMPLE_RATE, minute / 100, dtype=np.float32))
        yield recorder


def reading(client: Listening, recorder: Recorder, failures: list[AppError]) -> Reading:
    return Reading(client, "s", recorder, lambda: client.examined, failures.append)


def test_no_more_than_a_minute_waits(recorder: Recorder) -> None:
    client = Listening()
    failures: list[AppError] = []
    first = client.examined = 30 * SAMPLE_RATE
    reading(client, recorder, failures).start([(0, "ru"), (90 * SAMPLE_RATE, "ba")], first)
    blocks = [("feed", BLOCK)] * (AHEAD // BLOCK)
    commands = [("speak", "ru"), *blocks, ("speak", "ba"), ("feed", BLOCK)]
    assert [client.next() for _ in commands] == commands
    with pytest.raises(queue.Empty):
        client.commands.get(timeout=3 * TICK_SECONDS)

    client.examined = recorder.length
    while client.next() != ("end", "s"):
        pass
    assert np.array_equal(np.concatenate(client.fed), recorder.read(first, recorder.length))
    assert failures == []


def test_nothing_is_fed_after_stop(recorder: Recorder) -> None:
    client = Listening()
    going = reading(client, recorder, [])
    going.start([], 0)
    client.next()
    going.stop()
    fed = len(client.fed)
    client.examined = 10 * AHEAD
    going.stop()
    assert len(client.fed) == fed < MINUTES * 6
    assert all(client.next()[0] == "feed" for _ in range(fed - 1))
    assert client.commands.empty()  # not even the end


def test_a_recording_that_cannot_be_read_is_told(recorder: Recorder) -> None:
    recorder.close()
    client = Listening()
    failures: queue.SimpleQueue[AppError] = queue.SimpleQueue()
    Reading(client, "s", recorder, lambda: 0, failures.put).start([], 0)
    assert failures.get(timeout=30).code == "not-readable"
    assert client.commands.empty()
