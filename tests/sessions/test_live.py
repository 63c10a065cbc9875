"""A live session with a scripted source and a scripted worker: what is promised, whatever fails."""

import queue
import signal
import threading
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from datetime import datetime, timedelta, timezone
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from tests.pipeline.test_session import sound_of
from tests.worker import scripted
from tolmach.audio.microphone import MicrophoneBroken, MicrophoneEvent
from tolmach.core.errors import AppError, AudioError, StorageError
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.core.transcript import Segment
from tolmach.protocol.messages import (
    Answered,
    Failed,
    Finished,
    Joined,
    Progress,
    Recognized,
    Translated,
    WorkerLost,
)
from tolmach.protocol.plan import Plan
from tolmach.sessions.live import WORTH_KEEPING, LiveSession, _identity
from tolmach.sessions.updates import (
    Draining,
    FallingBehind,
    Lag,
    Level,
    Postponed,
    State,
    StateChanged,
    Update,
)
from tolmach.worker.client import Client

PLAN = Plan(languages=("ru",), targets={"ru": "ba"})
Told = TypeVar("Told", bound=Update)


class Tape:
    """A source that a test plays by hand."""

    def __init__(self, deliver: Callable[[Samples], None], error: AppError | None = None) -> None:
        self.deliver = deliver
        self.error = error
        self.running = False
        self.before: Callable[[], None] = lambda: None  # called while the device opens or closes

    def start(self) -> None:
        if self.error:
            raise self.error
        self.before()
        self.running = True

    def stop(self) -> None:
        self.before()
        self.running = False

    def play(self, sound: Samples) -> None:
        for first in range(0, len(sound), 1_600):
            self.deliver(sound[first : first + 1_600])


class Booth:
    """A session with everything around it."""

    def __init__(
        self,
        folder: Path,
        error: AppError | None = None,
        serve: Callable[[Connection], None] = scripted.serve,
        plan: Plan = PLAN,
    ) -> None:
        self.updates: queue.SimpleQueue[Update] = queue.SimpleQueue()
        self.received: list[Update] = []
        self.client = Client(target=serve)
        self.folder = folder
        self.error = error
        self.session = LiveSession(self.client, plan, self._open, self.updates.put, folder)

    def _open(
        self, deliver: Callable[[Samples], None], report: Callable[[MicrophoneEvent], None]
    ) -> Tape:
        self.tape = Tape(deliver, self.error)
        self.report = report
        return self.tape

    def until(self, condition: Callable[[Update], bool], seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while True:
            update = self.updates.get(timeout=max(0.01, deadline - time.monotonic()))
            self.received.append(update)
            if condition(update):
                return

    def until_state(self, state: State) -> None:
        self.until(lambda update: update == StateChanged(state))

    def reported(self, kind: type[Told]) -> list[Told]:
        return [update for update in self.received if isinstance(update, kind)]

    def states(self) -> list[State]:
        return [update.state for update in self.received if isinstance(update, StateChanged)]


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Booth]:
    booth = Booth(tmp_path / "записи")
    yield booth
    booth.session.close()
    booth.client.close()


def test_from_start_to_stop(booth: Booth) -> None:
    sound = sound_of([(0.5, 1.0), (1.0, 1.0)])
    booth.session.start()
    booth.tape.play(sound[:20_000])  # while the worker is still starting
    booth.until_state(State.LISTENING)
    booth.tape.play(sound[20_000:])
    booth.session.stop()
    assert not booth.tape.running
    booth.until_state(State.IDLE)
    assert booth.states() == [State.LOADING, State.LISTENING, State.PROCESSING, State.IDLE]
    recognized = [u for u in booth.received if isinstance(u, Recognized)]
    assert [u.utterance for u in recognized] == [0, 1]
    assert [u.text[::-1] for u in recognized] == [
        u.text for u in booth.received if isinstance(u, Translated)
    ]
    (recording,) = booth.folder.glob("*.wav")
    with wave.open(str(recording)) as file:
        assert file.getnframes() == len(sound)


