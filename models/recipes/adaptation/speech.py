"""What the model hears in training: sentences, parts of them and words, by voices of two kinds.

Half of the utterances are spoken by espeak-ng, in the voices of the starter's recipe, half by
Festival from recordings of one Russian reader. His own recordings in Russian are a tenth of all:
they keep the Russian that the model knows. Nothing under `text/eval` or `speech` is read.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soxr

from recognizer import sentences, sound, voices
from recognizer.features import HOP, RATE, log_power
from recognizer.synthesis import Utterance

from . import phones

READER = Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits")
KEPT_ASIDE = 100  # the last ones of the reader's recordings: never trained on
SHARD_SIZE = 500
LONGEST = 9.5  # seconds
LANGUAGES = ("tt", "ba")
READER_NAME = "reader"
HELD_OUT = 200  # utterances
Spoken = tuple[str, str, str, np.ndarray]  # language, text, voice, samples
_LINE = re.compile(r'\( (\w+) "(.*)" \)')


def recordings() -> list[tuple[Path, str]]:
    """Return the reader's recordings and what he reads, without the marks of stress."""
    lines = (READER / "etc" / "txt.done.data").read_text(encoding="utf-8").replace("+", "")
    return [(READER / "wav" / f"{name}.wav", text) for name, text in _LINE.findall(lines)]


def part(sentence: str, rng: random.Random) -> str:
    """Return a sentence, a few words of it or one, as somebody would write them down."""
    words = sentence.split()
    chance = rng.random()
    if chance < 0.35 or len(words) < 2:
        return sentence
    count = 1 if chance < 0.65 else rng.randint(2, 4)
    first = rng.randrange(max(1, len(words) - count + 1))
    phrase = " ".join(words[first : first + count]).replace("«", "").replace("»", "")
    phrase = phrase.strip(".,:;!?– ")
    return phrase[:1].upper() + phrase[1:] + rng.choice((".", ".", "", "!")) if phrase else sentence


def texts(data: Path, seed: int, which: str = "train") -> Iterator[tuple[str, str]]:
    """Yield (language, text) without end."""
    rng = random.Random(seed)
    pools = getattr(sentences.load(data), which)
    while True:
        language = rng.choice(LANGUAGES)
        yield language, part(rng.choice(pools[language]), rng)


def _spoken(
    lines: list[tuple[str, str]], rng: random.Random, variants: tuple[str, ...]
) -> Iterator[Spoken]:
    """Yield what could be said, half of it by espeak-ng."""
    half = len(lines) // 2
    for language, text in lines[:half]:
        voice = voices.choose(rng, language, variants, wild=True)
        yield language, text, voice.name, sound.speak(text, voice)
    with TemporaryDirectory() as folder:
        spoken = [phones.phones(text, rng) for _, text in lines[half:]]
        for path in phones.speak(spoken, Path(folder)):
            language, text = lines[half + int(path.stem)]
            yield language, text, READER_NAME, _as_other(sound.trim(_samples(path)), rng)


def _samples(path: Path) -> np.ndarray:
    content = path.read_bytes()[44:]
    return np.frombuffer(content[: len(content) // 2 * 2], "<i2").astype(np.float32) / 2**15


def _as_other(wave: np.ndarray, rng: random.Random) -> np.ndarray:
    """Make the reader larger or smaller: tempo, pitch and vocal tract change together."""
    factor = rng.uniform(0.8, 1.12)  # below 1 quicker, higher
    changed: np.ndarray = soxr.resample(wave, RATE, RATE * factor, quality="LQ")
    return changed


def _russian(rng: random.Random, count: int) -> Iterator[Spoken]:
    for path, text in rng.sample(recordings()[:-KEPT_ASIDE], count):
        yield "ru", text, READER_NAME, _samples(path)


def held_out(data: Path) -> Iterator[Spoken]:
    """Yield sentences, and half of the time voices, that are never trained on."""
    stream = texts(data, 7, "dev")
    yield from _spoken([next(stream) for _ in range(HELD_OUT)], random.Random(7), voices.HELD_OUT)


def trained_on(data: Path, number: int) -> Iterator[Spoken]:
    """Yield the utterances of a shard."""
    rng, stream = random.Random(number), texts(data, 1000 + number)
    yield from _spoken([next(stream) for _ in range(SHARD_SIZE)], rng, (*voices.TRAINING, "", ""))
    yield from _russian(rng, SHARD_SIZE // 9)


def write_shard(path: Path, spoken: Iterable[Spoken], seed: int, *, disturbed: bool) -> None:
    """Write log mel powers of utterances as rooms, lines and microphones change them."""
    rng, array_rng = random.Random(seed), np.random.default_rng(seed)
    spectra, utterances = [], []
    for language, text, voice, speech in spoken:
        if not 0.2 < len(speech) / RATE < LONGEST:
            continue
        before, after = rng.uniform(0.02, 0.4), rng.uniform(0.05, 0.5)
        wave = sound.pad(speech, before, after)
        changed = sound.disturb(wave, array_rng) if disturbed else wave
        scale = changed.size / wave.size / HOP
        begin, end = int(before * RATE * scale), int((before * RATE + speech.size) * scale) + 1
        spectra.append(log_power(changed).astype(np.float16))
        utterances.append(asdict(Utterance(language, text, voice, begin, end)))
    offsets = np.cumsum([0] + [len(spectrum) for spectrum in spectra])
    meta = {"utterances": utterances, "offsets": offsets.tolist()}
    path.with_suffix(".json").write_text(json.dumps(meta, ensure_ascii=False))
    np.save(path, np.concatenate(spectra))


def write(data: Path, folder: Path, shards: int) -> None:
    """Write the shards that are missing, and before them the held-out one."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / "held-out.npy"
    if not aside.exists():
        write_shard(aside, held_out(data), 7, disturbed=False)
    for number in range(shards):
        path = folder / f"{number:04d}.npy"
        if not path.exists():
            write_shard(path, trained_on(data, number), number, disturbed=True)
