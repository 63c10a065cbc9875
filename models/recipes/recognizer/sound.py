"""Speech synthesis by espeak-ng and the changes made to the waveform."""

from __future__ import annotations

import functools
import subprocess

import numpy as np
import soxr

from .features import RATE
from .voices import Voice

_SPOKEN_RATE = 22050
_WAV_HEADER = 44


def speak(text: str, voice: Voice) -> np.ndarray:
    """Return the utterance as float32 samples at 16 kHz, peak about 0.5."""
    command = [
        "espeak-ng", "-v", voice.name, "-s", str(voice.speed), "-p", str(voice.pitch),
        "-a", str(voice.amplitude), "-g", str(voice.gap), "--stdout", "--", text,
    ]  # fmt: skip
    output = subprocess.run(command, capture_output=True, check=True).stdout
    samples = np.frombuffer(output[_WAV_HEADER:], dtype="<i2").astype(np.float32)
    wave = soxr.resample(samples, _SPOKEN_RATE, RATE, quality="LQ")
    return trim(wave / max(1.0, float(np.abs(wave).max())) * 0.5)


def trim(wave: np.ndarray, threshold: float = 0.003) -> np.ndarray:
    """Cut the silence before and after the speech."""
    loud = np.flatnonzero(np.abs(wave) > threshold)
    if loud.size == 0:
        return wave
    margin = RATE // 100
    return wave[max(0, int(loud[0]) - margin) : int(loud[-1]) + margin]


@functools.cache
def _noises() -> dict[str, np.ndarray]:
    """Return a minute of white, pink and brown noise with unit power."""
    rng = np.random.default_rng(7)
    count = 60 * RATE
    white = rng.standard_normal(count).astype(np.float32)
    spectrum = np.fft.rfft(white)
    frequency = np.maximum(np.arange(spectrum.size), 20.0 * count / RATE)
    result = {"white": white}
    for name, power in (("pink", 0.5), ("brown", 1.0)):
        noise = np.fft.irfft(spectrum / frequency**power, count).astype(np.float32)
        result[name] = noise / noise.std()
    return result


def noise(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return a stretch of random coloured noise with unit power."""
    source = _noises()[str(rng.choice(["white", "pink", "pink", "brown"]))]
    count_start = int(rng.integers(0, source.size - count)) if count < source.size else 0
    return np.resize(source[count_start:], count)


def add_noise(wave: np.ndarray, rng: np.random.Generator, ratio_db: float) -> np.ndarray:
    """Add coloured noise at a signal-to-noise ratio measured over the speech."""
    power = float(np.mean(wave**2)) + 1e-12
    noisy: np.ndarray = wave + noise(rng, wave.size) * np.sqrt(power / 10.0 ** (ratio_db / 10.0))
    return noisy


def band_limit(wave: np.ndarray, low: float, high: float) -> np.ndarray:
    """Keep a band of frequencies, with soft edges."""
    spectrum = np.fft.rfft(wave)
    frequency = np.fft.rfftfreq(wave.size, 1.0 / RATE)
    gain = 1.0 / (1.0 + np.exp((frequency - high) / 60.0))
    gain /= 1.0 + np.exp((low - frequency) / 30.0)
    return np.fft.irfft(spectrum * gain, wave.size).astype(np.float32)


def reverberate(wave: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Add a synthetic room: exponentially decaying noise after the direct sound."""
    decay = rng.uniform(0.02, 0.09)
    length = int(decay * 5 * RATE)
    time = np.arange(length) / RATE
    tail = rng.standard_normal(length) * np.exp(-time / decay)
    tail[0] = 0.0
    tail *= rng.uniform(0.15, 0.7) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    size = 1 << int(np.ceil(np.log2(wave.size + length)))
    spectrum = np.fft.rfft(wave, size) * np.fft.rfft(tail.astype(np.float32), size)
    return np.fft.irfft(spectrum, size)[: wave.size].astype(np.float32)


def pad(wave: np.ndarray, before: float, after: float) -> np.ndarray:
    """Add silence (seconds) before and after."""
    return np.pad(wave, (int(before * RATE), int(after * RATE)))


def disturb(wave: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Change a padded utterance the way rooms, lines and microphones do."""
    if rng.random() < 0.12:
        factor = rng.uniform(0.93, 1.07)
        wave = soxr.resample(wave, RATE, RATE * factor, quality="LQ")
    if rng.random() < 0.2:
        wave = reverberate(wave, rng)
    if rng.random() < 0.12:
        low, high = (300.0, 3400.0) if rng.random() < 0.5 else (60.0, rng.uniform(3800, 7000))
        wave = band_limit(wave, low, high)
    if rng.random() < 0.55:
        wave = add_noise(wave, rng, rng.uniform(5.0, 40.0))
    gain = 10.0 ** (rng.uniform(-24.0, 4.0) / 20.0)
    clipped: np.ndarray = np.clip(wave * gain, -1.0, 1.0)
    return clipped.astype(np.float32)
