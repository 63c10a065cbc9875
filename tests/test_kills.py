"""The application is killed in the middle of its work: no process of ours lives on without it.

`make soak` kills it a hundred times and prints how long the last process lived.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from tests.formats.documents.making import docx
from tolmach.cli.main import main
from tolmach.core import paths

KILLS = 100  # of each kind of work
SOON = 2.0  # seconds after the death of the application
PATIENCE = 20.0  # seconds, for a computer that has much else to do
PROCESSES = 3  # the application, a worker, and the one that Python starts beside it
MARK = "TOLMACH_TEST_MARK"  # in the environment of a run and of all that it starts

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="environments of others are read")
KINDS = ("listen", "transcribe", "translate", "hostile", "packs", "window")


@dataclass(frozen=True, slots=True)
class Work:
    """A command, and how long it works at least."""

    command: Sequence[str]
    seconds: float = 3.0


@pytest.fixture
def works(starter: Path, tmp_path: Path) -> Mapping[str, Work]:
    """Return a work of every kind, by name."""
    book, hostile = tmp_path / "Моя книга.txt", tmp_path / "пусто.docx"
    lines = (f"Мы завтра в {number} часов поедем в больницу.\n\n" for number in range(20_000))
    book.write_text("".join(lines), encoding="utf-8")
    hostile.write_bytes(docx("<w:p/>" * 200_000))
    sample = str(paths.resources() / "samples" / "conversation.flac")
    document = ("translate", "--from", "ru", "--to", "ba", "--file")
    return {
        "listen": Work(("demo",)),
        "transcribe": Work(("transcribe", "--from", "ru,ba", *[sample] * 20)),
        "translate": Work((*document, str(book), "--out", str(tmp_path / "out.txt"))),
        "hostile": Work((*document, str(hostile), "--out", str(tmp_path / "out.docx"))),
        "packs": Work(("packs", "add", str(starter / "starter-recognizer")), 0.5),
        "window": Work(()),
    }


def alive(mark: str) -> Iterator[psutil.Process]:
    """Yield the processes of a run, whoever is their parent by now."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            same = process.environ().get(MARK) == mark
            if same and process.status() != psutil.STATUS_ZOMBIE:
                yield process


def killed(work: Work, delay: float, patience: float, busy: int = 0) -> tuple[int, float]:
    """Kill a work so long after it has so many processes.

    Return how many there were, and for how many seconds they lived on; more than `patience` none
    of them does.
    """
    shutil.rmtree(paths.user_packs(), ignore_errors=True)
    mark = str(uuid4())
    environment = os.environ | {MARK: mark, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tolmach", *work.command]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        while len(list(alive(mark))) < busy and run.poll() is None:
            time.sleep(0.02)
        time.sleep(delay)
        count = len(list(alive(mark)))
        run.kill()
        run.wait()
    end = time.monotonic()
    while any(True for _ in alive(mark)):
        if time.monotonic() - end > patience:
            for process in alive(mark):
                process.kill()
            break
        time.sleep(0.02)
    return count, time.monotonic() - end


@pytest.mark.parametrize("name", KINDS)
def test_no_process_outlives_a_killed_application(name: str, works: Mapping[str, Work]) -> None:
    count, seconds = killed(works[name], 0.1, PATIENCE, busy=PROCESSES)
    assert count >= PROCESSES
    assert seconds < PATIENCE


def test_the_next_start_clears_what_a_killed_one_was_adding(works: Mapping[str, Work]) -> None:
    remains = 0
    for delay in (0.3, 0.0, 0.1, 0.2):
        killed(works["packs"], delay, PATIENCE, busy=PROCESSES)
        remains += len(hidden_packs())
        assert main(["packs", "list"]) == 0
        assert hidden_packs() == []
    assert remains


def hidden_packs() -> list[Path]:
    return list(paths.user_packs().glob(".adding*"))


@pytest.mark.soak
@pytest.mark.parametrize("name", KINDS)
def test_a_hundred_kills(name: str, works: Mapping[str, Work]) -> None:
    chance = random.Random(1)
    work = works[name]
    results = [
        killed(work, chance.uniform(0.0, work.seconds), SOON, busy=number % 2 * PROCESSES)
        for number in range(KILLS)
    ]
    busy = sum(count >= PROCESSES for count, _ in results)
    longest = max(seconds for _, seconds in results)
    sys.stdout.write(
        f"\n{name}: {KILLS} kills, {busy} with a worker; the last process lived {longest:.2f} s\n"
    )
    assert busy > KILLS // 3
    assert longest < SOON
