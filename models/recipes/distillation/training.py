"""Training of low-rank changes to the encoder: short windows are to become what half a minute does.

Only the original is asked what is right: no texts are needed, and no language is.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from adaptation.network import Whisper
from adaptation.training import original

from .sounds import Examples, recordings

RATE = 1e-3
WARM_UP = 20  # steps
FULL = 3000  # feature frames
BEHIND = 0.3  # weight of what is behind the sound
SPARE = 0.5  # seconds of silence behind a sound at least
REPORT_EVERY, SAVE_EVERY = 10, 50  # steps
_log = logging.getLogger("distillation")


@dataclass(frozen=True)
class Kind:
    """Sounds of 0.4 s to some length, and the windows they are heard in, in feature frames.

    A window is longer than it says where the sound needs it.
    """

    share: float  # of the steps
    count: int  # sounds of a step
    longest: float  # seconds
    windows: tuple[int, ...]


KINDS = (
    Kind(0.15, 8, 2.2, (500,)),
    Kind(0.15, 8, 3.5, (500,)),
    Kind(0.25, 8, 2.2, (1000,)),
    Kind(0.25, 8, 7.4, (1000,)),
    Kind(0.2, 4, 7.4, (1000, FULL)),
)
HELD_OUT = (Kind(0, 12, 2.2, (500, 1000, FULL)), Kind(0, 12, 4.4, (500, 1000)),
            Kind(0, 8, 9.4, (1000, FULL)), Kind(0, 4, 27.0, (0, FULL)))  # fmt: skip


@dataclass(frozen=True)
class Batch:
    """Features (batch, mels, FULL), and how many frames of each are sound."""

    features: Tensor
    lengths: list[int]

    def window(self, least: int) -> int:
        """Return how many frames a window has that is enough for all."""
        return max(least, 2 * (max(self.lengths) // 2) + int(100 * SPARE))

    def weights(self, frames: int) -> Tensor:
        """Return (batch, frames / 2): how much each place counts."""
        weights = torch.full((len(self.lengths), frames // 2), BEHIND)
        for row, length in zip(weights, self.lengths, strict=True):
            row[: -(-length // 2)] = 1
        return weights


def batch(examples: Examples, kind: Kind) -> Batch:
    """Return sounds of a kind."""
    pieces = [torch.from_numpy(examples.features(kind.longest)) for _ in range(kind.count)]
    features = torch.zeros(kind.count, pieces[0].shape[0], FULL)
    for row, piece in zip(features, pieces, strict=True):
        row[:, : piece.shape[1]] = piece
    return Batch(features, [piece.shape[1] for piece in pieces])


def differences(network: Whisper, sounds: Batch, windows: Sequence[int]) -> list[Tensor]:
    """Return how far each window is from the original's half minute, a share of its variance."""
    network.plain = True
    with torch.no_grad():
        whole = network.encode(sounds.features)
    network.plain = False
    results = []
    for least in windows:
        frames = sounds.window(least)
        encoded = network.encode(sounds.features[:, :, :frames])
        goal, weights = whole[:, : frames // 2], sounds.weights(frames)
        errors = ((encoded - goal) ** 2).mean(-1) * weights
        results.append(errors.sum() / weights.sum() / whole.var())
    return results


def load(work: Path, rank: int) -> tuple[Whisper, int]:
    """Return the network with the changes so far, and after how many steps."""
    network = Whisper(original(), rank, "encoder")
    network.frozen_as(torch.bfloat16)
    checkpoint = _checkpoint(work)
    if not checkpoint.exists():
        return network, 0
    state = torch.load(checkpoint, weights_only=True)
    network.load_state_dict(state["changes"])
    return network, state["step"]


def train(work: Path, steps: int, rank: int) -> None:
    """Train for so many steps in all, from the last checkpoint on."""
    torch.manual_seed(1)
    network, step = load(work, rank)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.0)
    if step:
        optimiser.load_state_dict(torch.load(_checkpoint(work), weights_only=True)["optimiser"])
    sources = recordings()
    examples, kinds = Examples(sources, 1000 + step), random.Random(step)
    other = Examples(sources, 1)
    held_out = [(kind, batch(other, kind)) for kind in HELD_OUT]
    mean = 0.0
    for number in range(step, steps):
        if number % REPORT_EVERY == 0:
            _log.info("step %d: %.4f; held out %s", number, mean, _held_out(network, held_out))
        kind = kinds.choices(KINDS, [kind.share for kind in KINDS])[0]
        rate = RATE * min(1.0, (number + 1) / WARM_UP) * (1 - number / steps)
        value = _step(network, optimiser, batch(examples, kind), kind.windows, rate)
        mean += (value - mean) * max(0.03, 1 / (number - step + 1))
        if (number + 1) % SAVE_EVERY == 0 or number + 1 == steps:
            _save(work, network, optimiser, number + 1)
    _log.info("step %d: held out %s", steps, _held_out(network, held_out))


def _step(
    network: Whisper,
    optimiser: torch.optim.Optimizer,
    sounds: Batch,
    windows: Sequence[int],
    rate: float,
) -> float:
    for group in optimiser.param_groups:
        group["lr"] = rate
    values = differences(network, sounds, windows)
    value = torch.stack(values).mean()
    value.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad()
    return float(value.item())


def _held_out(network: Whisper, batches: Sequence[tuple[Kind, Batch]]) -> str:
    """Return the differences in sounds that are not learned from, though their voices are."""
    with torch.no_grad():
        return "; ".join(
            f"{kind.longest:g} s "
            + " ".join(
                f"{least or 'least'}: {value.item():.4f}"
                for least, value in zip(
                    kind.windows, differences(network, sounds, kind.windows), strict=True
                )
            )
            for kind, sounds in batches
        )


def _save(work: Path, network: Whisper, optimiser: torch.optim.Optimizer, step: int) -> None:
    state = {
        "changes": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "step": step,
    }
    temporary = _checkpoint(work).with_suffix(".new")
    torch.save(state, temporary)
    temporary.replace(_checkpoint(work))


def _checkpoint(work: Path) -> Path:
    return work / "checkpoint.pt"
