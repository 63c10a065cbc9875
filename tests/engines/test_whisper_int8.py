"""Whisper base in eight bits on the disk says what the original says, token by token.

Real weights and real voices: the Debian package festvox-ru, one reader.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests import voices
from tests.original_whisper import changed, in_eight_bits, original
from tolmach.core import weights
from tolmach.core.pack import Pack
from tolmach.core.weights import Variable, Weights
from tolmach.core.whisper_folder import check_whisper_folder
from tolmach.engines.whisper_model import Answer, Limits, WhisperModel
from tolmach.engines.whisper_text import WhisperText

SOME, MORE = 6, 40
FULL = 3000  # feature frames of half a minute


def clips(count: int) -> list[Path]:
    return [spoken.path for spoken in voices.clips(count)]


def answers(pack: Pack, sounds: list[Path]) -> Iterator[Answer]:
    """Yield what the model writes for each clip, with the beam of a final text."""
    tokens = check_whisper_folder(pack.folder, pack.id)
    prompt = WhisperText(pack.folder, pack.id, tokens).prompt("<|ru|>", "", 0)
    model = WhisperModel(pack, 2)
    for path in sounds:
        model.hear(voices.sound(path), None)
        yield model.write(model.encode(0, FULL), prompt, [], Limits(200, 5, [-1]))


def compare(whisper_base: Pack, folder: Path, sounds: list[Path]) -> None:
    floats = original(whisper_base, folder / "original")
    eighths = in_eight_bits(whisper_base, folder / "small")
    spoken = 0
    for path, whole, halved in zip(
        sounds, answers(eighths, sounds), answers(floats, sounds), strict=True
    ):
        assert whole == halved, path.name  # not the tokens only: their probability, too
        spoken += len(whole.ids)
    assert spoken > 10 * len(sounds)


@pytest.mark.timeout(300)
def test_the_same_tokens_as_the_original(whisper_base: Pack, tmp_path: Path) -> None:
    compare(whisper_base, tmp_path, clips(SOME))


@pytest.mark.soak
def test_the_same_tokens_as_the_original_on_many_clips(whisper_base: Pack, tmp_path: Path) -> None:
    compare(whisper_base, tmp_path, clips(MORE))


@pytest.mark.soak
def test_convolutions_in_eight_bits_would_be_heard(whisper_base: Pack, tmp_path: Path) -> None:
    """As CTranslate2's converter writes them; the comparison above would notice."""
    sounds = clips(MORE)
    small = changed(whisper_base, tmp_path / "convolutions", quantized_convolutions)
    others = [
        path.name
        for path, whole, eighth in zip(
            sounds, answers(whisper_base, sounds), answers(small, sounds), strict=True
        )
        if whole.ids != eighth.ids
    ]
    sys.stdout.write(f"other tokens: {len(others)} of {len(sounds)} clips\n")
    assert others


def quantized_convolutions(model: Weights) -> Weights:
    """Flatten the convolutions to matrices, have those quantised, and give them their shape."""
    names = [name for name, v in model.variables.items() if len(v.shape) == 3]
    assert len(names) == 2
    flat = {name: model.variables[name].array() for name in names}
    matrices = {
        name: Variable((len(a), a[0].size), a.dtype, partial(a.reshape, len(a), -1))
        for name, a in flat.items()
    }
    small = dict(weights.quantized(replace(model, variables=matrices)).variables)
    for name, array in flat.items():
        rows = small[name].array().reshape(array.shape)
        small[name] = Variable(rows.shape, rows.dtype, rows.view)
    return replace(model, variables={**model.variables, **small})