def test_level_and_lag_are_told(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(np.full(SAMPLE_RATE, 0.05, dtype=np.float32))
    levels, lags = [], []
    booth.session.stop()
    booth.until_state(State.IDLE)
    levels = [u for u in booth.received if isinstance(u, Level)]
    lags = [u for u in booth.received if isinstance(u, Lag)]
    assert astuple(levels[0]) == pytest.approx((0.05, 0.05))
    assert 5 <= len(levels) <= 21
    assert lags[-1].captured <= 1.0
    assert all(0 <= lag.seconds <= lag.captured for lag in lags)


def test_it_was_the_other_language(booth: Booth) -> None:
    sound = sound_of([(0.5, 1.0)])
    booth.session.start()
    booth.tape.play(sound)
    booth.session.stop()
    booth.until_state(State.IDLE)
    booth.session.again(0, "ba", "ru")
    booth.until(lambda update: isinstance(update, Answered))
    last = [u for u in booth.received if isinstance(u, Recognized)][-1]
    assert (last.utterance, last.language) == (0, "ba")
    original = booth.session.sound(0)
    assert original is not None
    first = round(last.start * SAMPLE_RATE)
    assert np.allclose(original, sound[first : first + len(original)], atol=1e-4)


def segment(booth: Booth) -> Segment:
    return booth.session.transcript.segments[0]


def test_what_was_said_is_in_the_transcript_and_what_a_person_changed(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0)]))
    booth.session.stop()
    booth.until_state(State.IDLE)
    [recognized] = booth.reported(Recognized)
    original = segment(booth)
    assert (original.text, original.start, original.end) == (
        recognized.text,
        recognized.start,
        recognized.end,
    )
    assert (original.target, original.translation) == ("ba", original.text[::-1])
    changed = replace(original, text="Иначе.", corrected=True)
    booth.session.correct(changed)
    booth.client._tell(recognized)  # told again
    assert booth.session.transcript.ordered() == [changed]
    booth.session.again(0, "ba", "ru")
    booth.until(lambda update: isinstance(update, Answered))
    assert (segment(booth).language, segment(booth).text) == (
        "ba",
        booth.reported(Recognized)[-1].text,
    )
    assert not segment(booth).corrected


def test_two_that_were_one_have_one_segment_and_the_sound_of_both(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0), (0.7, 1.0)]))
    booth.session.stop()
    booth.until_state(State.IDLE)
    first, second = booth.reported(Recognized)
    whole = replace(first, end=second.end, text="Вместе.")
    translated = Translated(first.session, 0, "ru", "ba", "Бергә.")
    booth.session.join(Joined(first.session, 0, 1, whole, translated))
    [joined] = booth.session.transcript.ordered()
    assert (joined.start, joined.end) == (first.start, second.end)
    assert (joined.text, joined.translation, joined.target) == ("Вместе.", "Бергә.", "ba")
    sound = booth.session.sound(0)
    assert sound is not None
    assert len(sound) == round((second.end - first.start) * SAMPLE_RATE)
    assert booth.session.sound(1) is None
    booth.session.again(0, "ba", "ru")
    booth.until(lambda update: isinstance(update, Answered))
    [repeated] = booth.session.transcript.ordered()
    assert repeated.text == scripted.checksum(sound)


@pytest.mark.log_warnings
def test_a_worker_that_dies_of_joining_loses_nothing_that_was_said(tmp_path: Path) -> None:
    plan = replace(PLAN, joined=True)
    booth = Booth(tmp_path, serve=scripted.serve_overwhelmed, plan=plan)
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0), (0.7, 1.0)]))
    booth.until(lambda update: isinstance(update, WorkerLost))
    booth.tape.play(sound_of([(2.0, 1.0)]))
    booth.session.stop()
    booth.until_state(State.IDLE)
    booth.session.close()
    booth.client.close()
    assert booth.reported(Failed) == []
    segments = booth.session.transcript.ordered()
    assert [segment.utterance for segment in segments] == [0, 1, 2]
    assert all(segment.translation == segment.text[::-1] for segment in segments)


def test_a_repetition_is_recorded_where_it_was_said(booth: Booth, tmp_path: Path) -> None:
    """Though another session has begun meanwhile."""
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0)]))
    booth.session.stop()
    booth.until_state(State.IDLE)
    updates: list[Update] = []
    newer = LiveSession(booth.client, PLAN, booth._open, updates.append, tmp_path)
    newer.start()
    booth.session.again(0, "ba", "ru")
    booth.until(lambda update: isinstance(update, Answered))
    assert segment(booth).language == "ba"
    booth.session.close()  # from now on it is told of nothing
    booth.client._tell(Failed(booth.session.id, "recognition-failed", {}, 0))
    assert segment(booth).failure == ""
    newer.close()
    assert newer.transcript.segments == {}
    assert not [update for update in updates if isinstance(update, Recognized)]


