"""Sound as every floor above hands it on: float32, mono, 16 kHz, in [-1, 1]."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
FRAME = 512  # samples; the step Silero VAD was trained with at 16 kHz (32 ms)

Samples: TypeAlias = NDArray[np.float32]


def seconds(samples: int) -> float:
    """Convert a count of samples to seconds."""
    return samples / SAMPLE_RATE


def silence(length: int) -> Samples:
    """Return `length` samples of digital silence."""
    return np.zeros(length, dtype=np.float32)


def rms(samples: Samples) -> float:
    """Return the root mean square of the samples, 0.0 for none."""
    return float(np.sqrt(np.mean(np.square(samples)))) if len(samples) else 0.0
