"""The growing features equal those that faster-whisper computes from the whole sound."""

import os
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from faster_whisper.feature_extractor import FeatureExtractor
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import REPOSITORY
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.engines.log_mel import HOP, Floats, LogMel, mel_filters

CLOSE = 2e-5  # the features lie between about -1.5 and 1.5, and theirs have single precision
WHOLE = {bands: FeatureExtractor(feature_size=bands) for bands in (80, 128)}
lengths = st.integers(0, 3000)


def noise(length: int, loudness: float = 0.1) -> Samples:
    samples = np.random.default_rng(length).normal(0, loudness, length)
    return np.clip(samples, -1, 1).astype(np.float32)


def pieced(samples: Samples, cuts: list[int], bands: int = 80) -> LogMel:
    """Tell the samples piece by piece; after each the features are asked for, too."""
    mel = LogMel(bands)
    for start, stop in pairwise([0, *sorted(min(cut, len(samples)) for cut in cuts), len(samples)]):
        mel.extend(samples[start:stop])
        mel.window(0)
    return mel


def distance(features: Floats, expected: Floats) -> float:
    assert features.shape == expected.shape
    assert features.dtype == np.float32
    assert features.flags.c_contiguous  # CTranslate2 takes no other
    return float(np.abs(features - expected).max())


@given(lengths, st.lists(lengths, max_size=20), st.sampled_from([0.0, 1e-4, 0.1, 2.0]))
@example(0, [], 0.1)
@example(1, [], 0.1)
@example(41, [40], 0.1)
@example(201, list(range(201)), 0.1)
@example(480, [160, 320], 0.1)
def test_any_pieces_give_the_features_of_the_whole(
    length: int, cuts: list[int], loudness: float
) -> None:
    samples = noise(length, loudness)
    assert distance(pieced(samples, cuts).window(0), WHOLE[80](samples)) < CLOSE


@pytest.mark.parametrize("bands", [80, 128])
@pytest.mark.parametrize("length", [30 * SAMPLE_RATE, 30 * SAMPLE_RATE - 77])
def test_half_a_minute_of_sound_over_noise(bands: int, length: int) -> None:
    tone = 0.5 * np.sin(np.arange(length) ** 2 / 1e7).astype(np.float32)
    tone[: length // 3] = 0.0
    samples = tone + noise(length, 1e-5)
    mel = pieced(samples, list(range(0, length, 9_601)), bands)
    assert mel.samples == length
    assert mel.window(0).shape == (bands, length // HOP + 1)
    assert distance(mel.window(0), WHOLE[bands](samples)) < CLOSE


@given(st.integers(0, 9), st.integers(400, 3000))
def test_a_window_hears_what_is_before_but_nothing_after(first: int, length: int) -> None:
    start = first * HOP
    stop = start + length
    samples = noise(stop + 500)
    # White noise has no place 80 dB below another, so cutting changes nothing here.
    expected = WHOLE[80](samples[:stop])[:, first:]
    assert distance(pieced(samples, [700]).window(start, stop), expected) < CLOSE


def test_what_is_too_quiet_is_measured_within_the_window() -> None:
    quiet, loud = noise(SAMPLE_RATE, 1e-5), noise(SAMPLE_RATE, 0.5)
    mel = pieced(np.concatenate((quiet, loud)), [])
    alone, together = mel.window(0, SAMPLE_RATE), mel.window(0)
    assert distance(alone, WHOLE[80](quiet)) < CLOSE
    assert np.ptp(together[:, :90]) < np.ptp(alone[:, :90])
    assert together.min() == pytest.approx(together.max() - 2.0)


def test_broken_samples_are_silence_and_loud_ones_are_cut() -> None:
    broken = noise(5000)
    broken[::7], broken[::11], broken[::13], broken[::17] = np.nan, np.inf, -np.inf, 1e30
    clean = np.clip(np.nan_to_num(broken, posinf=0.0, neginf=0.0), -1.0, 1.0)
    features = pieced(broken, [1234]).window(0)
    assert np.isfinite(features).all()
    assert distance(features, WHOLE[80](clean)) < CLOSE


def test_a_new_utterance_remembers_nothing() -> None:
    mel = pieced(noise(7777), [])
    mel.reset()
    assert mel.samples == 0
    assert mel.window(0).shape == (80, 1)
    mel.extend(noise(1000))
    assert distance(mel.window(0), WHOLE[80](noise(1000))) < CLOSE


@pytest.mark.parametrize(
    ("start", "stop"), [(1, 1000), (-HOP, 1000), (0, 1001), (5 * HOP, 700), (1120, None)]
)
def test_windows_that_are_not_there(start: int, stop: int | None) -> None:
    with pytest.raises(ValueError, match="no window"):
        pieced(noise(1000), []).window(start, stop)


@pytest.mark.parametrize("bands", [80, 100, 128])
def test_the_filters_are_those_of_whisper(bands: int) -> None:
    expected = FeatureExtractor(feature_size=bands).mel_filters
    assert mel_filters(bands) == pytest.approx(expected, abs=1e-7)


FEATURES = """
from tolmach.engines.log_mel import LogMel
import numpy, psutil
mel = LogMel(80)
mel.extend(numpy.ones(160_000, dtype=numpy.float32))
mel.window(0)
print(psutil.Process().num_threads())
"""


def test_no_thread_waits_for_the_next_features() -> None:
    environment = {name: os.environ[name] for name in os.environ if name != "OPENBLAS_NUM_THREADS"}
    environment["PYTHONPATH"] = str(REPOSITORY / "app")
    answer = subprocess.check_output([sys.executable, "-c", FEATURES], env=environment, text=True)
    assert answer.strip() == "1"
