"""Recordings become pieces of some lengths, and each is heard in every window of the rules."""

from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from tests.media_files import write_wav
from tests.worker import scripted
from tolmach.core.errors import AppError, EngineError, UsageError
from tolmach.core.pack import Pack
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.core.windows import ALWAYS_FULL, DRAFT, FINAL, FULL, WindowRule, WindowSize
from tolmach.engines.base import Recognition, RecognitionRequest
from tolmach.pipeline.server import run
from tolmach.pipeline.session import Engines
from tolmach.protocol.plan import Plan
from tolmach.sessions.evaluation import Spoken
from tolmach.sessions.tuning import FEWEST, Excerpt, decoded, pieces
from tolmach.worker.client import Client

RULES = [ALWAYS_FULL, WindowRule(5, 1), WindowRule(5, 1, completed=30), WindowRule(5, 2, 1)]


def noise(seconds: float, quiet: float = 0.0) -> Samples:
    """Return noise with a quiet tenth of a second from `quiet` on."""
    sound = np.random.default_rng(0).uniform(-0.5, 0.5, int(seconds * SAMPLE_RATE))
    at = int(quiet * SAMPLE_RATE)
    sound[at : at + SAMPLE_RATE // 10] *= 0.001
    return sound.astype(np.float32)


def recordings(folder: Path, sound: Samples, count: int = FEWEST) -> list[Spoken]:
    path = write_wav(folder / "запись.wav", sound)
    return [Spoken(path, "Раз, два!", "ru")] * count


class Windowed:
    """A Recognizer that writes the window, unless it is the full one, and whether of a draft."""

    window = 8.0

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        if scripted.BROKEN in samples:
            raise EngineError("recognition-failed", detail="scripted")
        text = "раз"
        if request.window != FULL:
            text += f" {request.window:g} {request.draft} {request.completed}"
        return Recognition(text, "ru", 1.0, 0.0, 0.0, doubtful=request.window < 7)

    def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
        return {"ru": request.window, "ba": 7.0}


def windowed_engines(plan: Plan) -> Engines:
    return Engines(scripted.Loudness(), Windowed(), None)


def serve_windowed(connection: Connection) -> None:
    run(connection, scripted.worker(windowed_engines))


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    client = Client(target=serve_windowed)
    yield client
    client.close()


@pytest.fixture
def pack() -> Pack:
    languages = {"ru": "<|ru|>", "ba": "<|ba|>"}
    return Pack("w", "1", "recognizer", "whisper", Path(), {}, languages=languages)


def test_a_recording_is_cut_where_it_is_quiet_and_heard_whole(tmp_path: Path) -> None:
    chosen, failures = pieces(recordings(tmp_path, noise(3.0, quiet=2.0)), FEWEST)
    assert failures == []
    lengths = [len(piece.samples) / SAMPLE_RATE for piece in chosen[:3]]
    assert 0.7 <= lengths[0] <= 1.0
    assert lengths[1] == pytest.approx(2.05, abs=0.06)
    assert lengths[2] == 3.0
    assert [piece.whole for piece in chosen[:3]] == [False, False, True]
    assert len(chosen) == 3 * FEWEST


def test_so_many_of_each_length_and_no_more_sound_than_a_window_holds(tmp_path: Path) -> None:
    chosen, _ = pieces(recordings(tmp_path, noise(40.0)), 2)
    lengths = [len(piece.samples) / SAMPLE_RATE for piece in chosen]
    assert len(chosen) == 6 * 2
    assert max(lengths) <= 28.0
    assert not any(piece.whole for piece in chosen)


def test_what_cannot_be_read_is_named_and_too_few_are_refused(tmp_path: Path) -> None:
    missing = Spoken(tmp_path / "нет.wav", "Нет", "ru")
    (tmp_path / "текст.wav").write_text("не звук")
    text = Spoken(tmp_path / "текст.wav", "Текст", "ru")
    spoken = recordings(tmp_path, noise(1.1))
    _, failures = pieces([missing, *spoken, text], FEWEST)
    assert {(path.name, error.code) for path, error in failures} == {
        ("нет.wav", "file-missing"),
        ("текст.wav", "not-media"),
    }
    short = Spoken(write_wav(tmp_path / "миг.wav", noise(0.9)), "Миг", "ru")
    with pytest.raises(UsageError, match="too-few-recordings") as caught:
        pieces([missing, short, *spoken[1:]], FEWEST)
    assert caught.value.params == {"count": str(FEWEST - 1), "least": str(FEWEST)}


def test_each_piece_is_heard_in_each_window_as_final_and_as_draft(
    client: Client, pack: Pack
) -> None:
    whole, part = Excerpt(noise(5.5), "Раз, два!", True), Excerpt(noise(0.9), "Раз, два!", False)
    first, second = decoded(client, pack, "ru", [whole, part], RULES)
    sizes = [(650, False), (650, True), (750, False), (3000, False)]
    assert sorted(first[FINAL].decodings) == sizes
    assert sorted(second[DRAFT].decodings) == [(500, False), (500, True), (3000, False)]
    assert (first[FINAL].sound, second[FINAL].sound) == (550, 90)
    longer, completed = WindowSize(750, completed=False), WindowSize(650, completed=True)
    assert first[FINAL].decodings[longer].text == "раз 7,5 false false"
    assert first[DRAFT].decodings[longer].text == "раз 7,5 true false"
    assert first[DRAFT].decodings[completed].text == "раз 6,5 true true"
    assert first[DRAFT].reference == "раз два"
    assert second[DRAFT].reference == "раз"  # nearest to what the full window heard
    by_window = {
        size.frames: (decoding.doubtful, decoding.identified)
        for size, decoding in first[FINAL].decodings.items()
    }
    assert by_window == {650: (True, False), 750: (False, True), 3000: (False, True)}


@pytest.mark.log_warnings
def test_what_fails_ends_it(client: Client, pack: Pack) -> None:
    broken = noise(1.0)
    broken[0] = scripted.BROKEN
    with pytest.raises(AppError, match="recognition-failed"):
        list(decoded(client, pack, "ru", [Excerpt(broken, "Раз", True)], RULES))
