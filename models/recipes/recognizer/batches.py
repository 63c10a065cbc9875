"""Assembly of training batches from the shards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from . import alphabet, augment
from .features import MELS
from .synthesis import EASY_SHARDS, SHARD_SIZE, Shard, Utterance, read_shard

FULL_LENGTH = 3000
IGNORED = -100
FRAME_BUDGET = 6400
# Russian, whose unstressed vowels sound alike, needs more practice.
LANGUAGE_SHARES = (0.48, 0.26, 0.26)


@dataclass(frozen=True)
class Batch:
    """One batch, ready for the network."""

    features: Tensor
    tokens: Tensor
    targets: Tensor
    ctc_targets: Tensor
    ctc_lengths: Tensor
    classes: int
    """How many of the first tokens of the vocabulary the decoder's scores cover."""
    visits: int


@dataclass
class Row:
    """One line of a batch."""

    frames: np.ndarray
    text: str
    tokens: list[int]
    targets: list[int]
    visits: int = 1


@dataclass
class Store:
    """All shards present; new ones are taken in by `refresh`."""

    folder: Path
    shards: dict[str, Shard] = field(default_factory=dict)
    easy: list[tuple[str, int]] = field(default_factory=list)
    index: list[tuple[str, int]] = field(default_factory=list)
    by_language: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def refresh(self) -> None:
        """Take in shards written since the last call."""
        for path in sorted(self.folder.glob("[0-9]*.npy")):
            if path.stem in self.shards:
                continue
            shard = self.shards[path.stem] = read_shard(path)
            keys = [(path.stem, place) for place in range(len(shard.utterances))]
            self.index += keys
            if int(path.stem) < EASY_SHARDS:
                self.easy += keys
            for key, utterance in zip(keys, shard.utterances, strict=True):
                self.by_language.setdefault(utterance.language, []).append(key)

    def get(self, key: tuple[str, int]) -> tuple[Utterance, np.ndarray]:
        """Return an utterance and its log10 mel power."""
        shard = self.shards[key[0]]
        return shard.utterances[key[1]], shard.sound(key[1])


