"""What the encoder hears in training: real voices from Debian's packages, and bits of noise.

Nobody who is measured speaks here: festvox-ru, asterisk-core-sounds-ru and `speech` stay aside.
Nothing is known of what is spoken, and nothing needs to be.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import av
import numpy as np
import soxr

from recognizer import sound
from recognizer.features import RATE, whisper_features
from tolmach.audio.media import open_media
from tolmach.core.errors import AppError

PROMPTS = Path("/usr/share/asterisk/sounds")
PROMPT_VOICES = ("en_US_f_Allison", "es_MX_f_Allison", "fr_CA_f_June", "it_IT_m_Carlo")
STAMPS = Path("/usr/share/tuxpaint/stamps")
WORDS = {  # files below folders, by what is known of their language
    "klettres": (Path("/usr/share/klettres"), "*.*"),
    "ktuberling": (Path("/usr/share/ktuberling/sounds"), "*.*"),
    "tuxpaint, Russian and its neighbours": (STAMPS, "*_desc_[rb][ueg].ogg"),
    "tuxpaint, other languages": (STAMPS, "*_desc_[!rb]?.ogg"),
}
LEAST = RATE // 5  # samples of a recording
LOUDNESS = (-29.0, -17.0)  # dB of full scale
ROOM = (-75.0, -40.0)  # dB of full scale
NOISE_ALONE, NOISE_BESIDE, DISTURBED = 0.08, 0.2, 0.4  # of the examples
_log = logging.getLogger("distillation")


def recordings() -> list[list[np.ndarray]]:
    """Return the recordings of each source as 16-bit samples."""
    sources = {voice: list(_prompts(PROMPTS / voice)) for voice in PROMPT_VOICES}
    sources |= {name: list(_words(*place)) for name, place in WORDS.items()}
    for name, source in sources.items():
        minutes = sum(map(len, source)) / RATE / 60
        _log.info("%s: %d recordings, %.0f minutes", name, len(source), minutes)
        if not source:
            raise FileNotFoundError(name)
    return list(sources.values())


def _prompts(folder: Path) -> Iterator[np.ndarray]:
    for path in sorted(folder.rglob("*.g722")):
        with av.open(path, format="g722") as media:
            blocks = [frame.to_ndarray().ravel() for frame in media.decode(audio=0)]
        samples = np.concatenate(blocks).astype(np.int16)
        if len(samples) >= LEAST:
            yield samples


def _words(folder: Path, pattern: str) -> Iterator[np.ndarray]:
    for path in sorted(folder.rglob(pattern)):
        if path.suffix not in (".ogg", ".wav", ".mp3"):
            continue
        try:
            with closing(open_media(path)) as media:
                samples = np.concatenate(list(media))
        except AppError:
            continue  # a link to nothing
        if len(samples) >= LEAST:
            yield (np.clip(samples, -1, 1) * (2**15 - 1)).astype(np.int16)


class Examples:
    """Makes sounds of these recordings without end, the same ones for a seed."""

    def __init__(self, sources: list[list[np.ndarray]], seed: int) -> None:
        self._sources = sources
        self._rng = np.random.default_rng(seed)

    def features(self, longest: float) -> np.ndarray:
        """Return features (mels, frames) of a sound of 0.4 s to this length, often a short one."""
        seconds = np.exp(self._rng.uniform(np.log(0.4), np.log(longest)))
        count = int(RATE * seconds)
        if self._rng.random() < NOISE_ALONE:
            wave = self._bits(count)
        else:
            wave = self._speech(count)
            if self._rng.random() < NOISE_BESIDE:
                wave = wave + 0.5 * self._bits(count)
            if self._rng.random() < DISTURBED:
                wave = sound.disturb(wave, self._rng)[:count]
        room = 10 ** (self._rng.uniform(*ROOM) / 20) * sound.noise(self._rng, len(wave))
        features: np.ndarray = whisper_features(np.clip(wave + room, -1, 1)).T
        return features

    def _speech(self, count: int) -> np.ndarray:
        """Return recordings, or pieces of them, with pauses before and between."""
        parts = [np.zeros(int(RATE * self._rng.uniform(0.02, 0.45)), np.float32)]
        while sum(map(len, parts)) < count:
            speech = self._piece()
            level = 10 ** (self._rng.uniform(*LOUDNESS) / 20)
            speech = speech * (level / max(1e-5, float(np.sqrt(np.mean(speech**2)))))
            pause = int(RATE * self._rng.uniform(0.1, 0.6))
            parts += [speech, np.zeros(pause, np.float32)]
        return np.concatenate(parts)[:count]

    def _piece(self) -> np.ndarray:
        source = self._sources[self._rng.integers(len(self._sources))]
        speech = source[self._rng.integers(len(source))].astype(np.float32) / 2**15
        length = int(RATE * self._rng.uniform(0.2, 2.5))
        if self._rng.random() < 0.5 and len(speech) > length:
            first = self._rng.integers(0, len(speech) - length)
            speech = speech[first : first + length]
        if self._rng.random() < 0.3:  # another size of the vocal tract, another tempo
            factor = self._rng.uniform(0.8, 1.2)
            speech = soxr.resample(speech, RATE, RATE * factor, quality="LQ")
        return speech

    def _bits(self, count: int) -> np.ndarray:
        """Return some pieces of noise in some band, that begin and fade: no voice."""
        wave = np.zeros(count, np.float32)
        for _ in range(self._rng.integers(1, 5)):
            length = min(count - 1, int(RATE * 10 ** self._rng.uniform(-2.2, 0)))
            low = 10 ** self._rng.uniform(1.5, 3.3)
            high = low * 10 ** self._rng.uniform(0.2, 1.3)
            bit = sound.band_limit(sound.noise(self._rng, length), low, high)
            bit *= np.exp(-np.linspace(0, self._rng.uniform(0, 6), length))
            attack = max(1, int(length * self._rng.uniform(0, 0.5)))
            bit[:attack] *= np.linspace(0, 1, attack)
            first = self._rng.integers(0, count - length)
            wave[first : first + length] += bit * 10 ** self._rng.uniform(-3, -0.7)
        return wave
