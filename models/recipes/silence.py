"""`python -m silence --out ../builtin`: what Whisper base's encoder makes of silence after speech.

Excerpts of the bundled samples, each with silence up to half a minute, go through the original's
encoder; the mean at every place is what the program puts behind the sound that it encodes (decision
45), and what the changed one learned to have behind it (decision 46).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from ctranslate2 import StorageView
from ctranslate2.models import Whisper

from manifests import state
from tolmach.audio.media import open_media
from tolmach.core import paths
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.core.windows import COMPUTE_TYPE, FRAMES, FULL, SILENCE
from tolmach.engines.log_mel import Floats, LogMel
from tolmach.packs import builtin

SOURCES = ("doctor.flac", "conversation.flac")
EXCERPTS = 24
LENGTHS = (0.6, 2.2)  # seconds


def main() -> None:
    parser = argparse.ArgumentParser(prog="silence", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="models/builtin")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        pack = builtin.make(Path(folder), lambda size, total: None)
        with (pack.folder / "model.bin").open("wb") as file:
            file.writelines(builtin.model(builtin.parts(), None))
        model = Whisper(str(pack.folder), compute_type=COMPUTE_TYPE)
        encoded = [encode(model, excerpt) for excerpt in excerpts()]
    np.save(options.out / SILENCE, np.mean(encoded, axis=0).astype(np.float16))
    state((options.out / SILENCE).read_bytes(), SILENCE, options.out / f"{builtin.ID}.json")


def excerpts() -> Iterator[Samples]:
    """Yield pieces of the samples from anywhere, the same ones each time."""
    sound = np.concatenate(
        [block for name in SOURCES for block in open_media(paths.resources() / "samples" / name)]
    )
    random = np.random.default_rng(1)
    for _ in range(EXCERPTS):
        length = int(SAMPLE_RATE * random.uniform(*LENGTHS))
        first = random.integers(0, len(sound) - length)
        yield sound[first : first + length]


def encode(model: Whisper, sound: Samples) -> Floats:
    """Return what the encoder makes of a sound and silence, (places, width)."""
    mel = LogMel(model.n_mels)
    mel.extend(sound)
    features = mel.window(0)
    padding = round(FULL * FRAMES) - features.shape[1]
    window = np.pad(features, ((0, 0), (0, padding)))[np.newaxis]
    encoded: Floats = np.array(model.encode(StorageView.from_array(window)))[0]
    return encoded


if __name__ == "__main__":
    main()
