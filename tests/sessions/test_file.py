"""A session with a file, against a real worker with counting engines, and one that lags."""

import threading
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.worker import scripted
from tolmach.core.errors import AppError, AudioError, Cancelled
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.core.transcript import Segment
from tolmach.sessions.file import AHEAD, FileSession
from tolmach.worker.client import Client
from tolmach.worker.protocol import (
    Event,
    Failed,
    Finished,
    Plan,
    Progress,
    Recognized,
    Translated,
)

PLAN = Plan(languages=("ru",), targets={"ru": "ba"})


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    running = Client(target=scripted.serve)
    yield running
    running.close()


def write(path: Path, samples: Samples) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes((samples * 32767).round().astype("<i2").tobytes())
    return path


def speech(length: float) -> Samples:
    return np.full(round(length * SAMPLE_RATE), 0.5, dtype=np.float32)


@pytest.fixture
def three_sentences(tmp_path: Path) -> Path:
    pause = silence(2 * SAMPLE_RATE)
    parts = [pause, speech(1), pause, speech(9), pause, speech(3)]
    return write(tmp_path / "три фразы.wav", np.concatenate(parts))


def test_a_file_becomes_a_transcript(client: Client, three_sentences: Path) -> None:
    session = FileSession(client, PLAN, three_sentences)
    fractions = []
    for _ in session.run():
        fractions.append(session.fraction)

    segments = session.transcript.ordered()
    assert [segment.utterance for segment in segments] == [0, 1, 2]
    assert [segment.start for segment in segments] == pytest.approx([1.7, 4.7, 15.7], abs=0.1)
    assert [segment.end for segment in segments] == pytest.approx([3.5, 14.5, 19.0], abs=0.1)
    assert all(segment.translation == segment.text[::-1] for segment in segments)
    assert all((segment.language, segment.target) == ("ru", "ba") for segment in segments)
    assert fractions == sorted(fractions)
    assert session.fraction == 1.0
    assert not session.damaged


def test_a_failure_of_the_file_leaves_the_client_usable(
    client: Client, three_sentences: Path, tmp_path: Path
) -> None:
    empty = write(tmp_path / "пусто.wav", silence(0))
    with pytest.raises(AudioError) as caught:
        list(FileSession(client, PLAN, empty).run())
    assert caught.value.code == "file-empty"

    session = FileSession(client, PLAN, three_sentences)
    list(session.run())
    assert len(session.transcript.segments) == 3


@pytest.mark.log_warnings
def test_a_deadly_utterance_is_marked_and_the_others_are_kept(
    client: Client, tmp_path: Path
) -> None:
    pause, deadly = silence(2 * SAMPLE_RATE), speech(1)
    deadly[-1] = scripted.DEADLY
    path = tmp_path / "a.flac"
    _write_exactly(path, np.concatenate([speech(1), pause, deadly, pause, speech(1)]))

    session = FileSession(client, PLAN, path)
    list(session.run())

    failures = [segment.failure for segment in session.transcript.ordered()]
    assert failures == ["", "worker-crashed-on-utterance", ""]


def _write_exactly(path: Path, samples: Samples) -> None:
    """Write float samples without rounding, so that a sample keeps its meaning."""
    import av

    with av.open(str(path.with_suffix(".wav")), "w") as file:
        stream = file.add_stream("pcm_f32le", rate=SAMPLE_RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    path.with_suffix(".wav").rename(path)


class PacedClient(Client):
    """A client whose worker listens only while the session waits for it, and plays a script."""

    def __init__(self, *script: Event) -> None:
        super().__init__()
        self.fed = 0
        self.most_ahead = 0
        self._heard = 0
        self._script = script
        self._session = ""

    def begin(self, session: str, plan: Plan) -> None:
        self._session = session

    def feed(self, session: str, samples: Samples) -> None:
        self.fed += len(samples)
        self.most_ahead = max(self.most_ahead, self.fed - self._heard)
        if self.fed - self._heard > AHEAD:
            self._heard += SAMPLE_RATE
            self.listener(Progress("чужая", 10**9, 10**9, 0, False))
            for heard in range(self._heard, self.fed - AHEAD + SAMPLE_RATE, SAMPLE_RATE):
                self._heard = heard
                self.listener(Progress(session, heard, heard, 0, False))

    def end(self, session: str) -> None:
        for event in self._script:
            self.listener(event)

    def cancel(self) -> None:
        self._session = ""


def test_a_slow_worker_is_never_a_minute_behind(tmp_path: Path) -> None:
    path = write(tmp_path / "долго.wav", silence(300 * SAMPLE_RATE))
    client = PacedClient(Finished(str(path)))

    list(FileSession(client, PLAN, path).run())

    assert client.fed == 300 * SAMPLE_RATE
    assert client.most_ahead <= AHEAD + 10 * SAMPLE_RATE


def test_events_become_segments(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", silence(SAMPLE_RATE))
    name = str(path)
    client = PacedClient(
        Recognized(name, 0, 0.0, 1.0, "ru", 0.9, "Раз."),
        Recognized(name, 0, 0.0, 1.0, "ru", 0.9, "Раз."),  # once more, after a crash
        Translated(name, 0, "ru", "ba", "Бер."),
        Recognized(name, 1, 2.0, 3.0, "ru", 1.0, ""),  # no speech
        Recognized(name, 2, 4.0, 5.0, "ru", 1.0, "Три."),
        Failed(name, "translation-failed", {}, 2),
        Failed(name, "recognition-failed", {}, 3, 6.0, 7.0),
        Recognized("чужая", 9, 8.0, 9.0, "ru", 1.0, "Девять."),
        Finished("чужая"),
        Finished(name),
    )
    session = FileSession(client, PLAN, path)

    events = list(session.run())

    assert session.transcript.ordered() == [
        Segment(0, 0.0, 1.0, "Раз.", "ru", 0.9, "ba", "Бер."),
        Segment(2, 4.0, 5.0, "Три.", "ru", failure="translation-failed"),
        Segment(3, 6.0, 7.0, "", "", failure="recognition-failed"),
    ]
    assert events[-1] == Finished(name)
    assert all(event.session == name for event in events)


def test_a_session_that_fails_as_a_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", silence(SAMPLE_RATE))
    client = PacedClient(Failed(str(path), "model-damaged", {"file": "model.bin", "pack": "p"}))

    with pytest.raises(AppError) as caught:
        list(FileSession(client, PLAN, path).run())

    assert caught.value.code == "model-damaged"
    assert caught.value.params == {"file": "model.bin", "pack": "p"}


def test_cancel_from_another_thread(tmp_path: Path) -> None:
    """The worker never answers; cancel ends the wait."""
    path = write(tmp_path / "a.wav", silence(SAMPLE_RATE))
    session = FileSession(PacedClient(), PLAN, path)
    threading.Timer(0.1, session.cancel).start()

    with pytest.raises(Cancelled):
        list(session.run())


def test_the_worker_is_killed_and_serves_the_next_file(
    client: Client, three_sentences: Path
) -> None:
    session = FileSession(client, PLAN, three_sentences)
    with pytest.raises(Cancelled):
        for _ in session.run():
            session.cancel()

    again = FileSession(client, PLAN, three_sentences)
    list(again.run())
    assert len(again.transcript.segments) == 3
