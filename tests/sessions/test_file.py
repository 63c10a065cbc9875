"""A session with a file, against a real worker with counting engines, and one that lags."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.media_files import write, write_wav
from tests.worker import scripted
from tolmach.core.errors import AppError, AudioError, Cancelled
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.core.transcript import Segment
from tolmach.protocol.messages import Event, Failed, Finished, Progress, Recognized, Translated
from tolmach.protocol.plan import Plan
from tolmach.sessions.file import FileSession
from tolmach.sessions.reading import AHEAD
from tolmach.worker.client import Client

PLAN = Plan(languages=("ru",), targets={"ru": "ba"})


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    running = Client(target=scripted.serve)
    yield running
    running.close()


def speech(length: float) -> Samples:
    return np.full(round(length * SAMPLE_RATE), 0.5, dtype=np.float32)


@pytest.fixture
def three_sentences(tmp_path: Path) -> Path:
    pause = silence(2 * SAMPLE_RATE)
    parts = [pause, speech(1), pause, speech(9), pause, speech(3)]
    return write_wav(tmp_path / "три фразы.wav", np.concatenate(parts))


def test_a_file_becomes_a_transcript(client: Client, three_sentences: Path) -> None:
    session = FileSession(client, PLAN, three_sentences)
    fractions = [session.fraction for _ in session.run()]

    segments = session.transcript.ordered()
    assert [segment.utterance for segment in segments] == [0, 1, 2]
    assert [segment.start for segment in segments] == pytest.approx([1.7, 4.7, 15.7], abs=0.1)
    assert [segment.end for segment in segments] == pytest.approx([3.5, 14.5, 19.0], abs=0.1)
    assert all(segment.translation == segment.text[::-1] for segment in segments)
    assert all((segment.language, segment.target) == ("ru", "ba") for segment in segments)
    assert fractions == sorted(fractions)
    assert session.fraction == 1.0
    assert session.remarks == []


def test_a_file_that_claims_weeks_is_asked_about(client: Client, tmp_path: Path) -> None:
    path = write(tmp_path / "недели.flac", [speech(2)], SAMPLE_RATE)
    data = bytearray(path.read_bytes())
    data[22:26] = (35 * 3600 * SAMPLE_RATE).to_bytes(4, "big")  # samples, in STREAMINFO
    path.write_bytes(data)
    with pytest.raises(AudioError) as caught:
        list(FileSession(client, PLAN, path).run())
    assert (caught.value.code, caught.value.params["hours"]) == ("file-claims-hours", "35")
    session = FileSession(client, PLAN, path, any_length=True)
    list(session.run())
    assert len(session.transcript.segments) == 1


def test_a_failure_of_the_file_leaves_the_client_usable(
    client: Client, three_sentences: Path, tmp_path: Path
) -> None:
    empty = write_wav(tmp_path / "пусто.wav", silence(0))
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
    sound = np.concatenate([speech(1), pause, deadly, pause, speech(1)])
    path = write(tmp_path / "a.au", [sound], SAMPLE_RATE)  # of floats: every sample stays itself

    session = FileSession(client, PLAN, path)
    list(session.run())

    failures = [segment.failure for segment in session.transcript.ordered()]
    assert failures == ["", "worker-crashed-on-utterance", ""]


class ScriptedClient(Client):
    """A client without a worker: hears what is a minute old, and answers the end with a script."""

    def __init__(self, *script: Event) -> None:
        super().__init__()
        self.fed = 0
        self._script = script

    def begin(self, session: str, plan: Plan, first: int = 0, utterance: int = 0) -> None:
        pass

    def feed(self, session: str, samples: Samples) -> None:
        self.fed += len(samples)
        if self.fed > AHEAD:
            examined = self.fed - AHEAD
            self.listener(Progress(session, examined, examined, 0, False))

    def end(self, session: str) -> None:
        for event in self._script:
            self.listener(event)


def test_a_slow_worker_is_waited_for(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "долго.wav", silence(300 * SAMPLE_RATE))
    client = ScriptedClient(Finished(str(path)))

    ahead = [
        client.fed - event.examined
        for event in FileSession(client, PLAN, path).run()
        if isinstance(event, Progress)
    ]

    assert client.fed == 300 * SAMPLE_RATE
    assert len(ahead) == (300 - 60) // 10
    assert set(ahead) == {AHEAD}


def test_events_become_segments(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", silence(SAMPLE_RATE))
    name = str(path)
    client = ScriptedClient(
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
    path = write_wav(tmp_path / "a.wav", silence(SAMPLE_RATE))
    client = ScriptedClient(Failed(str(path), "model-damaged", {"file": "model.bin", "pack": "p"}))

    with pytest.raises(AppError) as caught:
        list(FileSession(client, PLAN, path).run())

    assert caught.value.code == "model-damaged"
    assert caught.value.params == {"file": "model.bin", "pack": "p"}


def test_cancel_from_another_thread(tmp_path: Path) -> None:
    """The worker never answers; cancel ends the wait."""
    path = write_wav(tmp_path / "a.wav", silence(SAMPLE_RATE))
    session = FileSession(ScriptedClient(), PLAN, path)
    threading.Timer(0.1, session.cancel).start()

    with pytest.raises(Cancelled):
        list(session.run())


def test_the_worker_is_killed_and_serves_the_next_file(
    client: Client, three_sentences: Path
) -> None:
    session = FileSession(client, PLAN, three_sentences)
    events = session.run()
    next(events)
    session.cancel()
    with pytest.raises(Cancelled):
        list(events)

    again = FileSession(client, PLAN, three_sentences)
    list(again.run())
    assert len(again.transcript.segments) == 3
