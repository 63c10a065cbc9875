"""The microphone with a real sound server: what is played into the cable comes out as samples."""

import os
import queue
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.live.clock import CHUNK
from tests.sound_server import SoundServer, sound_server, spoken
from tolmach.audio.microphone import (
    Microphone,
    MicrophoneBroken,
    MicrophoneEvent,
    MicrophoneLost,
    MicrophoneRestored,
    Overflowed,
)
from tolmach.audio.portaudio import devices
from tolmach.core.errors import AudioError
from tolmach.core.samples import SAMPLE_RATE, Samples, silence

PATIENCE = 30.0  # seconds for what takes two on an idle computer


@pytest.fixture(scope="module")
def server() -> Iterator[SoundServer]:
    with sound_server() as running:
        yield running


class Ear:
    """What a microphone delivered and reported."""

    def __init__(self) -> None:
        self.chunks: list[Samples] = []
        self.events: queue.SimpleQueue[MicrophoneEvent] = queue.SimpleQueue()

    def microphone(self, name: str = "") -> Microphone:
        return Microphone(name, self.chunks.append, self.events.put)

    def recorded(self) -> Samples:
        return np.concatenate(self.chunks) if self.chunks else np.zeros(0, np.float32)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def hear(server: SoundServer, samples: Samples) -> tuple[Samples, Ear]:
    """Return what the microphone heard while this was played, with some quiet around it."""
    ear = Ear()
    microphone = ear.microphone()
    microphone.start()
    try:
        wait_until(lambda: len(ear.recorded()) > SAMPLE_RATE // 2)
        server.play(samples)
        until = len(ear.recorded()) + SAMPLE_RATE
        wait_until(lambda: len(ear.recorded()) >= until)
    finally:
        microphone.stop()
    return ear.recorded(), ear


def likeness(recorded: Samples, played: Samples) -> float:
    """Return the correlation at the best shift, 1.0 for the same sound at any loudness."""
    size = 1 << (len(recorded) + len(played)).bit_length()
    products = np.fft.irfft(np.fft.rfft(recorded, size) * np.conj(np.fft.rfft(played, size)), size)
    first = int(np.argmax(products[: len(recorded)]))
    part = recorded[first : first + len(played)]
    return float(part @ played[: len(part)] / np.linalg.norm(part) / np.linalg.norm(played))


def test_a_sentence_arrives_whole(server: SoundServer) -> None:
    sentence = spoken("Здравствуйте, где здесь больница?")

    recorded, ear = hear(server, sentence)

    assert recorded.dtype == np.float32
    assert likeness(recorded, sentence) > 0.95
    assert ear.events.empty()


def test_sound_comes_in_pieces_as_small_as_the_bench_plays(server: SoundServer) -> None:
    _, ear = hear(server, silence(SAMPLE_RATE))

    assert np.median([len(chunk) for chunk in ear.chunks]) <= 1.05 * CHUNK * SAMPLE_RATE


def test_a_tone_keeps_its_pitch(server: SoundServer) -> None:
    seconds = np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE
    tone = (0.5 * np.sin(2 * np.pi * 1000 * seconds)).astype(np.float32)

    recorded, _ = hear(server, tone)

    spectrum = np.abs(np.fft.rfft(recorded))
    assert np.argmax(spectrum) * SAMPLE_RATE / len(recorded) == pytest.approx(1000, abs=2)


def test_the_system_s_choice_comes_first(server: SoundServer) -> None:
    inputs = devices()

    assert inputs[0].default
    assert [device.default for device in inputs[1:]] == [False] * (len(inputs) - 1)
    assert len({device.name for device in inputs}) == len(inputs)


def test_a_device_is_opened_by_its_name(server: SoundServer) -> None:
    ear = Ear()
    microphone = ear.microphone(devices()[0].name)
    microphone.start()
    wait_until(lambda: bool(ear.chunks))
    microphone.stop()

    assert ear.events.empty()


def test_a_name_that_no_device_has_is_refused(server: SoundServer) -> None:
    with pytest.raises(AudioError) as caught:
        Ear().microphone("Микрофон соседа").start()

    assert (caught.value.code, caught.value.params) == (
        "microphone-missing",
        {"name": "Микрофон соседа"},
    )


def test_an_unplugged_microphone_is_reported_and_comes_back(server: SoundServer) -> None:
    ear = Ear()
    microphone = ear.microphone()
    microphone.start()
    try:
        wait_until(lambda: bool(ear.chunks))
        name = devices()[0].name

        server.unplug()
        assert ear.events.get(timeout=PATIENCE) == MicrophoneLost(name)

        server.plug_in()
        restored = ear.events.get(timeout=PATIENCE)
        assert isinstance(restored, MicrophoneRestored)
        assert restored.name == name
        assert restored.seconds > 0

        sentence = spoken("Меня снова слышно?")
        server.play(sentence)
        until = len(ear.recorded()) + SAMPLE_RATE
        wait_until(lambda: len(ear.recorded()) >= until)
    finally:
        microphone.stop()

    assert likeness(ear.recorded(), sentence) > 0.95


def test_stop_while_the_microphone_is_away(server: SoundServer) -> None:
    ear = Ear()
    microphone = ear.microphone()
    microphone.start()
    wait_until(lambda: bool(ear.chunks))
    server.unplug()
    try:
        assert isinstance(ear.events.get(timeout=PATIENCE), MicrophoneLost)
    finally:
        microphone.stop()
        server.plug_in()

    delivered = len(ear.chunks)
    time.sleep(0.3)
    assert len(ear.chunks) == delivered


def test_a_device_that_does_not_open_is_refused(server: SoundServer) -> None:
    server.unplug()
    try:
        with pytest.raises(AudioError) as caught:
            Ear().microphone().start()
    finally:
        server.plug_in()

    assert caught.value.code == "microphone-refused"
    assert caught.value.params["name"] == "default"


def test_sound_lost_to_a_busy_computer_is_counted(server: SoundServer) -> None:
    """The taker of samples sleeps on the first chunk until the queue must be full."""
    reported: queue.SimpleQueue[MicrophoneEvent] = queue.SimpleQueue()
    microphone: Microphone

    def busy(samples: Samples) -> None:
        if not microphone.overflows:
            wait_until(lambda: microphone.overflows > 0)

    microphone = Microphone("", busy, reported.put, queue_chunks=4)
    microphone.start()
    event = reported.get(timeout=PATIENCE)
    microphone.stop()

    assert isinstance(event, Overflowed)
    assert event.count >= 1
    assert microphone.overflows >= event.count


@pytest.mark.log_warnings
def test_a_taker_that_fails_is_told_and_the_device_closed(server: SoundServer) -> None:
    reported: queue.SimpleQueue[MicrophoneEvent] = queue.SimpleQueue()

    def fail(samples: Samples) -> None:
        raise ValueError("so")

    microphone = Microphone("", fail, reported.put)
    microphone.start()

    assert reported.get(timeout=PATIENCE) == MicrophoneBroken("ValueError: so")
    wait_until(lambda: microphone._input is None)
    microphone.stop()
    assert reported.empty()


def refused_in_a_new_process(preparation: str) -> str:
    """Return the error of starting a microphone: PortAudio is found and loaded once a process."""
    program = f"""
{preparation}
from tolmach.audio.microphone import Microphone
from tolmach.core.errors import AudioError
try:
    Microphone("", print, print).start()
except AudioError as error:
    print(error)
"""
    process = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return process.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="PortAudio comes with sounddevice elsewhere")
def test_a_computer_without_portaudio() -> None:
    without = "import ctypes.util; ctypes.util.find_library = lambda name: None"

    assert refused_in_a_new_process(without) == "portaudio-missing()"


@pytest.mark.usefixtures("portaudio")
def test_a_computer_without_a_microphone() -> None:
    cards = Path("/proc/asound/cards")
    if sys.platform != "linux" or (cards.exists() and "no soundcards" not in cards.read_text()):
        pytest.skip("this computer has a sound card")
    without = "import os; os.environ['PULSE_SERVER'] = 'unix:/nowhere'"

    assert refused_in_a_new_process(without) == "no-microphone()"