class Batcher:
    """Draws batches for one worker; `progress` (0 to 1) drives the curriculum."""

    def __init__(self, store: Store, seed: int) -> None:
        self._store = store
        self._rng = np.random.default_rng(seed)
        self._generator = torch.Generator().manual_seed(seed)
        self._pool: list[list[tuple[str, int]]] = []
        self.visits = 0
        self.progress = 0.0

    @property
    def strength(self) -> float:
        """How strongly sounds are changed."""
        return float(np.clip((self.visits - 25000) / 80000, 0.05, 0.7))

    def __iter__(self) -> Iterator[Batch]:
        """Yield batches forever."""
        while True:
            kind = self._rng.random()
            share = float(np.interp(self.progress, [0.05, 0.15, 0.6, 1.0], [0, 0.05, 0.1, 0.14]))
            if kind < share:
                yield self._joined()
            elif kind < share * 1.3:
                yield self._full()
            else:
                yield self._plain(self._next_keys())

    def _draw(self, count: int) -> list[tuple[str, int]]:
        if self._rng.random() < max(0.15, 1.0 - self.visits / 25000) and self._store.easy:
            index = self._store.easy
            return [index[int(place)] for place in self._rng.integers(0, len(index), count)]
        languages = self._rng.choice(alphabet.LANGUAGES, count, p=LANGUAGE_SHARES)
        pools = [self._store.by_language[str(language)] for language in languages]
        return [pool[int(self._rng.integers(0, len(pool)))] for pool in pools]

    def _length(self, key: tuple[str, int]) -> int:
        offsets = self._store.shards[key[0]].offsets
        return int(offsets[key[1] + 1] - offsets[key[1]])

    def _next_keys(self) -> list[tuple[str, int]]:
        """Return keys of utterances of about one length that fill the frame budget."""
        if not self._pool:
            keys = sorted(self._draw(SHARD_SIZE), key=self._length)
            while keys:
                count = max(1, FRAME_BUDGET // self._length(keys[min(len(keys) - 1, 31)]))
                chosen, keys = keys[:count], keys[count:]
                if len(chosen) * 2 >= count:
                    self._pool.append(chosen)
            self._rng.shuffle(self._pool)  # type: ignore[arg-type]
        return self._pool.pop()

    def _piece(self, key: tuple[str, int]) -> tuple[Utterance, augment.Piece]:
        utterance, frames = self._store.get(key)
        return utterance, augment.crop_and_stretch(frames, utterance, self._rng, self.strength)

    def _row(self, keys: list[tuple[str, int]], timed: bool) -> Row:
        """Join utterances with pauses into one row."""
        parts, spans, texts, place = [], [], [], 0
        language = ""
        for number, key in enumerate(keys):
            utterance, piece = self._piece(key)
            if number:
                pause = np.full((int(self._rng.integers(5, 150)), MELS), -10.0)
                parts.append(pause.astype(np.float32))
                place += len(pause)
            parts.append(piece.frames)
            spans.append(((place + piece.begin) / 100, (place + piece.end) / 100))
            texts.append(utterance.text)
            place += len(piece.frames)
            language = utterance.language
        tokens, targets = self._sequence(language, texts, spans if timed else None)
        return Row(np.concatenate(parts), " ".join(texts), tokens, targets, len(keys))

    def _context(self, language: str) -> list[int]:
        """Return the tokens of a previous text, now and then."""
        if self._rng.random() > 0.05 * self.strength:
            return []
        keys = self._store.by_language[language]
        utterance, _ = self._store.get(keys[int(self._rng.integers(0, len(keys)))])
        return [alphabet.PREVIOUS, *alphabet.encode(" " + utterance.text)[-60:]]

    def _sequence(
        self, language: str, texts: list[str], spans: list[tuple[float, float]] | None
    ) -> tuple[list[int], list[int]]:
        """Return the decoder's inputs and the tokens it should give."""
        body: list[int] = []
        for number, text in enumerate(texts):
            encoded = alphabet.encode(" " + text)
            if spans is not None:
                first, last = spans[number]
                encoded = [alphabet.timestamp(first), *encoded, alphabet.timestamp(last)]
            body += encoded
        context = self._context(language)
        head = [alphabet.START, alphabet.LANGUAGE_IDS[language], alphabet.TRANSCRIBE]
        if spans is None:
            head.append(alphabet.NO_TIMESTAMPS)
        targets = [IGNORED] * len(context) + [head[1]] + [IGNORED] * (len(head) - 2)
        return context + head + body, [*targets, *body, alphabet.END]

    def _silence(self, length: int) -> Row:
        """Return a row without speech: a quiet hum that becomes noise."""
        frames = np.full((length, MELS), self._rng.uniform(-10, -1), np.float32)
        slope = np.linspace(-1, 1, MELS, dtype=np.float32)
        frames += slope * float(self._rng.uniform(-1.5, 1.5))
        frames += self._rng.normal(0, self._rng.uniform(0.02, 0.3), frames.shape)
        language = str(self._rng.choice(alphabet.LANGUAGES))
        tokens, targets = self._sequence(language, [], None)
        targets[tokens.index(alphabet.START)] = alphabet.NO_SPEECH
        return Row(frames, "", tokens, targets)

    def _plain(self, keys: list[tuple[str, int]], total: int = 0) -> Batch:
        whole = self._rng.random() < 0.28
        rows = [self._row([key], whole and self._rng.random() < 0.85) for key in keys]
        longest = max(len(row.frames) for row in rows)
        if self._rng.random() < 0.5 * self.strength:
            rows.append(self._silence(int(self._rng.integers(30, longest + 1))))
        extra = int(self._rng.integers(0, 100)) if self._rng.random() < 0.5 else 0
        return self._assemble(rows, max(total, longest + extra), whole)

    def _joined(self) -> Batch:
        """Return a batch of several utterances each, up to half a minute."""
        goal = int(self._rng.integers(800, 2200))
        whole = self._rng.random() < 0.6
        rows = []
        for _ in range(max(2, FRAME_BUDGET // (goal + goal * goal // 4000))):
            keys, length = [self._draw(1)[0]], 0
            language = self._store.get(keys[0])[0].language
            length = self._length(keys[0])
            others = self._store.by_language[language]
            while len(keys) < 6 and length < goal - 300:
                keys.append(others[int(self._rng.integers(0, len(others)))])
                length += self._length(keys[-1]) + 75
            rows.append(self._row(keys, whole and self._rng.random() < 0.85))
        rows = [r for r in rows if len(r.frames) <= FULL_LENGTH and len(r.tokens) <= 440]
        longest = max((len(row.frames) for row in rows), default=0)
        if not rows:
            return self._full()
        total = min(FULL_LENGTH, longest + int(self._rng.integers(0, 300)))
        return self._assemble(rows, total, whole)

    def _full(self) -> Batch:
        """Return a small batch padded to half a minute with zeros."""
        return self._plain(self._draw(2), FULL_LENGTH)

    def _assemble(self, rows: list[Row], total: int, whole: bool) -> Batch:
        total = min(FULL_LENGTH, total + total % 2)
        lengths = [min(total, len(row.frames)) for row in rows]
        longest = max(lengths)
        powers = torch.full((len(rows), longest, MELS), -10.0)
        for target, row, length in zip(powers, rows, lengths, strict=True):
            target[:length] = torch.from_numpy(row.frames[:length])
        changed = augment.change_power(powers, self._generator, self.strength)
        features = torch.zeros(len(rows), total, MELS)
        features[:, :longest] = augment.normalise(changed, lengths)
        augment.mask(features, lengths, self._rng, self.strength)
        visits = sum(row.visits for row in rows)
        self.visits += visits
        return _pack(features, rows, whole, visits)


def _pack(features: Tensor, rows: list[Row], whole: bool, visits: int) -> Batch:
    width = max(len(row.tokens) for row in rows)
    tokens = torch.full((len(rows), width), alphabet.END)
    targets = torch.full((len(rows), width), IGNORED)
    ctc = [alphabet.encode_ctc(row.text) for row in rows]
    for number, row in enumerate(rows):
        tokens[number, : len(row.tokens)] = torch.tensor(row.tokens)
        targets[number, : len(row.targets)] = torch.tensor(row.targets)
    classes = len(alphabet.VOCABULARY) if whole else len(alphabet.NAMED_TOKENS)
    return Batch(
        features,
        tokens,
        targets,
        torch.tensor([c for line in ctc for c in line], dtype=torch.long),
        torch.tensor([len(line) for line in ctc]),
        classes,
        visits,
    )
