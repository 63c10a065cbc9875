"""Speak the bundled sample conversation: `make sample`. Needs espeak-ng; the sentences are ours.

The sound goes into a FLAC file, 16 kHz mono, with pauses as between two people; its beginning, as
an MP3, goes beside it, for the self-test, as well as two words that every recognizer hears.
"""

import subprocess
import sys
import wave
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import soxr

RATE = 16_000
PAUSE_SECONDS = 1.2
GREETING_SECONDS = 4
VOICES = {"ru": "ru+m3", "ba": "ba+f2"}
CONVERSATION = (
    ("ru", "Здравствуйте! Где у вас болит?"),
    ("ba", "Һаумыһығыҙ! Минең башым ауырта."),
    ("ru", "Как давно болит голова?"),
    ("ba", "Кисәнән бирле ауырта."),
    ("ru", "Вам нужно отдыхать и пить больше воды."),
    ("ba", "Рәхмәт, доктор!"),
)
DOCTOR = ("Здравствуйте, доктор.", "ru", 130)  # Whisper understands no other of espeak-ng's


def speak(text: str, voice: str, speed: int = 150) -> np.ndarray:
    """Return the text spoken, float32 at 16 kHz; `speed` in words a minute."""
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "--stdout", text]
    spoken = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(BytesIO(spoken)) as sound:
        data = np.frombuffer(sound.readframes(sound.getnframes()), dtype="<i2")
        return soxr.resample(data.astype(np.float32) / 32768, sound.getframerate(), RATE)


def main(path: Path) -> None:
    """Write the conversation to `path`."""
    pause = np.zeros(int(PAUSE_SECONDS * RATE), dtype=np.float32)
    parts = [pause]
    for language, text in CONVERSATION:
        parts += [speak(text, VOICES[language]), pause]
    samples = sixteen_bits(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, samples, "flac", "flac")
    write(path.with_name("greeting.mp3"), samples[: GREETING_SECONDS * RATE], "mp3", "libmp3lame")
    doctor = sixteen_bits(pause, speak(*DOCTOR), pause)
    write(path.with_name("doctor.flac"), doctor, "flac", "flac")


def sixteen_bits(*parts: np.ndarray) -> np.ndarray:
    """Return the parts one after the other, as files have them."""
    return (np.concatenate(parts) * 32767).astype(np.int16)


def write(path: Path, samples: np.ndarray, container: str, encoder: str) -> None:
    """Write 16-bit samples into a file of this kind."""
    with av.open(str(path), "w", format=container) as file:
        stream = file.add_stream(encoder, rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples[None, :].copy(), format="s16", layout="mono")
        frame.sample_rate = RATE
        fifo = av.AudioFifo()
        fifo.write(frame)
        for block in fifo.read_many(4096, partial=True):
            file.mux(stream.encode(block))
        file.mux(stream.encode(None))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
