"""`make soak`: ten minutes of live conversation, and how much the memory grows in fifteen more.

Whisper base itself hears a reader (Debian package festvox-ru), once without a window and once in
the real one. Memory is what a process has written and nobody shares (Private_Dirty). Resident
memory counts pages of libraries and of model files, too, which the kernel takes and brings back as
it likes, and which are private (USS) only until another program loads the same library; Python's
own heap alone would not know of Qt and of CTranslate2. It is read in the pauses, when what was said
has been answered: the buffers of a decoder come and go.

What a conversation keeps is no leak, but counts here: what each card takes is told beside it.
"""

import os
import random
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests import voices
from tests.live.streams import trimmed
from tolmach.cli.listen import Playback
from tolmach.controllers.conversation.cards import CardList
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.core import paths
from tolmach.core.pack import Pack
from tolmach.core.samples import FRAME, SAMPLE_RATE, Samples, seconds, silence
from tolmach.core.settings import Settings
from tolmach.packs.library import ModelLibrary
from tolmach.protocol.messages import Cut, Failed, Progress, Recognized, Translated, WorkerLost
from tolmach.sessions.live import LiveSession
from tolmach.sessions.plan import conversation
from tolmach.sessions.questions import TextQuestions
from tolmach.sessions.updates import State, StateChanged, Update
from tolmach.ui.application import build_window
from tolmach.worker.client import Client

pytestmark = pytest.mark.soak

MINUTES = 25
WARM_MINUTES = 10  # arenas, caches, fonts and the column of widgets have their size by then
PAUSES = (1.6, 3.0)  # seconds between two sentences; at the end of one memory is read
LONGEST = 6.0  # seconds of a sentence
PATIENCE = 60.0  # seconds for the answers to a sentence
IDLE, READINGS = 0.5, 4  # seconds between readings in a pause, and how many; the least one counts
MOST_GROWTH = 2.0  # MB an hour
CARDS = 1000  # added to see what one takes
SETTINGS = Settings(left_language="ru", right_language="ba", recognizer="whisper-base")


@dataclass(slots=True)
class Trail:
    """How much memory a process had, and when."""

    seconds: list[float] = field(default_factory=list)  # of sound
    megabytes: list[float] = field(default_factory=list)

    def add(self, second: float, sizes: Sequence[int]) -> None:
        """Add the least of some readings in bytes: what is being worked with goes again."""
        self.seconds.append(second)
        self.megabytes.append(min(sizes) / 2**20)

    def slope(self) -> tuple[float, float, float]:
        """Return the growth in MB an hour after the warm-up, and between what it lies.

        The median of the slopes between all pairs of readings (Theil and Sen), and Sen's interval
        of two thirds: a reading that met the worker at work says nothing about all others.
        """
        points = [
            (second / 3600, size)
            for second, size in zip(self.seconds, self.megabytes, strict=True)
            if second >= 60 * WARM_MINUTES
        ]
        hours, sizes = np.transpose(points)
        earlier, later = np.triu_indices(len(points), 1)
        slopes = np.sort((sizes[later] - sizes[earlier]) / (hours[later] - hours[earlier]))
        count = len(points)
        spread = np.sqrt(count * (count - 1) * (2 * count + 5) / 18) / len(slopes)
        low, high = np.quantile(slopes, [(1 - spread) / 2, (1 + spread) / 2])
        return float(np.median(slopes)), float(low), float(high)

    def summary(self) -> str:
        """Say what was measured."""
        warm = next(
            size
            for second, size in zip(self.seconds, self.megabytes, strict=True)
            if second >= 60 * WARM_MINUTES
        )
        slope, low, high = self.slope()
        return (
            f"{self.megabytes[0]:.1f} MB at first, {warm:.1f} warm, {self.megabytes[-1]:.1f} at "
            f"the end, {slope:+.2f} MB an hour ({low:+.2f} to {high:+.2f}) of "
            f"{len(self.megabytes)} readings"
        )


@dataclass(slots=True)
class Trails:
    """Both processes, and how many texts there were."""

    client: Client
    sound: list[Samples]  # sentences and pauses by turns, read before anything is measured
    application: Trail = field(default_factory=Trail)
    worker: Trail = field(default_factory=Trail)
    texts: int = 0
    failures: int = 0
    examined: int = 0  # samples

    def conversation(self) -> Iterator[Samples]:
        """Yield the sound; after each pause read the memory, as soon as all has been answered."""
        played = 0
        for speech, pause in zip(self.sound[::2], self.sound[1::2], strict=True):
            yield speech
            yield pause
            played += len(speech) + len(pause)
            self._wait_for_answers(played)
            readings: list[tuple[int, int]] = []
            for _ in range(READINGS):
                time.sleep(IDLE)
                readings.append((private(os.getpid()), private(self.client.pid or 0)))
            for trail, sizes in zip(
                (self.application, self.worker), zip(*readings, strict=True), strict=True
            ):
                trail.add(seconds(played), sizes)

    def _wait_for_answers(self, played: int) -> None:
        """Wait until the worker has nothing to do: a busy computer may be behind."""
        until = time.monotonic() + PATIENCE
        while self.examined < played - FRAME and time.monotonic() < until:
            time.sleep(0.05)

    def count(self, update: Update) -> None:
        """Count what was recognised, and keep nothing of it."""
        self.texts += isinstance(update, Recognized) and bool(update.text)
        self.failures += isinstance(update, Failed | WorkerLost)
        if isinstance(update, Progress):
            self.examined = update.examined

    def tell(self, title: str) -> None:
        """Print what was measured."""
        sys.stdout.write(
            f"\n{title}, {MINUTES} minutes, {self.texts} texts\n"
            f"  application {self.application.summary()}\n  worker {self.worker.summary()}\n"
        )
        sys.stdout.flush()


