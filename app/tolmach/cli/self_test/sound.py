"""Sound before any model: files of other formats, other rates, the devices of this computer."""

from pathlib import Path

import numpy as np

from tolmach.audio import portaudio
from tolmach.audio.media import open_media
from tolmach.audio.microphone import resampler
from tolmach.cli.self_test.installation import SAMPLE
from tolmach.core import bundle, paths
from tolmach.core.errors import AppError, AudioError
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.messages.interface import translate

MP3 = "greeting.mp3"  # the beginning of the sample
DOCTOR = "doctor.flac"  # "Здравствуйте, доктор", by a voice that Whisper understands, too
_DEVICE_RATE = 48_000
_LIKE = 0.95  # correlation of what is the same sound


def sample() -> Samples:
    """Return the sound of the sample conversation; raises AudioError."""
    return _decoded(paths.resources() / "samples" / SAMPLE)


def doctor() -> Samples:
    """Return the sound of two words that every recognizer hears; raises AudioError."""
    return _decoded(paths.resources() / "samples" / DOCTOR)


def mp3() -> str:
    """Decode an MP3 and compare it with what it was made of."""
    original, decoded = sample(), _decoded(paths.resources() / "samples" / MP3)
    if len(decoded) < SAMPLE_RATE or _likeness(decoded, original[: len(decoded)]) < _LIKE:
        raise AudioError("decoded-wrong", name=MP3)
    return translate("cli", "MP3 и FLAC звучат одинаково")


def resampling() -> str:
    """Bring a tone from the rate of a usual device to the program's."""
    tone = _tone(_DEVICE_RATE)
    stream = resampler(_DEVICE_RATE)
    parts = [
        stream.resample_chunk(tone[at : at + 4800], last=at + 4800 >= len(tone))
        for at in range(0, len(tone), 4800)
    ]
    resampled, expected = np.concatenate(parts), _tone(SAMPLE_RATE)
    middle = slice(SAMPLE_RATE // 10, -SAMPLE_RATE // 10)
    if len(resampled) != len(expected) or (
        np.max(np.abs(resampled[middle] - expected[middle])) > 1e-2
    ):
        raise AudioError("resampled-wrong", rate=str(_DEVICE_RATE))
    return translate("cli", "{rate} → {own} Гц", rate=str(_DEVICE_RATE), own=str(SAMPLE_RATE))


def devices() -> str:
    """Ask for the microphones; a computer may have none."""
    names = [device.name for device in portaudio.devices()]
    if not names:
        raise AppError("no-microphone")
    return ", ".join(names)


def harmless() -> frozenset[str]:
    """Return the errors of `devices` that say nothing against the program.

    A bundle brings PortAudio; for the sources it is the system's.
    """
    of_computer = {"no-microphone", "sound-system-failed", "check-too-long"}
    return frozenset(of_computer if bundle.folder() else of_computer | {"portaudio-missing"})


def _decoded(path: Path) -> Samples:
    media = open_media(path)
    try:
        return np.concatenate(list(media))
    finally:
        media.close()


def _tone(rate: int) -> Samples:
    """Return a second of 440 Hz."""
    times = np.arange(rate, dtype=np.float64) / rate
    return (0.5 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)


def _likeness(first: Samples, second: Samples) -> float:
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / size if size else 0.0
