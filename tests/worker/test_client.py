"""The process border with a real child process: deaths, replays, refusals."""

import errno
import multiprocessing
import os
import queue
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
import psutil
import pytest

from tests.pipeline.test_session import sound_of
from tests.worker import deadly, scripted
from tolmach.core import paths
from tolmach.core.pack import Pack
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.core.windows import FINAL, WindowRule, keep_rules
from tolmach.protocol.messages import (
    Answered,
    Event,
    Failed,
    Finished,
    Progress,
    Ready,
    Recognized,
    Translate,
    Translated,
    WorkerLost,
)
from tolmach.protocol.plan import Plan
from tolmach.worker.client import Client

PLAN = Plan(languages=("ru",), targets={"ru": "ba"})
Happened = TypeVar("Happened", bound=Event)


class Ear:
    """Collects events and waits for them."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.events: list[Event] = []

    def until(self, kind: type[Happened], seconds: float = 60) -> Happened:
        deadline = time.monotonic() + seconds
        while True:
            event = self.queue.get(timeout=max(0.01, deadline - time.monotonic()))
            self.events.append(event)
            if isinstance(event, kind):
                return event


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def client(ear: Ear) -> Iterator[Client]:
    client = Client(ear.queue.put, scripted.serve)
    yield client
    client.close()


def feed(client: Client, sound: Samples, chunk: int = 1_600) -> None:
    for first in range(0, len(sound), chunk):
        client.feed("s", sound[first : first + chunk])


def by_utterance(events: list[Event]) -> dict[int, Recognized]:
    """Return what ends up in a transcript: the last word on each utterance."""
    return {e.utterance: e for e in events if isinstance(e, Recognized)}


def test_a_session_from_begin_to_finished(client: Client, ear: Ear) -> None:
    sound = sound_of([(0.5, 1.0), (1.0, 1.0)])
    client.begin("s", PLAN)
    feed(client, sound)
    client.end("s")
    ear.until(Finished)
    assert sorted(by_utterance(ear.events)) == [0, 1]
    assert isinstance(ear.events[0], Ready)


def test_the_trace_of_a_model_that_does_not_load_is_for_the_log_file(
    ear: Ear, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    client = Client(ear.queue.put, scripted.serve_broken)
    client.begin("s", PLAN)
    failure = ear.until(Failed)
    client.close()
    assert "broken_engines" in failure.trace
    levels = {record.levelname for record in caplog.records if failure.trace in record.getMessage()}
    assert levels == {"INFO"}  # a warning would stand on the terminal


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's allocator")
def test_the_worker_is_started_as_its_memory_demands(client: Client) -> None:
    client.start()
    assert client.pid is not None
    assert "tcache_count=0" in psutil.Process(client.pid).environ()["GLIBC_TUNABLES"]
    assert "tcache_count=0" not in os.environ.get("GLIBC_TUNABLES", "")


@pytest.mark.timeout(180)
@pytest.mark.log_warnings
def test_fifty_kills_lose_no_sample_and_double_no_segment(client: Client, ear: Ear) -> None:
    rng = random.Random(1)
    sound = sound_of([(rng.uniform(0.6, 1.2), rng.uniform(0.4, 2.5)) for _ in range(120)])
    client.begin("s", PLAN)
    step = len(sound) // 50
    for kill in range(50):
        feed(client, sound[kill * step : (kill + 1) * step])
        if kill % 5:  # every fifth dies while it starts, the others at work
            ear.until(Ready)
            time.sleep(rng.uniform(0.0, 0.4))
        scripted.send_signal(client, signal.SIGKILL)
        ear.until(WorkerLost)
    feed(client, sound[50 * step :])
    client.end("s")
    ear.until(Finished)
    assert sum(isinstance(e, WorkerLost) for e in ear.events) == 50
    recognized = list(by_utterance(ear.events).values())
    skipped = [e for e in ear.events if isinstance(e, Failed)]
    assert len(skipped) <= 4  # those that were worked on at three kills
    assert len(recognized) >= 116
    untold = [f for f in skipped if f.code == "worker-crashed-on-utterance"]
    untranslated = [f for f in skipped if f.code == "translation-crashed"]
    assert len(untold) + len(untranslated) == len(skipped)
    numbers = {e.utterance for e in recognized}
    assert {f.utterance for f in untranslated} <= numbers
    assert not {f.utterance for f in untold} & numbers
    seconds = [*((e.start, e.end) for e in recognized), *((e.start, e.end) for e in untold)]
    spans = sorted((round(a * SAMPLE_RATE), round(b * SAMPLE_RATE)) for a, b in seconds)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = np.zeros(len(sound), dtype=bool)
    for first, last in spans:
        covered[first:last] = True
    assert not np.any((np.abs(sound) > 0.1) & ~covered)
    for event in recognized:
        first, last = round(event.start * SAMPLE_RATE), round(event.end * SAMPLE_RATE)
        assert event.text == scripted.checksum(sound[first:last])


@pytest.mark.log_warnings
def test_an_utterance_that_kills_twice_is_reported_and_skipped(client: Client, ear: Ear) -> None:
    sound = sound_of([(0.5, 1.0), (1.0, 1.0), (1.0, 1.0)])
    sound[int(3.0 * SAMPLE_RATE)] = scripted.DEADLY  # within the second utterance
    client.begin("s", PLAN)
    feed(client, sound)
    client.end("s")
    ear.until(Finished)
    assert [e.exit_code for e in ear.events if isinstance(e, WorkerLost)] == [7, 7]
    (failure,) = [e for e in ear.events if isinstance(e, Failed)]
    assert (failure.code, failure.utterance) == ("worker-crashed-on-utterance", 1)
    assert failure.start < 3.0 < failure.end
    assert sorted(by_utterance(ear.events)) == [0, 2]


@pytest.mark.log_warnings
def test_a_change_of_speaker_survives_the_worker_at_its_sample(client: Client, ear: Ear) -> None:
    before, after = sound_of([(0.5, 1.0)])[: int(1.5 * SAMPLE_RATE)], sound_of([(0.0, 1.0)])
    client.begin("s", replace(PLAN, languages=("ru", "ba")))
    feed(client, before)
    client.speak("s", "ba")
    feed(client, after)
    ear.until(Ready)
    scripted.send_signal(client, signal.SIGKILL)
    ear.until(WorkerLost)
    client.end("s")
    ear.until(Finished)
    first, second = by_utterance(ear.events).values()
    assert (first.language, second.language) == ("ru", "ba")
    assert first.end == second.start == len(before) / SAMPLE_RATE
    assert second.text == scripted.checksum(after[: round((second.end - 1.5) * SAMPLE_RATE)])


@pytest.mark.log_warnings
def test_unconfirmed_words_that_kill_are_done_without(ear: Ear) -> None:
    client = Client(ear.queue.put, deadly.serve_deadly_drafts)
    sound = sound_of([(0.5, 2.0), (1.0, 1.0)])
    client.begin("s", Plan(languages=("ru",), drafts=True))
    client.feed("s", sound[: 2 * SAMPLE_RATE])  # somebody is speaking
    ear.until(WorkerLost)
    ear.until(WorkerLost)
    client.feed("s", sound[2 * SAMPLE_RATE :])
    client.end("s")
    ear.until(Finished)
    assert [e.exit_code for e in ear.events if isinstance(e, WorkerLost)] == [9, 9]
    assert sorted(by_utterance(ear.events)) == [0, 1]
    assert not any(isinstance(e, Failed) for e in ear.events)
    client.close()


@pytest.mark.log_warnings
def test_a_worker_that_never_starts_is_reported_once(ear: Ear) -> None:
    client = Client(ear.queue.put, scripted.serve_nothing)
    client.begin("s", PLAN)
    failed = ear.until(Failed)
    assert failed == Failed("s", "worker-does-not-start", {"exit_code": "3"})
    client.feed("s", sound_of([(0.1, 0.1)]))  # the microphone is still open for a moment
    client.end("s")
    time.sleep(1.0)
    assert ear.queue.empty()
    assert client.pid is None
    client.close()


@pytest.mark.log_warnings
def test_a_session_after_a_hopeless_one_hears_nothing_of_it(ear: Ear) -> None:
    client = Client(ear.queue.put, scripted.serve_nothing)
    client.begin("old", PLAN)
    client.feed("old", sound_of([(0.5, 0.5)]))
    ear.until(Failed)
    client._target = scripted.serve  # the model was replaced by a good one
    client.begin("new", PLAN)
    client.end("new")
    ear.events.clear()
    ear.until(Finished)
    assert {event.session for event in ear.events} == {"new"}
    client.close()


@pytest.mark.log_warnings
def test_requests_are_answered_though_no_worker_starts(ear: Ear) -> None:
    client = Client(ear.queue.put, scripted.serve_nothing)
    client.begin("s", PLAN)
    client.ask(Translate("one", 0, "да", "ru", "ba", ()))  # two deaths, so dropped
    client.ask(Translate("two", 0, "да", "ru", "ba", ()))
    assert ear.until(Answered) == Answered("one", 0)
    assert ear.until(Answered) == Answered("two", 0)
    client.ask(Translate("late", 0, "да", "ru", "ba", ()))
    assert ear.until(Answered) == Answered("late", 0)
    assert [(e.session, e.code) for e in ear.events if isinstance(e, Failed)] == [
        ("one", "worker-does-not-start"),
        ("s", "worker-does-not-start"),
        ("two", "worker-does-not-start"),
        ("late", "worker-does-not-start"),
    ]
    client.close()


def test_requests_fail_when_the_session_is_given_up(client: Client, ear: Ear) -> None:
    client.begin("s", PLAN)
    ear.until(Ready)
    scripted.send_signal(client, signal.SIGSTOP)
    client.ask(Translate("text", 0, "да", "ru", "ba", ()))
    client.cancel()
    assert ear.until(Failed) == Failed("text", "request-dropped", {}, 0)
    assert ear.until(Answered) == Answered("text", 0)


@pytest.mark.log_warnings
def test_a_text_that_kills_every_worker_is_given_up(client: Client, ear: Ear) -> None:
    client.begin("s", PLAN)
    client.ask(Translate("text", 0, scripted.DEADLY_TEXT, "ru", "ba", ()))
    failed = ear.until(Failed)
    assert (failed.session, failed.code) == ("text", "translation-crashed")
    assert ear.until(Answered) == Answered("text", 0)
    client.ask(Translate("text", 1, "абв", "ru", "ba", ()))
    assert ear.until(Translated).text == "вба"


@pytest.mark.log_warnings
def test_texts_that_kill_take_none_of_the_others_with_them(client: Client, ear: Ear) -> None:
    for number in range(4):
        client.ask(Translate("text", number, scripted.DEADLY_TEXT, "ru", "ba", ()))
        ear.until(Answered)
    client.ask(Translate("text", 4, "абв", "ru", "ba", ()))
    assert ear.until(Translated).text == "вба"


@pytest.mark.log_warnings
def test_texts_are_translated_though_a_session_found_no_worker(ear: Ear) -> None:
    client = Client(ear.queue.put, scripted.serve_nothing)
    client.begin("s", PLAN)
    ear.until(Failed)
    client._target = scripted.serve
    client.ask(Translate("text", 0, "абв", "ru", "ba", ()))
    assert ear.until(Translated).text == "вба"
    client.feed("s", sound_of([(0.5, 0.5)]))  # it was told that it failed
    client.ask(Translate("text", 1, "где", "ru", "ba", ()))
    assert ear.until(Translated).text == "едг"
    assert {event.session for event in ear.events[-3:]} == {"text"}
    client.close()


@pytest.mark.log_warnings
def test_a_listener_that_fails_costs_no_event(ear: Ear) -> None:
    def listen(event: Event) -> None:
        ear.queue.put(event)
        raise BrokenPipeError

    client = Client(listen, scripted.serve)
    client.begin("s", PLAN)
    client.end("s")
    ear.until(Finished)
    client.close()


@pytest.mark.log_warnings
def test_no_process_to_be_had_is_reported(
    client: Client, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(process: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "no more processes")

    with monkeypatch.context() as patch:
        patch.setattr(multiprocessing.context.SpawnProcess, "start", refuse)
        client.begin("s", PLAN)
    assert ear.until(Failed).code == "worker-does-not-start"
    client.begin("t", PLAN)
    assert ear.until(Ready) == Ready("t")


def test_a_session_goes_on_in_the_middle(client: Client, ear: Ear) -> None:
    sound = sound_of([(0.5, 1.0), (1.0, 1.0)])
    client.begin("s", PLAN)
    feed(client, sound[: 2 * SAMPLE_RATE])
    ear.until(Answered)
    progress = ear.until(Progress)
    assert isinstance(progress, Progress)
    client.cancel()
    assert client.session == ""
    client.feed("s", sound)  # the microphone is still open for a moment
    assert client.pid is None
    client.begin("s", PLAN, progress.settled, progress.utterance)
    client.feed("s", sound[progress.settled :])
    client.end("s")
    ear.until(Finished)
    recognized = by_utterance(ear.events)
    assert sorted(recognized) == [0, 1]
    first, last = (round(t * SAMPLE_RATE) for t in (recognized[1].start, recognized[1].end))
    assert recognized[1].text == scripted.checksum(sound[first:last])


def test_text_is_translated_between_sounds(client: Client, ear: Ear) -> None:
    client.begin("s", PLAN)
    client.ask(Translate("text", 0, "абв", "ru", "ba", ()))
    translated = ear.until(Translated)
    assert isinstance(translated, Translated)
    assert (translated.utterance, translated.text) == (0, "вба")


def test_cancel_ends_the_worker_and_the_next_session_works(client: Client, ear: Ear) -> None:
    client.begin("s", PLAN)
    ear.until(Ready)
    pid = client.pid
    client.cancel()
    assert client.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid or 0, 0)
    client.begin("s", PLAN)
    ear.until(Ready)
    assert not any(isinstance(e, WorkerLost) for e in ear.events)


PARENT = """
import time
from tests.worker import scripted
from tolmach.worker.client import Client
if __name__ == "__main__":
    client = Client(target=scripted.serve)
    client.start()
    print(client.pid, flush=True)
    time.sleep(60)
