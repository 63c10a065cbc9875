"""Training of the low-rank changes, in one thread, from the last checkpoint on."""

from __future__ import annotations

import io
import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from tokenizers import Tokenizer
from torch import Tensor

from recognizer import augment
from recognizer.synthesis import Shard, read_shard
from tolmach.core import weights
from tolmach.packs import builtin

from .network import Whisper

RATE = 2e-3
WARM_UP = 30  # steps
BATCH = 16
SILENT = 1 / 12  # of the utterances: noise takes their place
QUIET = 1 / 4  # of the noises: nothing at all is to be heard
SAME = 0.5  # weight of what is to stay
STRENGTH = 0.7  # of the changes to the sound at every visit
SPARE = (50, 200)  # feature frames of silence after the sound
FULL, FULL_EVERY, FULL_BATCH = 3000, 16, 4  # a batch of half minutes: short sounds get such windows
REPORT_EVERY, SAVE_EVERY = 30.0, 180.0
IGNORED = -100
_log = logging.getLogger("adaptation")


@dataclass(frozen=True)
class Plan:
    """What is to be done."""

    work: Path
    minutes: float  # of training in all, earlier runs included
    rank: int

    @property
    def checkpoint(self) -> Path:
        """Return where the changes are kept."""
        return self.work / "checkpoint.pt"


@dataclass(frozen=True)
class Batch:
    """Features (batch, mels, frames), the decoder's input, what it is to say after each token."""

    features: Tensor
    tokens: Tensor
    targets: Tensor  # IGNORED where nothing is asked
    same: Tensor  # where the answer is to be the original's: the language, Russian


def original() -> weights.Weights:
    """Return the weights of Whisper base in sixteen bits, as the packages have them."""
    content = b"".join(path.read_bytes() for path in builtin.parts())
    return weights.read(io.BytesIO(content), builtin.ID)


def small_file(name: str) -> bytes:
    """Return a small file of the model."""
    return (builtin.parts()[0].parent / name).read_bytes()


class Batcher:
    """Makes batches of utterances of about the same length."""

    def __init__(self, shards: Sequence[Shard], seed: int) -> None:
        self._shards = shards
        self._rng, self._array_rng = random.Random(seed), np.random.default_rng(seed)
        self._generator = torch.Generator().manual_seed(seed)
        self._tokenizer = Tokenizer.from_str(small_file("tokenizer.json").decode())
        self._end = self._special("endoftext")

    def __iter__(self) -> Iterator[Batch]:
        """Yield batches without end; every utterance is visited once before any twice."""
        count = 0
        while True:
            places = [
                (shard, place) for shard in self._shards for place in range(len(shard.utterances))
            ]
            self._rng.shuffle(places)
            size = 20 * BATCH
            for first in range(0, len(places) - size + 1, size):
                pool = sorted(places[first : first + size], key=_length)
                batches = [pool[start : start + BATCH] for start in range(0, size, BATCH)]
                self._rng.shuffle(batches)
                for batch in batches:
                    count += 1
                    full = count % FULL_EVERY == 0
                    yield self._batch(batch[:FULL_BATCH] if full else batch, full=full)

    def _batch(self, places: Sequence[tuple[Shard, int]], *, full: bool) -> Batch:
        pieces = [
            augment.crop_and_stretch(
                shard.sound(place), shard.utterances[place], self._array_rng, STRENGTH
            ).frames
            for shard, place in places
        ]
        lengths = [len(piece) for piece in pieces]
        longest = FULL if full else max(lengths) + self._rng.randint(*SPARE)
        powers = torch.full((len(pieces), max(lengths), pieces[0].shape[1]), -10.0)
        silent = torch.rand(len(pieces), generator=self._generator) < SILENT
        for row, piece, nothing in zip(powers, pieces, silent, strict=True):
            row[: len(piece)] = self._noise(len(piece)) if nothing else torch.from_numpy(piece)
        changed = augment.change_power(powers, self._generator, STRENGTH)
        features = augment.normalise(changed, lengths)
        augment.mask(features, lengths, self._array_rng, STRENGTH)
        padded = functional.pad(features, (0, 0, 0, longest - max(lengths)))
        return Batch(padded.transpose(1, 2).contiguous(), *self._texts(places, silent.tolist()))

    def _noise(self, length: int) -> Tensor:
        """Return powers of a sound without speech."""
        if self._rng.random() < QUIET:
            return torch.full((length, augment.MELS), -10.0)
        level, grain = -9 + 6 * self._rng.random(), 0.4 * self._rng.random()
        tilt = torch.linspace(-1, 1, augment.MELS) * self._rng.uniform(-3, 1)
        noise = torch.randn(length, augment.MELS, generator=self._generator)
        return (level + tilt + grain * noise).clamp(min=-10.0)

    def _texts(
        self, places: Sequence[tuple[Shard, int]], silent: Sequence[bool]
    ) -> tuple[Tensor, Tensor, Tensor]:
        rows: list[list[int]] = []
        answers: list[list[int]] = []
        same: list[list[bool]] = []
        for (shard, place), nothing in zip(places, silent, strict=True):
            utterance = shard.utterances[place]
            start, text = self.prompt(utterance.language), "" if nothing else " " + utterance.text
            words = self._tokenizer.encode(text, add_special_tokens=False).ids if text else []
            russian = bool(words) and utterance.language == "ru"
            answer = [IGNORED] * (len(words) + 1) if russian else [*words, self._end]
            rows.append([*start, *words])
            answers.append([IGNORED] * (len(start) - 1) + answer)
            same.append([True, *[False] * (len(start) - 2), *[russian] * (len(words) + 1)])
        return _padded(rows, self._end), _padded(answers, IGNORED), _padded(same, 0).bool()

    def prompt(self, language: str) -> list[int]:
        """Return how an answer in this language begins."""
        return [
            self._special(name)
            for name in ("startoftranscript", language, "transcribe", "notimestamps")
        ]

    def _special(self, name: str) -> int:
        number: int | None = self._tokenizer.token_to_id(f"<|{name}|>")
        if number is None:
            raise KeyError(name)
        return number


