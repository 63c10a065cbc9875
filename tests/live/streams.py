"""Conversations to be listened to in real time, and what was really said in them, when.

Spoken by espeak-ng with sentences and voices that the starter recognizer never met in training,
as the recipe in models/recipes chose them; `real` has a reader's voice instead, in Russian alone.
The same seed gives the same samples. Rule: `start` and `end` of a turn are where its sound begins
and ends, so every latency counts from the speech itself.
"""

import os
import random
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from tests import answers, voices
from tolmach.core.samples import SAMPLE_RATE, Samples

REPOSITORY = Path(__file__).resolve().parents[2]
PAIRS = (("ru", "tt"), ("ru", "ba"))
NOISE_DB = 20.0  # of the speech above the noise
LEAD_IN = 1.0  # seconds of noise before the first word
LEAD_OUT = 1.5  # and after the last one, so that the last pause is heard
PAUSES = (0.6, 3.0)  # seconds between two turns
INTERRUPTIONS = (-0.2, 0.3)  # seconds from the end of a turn to who interrupts it
EVERY = 5  # so many turns one is interrupted
BREATHS = (0.1, 0.3)  # seconds between the sentences of a turn
SENTENCES = (1, 1, 1, 2, 2, 3)  # of a turn, drawn at random
CHARACTERS = (15, 75)  # of a sentence
SHORT = 1.3  # seconds that a short answer lasts at most
QUIET = 0.03  # of the loudest sample: what is softer at the ends of a clip is no speech


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person said before the other one spoke; times in seconds of the stream."""

    text: str
    language: str
    start: float
    end: float

    @property
    def short(self) -> bool:
        """Whether it is a short answer: a word to three."""
        return self.end - self.start <= SHORT and len(self.text.split()) <= answers.WORDS


@dataclass(frozen=True, slots=True)
class Stream:
    """A conversation of two languages."""

    name: str
    languages: tuple[str, str]
    sound: Samples
    turns: tuple[Turn, ...]

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return len(self.sound) / SAMPLE_RATE


def missing() -> str:
    """Return why streams cannot be made on this computer, "" if they can."""
    if not all((shared() / name).is_dir() for name in ("text", "whisper")):
        return f"no sentences or no vocabulary in {shared()} (see TOLMACH_SHARED)"
    return "" if shutil.which("espeak-ng") else "espeak-ng is not installed"


def make(pairs: Sequence[tuple[str, str]], seconds: float, seed: int) -> list[Stream]:
    """Return a stream of about so many seconds for each pair of languages."""
    sentences, _, _ = recipe()
    held_out = sentences.load(shared()).test
    return [_stream(held_out, pair, seconds, f"{seed} {' '.join(pair)}") for pair in pairs]


def real(seconds: float, seed: int, every: int = 3) -> Stream:
    """Return a stream of clips of festvox-ru, which must be installed, and of short answers.

    The clips last about so many seconds with their pauses, and are the same with the answers and
    without: a real voice's after every so many of them, none for 0.
    """
    chance, other_chance = random.Random(seed), random.Random(f"answers {seed}")
    clips = voices.read()
    chance.shuffle(clips)
    short = answers.read() if every else []
    placed: list[tuple[int, Samples]] = []
    turns: list[Turn] = []
    at = clips_at = int(LEAD_IN * SAMPLE_RATE)

    def place(text: str, sound: Samples, pause: float) -> int:
        placed.append((at, sound))
        turns.append(Turn(text, "ru", at / SAMPLE_RATE, (at + len(sound)) / SAMPLE_RATE))
        return len(sound) + int(pause * SAMPLE_RATE)

    for number, clip in enumerate(clips, 1):
        if clips_at >= (seconds - LEAD_OUT) * SAMPLE_RATE:
            break
        lasts = place(clip.text, trimmed(voices.sound(clip.path)), chance.uniform(*PAUSES))
        at, clips_at = at + lasts, clips_at + lasts
        if every and number % every == 0:
            answer = other_chance.choice(short)
            sound = answers.spoken(answer, np.random.default_rng(number))
            at += place(answer.text, sound, other_chance.uniform(*PAUSES))
    return Stream("festvox-ru", ("ru", "ba"), mix(placed, str(seed)), tuple(turns))


def trimmed(sound: Samples) -> Samples:
    """Return a clip without the silence around it."""
    loud = np.flatnonzero(np.abs(sound) > QUIET * np.abs(sound).max())
    return sound[loud[0] : loud[-1] + 1]


def _stream(
    held_out: Mapping[str, Sequence[str]], pair: tuple[str, str], seconds: float, seed: str
) -> Stream:
    chance = random.Random(seed)
    _, _, voices = recipe()
    # Nobody in a conversation changes his voice.
    variants = chance.sample(voices.HELD_OUT, 2)
    speakers = [
        voices.choose(chance, code, (variant,), False)
        for code, variant in zip(pair, variants, strict=True)
    ]
    texts = {code: _texts(held_out[code], chance) for code in pair}
    placed: list[tuple[int, Samples]] = []
    turns: list[Turn] = []
    at = int(LEAD_IN * SAMPLE_RATE)
    while at < (seconds - LEAD_OUT) * SAMPLE_RATE:
        side = len(turns) % 2
        sentences = [next(texts[pair[side]]) for _ in range(chance.choice(SENTENCES))]
        sound = _speak(sentences, speakers[side], chance)
        placed.append((at, sound))
        end = at + len(sound)
        turns.append(Turn(" ".join(sentences), pair[side], at / SAMPLE_RATE, end / SAMPLE_RATE))
        gap = INTERRUPTIONS if len(turns) % EVERY == EVERY // 2 else PAUSES
        at = end + int(chance.uniform(*gap) * SAMPLE_RATE)
    return Stream("-".join(pair), pair, mix(placed, seed), tuple(turns))


def _texts(held_out: Sequence[str], chance: random.Random) -> Iterator[str]:
    """Yield sentences in a random order, without end."""
    least, most = CHARACTERS
    fit = [text for text in held_out if least <= len(text) <= most and " " in text]
    while True:
        yield from chance.sample(fit, len(fit))


def _speak(sentences: Sequence[str], speaker: object, chance: random.Random) -> Samples:
    _, sound, _ = recipe()
    parts = []
    for text in sentences:
        parts += [sound.speak(text, speaker), _silence(chance.uniform(*BREATHS))]
    return np.concatenate(parts[:-1])


def _silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * SAMPLE_RATE), np.float32)


def mix(placed: Sequence[tuple[int, Samples]], seed: str) -> Samples:
    """Put the turns where they belong, with noise under everything."""
    _, recipe_sound, _ = recipe()
    last = max(at + len(sound) for at, sound in placed)
    mixed = np.zeros(last + int(LEAD_OUT * SAMPLE_RATE), np.float32)
    for at, sound in placed:
        mixed[at : at + len(sound)] += sound
    speech = np.concatenate([sound for _, sound in placed])
    level = np.sqrt(np.mean(speech**2) / 10 ** (NOISE_DB / 10))
    noise = recipe_sound.noise(np.random.default_rng(list(seed.encode())), len(mixed))
    stream: Samples = np.clip(mixed + level * noise, -1, 1).astype(np.float32)
    return stream


def shared() -> Path:
    """Return the folder of real data, which is not part of the repository."""
    return Path(os.environ.get("TOLMACH_SHARED", REPOSITORY.parent / "shared")) / "data"


def recipe() -> tuple[ModuleType, ModuleType, ModuleType]:
    """Return the recipe's modules `sentences`, `sound` and `voices`."""
    folder = str(REPOSITORY / "models" / "recipes")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    from recognizer import sentences, sound, voices

    return sentences, sound, voices
