"""What PortAudio does when it fails or hangs, by a sounddevice that does so to order."""

import queue
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tolmach.audio import microphone as microphone_module
from tolmach.audio import portaudio
from tolmach.audio.microphone import (
    Microphone,
    MicrophoneBroken,
    MicrophoneEvent,
    MicrophoneLost,
    MicrophoneMuted,
    MicrophoneRestored,
)
from tolmach.audio.portaudio import devices
from tolmach.core.errors import AudioError
from tolmach.core.samples import SAMPLE_RATE, Samples

PATIENCE = 30.0


class PortAudioError(Exception):
    pass


class Stream:
    """Gives one second of sound when it starts, and no more."""

    def __init__(self, library: "Library", callback: Callable[..., None]) -> None:
        self.library = library
        self.callback = callback
        self.calls: list[str] = []
        library.streams.append(self)

    def start(self) -> None:
        self.calls.append("start")
        self.library.opening.set()
        assert self.library.may_open.wait(PATIENCE)
        if self.library.refusals:
            raise PortAudioError(self.library.refusals.pop())
        chunk = np.full((48_000, 1), 0.5, np.float32)
        self.callback(chunk, len(chunk), None, SimpleNamespace(input_overflow=False))

    def stop(self) -> None:
        self.calls.append("stop")

    def abort(self) -> None:
        self.calls.append("abort")

    def close(self) -> None:
        assert self.library.may_close.wait(PATIENCE)
        self.calls.append("close")


class Library:
    """The part of sounddevice 0.5 that the program uses, with one microphone of two channels."""

    PortAudioError = PortAudioError

    def __init__(self) -> None:
        self.initialised = True
        self.failures: list[str] = []  # of the next initialisations
        self.blind = False  # the list of devices cannot be read
        self.refusals: list[str] = []  # of the next streams to start
        self.streams: list[Stream] = []
        self.opening = threading.Event()
        self.may_open = threading.Event()
        self.may_open.set()
        self.may_close = threading.Event()
        self.may_close.set()
        self.default = SimpleNamespace(device=(0, -1))

    def _terminate(self) -> None:
        if not self.initialised:
            raise PortAudioError("PortAudio not initialized")
        self.initialised = False

    def _initialize(self) -> None:
        if self.failures:
            raise PortAudioError(self.failures.pop())
        self.initialised = True

    def query_devices(self) -> list[dict[str, Any]]:
        if self.blind or not self.initialised:
            raise PortAudioError("no list")
        return [
            {
                "name": "Fake",
                "index": 0,
                "default_samplerate": 48_000.0,
                "max_input_channels": 2,
            }
        ]

    def query_hostapis(self) -> tuple[dict[str, Any], ...]:
        return ({"name": "Windows WASAPI", "default_input_device": 0, "devices": [0]},)

    def InputStream(self, *, callback: Callable[..., None], **options: Any) -> Stream:
        return Stream(self, callback)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    stand_in = Library()
    monkeypatch.setitem(sys.modules, "sounddevice", stand_in)
    monkeypatch.setattr(portaudio, "LOCK_SECONDS", 0.1)
    monkeypatch.setattr(microphone_module, "STOP_SECONDS", 0.5)
    monkeypatch.setattr(microphone_module, "RETRY_SECONDS", 0.01)
    return stand_in


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def ended() -> bool:
    """Whether no microphone's thread is left."""
    return "microphone" not in {thread.name for thread in threading.enumerate()}


def ignore(event: object) -> None:
    """Take what a microphone delivers or reports."""


