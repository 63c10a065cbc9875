"""Many channels become one, and no voice is lost on the way.

A recorder has one of many microphones plugged in, a player turned the phase of one side, a film has
its voices in one channel of six. A mean of the channels makes the first one faint and takes the
second one away. So the loudest channels win, each half second anew; what hums on at one loudness
does not count, since speech comes and goes; and a channel that has the same sound upside down is
turned over.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tolmach.core.samples import SAMPLE_RATE, Samples

Channels = NDArray[np.float32]  # channels, samples

SPAN = SAMPLE_RATE // 2  # samples that are weighed at once
FAINT = 0.2  # of the loudest channel: what is softer than this has nothing to say
TENTH = SAMPLE_RATE // 10  # samples: whole waves of 50 and of 60 Hz, and shorter than a syllable
LASTING = 100  # tenths that are remembered: ten seconds
SOFTEST = 5  # one of so many is softer than what is taken for a channel's softest: a gap is none
STEADY = 0.95  # of its loudness: whose softest tenth is as loud hums, or sends a time code
SILENT = 0.001  # -60 dB: no microphone is so quiet, a muted one or a gap says nothing of a hum
OPPOSITE = -0.3  # correlation with the loudest channel


def mixed(pieces: Iterable[Channels]) -> Iterator[Samples]:
    """Yield pieces of any number of channels, which may change, as one; all their samples."""
    for count, group in groupby(pieces, key=len):
        if count == 1:
            for piece in group:
                yield piece[0]
        else:
            yield from _weighed(group)


def _weighed(pieces: Iterable[Channels]) -> Iterator[Samples]:
    """Mix spans, each with gains that move from those before it to those after it.

    Both know of the span itself, so a voice that begins in it is not cut.
    """
    scale = _Scale()
    gains, last = None, None
    for span in blocks(pieces, SPAN):
        if last is not None:
            following = scale.gains(last, span)
            yield _mix(last, following if gains is None else gains, following)
            gains = following
        last = span
    if last is not None:
        following = scale.gains(last, last)
        yield _mix(last, following if gains is None else gains, following)


class _Scale:
    """Weighs the channels of one sound, span after span."""

    def __init__(self) -> None:
        self._tenths: deque[Samples] = deque(maxlen=LASTING)  # how loud each channel was
        self._gains: Samples | None = None

    def gains(self, span: Channels, following: Channels) -> Samples:
        """Return what to multiply each channel by where these two spans meet; they sum up to 1."""
        level = np.maximum(_loudness(span), _loudness(following))
        for part in (following,) if self._tenths else (span, following):
            self._tenths.extend(_loudness(part[:, at : at + TENTH]) for at in _tenths(part))
        softest = self._softest()
        speech = np.where(softest < STEADY * level, level - softest, 0.0)
        speech = np.where(np.isinf(softest), level, speech)
        if not speech.any():
            if self._gains is not None:
                return self._gains  # a pause
            speech = level if level.any() else np.ones_like(level)
        loudest = int(np.argmax(speech))
        weights = np.maximum(speech / speech[loudest] - FAINT, 0.0)
        signs = _signs(np.concatenate([span, following], axis=1), loudest)
        gains: Samples = (signs * weights / weights.sum()).astype(np.float32)
        if self._gains is not None and gains @ self._gains < 0:
            gains = -gains  # all turned over are the same sound, and nothing jumps
        self._gains = gains
        return gains

    def _softest(self) -> NDArray[np.float64]:
        """Return how loud each channel is in its softest tenths; infinite where all were silent."""
        loudness = np.array([np.where(tenth < SILENT, np.inf, tenth) for tenth in self._tenths])
        place = np.isfinite(loudness).sum(axis=0) // SOFTEST
        softest: NDArray[np.float64] = np.take_along_axis(
            np.sort(loudness, axis=0), place[None], 0
        )[0]
        return softest


def _loudness(channels: Channels) -> Samples:
    level: Samples = np.sqrt(np.mean(channels**2, axis=1))
    return level


def _tenths(channels: Channels) -> range:
    """Return where whole tenths begin; of less than one there is one all the same."""
    return range(0, max(1, channels.shape[1] - TENTH + 1), TENTH)


def _signs(channels: Channels, reference: int) -> NDArray[np.float64]:
    """Return -1 for each channel that is the reference upside down, 1 for the others."""
    power = np.sqrt(np.sum(channels**2, axis=1))
    similarity = channels @ channels[reference]
    return np.where(similarity < OPPOSITE * power * power[reference], -1.0, 1.0)


def _mix(span: Channels, before: Samples, after: Samples) -> Samples:
    ramp = np.linspace(0.0, 1.0, span.shape[1], dtype=np.float32)
    sound: Samples = (before @ span) * (1 - ramp) + (after @ span) * ramp
    return sound


def blocks(pieces: Iterable[NDArray[np.float32]], length: int) -> Iterator[NDArray[np.float32]]:
    """Cut and join pieces of sound into blocks of `length` samples; the last one may be shorter.

    Samples are the last axis.
    """
    waiting: list[NDArray[np.float32]] = []
    count = 0
    for piece in pieces:
        waiting.append(piece)
        count += piece.shape[-1]
        if count >= length:
            sound = np.concatenate(waiting, axis=-1)
            whole = count - count % length
            yield from np.split(sound[..., :whole], range(length, whole, length), axis=-1)
            waiting, count = [sound[..., whole:]], count - whole
    if count:
        yield np.concatenate(waiting, axis=-1)
