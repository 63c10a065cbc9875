"""An endless, repeatable stream of training batches."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import sentencepiece as spm
import torch

from .pieces import TOKENS
from .text import Pair, as_heard, with_typos

# Examples of each kind in one chunk of the stream.
QUOTA = {
    "everyday": 4500,
    "news": 4000,
    "interface": 300,
    "tatar": 300,
    "phrases": 500,
    "templates": 1200,
}
HEARD, TYPOS, SAMPLED = 0.15, 0.05, 0.25
# Two written sentences one after the other: a model of single ones drops the second.
WRITTEN, JOINED = ("phrases", "templates"), 0.4
# Short sentences first: they teach which word answers which at the least cost.
SHORT_CHUNKS, SHORT_PIECES, MAX_PIECES = 25, 40, 100
BEGIN, END = 1, 2


@dataclass
class Batch:
    """Token ids, padded to multiples of eight; lengths say what is real."""

    source: torch.Tensor
    source_length: torch.Tensor
    target: torch.Tensor
    target_length: torch.Tensor

    @property
    def examples(self) -> int:
        return self.source.shape[0]


class Stream:
    """Chunks of examples, each decided by its number alone, cut into batches."""

    def __init__(
        self,
        train: dict[str, list[Pair]],
        processor: spm.SentencePieceProcessor,
        tokens: int,
        seed: int = 1,
    ) -> None:
        self.processor, self.tokens, self.seed = processor, tokens, seed
        self.examples = {
            kind: [(p, way) for p in pairs for way in (0, 1)] for kind, pairs in train.items()
        }
        self.written = [
            pair
            for kind in WRITTEN
            for pair in train.get(kind, [])
            if pair.russian[-1] in ".?!" and pair.other[-1] in ".?!"
        ]
        self.target_token = {
            language: processor.piece_to_id(token) for language, token in TOKENS.items()
        }

    def _draw(self, number: int) -> list[tuple[Pair, int]]:
        """Every example of a kind once before any comes again."""
        drawn = []
        for kind, quota in QUOTA.items():
            deck = self.examples.get(kind, [])
            for place in range(number * quota, (number + 1) * quota if deck else 0):
                turn, at = divmod(place, len(deck))
                if at == 0 or place == number * quota:
                    order = list(range(len(deck)))
                    random.Random(f"{self.seed} {kind} {turn}").shuffle(order)
                drawn.append(deck[order[at]])
        return drawn

    def _joined(self, pair: Pair, rng: random.Random) -> Pair:
        """Some of the written sentences with another one behind."""
        if pair.kind not in WRITTEN or pair.russian[-1] not in ".?!" or rng.random() > JOINED:
            return pair
        second = rng.choice(self.written)
        return replace(
            pair,
            russian=f"{pair.russian} {second.russian}",
            other=f"{pair.other} {second.other}",
        )

    def _encode(self, example: tuple[Pair, int], rng: random.Random) -> tuple[list[int], list[int]]:
        pair, way = self._joined(example[0], rng), example[1]
        source, target = (pair.russian, pair.other) if way == 0 else (pair.other, pair.russian)
        language = pair.language if way == 0 else "ru"
        if rng.random() < HEARD:
            source = as_heard(source)
        if rng.random() < TYPOS:
            source = with_typos(source, rng)
        sampled = rng.random() < SAMPLED
        extra = {"enable_sampling": True, "alpha": 0.2, "nbest_size": -1} if sampled else {}
        ids = self.processor.encode(source, **extra)
        out = self.processor.encode(target)
        return [self.target_token[language], *ids, END], [BEGIN, *out, END]

    def chunk(self, number: int) -> list[Batch]:
        """The shuffled batches of one chunk."""
        rng = random.Random(f"{self.seed} chunk {number}")
        coded = [self._encode(example, rng) for example in self._draw(number)]
        longest = SHORT_PIECES if number < SHORT_CHUNKS else MAX_PIECES
        coded = [c for c in coded if max(map(len, c)) <= longest]
        coded.sort(key=lambda c: (max(map(len, c)) + 7) // 8 * 1000 + len(c[0]))
        batches, start = [], 0
        while start < len(coded):
            width, end = 8, start
            while end < len(coded):
                width = max(width, (max(map(len, coded[end])) + 7) // 8 * 8)
                if (end - start + 1) * width > self.tokens:
                    break
                end += 1
            end = min(max(end, start + 1), len(coded))
            batches.append(collate(coded[start:end]))
            start = end
        rng.shuffle(batches)
        return batches

    def run(self, number: int) -> Iterator[tuple[int, Batch]]:
        """Batches from chunk `number` on, each with the number of its chunk."""
        while True:
            for batch in self.chunk(number):
                yield number, batch
            number += 1


def _pad(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    lengths = torch.tensor([len(row) for row in rows])
    width = (int(lengths.max()) + 7) // 8 * 8
    return torch.tensor([row + [END] * (width - len(row)) for row in rows]), lengths


def collate(coded: list[tuple[list[int], list[int]]]) -> Batch:
    """Pad one batch."""
    source, source_length = _pad([c[0] for c in coded])
    target, target_length = _pad([c[1] for c in coded])
    return Batch(source, source_length, target, target_length)