def test_a_repetition_whose_sound_cannot_be_read_fails_its_segment(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0)]))
    booth.session.stop()
    booth.until_state(State.IDLE)
    booth.session.refuse(0, "not-readable", {"path": "1.wav"})
    assert (segment(booth).failure, segment(booth).params) == ("not-readable", {"path": "1.wav"})
    assert segment(booth).text
    booth.session.again(0, "ba", "ru")
    booth.until(lambda update: isinstance(update, Answered))
    assert segment(booth).failure == ""


def test_a_corrected_segment_gives_way_to_the_failure_of_its_repetition(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0)]))
    booth.session.stop()
    booth.until_state(State.IDLE)
    booth.session.correct(replace(segment(booth), text="Иначе.", corrected=True))

    def read(first: int, last: int) -> Samples:
        raise StorageError("not-readable", path="1.wav")

    monkeypatch.setattr(booth.session._recorder, "read", read)
    with pytest.raises(StorageError):
        booth.session.again(0, "ba", "ru")
    booth.session.refuse(0, "not-readable", {"path": "1.wav"})
    assert (segment(booth).failure, segment(booth).corrected) == ("not-readable", False)
    assert segment(booth).text == "Иначе."


def test_an_utterance_never_heard_has_no_sound(booth: Booth) -> None:
    booth.session.start()
    assert booth.session.sound(9) is None
    booth.session.again(9, "ba", "ru")  # nothing to do, and no error


def test_no_microphone_leaves_the_session_failed(tmp_path: Path) -> None:
    booth = Booth(tmp_path, AudioError("no-microphone"))
    with pytest.raises(AudioError):
        booth.session.start()
    assert booth.session.state is State.FAILED
    assert list(tmp_path.iterdir()) == []  # no empty recording is left behind
    booth.session.close()
    booth.client.close()


def test_a_folder_that_cannot_be_written_stops_before_the_microphone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    booth = Booth(tmp_path / "file" / "записи")
    with pytest.raises(StorageError):
        booth.session.start()
    assert not booth.tape.running
    booth.client.close()


def test_a_full_disk_stops_the_session_and_keeps_what_was_recorded(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 0.5)]))
    recorder = booth.session._recorder
    assert recorder is not None
    recorder._file.close()
    recorder._file = open("/dev/full", "r+b", buffering=0)  # noqa: SIM115, PTH123
    booth.tape.play(np.full(1_600, 0.3, dtype=np.float32))
    booth.until(lambda update: isinstance(update, Failed))
    assert booth.states()[-1] is State.FAILED
    failure = next(u for u in booth.received if isinstance(u, Failed))
    assert failure.code == "recording-stopped"
    booth.until(lambda update: isinstance(update, Finished))  # what was said before is recognised
    booth.tape.play(np.full(1_600, 0.3, dtype=np.float32))
    assert sum(isinstance(u, Failed) for u in booth.received) == 1
    recorder._file.close()
    (recording,) = booth.folder.glob("*.wav")
    with wave.open(str(recording)) as file:
        assert file.getnframes() >= SAMPLE_RATE


def test_stop_during_loading_still_recognises_what_was_said(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0)]))
    threading.Thread(target=booth.session.stop).start()
    booth.until_state(State.IDLE)
    assert sum(isinstance(u, Recognized) for u in booth.received) == 1


