"""Log-mel features equal to the ones that faster-whisper computes."""

from __future__ import annotations

import functools

import numpy as np

RATE = 16000
HOP, WINDOW, MELS = 160, 400, 80
FLOOR = 1e-10


@functools.cache
def mel_filters() -> np.ndarray:
    """Return the Slaney mel filter bank, shape (201, 80)."""
    frequencies = np.fft.rfftfreq(WINDOW, 1.0 / RATE)
    mels = np.linspace(0.0, 45.245640471924965, MELS + 2)
    edges = 200.0 / 3 * mels
    high = mels >= 15.0
    edges[high] = 1000.0 * np.exp(np.log(6.4) / 27.0 * (mels[high] - 15.0))
    steps = np.diff(edges)
    ramps = edges[:, None] - frequencies[None, :]
    lower, upper = -ramps[:-2] / steps[:-1, None], ramps[2:] / steps[1:, None]
    weights = np.maximum(0.0, np.minimum(lower, upper))
    weights *= (2.0 / (edges[2:] - edges[:-2]))[:, None]
    return np.ascontiguousarray(weights.T.astype(np.float32))


@functools.cache
def _window() -> np.ndarray:
    return np.hanning(WINDOW + 1)[:-1].astype(np.float32)


def log_power(wave: np.ndarray) -> np.ndarray:
    """Return log10 of the mel power of 16 kHz samples, shape (frames, 80).

    One hop of zeros is appended and the last frame dropped, as faster-whisper does:
    n samples give n // 160 + 1 frames.
    """
    padded = np.pad(wave.astype(np.float32), (0, HOP))
    padded = np.pad(padded, WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:-1]
    spectrum = np.fft.rfft(frames * _window(), axis=-1)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    log_spec: np.ndarray = np.log10(np.maximum(power @ mel_filters(), FLOOR))
    return log_spec


def normalise_log(log_spec: np.ndarray) -> np.ndarray:
    """Clamp to eight decades under the maximum and scale, as Whisper does."""
    clamped: np.ndarray = np.maximum(log_spec, log_spec.max() - 8.0)
    return (clamped + 4.0) / 4.0


def whisper_features(wave: np.ndarray) -> np.ndarray:
    """Return the features of an utterance, shape (frames, 80)."""
    return normalise_log(log_power(wave))
