"""Synthesis of the training speech into a cache of shards, and its reading."""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from . import sentences, sound, voices
from .alphabet import LANGUAGES, normalise
from .features import HOP, log_power

SHARD_SIZE = 500
EASY_SHARDS = 12
_log = logging.getLogger("recognizer.synthesis")


@dataclass(frozen=True)
class Utterance:
    """What is known of one synthesised utterance besides its sound."""

    language: str
    text: str
    voice: str
    begin: int
    """First frame of the speech."""
    end: int
    """Frame after the last one of the speech."""


@dataclass
class Shard:
    """Utterances with their log10 mel powers, one after another."""

    utterances: list[Utterance]
    offsets: np.ndarray
    frames: np.ndarray

    def sound(self, index: int) -> np.ndarray:
        """Return the log10 mel power of one utterance, shape (frames, 80), float16."""
        return self.frames[self.offsets[index] : self.offsets[index + 1]]


def make(text: str, language: str, seed: int, easy: bool) -> tuple[np.ndarray, Utterance]:
    """Synthesise one training utterance."""
    rng = random.Random(seed)
    array_rng = np.random.default_rng(seed)
    variants = voices.EASY if easy else (*voices.TRAINING, "", "")
    voice = voices.choose(rng, language, variants, wild=not easy)
    speech = sound.speak(text, voice)
    before, after = rng.uniform(0.02, 0.4), rng.uniform(0.05, 0.5)
    wave = sound.pad(speech, before, after)
    if easy:
        wave = wave + sound.noise(array_rng, wave.size) * 10.0 ** rng.uniform(-5.0, -3.5)
        changed = wave
    else:
        changed = sound.disturb(wave, array_rng)
    scale = changed.size / wave.size / HOP
    begin, end = int(before * 16000 * scale), int((before * 16000 + speech.size) * scale) + 1
    spectrum = log_power(changed)
    return spectrum.astype(np.float16), Utterance(
        language, text, voice.name, begin, min(end, len(spectrum))
    )


def _shuffled_forever(items: list[str], rng: random.Random) -> Iterator[str]:
    while True:
        order = items[:]
        rng.shuffle(order)
        yield from order


class Chooser:
    """Draws training sentences: short ones more often, everyday phrases always present."""

    def __init__(self, split: sentences.Split, seed: int) -> None:
        """Prepare one stream per language and length."""
        self._rng = random.Random(seed)
        everyday = [text for text in map(sentences.clean, sentences.phrases()) if text]
        held_out = {normalise(t) for part in (split.dev, split.test) for t in part["ru"]}
        everyday = [text for text in everyday if normalise(text) not in held_out]
        self._everyday = _shuffled_forever(everyday, self._rng)
        self._any: dict[str, Iterator[str]] = {}
        self._short: dict[str, Iterator[str]] = {}
        for language in LANGUAGES:
            pool = split.train[language]
            short = [text for text in pool if len(text) <= 40]
            self._any[language] = _shuffled_forever(pool, self._rng)
            self._short[language] = _shuffled_forever(short or pool, self._rng)

    def draw(self, easy: bool) -> tuple[str, str]:
        """Return a language and a sentence."""
        language = self._rng.choice(LANGUAGES)
        chance = self._rng.random()
        if language == "ru" and chance < 0.1:
            return language, next(self._everyday)
        if easy or chance < 0.4:
            return language, next(self._short[language])
        return language, next(self._any[language])


def write_shard(folder: Path, number: int, split: sentences.Split) -> None:
    """Synthesise one shard and put it in place in one step."""
    easy = number < EASY_SHARDS
    chooser = Chooser(split, seed=1000 + number)
    sounds, utterances = [], []
    for index in range(SHARD_SIZE):
        language, text = chooser.draw(easy)
        spectrum, utterance = make(text, language, number * SHARD_SIZE + index, easy)
        if 30 <= len(spectrum) <= 1400:
            sounds.append(spectrum)
            utterances.append(asdict(utterance))
    offsets = np.cumsum([0] + [len(item) for item in sounds])
    temporary = folder / f".{number:04d}.{os.getpid()}.npy"
    np.save(temporary, np.concatenate(sounds))
    meta = {"utterances": utterances, "offsets": offsets.tolist()}
    (folder / f"{number:04d}.json").write_text(json.dumps(meta, ensure_ascii=False))
    temporary.rename(folder / f"{number:04d}.npy")


def read_shard(path: Path) -> Shard:
    """Load a shard by the path of its .npy file."""
    meta = json.loads(path.with_suffix(".json").read_text())
    utterances = [Utterance(**item) for item in meta["utterances"]]
    return Shard(utterances, np.array(meta["offsets"]), np.load(path, mmap_mode="r"))


def synthesise(data: Path, folder: Path, shards: int, part: int = 0, parts: int = 1) -> None:
    """Write the missing ones of the shards `part`, `part + parts`, …"""
    folder.mkdir(parents=True, exist_ok=True)
    split = sentences.load(data)
    for number in range(part, shards, parts):
        if not (folder / f"{number:04d}.npy").exists():
            begin = time.monotonic()
            write_shard(folder, number, split)
            _log.info("shard %d of %d: %.1f s", number, shards, time.monotonic() - begin)


def main() -> None:
    """Run synthesis by itself (the training starts it in the background)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--shards", type=int, required=True)
    parser.add_argument("--part", type=int, default=0)
    parser.add_argument("--parts", type=int, default=1)
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    synthesise(options.data, options.folder, options.shards, options.part, options.parts)


if __name__ == "__main__":
    main()
