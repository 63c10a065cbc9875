"""What Whisper base makes of silence after speech is what its recipe says."""

import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from ctranslate2.models import Whisper

from tests import voices
from tests.original_whisper import in_eight_bits
from tolmach.core import paths
from tolmach.core.pack import Pack
from tolmach.core.windows import COMPUTE_TYPE, SILENCE
from tolmach.engines.base import RecognitionRequest
from tolmach.engines.whisper import WhisperRecognizer
from tolmach.sessions.evaluation import read_speech

CLIPS = 12
BEHIND = 300  # places: 6 s, longer than any excerpt
NOISE = 0.2  # of what single excerpts make of it, between kinds of processors and excerpts


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    sys.path.insert(0, str(Path(__file__).parents[2] / "models" / "recipes"))
    import silence

    return silence


def test_excerpts_are_the_same_each_time(recipe: ModuleType) -> None:
    excerpts, again = list(recipe.excerpts()), list(recipe.excerpts())
    assert [len(excerpt) for excerpt in excerpts] == [len(excerpt) for excerpt in again]
    assert len({len(excerpt) for excerpt in excerpts}) == recipe.EXCERPTS
    assert all(np.array_equal(*pair) for pair in zip(excerpts, again, strict=True))


@pytest.mark.soak
@pytest.mark.timeout(120)
def test_the_file_is_what_the_recipe_makes(
    recipe: ModuleType, whisper_base: Pack, tmp_path: Path
) -> None:
    original = in_eight_bits(whisper_base, tmp_path / "original")
    model = Whisper(str(original.folder), compute_type=COMPUTE_TYPE)
    encoded = [recipe.encode(model, excerpt) for excerpt in recipe.excerpts()]
    committed = np.load(paths.builtin_manifests() / SILENCE).astype(np.float32)
    spread = np.std(encoded, axis=0)[BEHIND:].mean()
    assert np.abs(np.mean(encoded, axis=0) - committed).mean() < NOISE * spread
    assert np.abs(encoded[0] - committed)[BEHIND:].mean() > NOISE * spread  # one alone is not


def test_known_silence_keeps_a_decoder_from_drifting(
    whisper_base: Pack, shared: Path, tmp_path: Path
) -> None:
    """In Tatar, which it hardly knows, more letters than not are wrong in ten seconds alone."""
    clips = read_speech(shared / "speech", "tt")[:CLIPS]
    original = in_eight_bits(whisper_base, tmp_path / "original")  # the changed one drifts less
    recognizer = WhisperRecognizer(original, 1)
    rates = []
    for completed in (False, True):
        request = RecognitionRequest({"tt": 1.0}, window=10.0, completed=completed)
        texts = [recognizer.recognize(voices.sound(clip.path), request).text for clip in clips]
        pairs = [(clip.text, text) for clip, text in zip(clips, texts, strict=True)]
        rates.append(voices.error_rates(pairs, "tt")[1])
    alone, followed = rates
    assert followed < 0.8 * alone
