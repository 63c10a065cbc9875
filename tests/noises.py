"""What a microphone hears between words, recorded from people and rooms: nobody says anything.

Breaths lie between the phrases of a reader (Debian package festvox-ru): the pauses in which
something swells and dies away. Coughs, sneezes, laughter, clicks and doors are from the sounds of
Scratch 1.4 (Debian package scratch, CC-BY-SA 3.0). `between_answers` puts them, short answers of
real voices among them, into a room; the same seed gives the same samples.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests import answers, voices
from tests.answers import ShortAnswer
from tests.sounds import pink_noise
from tolmach.core.samples import SAMPLE_RATE, Samples, rms, seconds, silence

SCRATCH = Path("/usr/share/scratch/Media/Sounds")
COUGHS = ("Human/Cough-female.wav", "Human/Cough-male.wav")
SNEEZES = ("Human/Sneeze-female.wav", "Human/Sneeze-male.wav")
LAUGHTER = tuple(f"Human/Laugh-{name}" for name in ("female.wav", "male1.wav", "male2.wav"))
CLICKS = (
    "Human/FingerSnap.wav", "Human/Slurp.mp3", "Human/Footsteps-1.wav", "Effects/Pop.wav",
    "Effects/Typing.mp3", "Effects/DoorClose.mp3", "Effects/DoorCreak.wav",
    "Effects/Rattle.wav", "Effects/WaterDrop.mp3", "Percussion/HandClap.wav",
)  # fmt: skip
BREATH = (0.35, 1.5)  # seconds of a pause with a breath in it
EDGE = 0.08  # seconds at its ends that still belong to the words
LEAST_BREATH = -64.0  # dB of full scale; the same room without a breath has -84
SWELL = 4.0  # dB of its middle above its ends
ROOM = (-66.0, -48.0)  # dB of full scale: the noise of the room
WAITS = (0.3, 2.2)  # seconds between two sounds
TOUCH = 0.1  # seconds that a text and an answer share, at least, to belong together


@dataclass(frozen=True, slots=True)
class Talk:
    """A room in which people breathe and cough more than they speak."""

    sound: Samples
    answers: tuple[tuple[ShortAnswer, float, float], ...]  # with start and end, seconds
    noises: tuple[tuple[str, float, float], ...]

    def answers_at(self, start: float, end: float) -> list[ShortAnswer]:
        """Return the answers that sound between these seconds."""
        return [
            answer
            for answer, first, last in self.answers
            if min(end, last) - max(start, first) >= TOUCH
        ]


def missing() -> str:
    """Return why these sounds cannot be had on this computer, "" if they can."""
    if not voices.FESTVOX.is_dir():
        return "not installed: festvox-ru (apt install festvox-ru)"
    return "" if SCRATCH.is_dir() else "not installed: scratch (apt install scratch)"


def breaths(clips: int = 200) -> list[Samples]:
    """Return the breaths that a reader took in so many of his clips, all equally loud."""
    swelling = []
    for clip in voices.clips(clips):
        spans = [span for span in voices.pauses(clip.path) if _lasts(*span, BREATH)]
        sound = voices.sound(clip.path) if spans else silence(0)
        for start, end in spans:
            breath = sound[int((start + EDGE) * SAMPLE_RATE) : int((end - EDGE) * SAMPLE_RATE)]
            quarter = len(breath) // 4
            ends = np.concatenate([breath[:quarter], breath[-quarter:]])
            above = decibels(breath[quarter:-quarter]) - decibels(ends)
            if decibels(breath) > LEAST_BREATH and above > SWELL:
                swelling.append((breath / rms(breath)).astype(np.float32))
    return swelling


def recorded(names: Sequence[str]) -> list[Samples]:
    """Return sounds of Scratch, each as loud as it was recorded."""
    return [voices.sound(SCRATCH / name) for name in names]


class Noises:
    """Each kind of noise, ready to be played: a few of it, as loud and as high as chance has it."""

    def __init__(self, random: np.random.Generator) -> None:
        """Read them all."""
        self._random = random
        self._breaths = breaths()
        self._recorded = {
            "cough": recorded(COUGHS),
            "sneeze": recorded(SNEEZES),
            "click": recorded(CLICKS),
            "laughter": recorded(LAUGHTER),
        }
        self.kinds = ("breath", *self._recorded)

    def play(self, kind: str) -> Samples:
        """Return one event: breaths in and out, a fit of coughs, a sneeze."""
        count = {"breath": (1, 4), "cough": (1, 4), "click": (1, 4)}.get(kind, (1, 2))
        gap = (0.25, 0.9) if kind == "breath" else (0.05, 0.4)
        parts: list[Samples] = []
        for _ in range(int(self._random.integers(*count))):
            parts += [self._single(kind), silence(int(self._random.uniform(*gap) * SAMPLE_RATE))]
        return np.concatenate(parts[:-1])

    def _single(self, kind: str) -> Samples:
        if kind == "breath":
            breath = self._breaths[int(self._random.integers(len(self._breaths)))]
            return _faded(breath * 10 ** (self._random.uniform(-45, -20) / 20))
        choice = self._recorded[kind]
        sound = choice[int(self._random.integers(len(choice)))]
        # Nobody coughs twice alike: a little higher or lower, nearer or farther.
        places = np.arange(0, len(sound) - 1, self._random.uniform(0.85, 1.2))
        higher = np.interp(places, np.arange(len(sound)), sound)
        return _faded(higher * 10 ** (self._random.uniform(-18, 0) / 20))


def between_answers(
    length: float, seed: int, kinds: Sequence[str], *, answered: bool = True
) -> Talk:
    """Return so many seconds of these kinds of noises, an answer after every second one."""
    random = np.random.default_rng(seed)
    room = next(pink_noise(np.random.default_rng(seed)))
    room = room / rms(room) * 10 ** (random.uniform(*ROOM) / 20)
    sound = np.resize(room, int(length * SAMPLE_RATE)).astype(np.float32)
    spans: list[tuple[str | ShortAnswer, float, float]] = []
    at = SAMPLE_RATE
    for source, part in _parts(random, kinds, answered):
        last = at + len(part)
        if last > len(sound) - SAMPLE_RATE:
            break
        sound[at:last] += part
        spans.append((source, seconds(at), seconds(last)))
        at = last + int(random.uniform(*WAITS) * SAMPLE_RATE)
    return Talk(
        np.clip(sound, -1.0, 1.0),
        tuple((part, start, end) for part, start, end in spans if isinstance(part, ShortAnswer)),
        tuple((part, start, end) for part, start, end in spans if isinstance(part, str)),
    )


def _parts(
    random: np.random.Generator, kinds: Sequence[str], answered: bool
) -> Iterator[tuple[str | ShortAnswer, Samples]]:
    """Yield two noises and an answer, if any are wanted, without end."""
    noises, spoken = Noises(random), answers.read()
    while True:
        for _ in range(2):
            kind = kinds[int(random.integers(len(kinds)))]
            yield kind, noises.play(kind)
        if answered:
            answer = spoken[int(random.integers(len(spoken)))]
            yield answer, answers.spoken(answer, random)


def decibels(sound: Samples) -> float:
    """Return how loud a sound is, in dB of full scale."""
    return float(20 * np.log10(max(1e-9, rms(sound))))


def _lasts(start: float, end: float, span: tuple[float, float]) -> bool:
    return span[0] <= end - start <= span[1]


def _faded(sound: Samples) -> Samples:
    """Return a sound without a click at its ends: they fade within 5 ms."""
    edge = np.minimum(1.0, np.arange(len(sound)) / (SAMPLE_RATE // 200))
    faded: Samples = (np.clip(sound, -1.0, 1.0) * edge * edge[::-1]).astype(np.float32)
    return faded
