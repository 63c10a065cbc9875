"""Sounds in which nobody speaks, without end: silence, noise, tones, a keyboard, breaths, coughs.

Each is an iterator of blocks of samples, of any length, and the same for the same seed.
"""

from collections.abc import Callable, Iterator

import numpy as np

from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.core.samples import silence as zeros

Random = np.random.Generator
BLOCK = SAMPLE_RATE
LEVELS = (-60.0, -45.0, -30.0, -20.0, -12.0)  # dB of full scale


def silence(random: Random) -> Iterator[Samples]:
    """Digital silence."""
    while True:
        yield zeros(BLOCK)


def white_noise(random: Random) -> Iterator[Samples]:
    """White noise that changes its level every two seconds."""
    while True:
        noise = random.normal(0, 1, 2 * BLOCK) * _gain(random)
        yield np.clip(noise, -1.0, 1.0).astype(np.float32)


def pink_noise(random: Random) -> Iterator[Samples]:
    """Noise like that of a room: as much power in every octave, at changing levels."""
    length = 20 * BLOCK
    spectrum = np.fft.rfft(random.normal(0, 1, length))
    spectrum[1:] /= np.sqrt(np.arange(1, len(spectrum)))
    spectrum[: 20 * 20] = 0  # below 20 Hz
    once = np.fft.irfft(spectrum, length)
    once /= once.std()
    while True:  # it is periodic: no click at the seam
        gain = _gain(random)
        for first in range(0, length, BLOCK):
            yield np.clip(once[first : first + BLOCK] * gain, -1.0, 1.0).astype(np.float32)


def hum(random: Random) -> Iterator[Samples]:
    """A mains hum of 50 Hz with its harmonics and a little noise, at changing levels."""
    time = np.arange(BLOCK) / SAMPLE_RATE
    once = sum(np.sin(2 * np.pi * 50 * n * time) / n for n in (1, 2, 3, 5, 7, 9))
    while True:
        yield (once * _gain(random) + random.normal(0, 1e-3, BLOCK)).astype(np.float32)


def music(random: Random) -> Iterator[Samples]:
    """Chords, a melody with vibrato over them, and drums."""
    return _played(_bars(random))


def keyboard(random: Random) -> Iterator[Samples]:
    """Bursts of typing: clicks down and up with the resonances of a case, and pauses."""
    return _played(_strokes(random))


def doors(random: Random) -> Iterator[Samples]:
    """Slams and knocks, every few seconds; none in the first one, which detectors fear."""
    return _played(_slams(random))


def breaths(random: Random) -> Iterator[Samples]:
    """Somebody breathes in and out near the microphone, and smacks the lips now and then."""
    return _played(_breaths(random))


def coughs(random: Random) -> Iterator[Samples]:
    """Coughs of one to four bursts, with some voice in them, and a clearing of the throat."""
    return _played(_coughs(random))


SOUNDS: dict[str, Callable[[Random], Iterator[Samples]]] = {
    make.__name__: make
    for make in (
        silence, white_noise, pink_noise, hum, music, keyboard, doors, breaths, coughs,
    )
}  # fmt: skip


def minutes(name: str, count: float, seed: int = 0) -> Iterator[Samples]:
    """Yield so many minutes of a sound."""
    remaining = int(count * 60 * SAMPLE_RATE)
    for block in SOUNDS[name](np.random.default_rng(seed)):
        yield block[:remaining]
        remaining -= len(block)
        if remaining <= 0:
            return


def _gain(random: Random) -> float:
    return float(10 ** (random.choice(LEVELS) / 20))


def _played(strokes: Iterator[tuple[float, Samples]]) -> Iterator[Samples]:
    """Play each sound over the tails of those before, then wait so many seconds."""
    sounding = zeros(0)
    for wait, sound in strokes:
        gap = round(wait * SAMPLE_RATE)
        together = zeros(max(len(sounding), len(sound), gap))
        together[: len(sounding)] = sounding
        together[: len(sound)] += sound
        sounding = together[gap:]
        if gap:
            yield np.clip(together[:gap], -1.0, 1.0)


def _tone(pitch: float, seconds: float, loudness: float, vibrato: float = 0.0) -> Samples:
    """Return a plucked or blown tone with harmonics; `pitch` in semitones above 440 Hz."""
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    phase = 2 * np.pi * 440 * 2 ** (pitch / 12) * time + vibrato * np.sin(2 * np.pi * 5.5 * time)
    wave = sum(np.sin(n * phase) / n**1.5 for n in range(1, 6))
    envelope = np.minimum(time / 0.02, 1) * np.exp(-2 * time / seconds)
    envelope *= np.minimum((seconds - time) / 0.02, 1)
    tone: Samples = (loudness * wave * envelope).astype(np.float32)
    return tone


