"""The microphone: a device's own sound in, 16 kHz mono out, on a thread of its own.

No sample is dropped silently: what PortAudio or the queue here could not hold is counted and
reported. A device that goes quiet is given up and opened again, because PortAudio tells of neither
an unplugged cable nor a laptop's sleep (PortAudio issues 600 and 944). When it is back, silence is
delivered for the time that it was away, so that later words stand at their true time; not for the
sleep of a computer, nor for more than ten minutes.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeAlias

import numpy as np
import soxr

from tolmach.audio import portaudio
from tolmach.audio.portaudio import Input
from tolmach.core.errors import AppError
from tolmach.core.samples import SAMPLE_RATE, Samples

log = logging.getLogger(__name__)

QUIET_SECONDS = 0.5  # no frames for so long: the device is gone
FIRST_SECONDS = 3.0  # patience after opening: a Bluetooth headset needs time to change its mode
RETRY_SECONDS = 1.0
TICK_SECONDS = 0.1
STOP_SECONDS = 3.0
LONGEST_GAP = 600.0  # seconds of silence that stand for a device that was away
MUTED_SECONDS = 12.0  # of zeros: even a quiet room is louder
QUEUE_CHUNKS = 1000  # at least 10 s, should whoever takes the samples be busy


@dataclass(frozen=True, slots=True)
class MicrophoneLost:
    """The device has stopped giving sound; it is being tried again every second."""

    name: str


@dataclass(frozen=True, slots=True)
class MicrophoneRestored:
    """The device gives sound again."""

    name: str
    seconds: float = 0.0  # that it was away


@dataclass(frozen=True, slots=True)
class Overflowed:
    """Sound was lost because the computer was busy; `count` so far."""

    count: int


@dataclass(frozen=True, slots=True)
class MicrophoneBroken:
    """The program failed at the sound: the device is closed, and nothing more will come."""

    detail: str


@dataclass(frozen=True, slots=True)
class MicrophoneMuted:
    """The device gives nothing but zeros, or no longer: somebody has switched it off."""

    name: str
    muted: bool = True


MicrophoneEvent: TypeAlias = (
    MicrophoneLost | MicrophoneRestored | MicrophoneMuted | Overflowed | MicrophoneBroken
)


def resampler(rate: int) -> soxr.ResampleStream:
    """Return what brings mono sound of a device's rate to ours, chunk by chunk."""
    return soxr.ResampleStream(rate, SAMPLE_RATE, 1, "float32")


