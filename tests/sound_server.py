"""A PulseAudio of our own with a cable in place of a microphone: what is played into it is heard.

System packages: pulseaudio, pulseaudio-utils, libasound2-plugins (PortAudio reaches PulseAudio
through ALSA), libportaudio2.
"""

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tolmach.core.samples import SAMPLE_RATE, Samples

TOOLS = ("pulseaudio", "pactl", "pacat", "parec")
START_SECONDS = 20.0


class SoundServer:
    """A running server; its microphone is the monitor of a null sink called "cable"."""

    def __init__(self, folder: Path) -> None:
        self.environment = {
            **os.environ,
            "PULSE_SERVER": f"unix:{folder / 'native'}",
            "PULSE_COOKIE": str(folder / "cookie"),
        }
        self._cable: subprocess.Popen[bytes] | None = None

    def plug_in(self) -> None:
        """Make the microphone appear."""
        self._run("pactl", "load-module", "module-null-sink", "sink_name=cable", "rate=48000")
        # WORKAROUND(pulseaudio 16): a null sink that nobody listened to wakes up every 2 s only,
        # and the next listener waits for that. A real microphone does not; so somebody listens.
        self._cable = subprocess.Popen(
            ["parec", "--raw", "--latency-msec=50", "--device=cable.monitor"],
            env=self.environment,
            stdout=subprocess.PIPE,
        )
        awake = threading.Event()
        self._listener = threading.Thread(target=_drain, args=(self._cable, awake), daemon=True)
        self._listener.start()
        assert awake.wait(START_SECONDS), "the cable gives no sound"

    def unplug(self) -> None:
        """Make the microphone vanish."""
        self._run("pactl", "unload-module", "module-null-sink")
        self.hush()

    def play(self, samples: Samples) -> None:
        """Speak into the microphone; returns when the last sample has been played."""
        self._run(
            "pacat",
            "--playback",
            "--device=cable",
            "--raw",
            "--format=float32le",
            f"--rate={SAMPLE_RATE}",
            "--channels=1",
            "--latency-msec=1000",
            content=samples.astype("<f4").tobytes(),
        )

    def hush(self) -> None:
        """End the listener that keeps the cable awake."""
        if self._cable is not None:
            self._cable.kill()
            self._cable.wait()
            self._listener.join()
            self._cable = None

    def answers(self) -> bool:
        """Tell whether the server is ready."""
        tried = subprocess.run(["pactl", "info"], env=self.environment, capture_output=True)
        return tried.returncode == 0

    def _run(self, *command: str, content: bytes | None = None) -> None:
        subprocess.run(
            command, env=self.environment, input=content, check=True, capture_output=True
        )


def _drain(process: "subprocess.Popen[bytes]", awake: threading.Event) -> None:
    assert process.stdout is not None
    with process.stdout as pipe:
        while pipe.read(4096):
            awake.set()


@contextmanager
def sound_server() -> Iterator[SoundServer]:
    """Start a server with its cable plugged in, make it this process's, end it afterwards.

    Skips the test where PulseAudio is not installed.
    """
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (apt install pulseaudio)")
    with tempfile.TemporaryDirectory(prefix="pulse-") as name:
        folder = Path(name)
        server = SoundServer(folder)
        process = subprocess.Popen(
            [
                "pulseaudio",
                "-n",
                "--system=false",
                "--daemonize=no",
                "--use-pid-file=no",
                "--exit-idle-time=-1",
                "--disable-shm=yes",
                f"--load=module-native-protocol-unix socket={folder / 'native'} auth-anonymous=1",
            ],
            env={**os.environ, "HOME": name, "XDG_RUNTIME_DIR": name, "PULSE_RUNTIME_PATH": name},
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(server, process)
            server.plug_in()
            with pytest.MonkeyPatch.context() as patch:
                for variable in ("PULSE_SERVER", "PULSE_COOKIE"):
                    patch.setenv(variable, server.environment[variable])
                yield server
        finally:
            server.hush()
            process.terminate()
            process.wait()


def _wait_for(server: SoundServer, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while not server.answers():
        assert process.poll() is None, "PulseAudio ended at once"
        assert time.monotonic() < deadline, "PulseAudio does not answer"
        time.sleep(0.05)


def spoken(text: str, language: str = "ru") -> Samples:
    """Return a sentence spoken by espeak-ng; skips the test where it is not installed."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("not installed: espeak-ng")
    espeak = subprocess.run(
        ["espeak-ng", "-v", language, "--stdout", text], check=True, capture_output=True
    )
    import soxr

    # espeak writes a WAV header of 44 bytes, then 16-bit samples at 22,050 Hz
    wave = np.frombuffer(espeak.stdout[44:], dtype="<i2").astype(np.float32) / 32768
    resampled: Samples = soxr.resample(wave, 22_050, SAMPLE_RATE)
    return resampled.astype(np.float32)
