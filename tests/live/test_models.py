"""Random weights write so many tokens a second, for us and for faster-whisper alike."""

import math
from pathlib import Path

import numpy as np
import pytest

from tests.live import models
from tests.live.peers import SPARE, Whisper
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.engines import table
from tolmach.engines.base import RecognitionRequest

SECONDS = 4.0
LITTLE = models.Shape("little", 1, 512, 8, ((0, 0),))


@pytest.fixture(scope="module")
def folder(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (shared / "whisper").is_dir():
        pytest.skip("OpenAI's vocabulary is not here")
    return models.write(tmp_path_factory.mktemp("models") / "little", LITTLE)


def noise() -> Samples:
    random = np.random.default_rng(0)
    return random.normal(0, 0.05, int(SECONDS * SAMPLE_RATE)).astype(np.float32)


def most(seconds: float) -> int:
    return math.ceil(models.TOKENS_PER_SECOND * (seconds + SPARE))


@pytest.mark.parametrize("context", ["dynamic", "full"])
def test_our_answer_is_as_long_as_the_sound(folder: Path, context: str) -> None:
    recognizer = table.recognizer(models.pack(folder, LITTLE, context), 1)
    request = RecognitionRequest({"ru": 1.0, "tt": 1.0}, voiced=SECONDS, timed=True)
    transcription = recognizer.recognize(noise(), request)
    assert len(transcription.text.split()) == len(set(transcription.text.split())) == most(SECONDS)
    assert transcription.language == "ru"
    assert not transcription.doubtful
    begins = [word.start for word in transcription.words if word.start < SECONDS - 0.1]
    assert np.diff(begins) == pytest.approx(1 / models.TOKENS_PER_SECOND, abs=0.05)


def test_faster_whisper_writes_the_same_words(folder: Path) -> None:
    pack = models.pack(folder, LITTLE, "full")
    recognition = table.recognizer(pack, 1).recognize(
        noise(), RecognitionRequest({"ru": 1.0}, voiced=SECONDS)
    )
    transcription = Whisper(pack, ("ru", "tt"), 1).write(noise(), without_timestamps=True)
    assert transcription.text == recognition.text.strip()
    assert transcription.language == "ru"


def test_its_words_have_the_times_of_their_positions(folder: Path) -> None:
    pack = models.pack(folder, LITTLE, "full")
    transcription = Whisper(pack, ("ru", "tt"), 1).write(noise(), word_timestamps=True)
    ends = [word.end for word in transcription.words if word.end < SECONDS - 0.1]
    assert np.diff(ends) == pytest.approx(1 / models.TOKENS_PER_SECOND, abs=0.05)


def test_context_does_not_lengthen_an_answer(folder: Path) -> None:
    whisper = Whisper(models.pack(folder, LITTLE, "full"), ("ru", "tt"), 1)
    transcription = whisper.write(
        noise(), "ru", without_timestamps=True, initial_prompt="привет " * 20
    )
    assert len(transcription.text.split()) == most(SECONDS)