def failure(action: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(AudioError) as caught:
        action()
    return caught.value.code, caught.value.params["detail"]


def test_a_failed_initialisation_is_told_and_the_next_look_succeeds(library: Library) -> None:
    library.failures = ["host error"]

    assert failure(devices) == ("sound-system-failed", "host error")
    assert [device.name for device in devices()] == ["Fake"]


def test_a_list_that_cannot_be_read_is_told(library: Library) -> None:
    library.blind = True

    assert failure(devices) == ("sound-system-failed", "no list")
    assert failure(Microphone("", ignore, ignore).start) == ("sound-system-failed", "no list")


def test_a_library_that_fails_while_it_is_imported_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = "class PortAudioError(Exception): pass\nraise PortAudioError('host error')\n"
    (tmp_path / "sounddevice.py").write_text(program, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)

    assert failure(devices) == ("sound-system-failed", "host error")


def played(stream: Stream, *sounds: Samples) -> None:
    """Have the device hear sounds, as PortAudio tells of them."""
    status = SimpleNamespace(input_overflow=False)
    for sound in sounds:
        stream.callback(sound[:, None], len(sound), None, status)


def test_the_time_that_a_microphone_was_away_is_silence(library: Library) -> None:
    delivered: list[Samples] = []
    reported: queue.SimpleQueue[MicrophoneEvent] = queue.SimpleQueue()
    microphone = Microphone("", delivered.append, reported.put)
    microphone.start()
    try:
        assert reported.get(timeout=PATIENCE) == MicrophoneLost("Fake")
        restored = reported.get(timeout=PATIENCE)
    finally:
        microphone.stop()
    assert isinstance(restored, MicrophoneRestored)
    sound = np.concatenate(delivered)
    zeros = int((sound == 0).sum())
    assert zeros == pytest.approx(restored.seconds * SAMPLE_RATE, abs=SAMPLE_RATE / 100)
    assert len(sound) - zeros == pytest.approx(2 * SAMPLE_RATE, abs=SAMPLE_RATE / 20)


def test_a_device_that_gives_nothing_but_zeros_is_told_once(library: Library) -> None:
    reported: queue.SimpleQueue[MicrophoneEvent] = queue.SimpleQueue()
    microphone = Microphone("", ignore, reported.put)
    microphone.start()
    second = np.zeros(48_000, np.float32)
    try:
        stream = library.streams[0]
        played(stream, *[second] * 11, second + 0.001)
        played(stream, *[second] * 26)
        assert reported.get(timeout=PATIENCE) == MicrophoneMuted("Fake")
        played(stream, second + 0.001)
        assert reported.get(timeout=PATIENCE) == MicrophoneMuted("Fake", muted=False)
    finally:
        microphone.stop()


def test_a_lost_microphone_is_tried_again_while_portaudio_fails(library: Library) -> None:
    reported: queue.SimpleQueue[MicrophoneEvent] = queue.SimpleQueue()
    microphone = Microphone("", ignore, reported.put)
    microphone.start()
    try:
        library.failures = ["host error", "host error"]
        assert reported.get(timeout=PATIENCE) == MicrophoneLost("Fake")
        restored = reported.get(timeout=PATIENCE)
        assert isinstance(restored, MicrophoneRestored)
        assert restored.seconds > 0
    finally:
        microphone.stop()

    assert library.failures == []
    assert library.streams[0].calls == ["start", "abort", "close"]


@pytest.mark.log_warnings
def test_the_device_is_closed_and_told_when_the_thread_ends_with_an_error(
    library: Library,
) -> None:
    events: queue.SimpleQueue[MicrophoneEvent] = queue.SimpleQueue()

    def broken(samples: Samples) -> None:
        raise ZeroDivisionError

    microphone = Microphone("", broken, events.put)
    microphone.start()
    event = events.get(timeout=PATIENCE)
    assert isinstance(event, MicrophoneBroken)
    assert event.detail.startswith("ZeroDivisionError")
    assert library.streams[0].calls[-1] == "close"
    microphone.stop()


def test_stop_lets_a_sounding_device_finish(library: Library) -> None:
    microphone: Microphone

    def stop(samples: Samples) -> None:
        microphone.stop()

    microphone = Microphone("", stop, ignore)
    microphone.start()
    wait_until(ended)

    assert library.streams[0].calls == ["start", "stop", "close"]


@pytest.mark.log_warnings
def test_a_device_that_hangs_does_not_block_the_next_start(library: Library) -> None:
    microphone = Microphone("", ignore, ignore)
    microphone.start()
    library.may_close.clear()
    microphone.stop()  # gives up its thread
    try:
        assert failure(devices) == ("sound-system-failed", "PortAudio")
        start = Microphone("", ignore, ignore).start
        assert failure(start) == ("sound-system-failed", "PortAudio")
    finally:
        library.may_close.set()

    wait_until(ended)
    assert library.streams[0].calls[-1] == "close"


def test_a_format_that_does_not_start_is_closed_before_the_next(library: Library) -> None:
    library.refusals = ["mono is not known here"]
    microphone = Microphone("", ignore, ignore)
    microphone.start()
    microphone.stop()

    refused, accepted = library.streams
    assert refused.calls == ["start", "close"]
    assert (accepted.calls[0], accepted.calls[-1]) == ("start", "close")


@pytest.mark.parametrize("when", ["before", "while"])
def test_stop_before_or_while_the_device_opens_is_not_lost(library: Library, when: str) -> None:
    delivered: list[Samples] = []
    microphone = Microphone("", delivered.append, ignore)
    if when == "before":
        microphone.stop()
        microphone.start()
    else:
        library.may_open.clear()
        starting = threading.Thread(target=microphone.start)
        starting.start()
        assert library.opening.wait(PATIENCE)
        microphone.stop()
        library.may_open.set()
        starting.join()

    assert library.streams[0].calls == ["start", "abort", "close"]
    assert not delivered
    assert ended()
