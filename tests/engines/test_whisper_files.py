"""What is loaded of a Whisper does what the whole one would."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ctranslate2 import StorageView
from ctranslate2.models import Whisper

from tests import tiny_models
from tests.original_whisper import original
from tolmach.core import paths, weights
from tolmach.core.errors import ModelError
from tolmach.core.model_files import read_vocabulary
from tolmach.core.pack import Pack
from tolmach.engines import whisper_files
from tolmach.engines.whisper_files import encoder_alone, load, load_encoder, with_tokens

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
    with encoder_alone(folder) as smaller:
        size = (smaller / "model.bin").stat().st_size
    assert size < 0.4 * (folder / "model.bin").stat().st_size
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

    monkeypatch.setattr(whisper_files, "load", load)
    load_encoder(tiny, 1)
    assert [folder.parent for folder in loaded] == [home]
    assert not list(home.iterdir())


def test_what_a_killed_process_left_is_removed(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLMACH_HOME", str(tmp_path / "дом"))
    old, young = (tmp_path / "дом" / f"whisper-loading-{name}" for name in ("old", "young"))
    foreign = tmp_path / "дом" / "whisper-loading-dock"
    for folder, name in ((old, "model.bin"), (young, "model.bin"), (foreign, "фото.jpg")):
        folder.mkdir(parents=True)
        (folder / name).touch()
    for folder in (old, foreign):
        os.utime(folder, (0, 0))
    load_encoder(tiny, 1)
    assert not old.exists()
    assert young.exists()  # somebody may be loading it
    assert (foreign / "фото.jpg").exists()


def test_on_a_stick_nothing_is_written(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "is_portable", lambda: True)
    with pytest.raises(OSError, match="stick"), with_tokens(tiny, range(10)):
        pass
    assert encode_alike(tiny)


def test_with_some_tokens_it_writes_what_the_whole_one_would_without_the_others(
    tiny: Path,
) -> None:
    tokens = read_vocabulary(tiny, ["vocabulary"], "проба")
    special = [number for number, token in enumerate(tokens) if token.startswith("<|")]
    letters = [number for number, token in enumerate(tokens) if token in "привет"]
    ids = sorted([*special, *letters])
    with with_tokens(tiny, ids) as folder:
        some = load(folder, 1)
        vocabulary = read_vocabulary(folder, ["vocabulary"], "проба")
    assert vocabulary[: len(ids)] == [tokens[number] for number in ids]
    assert sorted(vocabulary) == sorted(tokens)
    whole = load(tiny, 1)
    others = [number for number in range(len(tokens)) if number not in ids]
    noise = np.random.default_rng(0).normal(0, 0.5, (1, whole.n_mels, 3000)).astype(np.float32)
    features = StorageView.from_array(noise)
    prompt = [["<|startoftranscript|>", "<|ru|>", "<|transcribe|>", "<|notimestamps|>"]]
    [expected] = whole.generate(features, prompt, suppress_tokens=[-1, *others])
    [answer] = some.generate(features, prompt, suppress_tokens=[-1])
    assert "".join(answer.sequences[0]) == "".join(expected.sequences[0]) != ""
    assert [ids[number] for number in answer.sequences_ids[0]] == expected.sequences_ids[0]


def test_a_layout_that_is_not_read_is_refused(tiny: Path) -> None:
    vocabulary = tiny / "vocabulary.json"
    vocabulary.write_text(json.dumps([*json.loads(vocabulary.read_text()), "лишнее"]))
    with pytest.raises(ModelError), with_tokens(tiny, range(10)):
        pass