@pytest.mark.log_warnings
@pytest.mark.parametrize("listening", [False, True], ids=["loading", "listening"])
def test_the_recording_outlives_recognition(tmp_path: Path, listening: bool) -> None:
    plan = Plan(languages=("ru",), targets={"ru": "ba", "ba": "ru"})
    serve = scripted.serve if listening else scripted.serve_nothing
    booth = Booth(tmp_path, serve=serve, plan=plan)
    booth.session.start()
    sound = sound_of([(0.5, 1.0), (1.0, 1.0)])
    if listening:
        booth.until_state(State.LISTENING)
        booth.client._target = scripted.serve_nothing
        scripted.send_signal(booth.client, signal.SIGKILL)
    booth.until(lambda update: isinstance(update, Failed))
    assert booth.reported(Failed)[0].code == "worker-does-not-start"
    assert booth.session.state is State.RECORDING
    booth.received.clear()
    booth.session.speak("ba")
    booth.tape.play(sound)
    assert booth.tape.running
    booth.session.stop()
    booth.until_state(State.IDLE)
    assert not booth.tape.running
    assert {lag.seconds for lag in booth.reported(Lag)} == {0.0}  # nobody is late
    (waiting,) = booth.reported(Postponed)
    assert waiting.seconds == pytest.approx(len(sound) / SAMPLE_RATE)
    with wave.open(str(booth.session.recording)) as file:
        assert file.getnframes() == len(sound)

    booth.client._target = scripted.serve
    booth.received.clear()
    assert booth.session.resume()
    booth.until_state(State.IDLE)
    assert [words.language for words in booth.reported(Recognized)] == ["ba", "ba"]
    assert booth.reported(Failed) == []
    booth.session.close()
    booth.client.close()


@pytest.fixture
def damaged(tmp_path: Path) -> Iterator[Booth]:
    """A session whose models do not load."""
    booth = Booth(tmp_path, serve=scripted.serve_broken)
    yield booth
    booth.session.close()
    booth.client.close()


def wait_for_failure(booth: Booth) -> None:
    deadline = time.monotonic() + 30
    while booth.session.state is not State.FAILED and time.monotonic() < deadline:
        time.sleep(0.01)


@pytest.mark.log_warnings
def test_models_that_fail_while_the_device_opens_close_it(damaged: Booth) -> None:
    damaged.tape.before = lambda: wait_for_failure(damaged)
    damaged.session.start()
    damaged.until(lambda update: isinstance(update, Failed))
    assert damaged.session.state is State.FAILED
    assert not damaged.tape.running


@pytest.mark.log_warnings
def test_models_that_fail_while_the_device_closes_leave_the_session_failed(damaged: Booth) -> None:
    damaged.session.start()
    damaged.tape.before = lambda: wait_for_failure(damaged)
    damaged.session.stop()
    damaged.until(lambda update: isinstance(update, Failed))
    assert damaged.session.state is State.FAILED
    assert damaged.states()[-1] is State.FAILED


@pytest.mark.log_warnings
def test_again_without_models_is_answered(booth: Booth, tmp_path: Path) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0)]))
    booth.session.stop()
    booth.until_state(State.IDLE)
    booth.client._target = scripted.serve_broken
    booth.client.cancel()  # a new worker that has no session and no models
    booth.session.again(0, "ba", "ru")
    booth.until(lambda update: isinstance(update, Answered))
    failures = [(failure.code, failure.utterance) for failure in booth.reported(Failed)]
    assert failures == [("model-damaged", -1), ("no-models-loaded", 0)]


def test_again_loads_the_models_of_a_session_that_was_given_up(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0), (1.0, 1.0)]))
    booth.until(lambda update: isinstance(update, Answered))
    booth.session.stop_now()
    booth.session.again(0, "ba", "ru")
    booth.until(lambda update: isinstance(update, Recognized) and update.language == "ba")
    assert booth.session.state is State.IDLE
    assert booth.reported(Failed) == []


def test_stop_tells_how_much_is_left(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0), (1.0, 1.0), (1.0, 1.0)]))
    booth.session.stop()
    booth.until_state(State.IDLE)
    remaining = [update.remaining for update in booth.reported(Draining)]
    assert remaining == sorted(remaining, reverse=True)
    assert remaining[-1] == 0.0
    assert remaining.count(0.0) == 1
    (total,) = {update.total for update in booth.reported(Draining)}
    assert remaining[0] == total <= 7.5


def texts(booth: Booth) -> dict[int, str]:
    """Return what ends up on the screen: the last text of each utterance."""
    return {update.utterance: update.text for update in booth.reported(Recognized)}


def expected(booth: Booth, sound: Samples) -> dict[int, str]:
    """Return the texts that the utterances' own sound on disk should have."""
    spans = {u.utterance: (u.start, u.end) for u in booth.reported(Recognized)}
    return {
        number: scripted.checksum(on_disk(sound)[round(a * SAMPLE_RATE) : round(b * SAMPLE_RATE)])
        for number, (a, b) in spans.items()
    }


def on_disk(sound: Samples) -> Samples:
    return (np.rint(sound * 32767).astype("<i2") / np.float32(32767)).astype(np.float32)


MANY = [(0.6, 0.4)] * 30