class Microphone:
    """Listens to one device from `start` to `stop`, once: after `stop` nothing starts it again.

    `deliver` gets samples in order, `report` what happens to the device; both are called on the
    microphone's own thread and may take their time.
    """

    def __init__(
        self,
        name: str,
        deliver: Callable[[Samples], None],
        report: Callable[[MicrophoneEvent], None],
        *,
        queue_chunks: int = QUEUE_CHUNKS,
    ) -> None:
        """Prepare the device of this name, "" for the system's choice; nothing is opened yet."""
        self._choice = name
        self._name = name  # of the device that was opened
        self._deliver = deliver
        self._report = report
        self._queue_chunks = queue_chunks
        self._chunks: queue.SimpleQueue[Samples] = queue.SimpleQueue()
        self._input: Input | None = None
        self._resampler: soxr.ResampleStream | None = None
        self._sounding = False  # the last we know of the device
        self._switch = threading.Lock()  # of `start` and `stop`, on different threads
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.overflows = 0  # how many times sound was lost because the computer was busy
        self._told_overflows = 0
        self._zeros = 0  # samples since the last one that was none
        self._muted = False  # and said so

    def start(self) -> None:
        """Open the device and begin to deliver.

        Raises AudioError "portaudio-missing", "sound-system-failed", "no-microphone",
        "microphone-missing" (no device of this name) or "microphone-refused".
        """
        self._open()
        with self._switch:
            if not self._stopping.is_set():
                self._thread = threading.Thread(target=self._run, name="microphone", daemon=True)
                self._thread.start()
                return
        self._let_go()  # `stop` came while the device was opening

    def stop(self) -> None:
        """Close the device, deliver what it has heard so far and return; a second call is free."""
        with self._switch:
            self._stopping.set()
            thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(STOP_SECONDS)
            if thread.is_alive():  # PortAudio can hang on a device that is gone (issue 1037)
                log.warning("the microphone does not close: %s", self._name)

    def _run(self) -> None:
        try:
            try:
                self._listen()
            finally:
                self._close()
        except Exception as error:
            log.exception("the microphone's thread failed")
            self._report(MicrophoneBroken(f"{type(error).__name__}: {error}"))

    def _listen(self) -> None:
        silent = False
        last = monotonic()  # when the device was last heard
        quiet, patience = 0.0, FIRST_SECONDS
        while not self._stopping.is_set():
            try:
                chunk = self._chunks.get(timeout=TICK_SECONDS)
            except queue.Empty:
                self._sounding = False
                quiet += TICK_SECONDS  # not by the clock: it runs on while a laptop sleeps
                if quiet < patience:
                    continue
                if not silent:
                    silent = True
                    self._report(MicrophoneLost(self._name))
                quiet, patience = 0.0, self._reopen()
                continue
            self._sounding = True
            quiet, patience = 0.0, QUIET_SECONDS
            if silent:
                silent = False
                away = monotonic() - last
                self._fill(min(away, LONGEST_GAP))
                self._report(MicrophoneRestored(self._name, round(away, 3)))
            last = monotonic()
            self._hand_on(chunk)

    def _fill(self, seconds: float) -> None:
        """Deliver silence for the time that the device was away."""
        length = round(seconds * SAMPLE_RATE)
        for first in range(0, length, SAMPLE_RATE):
            self._deliver(np.zeros(min(SAMPLE_RATE, length - first), np.float32))

    def _reopen(self) -> float:
        """Try the device once more; return how long to wait for its first sound."""
        self._close()
        if self._stopping.wait(RETRY_SECONDS):
            return 0.0
        try:
            self._open()
        except AppError as error:
            log.info("microphone is still away: %s", error)
            return 0.0
        return FIRST_SECONDS

    def _open(self) -> None:
        self._input = portaudio.open_input(self._choice, self._hear)
        self._name = self._input.name
        self._resampler = resampler(self._input.rate)

    def _close(self) -> None:
        """Let the device go and deliver the rest of what it heard."""
        if self._let_go():
            while not self._chunks.empty():
                self._hand_on(self._chunks.get())
            self._hand_on(np.zeros((0, 1), np.float32), last=True)
            self._resampler = None  # soxr complains on the terminal of what is left at exit

    def _let_go(self) -> bool:
        """Close the device; False where none is open."""
        opened, self._input = self._input, None
        if opened is None:
            return False
        opened.close(dead=not self._sounding)
        self._sounding = False
        return True

    def _hear(self, chunk: Any, frames: int, time: Any, status: Any) -> None:
        """Take a chunk on PortAudio's thread: copy it and be gone."""
        del frames, time
        if status.input_overflow:
            self.overflows += 1
        if self._chunks.qsize() < self._queue_chunks:
            self._chunks.put(chunk.copy())
        else:
            self.overflows += 1

    def _notice_zeros(self, samples: Samples) -> None:
        """Tell once that nothing but zeros comes, and once that it is over."""
        self._zeros = 0 if samples.any() else self._zeros + len(samples)
        is_muted = self._zeros >= MUTED_SECONDS * SAMPLE_RATE
        if is_muted != self._muted:
            self._muted = is_muted
            self._report(MicrophoneMuted(self._name, is_muted))

    def _hand_on(self, chunk: Samples, *, last: bool = False) -> None:
        assert self._resampler is not None
        mono = chunk.mean(axis=1, dtype=np.float32)
        samples = self._resampler.resample_chunk(mono, last=last)
        if len(samples):
            self._notice_zeros(samples)
            self._deliver(samples)
        if self.overflows > self._told_overflows:
            self._told_overflows = self.overflows
            self._report(Overflowed(self._told_overflows))