def _padded(rows: Sequence[list[int]] | Sequence[list[bool]], filling: int) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[filling] * (longest - len(row))] for row in rows])


def _length(place: tuple[Shard, int]) -> int:
    shard, index = place
    return int(shard.offsets[index + 1] - shard.offsets[index])


def loss(network: Whisper, batch: Batch) -> tuple[Tensor, Tensor]:
    """Return the cross-entropy per token, of what is asked and of what is to be the original's."""
    with torch.no_grad():
        encoded = network.encode(batch.features)
        network.plain = True
        before = network.scores(network.decode(encoded, batch.tokens)[batch.same]).float()
        network.plain = False
    states = network.decode(encoded, batch.tokens)
    answer = batch.targets != IGNORED
    return (
        functional.cross_entropy(network.scores(states[answer]).float(), batch.targets[answer]),
        functional.cross_entropy(network.scores(states[batch.same]).float(), before.softmax(-1)),
    )


def load(plan: Plan) -> tuple[Whisper, dict[str, float]]:
    """Return the network with the changes so far and how far it has come."""
    network = Whisper(original(), plan.rank)
    network.frozen_as(torch.bfloat16)
    if not plan.checkpoint.exists():
        return network, {"seconds": 0.0, "visits": 0, "step": 0}
    state = torch.load(plan.checkpoint, weights_only=True)
    network.load_state_dict(state["changes"])
    return network, state["progress"]


def train(plan: Plan) -> None:
    """Train until the time is over."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    network, progress = load(plan)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    if plan.checkpoint.exists():
        optimiser.load_state_dict(torch.load(plan.checkpoint, weights_only=True)["optimiser"])
    paths = sorted((plan.work / "shards").glob("[0-9]*.npy"))
    batches = iter(Batcher([read_shard(path) for path in paths], int(progress["visits"])))
    held_out = list(_held_out(plan))
    total, spent, began = plan.minutes * 60, progress["seconds"], time.monotonic()
    due, mean = {"report": spent + REPORT_EVERY, "save": spent + SAVE_EVERY}, None
    while progress["seconds"] < total:
        batch, warmth = next(batches), min(1.0, (progress["step"] + 1) / WARM_UP)
        value = _step(network, optimiser, batch, RATE * warmth * (1 - progress["seconds"] / total))
        mean = value if mean is None else mean + 0.02 * (value - mean)
        progress["step"] += 1
        progress["visits"] += len(batch.tokens)
        progress["seconds"] = spent + time.monotonic() - began
        if progress["seconds"] >= due["report"]:
            due["report"] += REPORT_EVERY
            _log.info("%s  loss %.3f", progress, mean)
        if progress["seconds"] >= due["save"] or progress["seconds"] >= total:
            due["save"] += SAVE_EVERY
            _save(plan, network, optimiser, progress)
            with torch.no_grad():
                values = [loss(network, batch)[0].item() for batch in held_out]
            _log.info("held out: loss %.3f", sum(values) / len(values))


def _step(network: Whisper, optimiser: torch.optim.Optimizer, batch: Batch, rate: float) -> float:
    """Learn from a batch; return the loss of what is asked."""
    for group in optimiser.param_groups:
        group["lr"] = rate
    value, difference = loss(network, batch)
    (value + SAME * difference).backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad()
    return float(value.item())


def _held_out(plan: Plan) -> Iterator[Batch]:
    """Yield some batches of voices and sentences that are never trained on."""
    batches = iter(Batcher([read_shard(plan.work / "shards" / "held-out.npy")] * 2, 1))
    for _ in range(4):
        yield next(batches)


def _save(
    plan: Plan, network: Whisper, optimiser: torch.optim.Optimizer, progress: dict[str, float]
) -> None:
    state = {
        "changes": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "progress": dict(progress),
    }
    temporary = plan.checkpoint.with_suffix(".new")
    torch.save(state, temporary)
    temporary.replace(plan.checkpoint)