def _burst(
    random: Random, seconds: float, resonances: tuple[float, ...], loudness: float
) -> Samples:
    """Return a click: noise and resonances (Hz) that die away."""
    time = np.arange(int(5 * seconds * SAMPLE_RATE)) / SAMPLE_RATE
    wave = random.normal(0, 0.5, len(time))
    for resonance in resonances:
        wave += np.sin(2 * np.pi * resonance * time + random.uniform(0, 6))
    return (loudness * wave * np.exp(-time / seconds)).astype(np.float32)


def _bars(random: Random) -> Iterator[tuple[float, Samples]]:
    """Yield four beats a bar: a chord on the first, drums on all, a melody of one to two notes."""
    scale = (0, 2, 4, 5, 7, 9, 11)
    while True:
        beat, loud, key = random.uniform(0.35, 0.7), random.uniform(0.03, 0.3), random.integers(12)
        for _ in range(8):  # bars of one tune
            root = int(random.integers(7))
            for degree in (root, root + 2, root + 4):
                pitch = int(key) - 24 + scale[degree % 7] + 12 * (degree // 7)
                yield 0.0, _tone(pitch, 4 * beat, loud / 2)
            for place in range(4):
                drum = (70.0, 110.0) if place % 2 == 0 else (190.0, 330.0, 1800.0)
                yield 0.0, _burst(random, 0.05, drum, loud / 2)
                notes = int(random.integers(1, 3))
                for _ in range(notes):
                    pitch = key - 12 + random.choice(scale)
                    yield beat / notes, _tone(pitch, 1.5 * beat / notes, loud, vibrato=0.3)


def _strokes(random: Random) -> Iterator[tuple[float, Samples]]:
    while True:
        loud = random.uniform(0.02, 0.5)
        for _ in range(int(random.integers(3, 40))):
            key = (random.uniform(180, 400), random.uniform(900, 2200), random.uniform(2500, 5000))
            yield random.uniform(0.05, 0.12), _burst(random, 0.006, key, loud)
            yield random.lognormal(-2.3, 0.5), _burst(random, 0.004, key[1:], loud / 3)
        yield random.uniform(0.3, 3.0), zeros(0)


def _slams(random: Random) -> Iterator[tuple[float, Samples]]:
    while True:
        yield random.uniform(1.0, 5.0), zeros(0)
        loud = random.uniform(0.1, 0.9)
        for _ in range(int(random.integers(1, 5))):
            door = (random.uniform(50, 120), random.uniform(150, 400), random.uniform(500, 900))
            yield random.uniform(0.15, 0.4), _burst(random, 0.07, door, loud)


def _breaths(random: Random) -> Iterator[tuple[float, Samples]]:
    while True:
        loud = 10 ** (random.uniform(-35, -12) / 20)
        for _ in range(int(random.integers(2, 12))):
            length = random.uniform(0.5, 1.6)
            swelling = np.hanning(int(length * SAMPLE_RATE)).astype(np.float32)
            throat = _throat(random, len(swelling), (550, 1500, 3200), voice=0.0)
            yield length + random.uniform(0.1, 0.8), loud * throat * swelling
            if random.random() < 0.3:
                yield 0.2, _burst(random, 0.002, (random.uniform(900, 3500),), loud)
        yield random.uniform(0.5, 3.0), zeros(0)


def _coughs(random: Random) -> Iterator[tuple[float, Samples]]:
    while True:
        loud = 10 ** (random.uniform(-20, -3) / 20)
        for _ in range(int(random.integers(1, 5))):
            length = random.uniform(0.15, 0.5)
            time = np.arange(int(length * SAMPLE_RATE)) / SAMPLE_RATE
            dying = np.minimum(time / 0.004, 1) * np.exp(-4 * time / length)
            throat = _throat(random, len(time), (600, 1400, 2800), voice=random.uniform(0, 1.5))
            yield length + random.uniform(0.02, 0.2), loud * throat * dying
        yield random.uniform(0.5, 4.0), zeros(0)


def _throat(random: Random, length: int, resonances: tuple[float, ...], voice: float) -> Samples:
    """Return noise, with a falling voice beside it, as a throat and a mouth let it out."""
    time = np.arange(length) / SAMPLE_RATE
    pitch = random.uniform(110, 320) * (1 - 0.4 * time / time[-1])
    source = random.normal(0, 1, length) + voice * np.sign(
        np.sin(2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE)
    )
    spectrum, frequencies = np.fft.rfft(source), np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    passed = np.zeros(len(frequencies))
    for resonance in resonances:
        centre = resonance * random.uniform(0.8, 1.25)
        passed += 1 / (1 + ((frequencies - centre) / (0.2 * centre)) ** 2)
    sound = np.fft.irfft(spectrum * passed, length)
    throat: Samples = (sound / np.abs(sound).max()).astype(np.float32)
    return throat
