"""Training of low-rank changes to the encoder: short windows are to become what half a minute does.

Only the original is asked what is right, the decoder being its own all the time: what it writes
of half a minute, in the language that it takes it for or in Russian, is to be what it writes of a
short window with known silence behind it (decision 45). No texts are needed.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from adaptation.network import Whisper
from adaptation.training import original, small_file
from tolmach.core import paths
from tolmach.core.windows import SILENCE

from .sounds import Examples, recordings

RATE = 1e-3
WARM_UP = 20  # steps
COUNT = 8  # sounds of a step
SHORT = 0.6  # of the steps with sounds of no more than an answer
ANSWER = 2.2  # seconds
FULL = 3000  # feature frames
FULL_EVERY, FULL_COUNT, FULL_WEIGHT = 6, 4, 0.5  # half a minute itself is to stay as it is
BEHIND = 0.3  # weight of rows behind the sound
SPARE = 0.5  # seconds of silence behind a sound at least
LANGUAGE, ROWS = 0.3, 1.0  # weights beside the words
OWN_LANGUAGE = 0.6  # of the sounds; the others are written as Russian
TOKENS_PER_SECOND, SPARE_TOKENS = 6, 8
CHECK_EVERY, REPORT_EVERY = 60, 20  # steps; what is reported is saved
_log = logging.getLogger("distillation")


@dataclass(frozen=True)
class Kind:
    """Sounds of 0.4 s to some length, and the window they are put into, in feature frames."""

    longest: float  # seconds
    window: int

    def __str__(self) -> str:
        return f"{self.longest:g} s in {self.window / 100:g} s"


WINDOWS = {1000: (0.6, 7.4), 500: (0.4, 3.5)}  # share of the steps, longest sounds in seconds
HELD_OUT = (Kind(ANSWER, 1000), Kind(ANSWER, 500), Kind(7.4, 1000), Kind(ANSWER, FULL))


@dataclass(frozen=True)
class Lesson:
    """Sounds, and what the original makes of them in half a minute.

    `features` are (sounds, mels, FULL), `lengths` the frames of each that are sound, `encoded`
    (sounds, FULL / 2, width), `tokens` (sounds, most) what is written, `places` those of them that
    something follows, `scores` (places, vocabulary) the logits of what follows.
    """

    features: Tensor
    lengths: list[int]
    encoded: Tensor
    tokens: Tensor
    places: Tensor
    scores: Tensor

    def beginning(self, count: int) -> Lesson:
        """Return the first sounds of it."""
        places = self.places[:count]
        scores = self.scores[: int(places.sum())]
        tensors = (self.features, self.lengths, self.encoded, self.tokens)
        return Lesson(*(part[:count] for part in tensors), places, scores)

    def weights(self, frames: int) -> Tensor:
        """Return (sounds, frames / 2): how much each row counts."""
        weights = torch.full((len(self.lengths), frames // 2), BEHIND)
        for row, length in zip(weights, self.lengths, strict=True):
            row[: -(-length // 2)] = 1
        return weights


class Teacher:
    """Asks the original."""

    def __init__(self, network: Whisper, seed: int) -> None:
        self._network, self._random = network, random.Random(seed)
        tokenizer = Tokenizer.from_str(small_file("tokenizer.json").decode())
        names = ("startoftranscript", "transcribe", "notimestamps", "endoftext", "ru", "translate")
        ids = (tokenizer.token_to_id(f"<|{name}|>") for name in names)
        self._start, self._transcribe, self._plain, self._end, self._russian, last = ids
        self._languages = range(self._start + 1, last)

    @torch.no_grad()
    def lesson(self, examples: Examples, kind: Kind) -> Lesson:
        """Return sounds of a kind."""
        pieces = [torch.from_numpy(examples.features(kind.longest)) for _ in range(COUNT)]
        most = kind.window - round(100 * SPARE)
        lengths = [min(piece.shape[1], most) for piece in pieces]
        features = torch.zeros(COUNT, pieces[0].shape[0], FULL)
        for row, piece, length in zip(features, pieces, lengths, strict=True):
            row[:, :length] = piece[:, :length]
        self._network.plain = True
        encoded = self._network.encode(features)
        keys = self._network.keys(encoded)
        tokens = self._begun(self._network.decode_with(keys, torch.full((COUNT, 1), self._start)))
        for _ in range(SPARE_TOKENS + int(TOKENS_PER_SECOND * kind.longest)):
            states = self._network.decode_with(keys, tokens)
            following = self._network.scores(states[:, -1])[:, : self._start].argmax(-1)
            following[tokens[:, -1] == self._end] = self._end
            if (following == self._end).all():
                break
            tokens = torch.cat((tokens, following[:, None]), 1)
        places = tokens != self._end
        places[:, 1:3] = False  # the language and what is to be done are given
        scores = self._network.scores(self._network.decode_with(keys, tokens)[places]).float()
        self._network.plain = False
        return Lesson(features, lengths, encoded, tokens, places, scores)

    def _begun(self, states: Tensor) -> Tensor:
        """Return how the answers begin."""
        scores = self._network.scores(states)[:, 0]
        likeliest = scores[:, self._languages].argmax(-1) + self._languages[0]
        rows = []
        for language in likeliest.tolist():
            chosen = language if self._random.random() < OWN_LANGUAGE else self._russian
            rows.append([self._start, chosen, self._transcribe, self._plain])
        return torch.tensor(rows)


def differences(network: Whisper, lesson: Lesson, frames: int, silence: Tensor) -> Tensor:
    """Return how far a window is from the original's half minute: words, language, rows.

    The first two are Kullback-Leibler divergences of a token, the last a share of the variance.
    """
    encoded = network.encode(lesson.features[:, :, :frames])
    followed = silence[frames // 2 :].expand(len(encoded), -1, -1)
    states = network.decode(torch.cat((encoded, followed), 1), lesson.tokens)[lesson.places]
    goal = lesson.scores.log_softmax(-1)
    apart = goal - network.scores(states).float().log_softmax(-1)
    divergences = (goal.exp() * apart).sum(-1)
    languages = lesson.places.nonzero()[:, 1] == 0
    weights = lesson.weights(frames)
    errors = ((encoded - lesson.encoded[:, : frames // 2]) ** 2).mean(-1) * weights
    rows = errors.sum() / weights.sum() / lesson.encoded.var()
    return torch.stack((divergences[~languages].mean(), divergences[languages].mean(), rows))


def known_silence() -> Tensor:
    """Return what the original makes of silence after speech, (FULL / 2, width)."""
    return torch.from_numpy(np.load(paths.builtin_manifests() / SILENCE).astype(np.float32))


def kinds(seed: int) -> Iterator[Kind]:
    """Yield what the steps are about, without end."""
    chance = random.Random(seed)
    while True:
        shares = [share for share, _ in WINDOWS.values()]
        window = chance.choices(list(WINDOWS), shares)[0]
        yield Kind(ANSWER if chance.random() < SHORT else WINDOWS[window][1], window)


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


def train(work: Path, steps: int, rank: int, seed: int) -> None:
    """Train for so many steps in all, from the last checkpoint on."""
    torch.manual_seed(seed)
    network, step = load(work, rank)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.0)
    if step:
        optimiser.load_state_dict(torch.load(_checkpoint(work), weights_only=True)["optimiser"])
    sources, silence = recordings(), known_silence()
    teacher, other = Teacher(network, seed), Examples(sources, 0)
    held_out = [(kind, teacher.lesson(other, kind)) for kind in HELD_OUT]
    examples = Examples(sources, 1000 * seed + step)
    mean = torch.zeros(3)
    for number, kind in zip(range(step, steps), kinds(1000 * seed + step), strict=False):
        lesson = teacher.lesson(examples, kind)
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (number + 1) / WARM_UP) * (1 - number / steps)
        values = differences(network, lesson, kind.window, silence)
        loss = _loss(values)
        if number % FULL_EVERY == 0:
            whole = differences(network, lesson.beginning(FULL_COUNT), FULL, silence)
            loss = loss + FULL_WEIGHT * _loss(whole)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        mean += (values.detach() - mean) * max(0.04, 1 / (number - step + 1))
        if (number + 1) % REPORT_EVERY == 0 or number + 1 == steps:
            _log.info("step %d: %s", number + 1, _listed(mean))
            _save(work, network, optimiser, number + 1)
        if (number + 1) % CHECK_EVERY == 0 or number + 1 == steps:
            _check(network, held_out, silence)


def _loss(values: Tensor) -> Tensor:
    return values @ torch.tensor((1.0, LANGUAGE, ROWS))


def _check(network: Whisper, held_out: list[tuple[Kind, Lesson]], silence: Tensor) -> None:
    """Report sounds that are not learned from, though their voices are."""
    for kind, lesson in held_out:
        with torch.no_grad():
            network.plain = True
            unchanged = differences(network, lesson, kind.window, silence)
            network.plain = False
            changed = differences(network, lesson, kind.window, silence)
        _log.info("held out, %s: %s, unchanged %s", kind, _listed(changed), _listed(unchanged))


def _listed(values: Tensor) -> str:
    return "words {:.4f}, language {:.4f}, rows {:.4f}".format(*values.tolist())


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
