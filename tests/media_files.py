"""Media files made for a test."""

import random
import wave
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tolmach.core.samples import SAMPLE_RATE, Samples

CODECS = {".wav": "pcm_s16le", ".mp3": "libmp3lame", ".ogg": "libopus", ".flac": "flac"}
CODECS |= {".m4a": "aac", ".mkv": "flac", ".aiff": "pcm_s16be", ".au": "pcm_f32be"}


def tone(length: float, pitch: float = 440.0, rate: int = SAMPLE_RATE) -> Samples:
    moments = np.arange(round(length * rate)) / rate
    return (0.5 * np.sin(2 * np.pi * pitch * moments)).astype(np.float32)


def write(
    path: Path,
    channels: Sequence[Samples],
    rate: int,
    *,
    begin: float = 0.0,
    video: bool = False,
    bit_rate: int = 0,
    options: Mapping[str, str] | None = None,
) -> Path:
    """Write a media file by its suffix, one array a channel, that begins so late."""
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[len(channels)]
    with av.open(str(path), "w", options=dict(options or {})) as file:
        stream = file.add_stream(CODECS[path.suffix], rate=rate, layout=layout)
        assert isinstance(stream, av.AudioStream)
        context = stream.codec_context
        if bit_rate:
            context.bit_rate = bit_rate
        context.time_base = Fraction(1, rate)
        if video:
            film(file)
        frame = av.AudioFrame.from_ndarray(np.stack(channels), format="fltp", layout=layout)
        frame.sample_rate, frame.pts = rate, round(begin * rate)
        frame.time_base = Fraction(1, rate)
        resampler = av.AudioResampler(context.format, layout, rate, context.frame_size or None)
        for piece in (*resampler.resample(frame), *resampler.resample(None)):
            file.mux(stream.encode(piece))
        file.mux(stream.encode(None))
    return path


def film(file: av.container.OutputContainer) -> None:
    """Add three seconds of black."""
    stream = file.add_stream("mpeg4", rate=10)
    stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
    for number in range(30):
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
        frame.pts, frame.time_base = number, Fraction(1, 10)
        file.mux(stream.encode(frame))
    file.mux(stream.encode(None))


def write_wav(path: Path, samples: Samples) -> Path:
    """Write 16-bit samples at our own rate."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes((samples * 32767).round().astype("<i2").tobytes())
    return path


def read_wav(path: Path) -> Samples:
    """Read what `write_wav` wrote."""
    with wave.open(str(path), "rb") as file:
        values = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return (values / 32768).astype(np.float32)


def write_tracks(path: Path, tracks: Sequence[Samples]) -> Path:
    """Write a file with several sound tracks, at our own rate."""
    with av.open(str(path), "w") as file:
        streams = [file.add_stream("pcm_s16le", rate=SAMPLE_RATE, layout="mono") for _ in tracks]
        for stream, samples in zip(streams, tracks, strict=True):
            values = (samples * 32767).round().astype("<i2")[np.newaxis]
            frame = av.AudioFrame.from_ndarray(values, format="s16", layout="mono")
            frame.sample_rate, frame.pts = SAMPLE_RATE, 0
            file.mux(stream.encode(frame))
            file.mux(stream.encode(None))
    return path


def damage(path: Path) -> None:
    """Overwrite a fifth of the file in its middle."""
    data = bytearray(path.read_bytes())
    at, length = len(data) * 4 // 10, len(data) * 2 // 10
    data[at : at + length] = random.Random(1).randbytes(length)
    path.write_bytes(data)
