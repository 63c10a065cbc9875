"""What is loaded of a Whisper for its encoder alone encodes as the whole one does."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ctranslate2 import StorageView
from ctranslate2.models import Whisper

from tests import tiny_models
from tests.original_whisper import original
from tolmach.core import weights
from tolmach.core.pack import Pack
from tolmach.engines import whisper_encoder
from tolmach.engines.whisper_encoder import encoder_files, load_encoder

FRAMES = (1, 1000, 3000)


def encode_alike(folder: Path) -> bool:
    """Whether the encoder alone and the whole model write the same numbers."""
    alone = load_encoder(folder, 1)
    whole = Whisper(str(folder), device="cpu", compute_type="int8", intra_threads=1)
    noise = np.random.default_rng(0).normal(0, 0.5, (1, whole.n_mels, 3000)).astype(np.float32)

    def encoded(model: Whisper, frames: int) -> Any:
        features = np.ascontiguousarray(noise[:, :, :frames])
        return np.array(model.encode(StorageView.from_array(features)))

    return all(np.array_equal(encoded(alone, n), encoded(whole, n)) for n in FRAMES)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return tiny_models.whisper(tmp_path / "модель", says="привет", short="аббазз", turn=300)


def test_of_whisper_base_a_third_is_loaded(whisper_base: Pack) -> None:
    folder = whisper_base.folder
    size = (folder / "model.bin").stat().st_size
    assert len(encoder_files(folder)["model.bin"]) < 0.4 * size
    assert encode_alike(folder)


def test_floats_are_made_small_as_those_of_a_whole_model(
    whisper_base: Pack, tmp_path: Path
) -> None:
    assert encode_alike(original(whisper_base, tmp_path / "float16").folder)


def test_what_is_in_another_layout_is_loaded_whole(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert encode_alike(tiny)
    monkeypatch.setattr(weights, "VERSION", weights.VERSION + 1)
    assert encode_alike(tiny)


def test_where_no_file_can_be_written_the_whole_is_loaded(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_folder = tmp_path / "файл"
    no_folder.touch()
    monkeypatch.setenv("TOLMACH_HOME", str(no_folder))
    assert encode_alike(tiny)


def test_its_files_are_in_our_own_folder_until_it_is_loaded(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "дом"
    monkeypatch.setenv("TOLMACH_HOME", str(home))
    loaded: list[Path] = []

    def load(folder: Path, threads: int) -> None:
        assert (folder / "model.bin").exists()
        loaded.append(folder)

    monkeypatch.setattr(whisper_encoder, "load", load)
    load_encoder(tiny, 1)
    assert [folder.parent for folder in loaded] == [home]
    assert not list(home.iterdir())