def private(pid: int) -> int:
    """Return the bytes that a process has to itself and wrote."""
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    if not rollup.exists():
        pytest.skip("this system does not tell a process's private memory")
    line = next(line for line in rollup.read_text().splitlines() if line.startswith("Private_D"))
    return int(line.split()[1]) * 1024


def sentences() -> Iterator[Samples]:
    """Yield what a reader says, and after each sentence a pause, for all the minutes."""
    chance, length = random.Random(1), 0
    clips = voices.read()
    chance.shuffle(clips)
    for clip in clips:
        speech = trimmed(voices.sound(clip.path))[: int(LONGEST * SAMPLE_RATE)]
        pause = silence(int(chance.uniform(*PAUSES) * SAMPLE_RATE))
        yield from (speech, pause)
        length += len(speech) + len(pause)
        if seconds(length) >= 60 * MINUTES:
            return


@pytest.fixture
def trails() -> Iterator[Trails]:
    if not voices.FESTVOX.is_dir():
        pytest.skip("not installed: festvox-ru (apt install festvox-ru)")
    client = Client()
    try:
        yield Trails(client, list(sentences()))
    finally:
        client.close()


@pytest.fixture
def library(whisper_base: Pack, starter: Path) -> ModelLibrary:
    return ModelLibrary((whisper_base.folder.parent, paths.bundled_packs()))


@pytest.mark.timeout(0)
def test_a_conversation_without_a_window(
    trails: Trails, library: ModelLibrary, tmp_path: Path
) -> None:
    played, ended = threading.Event(), threading.Event()

    def take(update: Update) -> None:
        trails.count(update)
        if isinstance(update, StateChanged) and update.state in (State.IDLE, State.FAILED):
            ended.set()

    session = LiveSession(
        trails.client,
        conversation(library.installed.packs, SETTINGS),
        lambda deliver, report: Playback(trails.conversation(), deliver, played),
        take,
        tmp_path,
    )
    session.start()
    played.wait()
    session.stop()
    assert ended.wait(600)
    session.close()
    trails.tell("without a window")
    assert trails.failures == 0
    assert trails.texts >= 4 * MINUTES
    assert trails.worker.slope()[0] <= MOST_GROWTH
    assert trails.application.slope()[0] <= MOST_GROWTH


@pytest.mark.timeout(0)
def test_a_conversation_in_the_window(
    qapp: QApplication, qtbot: QtBot, trails: Trails, library: ModelLibrary, tmp_path: Path
) -> None:
    played = threading.Event()

    def make_session(chosen: Settings, listener: Callable[[Update], None]) -> LiveSession:
        def take(update: Update) -> None:
            trails.count(update)
            listener(update)

        plan = conversation(library.installed.packs, chosen)
        sound = trails.conversation()
        return LiveSession(
            trails.client,
            plan,
            lambda deliver, report: Playback(sound, deliver, played),
            take,
            tmp_path,
        )

    preferences = Preferences(SETTINGS, lambda settings: None, Notices())
    asking = TextQuestions(trails.client, lambda: library.installed.packs)
    window = build_window(qapp, make_session, list, preferences, library, asking)
    window.show()
    qtbot.waitExposed(window)
    window.conversation.start()
    qtbot.waitUntil(played.is_set, timeout=6 * 60_000 * MINUTES)
    window.conversation.stop()
    qtbot.waitUntil(lambda: window.conversation.state is State.IDLE, timeout=600_000)
    cards = window.conversation.cards.rowCount()
    trails.tell(f"in the window, {cards} cards")
    card_kb = kept_by_a_card()
    hourly = cards * 60 / MINUTES
    sys.stdout.write(
        f"  a card keeps {card_kb:.1f} kB for the conversation: "
        f"{hourly * card_kb / 1024:.2f} MB an hour of {hourly:.0f} cards\n"
    )
    window.close()
    window.deleteLater()
    assert trails.failures == 0
    assert cards >= 4 * MINUTES
    assert trails.worker.slope()[0] <= MOST_GROWTH
    assert trails.application.slope()[0] <= MOST_GROWTH


def kept_by_a_card() -> float:
    """Return the kB that a sentence with its translation takes in the list of cards.

    Python's own account: new cards find room in memory that other things left.
    """
    cards = CardList()
    tracemalloc.start()
    for number in range(CARDS):
        text = f"{number} мальчиков шли по берегу реки и говорили о том, что будет завтра. "
        span = 8.0 * number, 8.0 * number + 5
        cards.apply(Cut("more", number, 128_000 * number, 128_000 * number + 80_000))
        cards.apply(Recognized("more", number, *span, "ru", 1.0, text))
        cards.apply(Translated("more", number, "ru", "ba", text))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / 1024 / CARDS
