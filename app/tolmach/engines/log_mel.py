"""Whisper's log-mel features of an utterance that is still growing: each frame computed once.

As the papers and faster-whisper have it: a feature frame looks at 400 samples around its place, a
new one begins every 160, the sound before the first sample is its mirror image, after the last one
it is silence. So the two or three newest frames change with the next samples: they are computed
for the window that asks for them and never kept.

Rule: logarithms are kept as they are. Whisper cuts off what is 80 dB below the loudest place of
the window it hears, so cutting and scaling belong to the window.

Computed in double precision and kept in single: so every build of numpy gives the same bits, and a
last digit is another word now and then.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tolmach.core.samples import SAMPLE_RATE, Samples, silence

Floats: TypeAlias = NDArray[np.float32]

HOP = 160  # samples from one feature frame to the next: 10 ms
_SPAN = 400  # samples that a feature frame looks at
_BEFORE = _SPAN // 2
_QUIETEST = 1e-10
_BLOCK = 256  # frames that are computed at once: those of half a minute would take 30 MB
_RANGE = 8.0  # powers of ten below the loudest place of a window that are told apart
_HANN = np.hanning(_SPAN + 1)[:-1]


class LogMel:
    """The features of one utterance at a time, for a model with so many mel bands."""

    def __init__(self, n_mels: int) -> None:
        """Begin with an utterance of no samples."""
        self._filters = mel_filters(n_mels).T
        self.reset()

    def reset(self) -> None:
        """Forget the utterance: the next samples begin a new one."""
        self._sound = silence(0)
        self._settled: Floats = np.zeros((0, self._filters.shape[1]), dtype=np.float32)

    def extend(self, samples: Samples) -> None:
        """Take the samples that follow those so far. What is not in [-1, 1] is made so."""
        clean = np.clip(np.nan_to_num(samples, posinf=0.0, neginf=0.0), -1.0, 1.0)
        self._sound = np.concatenate((self._sound, clean))

    @property
    def samples(self) -> int:
        """How many samples there are so far."""
        return len(self._sound)

    def window(self, start: int, stop: int | None = None) -> Floats:
        """Return the features of samples `start` to `stop` (all there are), normalised.

        The shape is (mel bands, feature frames), one frame for each begun 10 ms and at least one.
        `start` is a multiple of HOP. Sound before `start` is heard by the first frames, sound after
        `stop` by none.
        """
        stop = len(self._sound) if stop is None else stop
        if start % HOP or not 0 <= start <= stop <= len(self._sound):
            raise ValueError(f"no window from sample {start} to {stop}")
        self._settle()
        first, end = start // HOP, stop // HOP + 1
        whole = max(first, _whole_frames(stop))
        logarithms = np.concatenate((self._settled[first:whole], self._compute(whole, end, stop))).T
        return np.ascontiguousarray((np.maximum(logarithms, logarithms.max() - _RANGE) + 4) / 4)

    def _settle(self) -> None:
        """Compute the new frames that no later sample can change."""
        settled, whole = len(self._settled), _whole_frames(len(self._sound))
        if whole > settled:
            new = self._compute(settled, whole, len(self._sound))
            self._settled = np.concatenate((self._settled, new))

    def _compute(self, first: int, end: int, stop: int) -> Floats:
        """Return the logarithms of frames `first` to `end`, (frames, mel bands).

        They hear silence from sample `stop` on.
        """
        places = range(first, end, _BLOCK)
        blocks = [self._block(place, min(place + _BLOCK, end), stop) for place in places]
        return np.concatenate(blocks) if blocks else self._settled[:0]

    def _block(self, first: int, end: int, stop: int) -> Floats:
        begin = HOP * first - _BEFORE
        sound = silence(HOP * (end - 1) + _BEFORE + 1 - begin)  # one more: mirrored in frame 0
        mirrored = max(0, -begin)
        recorded = self._sound[max(0, begin) : min(stop, begin + len(sound))]
        sound[mirrored : mirrored + len(recorded)] = recorded
        sound[:mirrored] = sound[mirrored + 1 : 2 * mirrored + 1][::-1]
        spans = np.lib.stride_tricks.sliding_window_view(sound, _SPAN)[::HOP][: end - first]
        waves = np.fft.rfft(spans * _HANN)
        power = np.square(waves.real) + np.square(waves.imag)
        return np.log10(np.maximum(power @ self._filters, _QUIETEST)).astype(np.float32)


def _whole_frames(samples: int) -> int:
    """Return how many frames hear nothing after so many samples."""
    return max(0, (samples - _BEFORE - 1) // HOP + 1)


def mel_filters(n_mels: int) -> NDArray[np.float64]:
    """Return Slaney's triangles of equal area, (mel bands, frequencies of a 400-sample spectrum).

    The scale (Auditory Toolbox, 1998): 15 mel are 1000 Hz, linear below, above 27 mel for each
    factor of 6.4. Whisper was trained on these.
    """
    frequencies = np.fft.rfftfreq(_SPAN, 1 / SAMPLE_RATE)
    highest = 15 + 27 * np.log(SAMPLE_RATE / 2 / 1000) / np.log(6.4)
    mels = np.linspace(0, highest, n_mels + 2)
    corners = np.where(mels < 15, mels * 200 / 3, 1000 * 6.4 ** ((mels - 15) / 27))[:, np.newaxis]
    low, middle, high = corners[:-2], corners[1:-1], corners[2:]
    rising, falling = (frequencies - low) / (middle - low), (high - frequencies) / (high - middle)
    filters: NDArray[np.float64] = np.maximum(0, np.minimum(rising, falling)) * 2 / (high - low)
    return filters