@pytest.mark.parametrize("while_speaking", [True, False], ids=["speaking", "draining"])
def test_what_stop_now_postpones_is_recognised_later(booth: Booth, while_speaking: bool) -> None:
    sound = on_disk(sound_of(MANY))
    booth.session.start()
    booth.tape.play(sound)
    booth.until(lambda update: isinstance(update, Answered))
    scripted.send_signal(booth.client, signal.SIGSTOP)  # it gets no further, however slow we are
    if not while_speaking:
        booth.session.stop()
    booth.session.stop_now()
    booth.until_state(State.IDLE)
    assert booth.states()[-2:] == [State.PROCESSING, State.IDLE]
    assert not booth.tape.running
    assert booth.client.pid is None
    (postponed,) = booth.reported(Postponed)
    assert postponed.session == booth.session.id
    assert 0 < postponed.seconds < len(sound) / SAMPLE_RATE
    before = texts(booth)
    assert 1 <= len(before) < len(MANY)

    booth.session.resume()
    booth.until_state(State.IDLE)
    assert sorted(texts(booth)) == list(range(len(MANY)))
    assert texts(booth) == expected(booth, sound)
    assert texts(booth).items() >= before.items()
    assert booth.states()[-2:] == [State.PROCESSING, State.IDLE]
    assert booth.reported(Draining)[-1].remaining == 0.0
    segments = booth.session.transcript.ordered()
    assert {segment.utterance: segment.text for segment in segments} == texts(booth)
    assert all(segment.translation == segment.text[::-1] for segment in segments)
    booth.session.resume()  # nothing is left
    assert booth.session.state is State.IDLE


def test_stop_now_before_anything_was_said_postpones_nothing(booth: Booth) -> None:
    booth.session.stop_now()
    assert booth.session.state is State.IDLE
    booth.session.start()
    booth.session.stop_now()
    booth.until_state(State.IDLE)
    assert booth.reported(Postponed) == []
    assert booth.session.state is State.IDLE


def test_a_session_goes_on_though_another_one_was_begun_for_a_repetition(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0)]))
    booth.session.stop_now()
    booth.client.begin("another", PLAN)  # for its card; nothing ends it
    assert booth.session.resume()
    booth.until(lambda update: isinstance(update, Finished))
    assert len(texts(booth)) == 1


def test_a_repetition_that_is_waited_for_fails_at_stop_now(booth: Booth, tmp_path: Path) -> None:
    booth.session.start()
    booth.tape.play(sound_of(MANY))
    booth.until(lambda update: isinstance(update, Answered))
    scripted.send_signal(booth.client, signal.SIGSTOP)
    booth.session.again(0, "ba", "ru")
    booth.session.stop_now()
    booth.until(lambda update: isinstance(update, Failed))  # others may be answered before
    assert [(f.code, f.utterance) for f in booth.reported(Failed)] == [("request-dropped", 0)]
    booth.until_state(State.IDLE)


def test_a_moment_of_silence_is_not_offered(booth: Booth) -> None:
    booth.session.start()
    booth.until_state(State.LISTENING)
    booth.tape.play(np.zeros(WORTH_KEEPING - 1, dtype=np.float32))
    booth.session.stop_now()
    booth.until_state(State.IDLE)
    assert booth.reported(Postponed) == []
    assert not booth.session.resume()


def test_a_moment_of_speech_is_offered(booth: Booth) -> None:
    booth.session.start()
    booth.until_state(State.LISTENING)
    booth.tape.play(np.full(WORTH_KEEPING - 1, 0.5, dtype=np.float32))
    booth.until(lambda update: isinstance(update, Progress) and update.speaking)
    booth.session.stop_now()
    booth.until_state(State.IDLE)
    (postponed,) = booth.reported(Postponed)
    assert postponed.seconds < 1


def test_a_disk_that_fails_at_stop_now_leaves_nothing_waiting(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of(MANY)[:-1_600])  # the last of it is not flushed yet
    recorder = booth.session._recorder
    assert recorder is not None
    original, recorder._file = recorder._file, open("/dev/full", "r+b", buffering=0)  # noqa: SIM115, PTH123
    with pytest.raises(StorageError):
        booth.session.stop_now()
    recorder._file.close()
    recorder._file = original
    booth.until_state(State.IDLE)
    assert len(booth.reported(Postponed)) == 1