"""


def test_the_worker_goes_when_the_application_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "приложение.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 30
    while Path(f"/proc/{worker}/cmdline").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}/cmdline").exists()


def test_what_the_worker_measured_is_known_to_the_next_one(ear: Ear) -> None:
    pack = Pack("scripted", "1", "recognizer", "whisper", Path(), {})
    plan = replace(PLAN, recognizers=(pack,), targets={})
    for forced, number in ((0, 1), (0, 2), (5, 3), (0, 3)):  # what was told to be used is not kept
        client = Client(ear.queue.put, scripted.serve_counting)
        client.begin("s", replace(plan, threads=forced))
        assert ear.until(Ready).threads == {"scripted": (number, number)}
        client.close()


def test_what_was_tuned_here_holds_in_the_worker(ear: Ear) -> None:
    pack = Pack("scripted", "1", "recognizer", "whisper", Path(), {})
    for rules, least in (({}, 10), ({FINAL: WindowRule(7, 1)}, 7)):
        keep_rules(paths.windows_file(), pack, rules, PLAN.languages[0])
        client = Client(ear.queue.put, scripted.serve_ruled)
        client.begin("s", replace(PLAN, recognizers=(pack,), targets={}))
        assert ear.until(Ready).threads == {"scripted": (least, least)}
        client.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the ceiling is Linux's")
def test_the_worker_cannot_take_more_memory_than_there_is() -> None:
    client = Client()
    client.start()
    try:
        limits = Path(f"/proc/{client.pid}/limits")
        deadline = time.monotonic() + 30
        while "unlimited" in (line := _address_space(limits)) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert int(line.split()[3]) >= psutil.virtual_memory().total
    finally:
        client.close()


def _address_space(limits: Path) -> str:
    lines = limits.read_text(encoding="ascii").splitlines()
    return next(line for line in lines if line.startswith("Max address space"))
