"""The PortAudio library: which devices there are, opening and closing one.

PortAudio reads the list of devices once, when it is initialised. It is initialised anew before
every look at the list, unless a stream is open: that would die with it.
"""

import itertools
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeAlias

from tolmach.core.errors import AudioError

log = logging.getLogger(__name__)

BUFFER_SECONDS = 0.2  # held by PortAudio while Python is busy elsewhere
USUAL_RATES = (48_000, 44_100, 16_000)
LOCK_SECONDS = 3.0  # PortAudio can hang on a device that is gone, and hold the lock for ever

# The callback: sound as float32 of shape (frames, channels), frames, times, flags.
Hear: TypeAlias = Callable[[Any, int, Any, Any], None]

_lock = threading.RLock()
_streams: set[Any] = set()  # open ones


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone."""

    name: str
    default: bool  # the system's choice
    index: int  # PortAudio's, valid until the list is read again
    rate: int  # its own, Hz
    channels: int


def devices() -> list[Device]:
    """Return the microphones, the system's choice first.

    Newly plugged ones are seen only while no microphone is open. Raises AudioError
    "portaudio-missing" or "sound-system-failed".

    Windows shows each device once for each of four sound systems; only WASAPI's are taken, whose
    names are whole.
    """
    with _portaudio() as library:
        _read_devices_anew(library)
        system = _sound_system(library)
        chosen = library.default.device[0]
        if system is not None:
            chosen = system["default_input_device"]
        inputs = [
            Device(
                raw["name"],
                raw["index"] == chosen,
                raw["index"],
                round(raw["default_samplerate"]),
                raw["max_input_channels"],
            )
            for raw in library.query_devices()
            if raw["max_input_channels"] > 0
            and (system is None or raw["index"] in system["devices"])
        ]
    unique: dict[str, Device] = {}
    for device in sorted(inputs, key=lambda device: not device.default):
        unique.setdefault(device.name, device)
    return list(unique.values())


@dataclass(frozen=True, slots=True)
class Input:
    """An open device that is giving sound."""

    name: str
    rate: int  # Hz
    stream: Any  # sounddevice.InputStream

    def close(self, *, dead: bool) -> None:
        """Let the device go; `dead`: it gives no more sound.

        On Linux abort() cancels PortAudio's thread wherever that waits: for Python's own lock, too,
        which then stays locked. stop() takes one more chunk, for which a dead device never comes.
        """
        with _lock:
            _streams.discard(self.stream)
            if dead:
                self.stream.abort()
            else:
                self.stream.stop()
            self.stream.close()


def open_input(name: str, hear: Hear) -> Input:
    """Open the device of this name ("": the system's choice) and start it.

    Raises AudioError "portaudio-missing",
    "sound-system-failed", "no-microphone", "microphone-missing" or "microphone-refused".
    """
    with _portaudio() as library:
        device = _find(name)
        detail = ""
        for rate, channels in _formats(device):
            try:
                stream = _started(library, device, rate, channels, hear)
            except (library.PortAudioError, ValueError) as error:
                detail = str(error)
                log.info("%s refuses %s Hz, %s channels: %s", device.name, rate, channels, detail)
            else:
                _streams.add(stream)
                return Input(device.name, rate, stream)
        raise AudioError("microphone-refused", name=device.name, detail=detail)


def _started(library: Any, device: Device, rate: int, channels: int, hear: Hear) -> Any:
    stream = library.InputStream(
        device=device.index,
        samplerate=rate,
        channels=channels,
        dtype="float32",
        latency=BUFFER_SECONDS,
        callback=hear,
    )
    try:
        stream.start()
    except library.PortAudioError:
        stream.close()
        raise
    return stream


def _find(name: str) -> Device:
    inputs = devices()
    if not inputs:
        raise AudioError("no-microphone")
    named = [device for device in inputs if name in ("", device.name)]
    if not named:
        raise AudioError("microphone-missing", name=name)
    return named[0]


def _formats(device: Device) -> Iterator[tuple[int, int]]:
    """Yield rates and channel counts to try: the device's own rate and the system's mono first."""
    rates = dict.fromkeys((device.rate, *USUAL_RATES))
    return itertools.product(rates, range(1, min(device.channels, 2) + 1))


@contextmanager
def _portaudio() -> Iterator[Any]:
    """Give the library to one thread at a time; its errors become AudioError."""
    if not _lock.acquire(timeout=LOCK_SECONDS):
        raise AudioError("sound-system-failed", detail="PortAudio")
    try:
        library = _library()
        try:
            yield library
        except library.PortAudioError as error:
            raise AudioError("sound-system-failed", detail=str(error)) from error
    finally:
        _lock.release()


def _library() -> Any:
    """Return sounddevice, imported late: it starts PortAudio the moment it is imported."""
    try:
        import sounddevice  # noqa: PLC0415 - see above
    except OSError as error:
        raise AudioError("portaudio-missing") from error
    except Exception as error:  # its PortAudioError, which has no name before the import is done
        raise AudioError("sound-system-failed", detail=str(error)) from error
    return sounddevice


def _read_devices_anew(library: Any) -> None:
    """See what was plugged in later; sounddevice has no public way to."""
    if not _streams:
        with suppress(library.PortAudioError):  # when the last initialisation failed
            library._terminate()
        library._initialize()


def _sound_system(library: Any) -> dict[str, Any] | None:
    """Return the one of Windows' sound systems to use; None elsewhere: there is just one."""
    if sys.platform != "win32":
        return None
    systems: tuple[dict[str, Any], ...] = library.query_hostapis()
    usable = [system for system in systems if system["default_input_device"] >= 0]
    usable.sort(key=lambda system: system["name"] != "Windows WASAPI")
    return usable[0] if usable else None
