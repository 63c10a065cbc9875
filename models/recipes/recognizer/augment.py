"""Cheap changes made to log10 mel powers at every visit of an utterance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .features import MELS
from .synthesis import Utterance


@dataclass(frozen=True)
class Piece:
    """The sound of one utterance and the frames between which it is spoken."""

    frames: np.ndarray
    begin: float
    end: float


def crop_and_stretch(
    frames: np.ndarray, utterance: Utterance, rng: np.random.Generator, strength: float
) -> Piece:
    """Cut some of the silence around the speech and change the tempo a little."""
    first = int(rng.integers(0, max(1, utterance.begin - 1))) if rng.random() < 0.7 else 0
    spare = max(1, len(frames) - utterance.end)
    last = len(frames) - (int(rng.integers(0, spare)) if rng.random() < 0.7 else 0)
    cut = frames[first:last].astype(np.float32)
    begin, end = utterance.begin - first, utterance.end - first
    if rng.random() > 0.4 * strength:
        return Piece(cut, begin, end)
    factor = rng.uniform(0.87, 1.15)
    places = np.arange(0, len(cut) - 1, factor)
    low = places.astype(np.int64)
    share = (places - low).astype(np.float32)[:, None]
    stretched = cut[low] * (1 - share) + cut[low + 1] * share
    return Piece(stretched, begin / factor, end / factor)


def _warp_matrices(count: int, generator: torch.Generator, strength: float) -> Tensor:
    """Return matrices that shift the mel bands as another vocal tract would."""
    factors = 1 + 0.1 * strength * (2 * torch.rand(count, 1, generator=generator) - 1)
    factors[torch.rand(count, 1, generator=generator) < 0.4] = 1.0
    places = (torch.arange(MELS)[None, :] * factors).clamp(max=MELS - 1.0)
    distance = places[:, None, :] - torch.arange(MELS)[None, :, None]
    return (1 - distance.abs()).clamp(min=0)


def change_power(powers: Tensor, generator: torch.Generator, strength: float) -> Tensor:
    """Warp, tilt, amplify log10 powers of shape (batch, frames, mels), add a noise floor."""
    batch = powers.shape[0]

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand(batch, *shape, generator=generator)

    powers = powers @ _warp_matrices(batch, generator, strength)
    slope = torch.linspace(-0.5, 0.5, MELS)[None, None, :]
    powers = powers + strength * uniform(-1.2, 1.2, 1, 1) * slope
    top = powers.amax(dim=(1, 2), keepdim=True)
    level = top - uniform(4.0, 9.5, 1, 1) / (0.3 + 0.7 * strength)
    shape = uniform(-1.0, 1.0, 1, 1) * slope * 2
    grain = 0.25 * torch.randn(powers.shape, generator=generator)
    powers = torch.logaddexp(powers * 2.302585, (level + shape + grain) * 2.302585) / 2.302585
    return (powers + strength * uniform(-1.5, 0.7, 1, 1)).clamp(min=-10.0)


def normalise(powers: Tensor, lengths: list[int]) -> Tensor:
    """Scale as Whisper does; frames after an utterance's end become zeros."""
    inside = torch.arange(powers.shape[1])[None, :] < torch.tensor(lengths)[:, None]
    top = powers.masked_fill(~inside[..., None], -10.0).amax(dim=(1, 2), keepdim=True)
    scaled = (torch.maximum(powers, top - 8.0) + 4.0) / 4.0
    return scaled * inside[..., None]


def mask(features: Tensor, lengths: list[int], rng: np.random.Generator, strength: float) -> None:
    """Hide bands of frequencies and short stretches of time, in place."""
    for row, length in zip(features, lengths, strict=True):
        filling = float(row[:length].mean()) if length else 0.0
        for _ in range(2):
            if rng.random() < 0.6 * strength:
                width = int(rng.integers(1, 11))
                start = int(rng.integers(0, MELS - width))
                row[:length, start : start + width] = filling
        for _ in range(1 + length // 400):
            if rng.random() < 0.5 * strength:
                width = int(rng.integers(1, 9))
                start = int(rng.integers(0, max(1, length - width)))
                row[start : min(length, start + width)] = filling