@pytest.mark.log_warnings
def test_a_resumption_that_fails_can_be_tried_again(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0)]))
    booth.session.stop_now()
    booth.client._target = scripted.serve_broken
    booth.session.resume()
    booth.until_state(State.FAILED)
    booth.until(lambda update: isinstance(update, Postponed))
    booth.client._target = scripted.serve
    assert booth.session.resume()
    booth.until_state(State.IDLE)
    assert len(texts(booth)) == 1


def test_a_resumed_session_can_be_stopped_and_resumed(booth: Booth) -> None:
    sound = on_disk(sound_of(MANY))
    booth.session.start()
    booth.tape.play(sound)
    for _ in range(3):
        booth.session.stop_now()
        booth.session.resume()
        booth.until(lambda update: isinstance(update, Answered))
    booth.until(lambda update: isinstance(update, Finished))
    assert sorted(texts(booth)) == list(range(len(MANY)))
    assert texts(booth) == expected(booth, sound)


def test_a_recording_that_is_gone_fails_the_resumption(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0)]))
    booth.session.stop_now()
    booth.session.close()
    booth.session.resume()
    booth.until_state(State.FAILED)
    booth.until(lambda update: isinstance(update, Failed))
    assert booth.reported(Failed)[0].code == "not-readable"


@pytest.fixture
def two_languages(tmp_path: Path) -> Iterator[Booth]:
    plan = Plan(languages=("ru",), targets={"ru": "ba", "ba": "ru"})
    booth = Booth(tmp_path, plan=plan)
    yield booth
    booth.session.close()
    booth.client.close()


@pytest.mark.parametrize("give_up", [False, True], ids=["at once", "resumed"])
def test_who_speaks_is_heard_from_that_sample_on(two_languages: Booth, give_up: bool) -> None:
    booth, sound = two_languages, np.full(SAMPLE_RATE, 0.5, dtype=np.float32)
    booth.session.start()
    for language in ("ru", "ba", "ru"):
        booth.session.speak(language)
        booth.tape.play(sound)
    if give_up:
        booth.session.stop_now()
        booth.session.resume()
    else:
        booth.session.stop()
    booth.until(lambda update: isinstance(update, Finished))
    said_by = [(u.language, u.start, u.end) for u in booth.reported(Recognized)]
    assert said_by == [("ru", 0.0, 1.0), ("ba", 1.0, 2.0), ("ru", 2.0, 3.0)]


def test_a_microphone_that_breaks_fails_the_session_and_loses_nothing(booth: Booth) -> None:
    booth.session.start()
    booth.tape.play(sound_of([(0.5, 1.0)]))
    booth.report(MicrophoneBroken("ValueError: so"))
    booth.until(lambda update: isinstance(update, Finished))
    assert [(u.code, u.params) for u in booth.reported(Failed)] == [
        ("unexpected", {"detail": "ValueError: so"})
    ]
    assert booth.session.state is State.FAILED
    assert len(texts(booth)) == 1


def test_falling_behind_is_told_once_with_a_way_out(tmp_path: Path) -> None:
    """The worker is there but hears nothing any more."""
    booth = Booth(tmp_path, plan=replace(PLAN, smaller="smaller"))
    booth.session.start()
    booth.until_state(State.LISTENING)
    scripted.send_signal(booth.client, signal.SIGSTOP)
    booth.tape.play(np.zeros(90 * SAMPLE_RATE, dtype=np.float32))
    booth.session.stop_now()
    booth.until_state(State.IDLE)
    (falling,) = booth.reported(FallingBehind)
    assert 20 <= falling.seconds <= 30
    assert falling.smaller == "smaller"
    booth.session.close()
    booth.client.close()


def test_loading_is_not_falling_behind(booth: Booth) -> None:
    booth.session.start()
    scripted.send_signal(booth.client, signal.SIGSTOP)  # it never gets ready
    booth.tape.play(np.zeros(90 * SAMPLE_RATE, dtype=np.float32))
    booth.session.stop_now()
    booth.until_state(State.IDLE)
    assert booth.reported(FallingBehind) == []


def test_no_session_is_called_as_another_though_the_clock_stands() -> None:
    moment = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=5)))
    names = {_identity(moment) for _ in range(20)}
    assert len(names) == 20
    assert all(name.startswith("2026-10-25 02-30-00.000 +0500 ") for name in names)
