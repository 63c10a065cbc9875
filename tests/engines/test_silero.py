"""The frame-by-frame detector equals faster-whisper's whole-file one, and hears real speech."""

import shutil
import subprocess
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolmach.core.errors import ModelError
from tolmach.core.samples import FRAME, SAMPLE_RATE, Samples, silence
from tolmach.engines import silero, table
from tolmach.engines.base import VoiceActivityDetector

THRESHOLD = 0.5
NETWORK = "silero_vad_v6.onnx"


@pytest.fixture(scope="module")
def detector() -> VoiceActivityDetector:
    return table.detector()


def frames(samples: Samples) -> list[Samples]:
    return [samples[i : i + FRAME] for i in range(0, len(samples) - FRAME + 1, FRAME)]


def probabilities(detector: VoiceActivityDetector, samples: Samples) -> list[float]:
    detector.reset()
    return [detector.probability(frame) for frame in frames(samples)]


def decode(path: Path) -> Samples:
    from faster_whisper import decode_audio

    samples: Samples = decode_audio(str(path))
    return samples


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """Half a second of silence, a Russian sentence, a second of silence."""
    if not shutil.which("espeak-ng"):
        pytest.skip("espeak-ng is not installed")
    path = tmp_path_factory.mktemp("звук") / "фраза.wav"
    sentence = "Добрый день, мы пришли посмотреть на новый дом"
    subprocess.run(["espeak-ng", "-v", "ru", "-w", str(path), sentence], check=True)
    return np.concatenate([silence(SAMPLE_RATE // 2), decode(path), silence(SAMPLE_RATE)])


def test_agrees_with_the_whole_file_detector(
    detector: VoiceActivityDetector, spoken: Samples
) -> None:
    from faster_whisper.vad import get_vad_model

    whole = spoken[: len(spoken) // FRAME * FRAME]
    # Its last frame is left out: the wrapper blanks the end of the sound it was given.
    expected = get_vad_model()(whole.copy())[:-1]
    assert np.allclose(probabilities(detector, whole)[:-1], expected, atol=1e-4)


def test_hears_a_synthetic_voice_and_the_silence_around_it(
    detector: VoiceActivityDetector, spoken: Samples
) -> None:
    speech = np.array(probabilities(detector, spoken)) > THRESHOLD
    assert not speech[:14].any()  # the silence before
    assert speech[20:-40].mean() > 0.8
    assert not speech[-16:].any()  # the silence after, less the detector's own hangover


@pytest.mark.parametrize("clip", ["tt/030.mp3", "tt/032.mp3", "sah/032.mp3"])
def test_hears_real_voices(detector: VoiceActivityDetector, shared: Path, clip: str) -> None:
    speech = np.array(probabilities(detector, decode(shared / "speech" / clip))) > THRESHOLD
    assert speech.mean() > 0.4


@pytest.mark.parametrize("level", [0.0, 0.001, 0.1])
def test_noise_is_no_speech(detector: VoiceActivityDetector, level: float) -> None:
    noise = np.random.default_rng(1).normal(0, level, SAMPLE_RATE * 2).astype(np.float32)
    assert max(probabilities(detector, noise)[3:]) < THRESHOLD


def test_reset_forgets(detector: VoiceActivityDetector, spoken: Samples) -> None:
    assert probabilities(detector, spoken) == probabilities(detector, spoken)


def test_remembers_between_frames(detector: VoiceActivityDetector, spoken: Samples) -> None:
    in_order = probabilities(detector, spoken)
    alone = [probabilities(detector, frame)[0] for frame in frames(spoken)]
    assert max(abs(a - b) for a, b in zip(in_order, alone, strict=True)) > 0.2


@given(st.sampled_from([float("nan"), float("inf"), float("-inf"), 1e30]))
@settings(deadline=None)
def test_a_broken_sample_does_not_deafen_it(value: float) -> None:
    detector = table.detector()
    broken = silence(FRAME)
    broken[7] = value
    assert 0.0 <= detector.probability(broken) <= 1.0
    assert all(0.0 <= detector.probability(silence(FRAME)) <= 1.0 for _ in range(3))


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the networks in a package that stands in for faster-whisper."""
    folder = tmp_path / "пакет" / "assets"
    folder.mkdir(parents=True)
    package = ModuleSpec("faster_whisper", None, is_package=True)
    package.submodule_search_locations = [str(folder.parent)]
    monkeypatch.setattr(silero, "find_spec", lambda name: package)
    return folder


def test_a_newer_network_is_not_taken_for_the_one_that_was_measured(assets: Path) -> None:
    (assets / "silero_vad_v7.onnx").write_bytes(b"network")
    with pytest.raises(ModelError) as raised:
        table.detector()
    assert (raised.value.code, raised.value.params) == ("detector-missing", {"file": NETWORK})


def test_another_network_under_the_same_name_is_refused(assets: Path) -> None:
    (assets / NETWORK).write_bytes(b"network")
    with pytest.raises(ModelError) as raised:
        table.detector()
    assert (raised.value.code, raised.value.params) == ("detector-changed", {"file": NETWORK})


def test_without_the_package_the_network_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silero, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="detector-missing"):
        table.detector()


@pytest.mark.parametrize("length", [0, 1, FRAME - 1, FRAME + 1])
def test_a_frame_of_another_length_is_a_mistake(
    detector: VoiceActivityDetector, length: int
) -> None:
    with pytest.raises(ValueError, match="512 samples"):
        detector.probability(silence(length))
