"""Any audio or video file, decoded as a stream: an hour costs no more memory than a minute.

Files are untrusted. FFmpeg knows formats that are scripts (ffconcat, HLS, DASH, SDP) and would
open other files or sockets on their behalf, under any file name: only the containers listed here
are probed, only the file itself may be opened, and text is refused before FFmpeg sees it.
"""

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np

from tolmach.core.errors import AudioError, StorageError
from tolmach.core.samples import SAMPLE_RATE, Samples, silence

log = logging.getLogger(__name__)

BLOCK = 10 * SAMPLE_RATE
# FFmpeg's demuxers that hold sound and cannot name another file to open.
CONTAINERS = (
    *("aac", "ac3", "aiff", "amr", "ape", "asf", "au", "avi", "caf", "dts", "eac3", "flac", "flv"),
    *("matroska", "mov", "mp3", "mpc", "mpc8", "mpeg", "mpegts", "ogg", "rm", "tta", "w64", "wav"),
    "wv",
)
OPTIONS = {"protocol_whitelist": "file", "format_whitelist": ",".join(CONTAINERS)}

_SNIFFED_BYTES = 4096
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b")
_LEAST_GAP = SAMPLE_RATE // 10  # a shorter one is rounding of the file's time stamps
_LONGEST_GAP = 600 * SAMPLE_RATE  # a longer one is a damaged time stamp
_SHORTFALL = SAMPLE_RATE // 2  # so much is missing, in the middle or at the end: worth telling


def open_media(path: Path) -> "Media":
    """Open the sound of a file.

    Raises AudioError "file-missing", "file-empty", "not-media" (or too damaged to tell),
    "no-sound-track", and StorageError "not-readable".
    """
    _sniff(path)
    try:
        container = av.open(str(path.absolute()), options=OPTIONS)
    except (av.error.FFmpegError, UnicodeError) as error:
        raise AudioError("not-media", name=path.name) from error
    if not container.streams.audio:
        container.close()
        raise AudioError("no-sound-track", name=path.name)
    return Media(path.name, container)


class Media:
    """An open file: iterate once over its samples, in blocks of ten seconds.

    Times are those of the file: a track that begins late, or a part that is missing, is silence.
    """

    def __init__(self, name: str, container: av.container.InputContainer) -> None:
        """Take over an open container that has sound."""
        self.damaged = False  # after the last block: whether something could not be decoded
        length = container.duration
        self.duration = None if length is None else length / av.time_base  # seconds, as promised
        self._name = name
        self._container = container
        self._stream = container.streams.best("audio") or container.streams.audio[0]
        self._resampler: av.AudioResampler | None = None
        self._format: tuple[object, ...] = ()  # of the frames that the resampler was made for
        self._position = 0  # samples so far

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._container.close()

    def __iter__(self) -> Iterator[Samples]:
        """Yield blocks of samples; damaged parts are skipped.

        Raises AudioError "file-empty" or "not-media" when not a single sample came out.
        """
        yield from _blocks(self._pieces())
        if not self._position:
            raise AudioError("not-media" if self.damaged else "file-empty", name=self._name)
        if self._promised() - self._position > _SHORTFALL:
            self.damaged = True

    def _pieces(self) -> Iterator[Samples]:
        for frame in self._frames():
            for piece in (self._gap_before(frame), *self._resample(frame)):
                self._position += len(piece)
                yield piece
        for piece in self._flush():
            self._position += len(piece)
            yield piece

    def _frames(self) -> Iterator[av.AudioFrame]:
        try:
            for packet in self._container.demux(self._stream):
                try:
                    yield from packet.decode()  # type: ignore[misc]
                except av.error.FFmpegError as error:
                    self._note_damage(error)
        except av.error.FFmpegError as error:  # nothing comes after it
            self._note_damage(error)

    def _gap_before(self, frame: av.AudioFrame) -> Samples:
        """Return the silence between what came so far and this frame."""
        if frame.time is None:
            return silence(0)
        begin = (self._container.start_time or 0) / av.time_base
        gap = round((frame.time - begin) * SAMPLE_RATE) - self._position
        if gap > _LONGEST_GAP or (gap > _SHORTFALL and self._position):
            self.damaged = True
        return silence(gap if _LEAST_GAP <= gap <= _LONGEST_GAP else 0)

    def _resample(self, frame: av.AudioFrame) -> Iterator[Samples]:
        """Yield the frame's sound; a file may change its rate or channels on the way."""
        layout_and_rate = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._resampler is None or layout_and_rate != self._format:
            yield from self._flush()
            # To stereo, not to mono: FFmpeg's own mono is 3 dB too loud and would be clipped.
            layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
            self._resampler = av.AudioResampler("fltp", layout, SAMPLE_RATE)
            self._format = layout_and_rate
        frame.pts = None  # gaps are filled here, not by the resampler
        try:
            yield from map(_mono, self._resampler.resample(frame))
        except av.error.FFmpegError as error:  # no sound has such a rate or so many channels
            self._resampler = None
            self._note_damage(error)

    def _flush(self) -> Iterator[Samples]:
        if self._resampler is not None:
            yield from map(_mono, self._resampler.resample(None))
            self._resampler = None

    def _promised(self) -> int:
        """Return how many samples the sound should have by the file's own account, 0 if unknown."""
        length, unit = self._stream.duration, self._stream.time_base
        if length is not None and unit is not None:
            return round(length * unit * SAMPLE_RATE)
        alone = len(self._container.streams) == 1  # or the picture may be the longer one
        return round((self.duration or 0.0) * SAMPLE_RATE) if alone else 0

    def _note_damage(self, error: av.error.FFmpegError) -> None:
        if not self.damaged:
            log.info("damaged sound is skipped: %s", error.strerror)
        self.damaged = True


def _sniff(path: Path) -> None:
    """Refuse what cannot be sound, before FFmpeg sees it."""
    if not path.exists():
        raise AudioError("file-missing", path=str(path))
    if not path.is_file():
        raise AudioError("not-media", name=path.name)
    try:
        with path.open("rb") as file:
            begin = file.read(_SNIFFED_BYTES)
    except OSError as error:
        raise StorageError("not-readable", path=str(path)) from error
    if not begin:
        raise AudioError("file-empty", name=path.name)
    if all(byte >= 32 or byte in _TEXT_CONTROLS for byte in begin):
        raise AudioError("not-media", name=path.name)


def _mono(frame: av.AudioFrame) -> Samples:
    """Return the mean of the channels; damaged files of floats hold infinities and no-numbers."""
    channels = np.nan_to_num(frame.to_ndarray(), nan=0.0, posinf=1.0, neginf=-1.0)
    mixed: Samples = np.clip(channels, -1.0, 1.0).mean(axis=0, dtype=np.float32)
    return mixed


def _blocks(pieces: Iterable[Samples]) -> Iterator[Samples]:
    """Join pieces of any length into blocks of one length; the last one may be shorter."""
    waiting: list[Samples] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= BLOCK:
            joined = np.concatenate(waiting)
            whole = length - length % BLOCK
            yield from np.split(joined[:whole], range(BLOCK, whole, BLOCK))
            waiting, length = [joined[whole:]], length - whole
    if length:
        yield np.concatenate(waiting)
