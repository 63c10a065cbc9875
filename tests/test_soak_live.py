"""`make soak`: live sessions in real time that take minutes. Each prints what it measured."""

import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.live import models
from tests.live.streams import missing
from tolmach.audio.media import open_media
from tolmach.cli.listen import Playback
from tolmach.core import paths
from tolmach.core.samples import FRAME, SAMPLE_RATE, Samples, silence
from tolmach.core.settings import Settings
from tolmach.engines import table
from tolmach.packs import store
from tolmach.pipeline.endpointer import Endpointer
from tolmach.protocol.messages import Cut, Failed, Progress, Recognized
from tolmach.protocol.plan import Endpointing, Plan
from tolmach.sessions.live import LiveSession
from tolmach.sessions.plan import conversation
from tolmach.sessions.updates import Lag, State, StateChanged, Update
from tolmach.worker.client import Client

pytestmark = pytest.mark.soak

PAUSE = 30 * SAMPLE_RATE
ROUNDS = 24  # of speech and a pause: twenty minutes
MOST_GROWTH_MB = 5.0  # of the worker, from the fifth minute on


def sample() -> Samples:
    return np.concatenate(list(open_media(paths.resources() / "samples" / "conversation.flac")))


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("this system does not tell a process's memory")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


class Run:
    """A live session that is played a recording at the speed of speech and then stopped."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.updates: list[Update] = []
        self.client = Client()
        self._plan = plan
        self._folder = folder
        self._played, self._ended = threading.Event(), threading.Event()

    def play(self, blocks: Iterator[Samples]) -> None:
        """Return when everything said has been answered."""
        session = LiveSession(
            self.client,
            self._plan,
            lambda deliver, report: Playback(blocks, deliver, self._played),
            self._take,
            self._folder,
        )
        session.start()
        self._played.wait()
        session.stop()
        assert self._ended.wait(1200)
        session.close()

    def _take(self, update: Update) -> None:
        self.updates.append(update)
        if isinstance(update, StateChanged) and update.state in (State.IDLE, State.FAILED):
            self._ended.set()


def test_twenty_minutes_with_pauses_neither_lag_nor_grow(starter: Path, tmp_path: Path) -> None:
    plan = conversation(store.installed().packs, Settings())
    run = Run(plan, tmp_path)
    speech, memory = sample(), []

    def blocks() -> Iterator[Samples]:
        for _ in range(ROUNDS):
            yield speech
            yield silence(PAUSE)
            memory.append(resident_mb(run.client.pid or 0))
            lags.append([u.seconds for u in run.updates if isinstance(u, Lag)][-1])

    lags: list[float] = []
    run.play(blocks())
    run.client.close()
    texts = [u.text for u in run.updates if isinstance(u, Recognized)]
    each = len(texts) // ROUNDS
    sys.stdout.write(
        f"\n{ROUNDS} rounds: lag at the end of each pause {min(lags):.2f} to {max(lags):.2f} s, "
        f"worker {memory[5]:.0f} MB at minute 5, {memory[-1]:.0f} MB at the end, "
        f"{len(texts)} texts, {len(set(texts))} different\n"
    )
    assert not [u for u in run.updates if isinstance(u, Failed)]
    assert max(lags) < 1.0  # seconds of sound: in a pause everything has been heard
    assert memory[-1] - memory[5] < MOST_GROWTH_MB
    assert each >= 5
    assert len(texts) == each * ROUNDS


@pytest.mark.parametrize("context", ["dynamic", "full"])
def test_one_core_and_base_shape_drop_nothing(context: str, tmp_path: Path) -> None:
    if missing():
        pytest.skip(missing())
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("this system does not bind processes to cores")
    pack = models.pack(models.write(tmp_path / "base", models.BASE), models.BASE, context)
    plan = Plan(languages=("ru", "ba"), recognizers=(pack,), drafts=True)
    sound = np.concatenate([sample(), silence(8_000)] * 4)
    run = Run(plan, tmp_path)
    core = min(os.sched_getaffinity(0))
    run.client.start()
    os.sched_setaffinity(run.client.pid or 0, {core})
    os.sched_setaffinity(0, {core})
    run.play(iter([sound]))
    run.client.close()
    lags = [u.seconds for u in run.updates if isinstance(u, Lag)]
    cuts = [u for u in run.updates if isinstance(u, Cut)]
    recognized = [u for u in run.updates if isinstance(u, Recognized)]
    listened = max(u.examined for u in run.updates if isinstance(u, Progress))
    sys.stdout.write(
        f"\none core, base, {context}: {len(cuts)} utterances, lag {max(lags):.1f} s at most\n"
    )
    assert listened == len(sound)
    assert len(recognized) == len(cuts)
    assert all(u.text for u in recognized)
    inside = np.zeros(len(sound), dtype=bool)
    for cut in cuts:
        inside[cut.first : cut.last] = True
    for first, last in spoken(sound):
        assert inside[first:last].all()


def spoken(sound: Samples) -> Iterator[tuple[int, int]]:
    """Yield where speech is, as the VAD hears it without any recognizer beside it."""
    detector, endpointer = table.detector(), Endpointer(replace(Endpointing(), longest_ms=60_000))
    for first in range(0, len(sound) - FRAME + 1, FRAME):
        frame = sound[first : first + FRAME]
        utterance = endpointer.push(frame, detector.probability(frame))
        if utterance:
            yield utterance.first, utterance.first + utterance.spoken
    last = endpointer.finish()
    if last:
        yield last.first, last.first + last.spoken
