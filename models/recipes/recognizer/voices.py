"""Voices of the synthesiser and the ones that are kept for the test."""

from __future__ import annotations

import random
from dataclasses import dataclass

# Never heard in training: male, female, old, robotic.
HELD_OUT: tuple[str, ...] = (
    "Alex", "Denis", "Michael", "pablo", "m5", "grandpa",
    "belinda", "f3", "steph2", "anika",
    "robosoft5", "klatt4",
)  # fmt: skip

TRAINING: tuple[str, ...] = (
    "adam", "Alicia", "Andrea", "Andy", "Annie", "antonio", "aunty", "benjamin", "boris",
    "caleb", "david", "Demonic", "Diogo", "ed", "edward", "edward2", "Gene", "Gene2",
    "gustave", "announcer", "Henrique", "Hugo", "iven", "iven2", "iven3", "iven4", "Jacky",
    "john", "kaukovalta", "Lee", "linda", "marcelo", "Marco", "Mario", "max", "michel",
    "miguel", "Mike", "Mr", "Nguyen", "paul", "pedro", "quincy", "RicishayMax",
    "RicishayMax2", "RicishayMax3", "rob", "robert", "robosoft", "robosoft2", "robosoft3",
    "robosoft4", "robosoft6", "robosoft7", "robosoft8", "steph", "steph3", "Storm",
    "Tweaky", "UniRobot", "zac", "anikaRobot", "AnxiousAndy", "f1", "f2", "f4", "f5",
    "klatt", "klatt2", "klatt3", "klatt5", "klatt6", "m1", "m2", "m3", "m4", "m6", "m7",
    "m8", "norbert", "sandro", "shelby", "travis", "victor", "grandma", "whisper",
    "whisperf", "croak",
)  # fmt: skip

# Clear voices: what training begins with.
EASY: tuple[str, ...] = ("", "f1", "f2", "m1", "m2", "m3", "m4", "Andy", "Annie", "linda")
_RARE: frozenset[str] = frozenset({"whisper", "whisperf", "croak", "Demonic", "announcer"})


@dataclass(frozen=True)
class Voice:
    """Settings of one synthesised utterance."""

    name: str
    speed: int
    pitch: int
    amplitude: int
    gap: int


def choose(rng: random.Random, language: str, variants: tuple[str, ...], wild: bool) -> Voice:
    """Draw a voice of the language; `wild` widens the range of speed and pitch."""
    variant = rng.choice(variants)
    if variant in _RARE and rng.random() < 0.6:
        variant = rng.choice(variants)
    base = "ru-lv" if language == "ru" and rng.random() < 0.07 else language
    name = f"{base}+{variant}" if variant else base
    speed = rng.randint(110, 230) if wild else rng.randint(135, 190)
    pitch = rng.randint(15, 85) if wild else rng.randint(35, 65)
    gap = rng.choice((0, 0, 0, 1, 2, 4)) if wild else 0
    return Voice(name, speed, pitch, rng.randint(60, 140), gap)
