"""Any audio or video file, decoded as a stream: an hour costs no more memory than a minute.

Files are untrusted. FFmpeg knows formats that are scripts (ffconcat, HLS, DASH, SDP) and would
open other files or sockets on their behalf, under any file name: only the containers listed here
are probed, only the file itself may be opened, and text is refused before FFmpeg sees it.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import av
import numpy as np

from tolmach.audio.joined import Part, Section, parts
from tolmach.audio.mixing import Channels, blocks, mixed
from tolmach.core import files
from tolmach.core.errors import AudioError
from tolmach.core.samples import SAMPLE_RATE, Samples

log = logging.getLogger(__name__)

BLOCK = 10 * SAMPLE_RATE
# FFmpeg's demuxers that hold sound and cannot name another file to open.
CONTAINERS = (
    *("aac", "ac3", "aiff", "amr", "ape", "asf", "au", "avi", "caf", "dsf", "dss", "dts", "dv"),
    *("eac3", "flac", "flv", "gxf", "iff", "ircam", "matroska", "mlp", "mov", "mp3", "mpc", "mpc8"),
    *("mpeg", "mpegts", "mxf", "nistsphere", "nut", "ogg", "oma", "qcp", "rm", "shn", "sox", "tak"),
    *("truehd", "tta", "voc", "w64", "wav", "wtv", "wv", "xwma"),
)
RAW = {".g722": "g722", ".gsm": "gsm"}  # nothing in them tells what they are
OPTIONS = {"protocol_whitelist": "file", "format_whitelist": ",".join((*CONTAINERS, *RAW.values()))}

GAPS = "file-has-gaps"  # a remark that may mean nothing: a recorder was paused
_SNIFFED_BYTES = 4096
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1b")
_LEAST_GAP = SAMPLE_RATE // 10  # a shorter one is rounding of the file's time stamps
_LONGEST_GAP = 24 * 3600 * SAMPLE_RATE  # all together: what is longer is a damaged time stamp
_SHORTFALL = SAMPLE_RATE // 2  # so much is missing, in the middle or at the end: worth telling
_LEAST_RATE = 2000  # samples a second: no voice has fewer
# Their length is guessed from the size, or is not that of the sound.
_GUESSED = frozenset(("aac", "avi", "ac3", "amr", "dts", "eac3", "g722", "gsm", "mlp", "truehd"))
_SIGNATURES = (b"RIFF", b"OggS", b"fLaC", b"ID3", b"FORM", b"caff", b"\x1aE\xdf\xa3")
_TAGS = (b"ID3", b"TAG")  # in the middle where MP3 files were joined
_MP3_TABLES = (b"Xing", b"Info", b"VBRI")


def open_media(path: Path, track: int = 0) -> "Media":
    """Open the sound of a file: that of a track, counted from 1, or of the one meant first for 0.

    Raises AudioError "file-empty", "not-media" (or too damaged to tell), "no-sound-track",
    "no-such-track", "rate-too-low", and StorageError as `files.read` does.
    """
    begin = _sniff(path)
    try:
        return Media(path, parts(path), track, is_raw=not begin.startswith(_SIGNATURES))
    except OSError as error:
        raise files.unreadable(error, path) from error


class Media:
    """An open file: iterate once over its samples, in blocks of ten seconds.

    Times are those of the file: a track that begins late, or a part that is missing, is silence.
    After the last block: `damaged` says whether something could not be decoded, `skipped` how many
    seconds within have no sound by the file's own times, `missing` how many the file promises
    more than it has, `peak` how loud the loudest sample is, 0..1.
    """

    def __init__(
        self, path: Path, sounds: list[Part], track: int = 0, *, is_raw: bool = False
    ) -> None:
        """Open the first of the sounds. `is_raw`: its suffix may tell what it is."""
        self.damaged = False
        self.skipped, self.missing, self.peak = 0.0, 0.0, 0.0
        self._path, self._name = path, path.name
        self._raw = RAW.get(path.suffix.lower()) if is_raw else None
        self._file = path.open("rb") if len(sounds) > 1 else None
        self._sounds = sounds
        self._resampler: av.AudioResampler | None = None
        self._format: tuple[object, ...] = ()  # of the frames that the resampler was made for
        self._position = 0  # samples so far
        self._begin = 0  # of the present sound
        self._added = 0  # samples of silence
        with ExitStack() as stack:
            if self._file:
                stack.enter_context(self._file)
            self._container = self._open(sounds[0])
            stack.callback(self._container.close)
            self._stream = self._choose(track)
            stack.pop_all()
        streams = list(self._container.streams.audio)
        self.tracks, self.track = len(streams), 1 + streams.index(self._stream)  # all, and this one
        length = self._container.duration
        is_known = length is not None and len(sounds) == 1 and not sounds[0].understated
        self.duration = length / av.time_base if is_known and length else None  # s, as promised

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._container.close()
        if self._file:
            self._file.close()

    def __iter__(self) -> Iterator[Samples]:
        """Yield blocks of samples; damaged parts are skipped.

        Raises AudioError "file-empty" or "not-media" when not a single sample came out.
        """
        for block in blocks(mixed(self._pieces()), BLOCK):
            self.peak = max(self.peak, float(np.max(np.abs(block))))
            yield block
        if not self._position:
            raise AudioError("not-media" if self.damaged else "file-empty", name=self._name)

    def remarks(self) -> list[AudioError]:
        """Return what is to be said of a file that has been read: what was not heard of it."""
        name, remarks = self._name, []
        if self.damaged:
            remarks.append(AudioError("file-damaged", name=name))
        if self.missing:
            remarks.append(AudioError("file-ends-early", name=name, seconds=f"{self.missing:.0f}"))
        if self.skipped:
            remarks.append(AudioError(GAPS, name=name, seconds=f"{self.skipped:.0f}"))
        return remarks

    def _open(self, sound: Part) -> av.container.InputContainer:
        """Open one of the sounds; raises AudioError as `open_media` does."""
        source: Any = Section(self._file, sound) if self._file else str(self._path.absolute())
        options = OPTIONS | ({"ignore_length": "1"} if sound.understated else {})
        try:
            container: av.container.InputContainer = av.open(
                source, options=options, format=self._raw, metadata_errors="replace"
            )
        except (av.error.FFmpegError, ValueError) as error:
            raise AudioError("not-media", name=self._name) from error
        streams = container.streams.audio
        if not streams:
            container.close()
            raise AudioError("no-sound-track", name=self._name)
        rate = max(getattr(stream, "rate", None) or 0 for stream in streams)  # None: no decoder
        if 0 < rate < _LEAST_RATE:
            container.close()
            raise AudioError("rate-too-low", name=self._name, rate=str(rate))
        return container

    def _choose(self, track: int) -> av.AudioStream:
        streams = self._container.streams.audio
        if track > len(streams):
            raise AudioError("no-such-track", name=self._name, count=str(len(streams)))
        best = self._container.streams.best("audio")
        return streams[track - 1] if track else best if best in streams else streams[0]

    def _pieces(self) -> Iterator[Channels]:
        for sound in self._sounds:
            if sound is not self._sounds[0] and not self._go_on(sound):
                continue
            for frame in self._frames():
                yield from self._count(self._silence_before(frame))
                yield from self._count(self._resample(frame))
            yield from self._count(self._flush())
            missing = self._promised(sound) - (self._position - self._begin) / SAMPLE_RATE
            missing = max(missing, sound.missing)
            self.missing += missing if missing > _SHORTFALL / SAMPLE_RATE else 0.0

    def _count(self, pieces: Iterable[Channels]) -> Iterator[Channels]:
        for piece in pieces:
            self._position += piece.shape[1]
            yield piece

    def _go_on(self, sound: Part) -> bool:
        """Open the next sound of the file, the track of the first one if it has as many."""
        self._container.close()
        try:
            self._container = self._open(sound)
        except AudioError:
            self.damaged = True
            return False
        is_there = self.track <= len(self._container.streams.audio)
        self._stream = self._choose(self.track if is_there else 0)
        self._begin = self._position
        return True

    def _frames(self) -> Iterator[av.AudioFrame]:
        try:
            for packet in self._packets():
                try:
                    yield from packet.decode()
                except av.error.FFmpegError as error:
                    if not bytes(packet).startswith(_TAGS):
                        self._note_damage(error.strerror)
        except av.error.FFmpegError as error:  # nothing comes after it
            self._note_damage(error.strerror)

    def _packets(self) -> "Iterator[av.Packet[av.AudioStream]]":
        while True:
            try:
                yield from self._container.demux(self._stream)
            except IndexError:  # PyAV knows no stream that begins in the middle
                self._note_damage("a stream begins in the middle")
            else:
                return

    def _silence_before(self, frame: av.AudioFrame) -> Iterator[Channels]:
        """Yield what is missing between what came so far and this frame."""
        if frame.time is None:
            return
        time = frame.time - (self._container.start_time or 0) / av.time_base
        gap = round(time * SAMPLE_RATE) - (self._position - self._begin)
        if gap < _LEAST_GAP:
            return
        is_beyond = self.duration is not None and time > self.duration + 1
        if self._added + gap > _LONGEST_GAP or is_beyond:
            self._note_damage("a time stamp beyond the end")
            return
        self._added += gap
        if gap > _SHORTFALL and self._position > self._begin:
            self.skipped += gap / SAMPLE_RATE
        for first in range(0, gap, BLOCK):
            length = min(BLOCK, gap - first)
            yield np.zeros((frame.layout.nb_channels, length), np.float32)

    def _resample(self, frame: av.AudioFrame) -> Iterator[Channels]:
        """Yield the frame's sound; a file may change its rate or channels on the way."""
        layout_and_rate = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._resampler is None or layout_and_rate != self._format:
            yield from self._flush()
            # Packed: PyAV 18 reads beyond its eight pointers where planar sound has more channels.
            self._resampler = av.AudioResampler("flt", frame.layout, SAMPLE_RATE)
            self._format = layout_and_rate
        frame.pts = None  # gaps are filled here, not by the resampler
        try:
            yield from map(_channels, self._resampler.resample(frame))
        except av.error.FFmpegError as error:  # no sound has such a rate or so many channels
            self._resampler = None
            self._note_damage(error.strerror)

    def _flush(self) -> Iterator[Channels]:
        if self._resampler is not None:
            yield from map(_channels, self._resampler.resample(None))
            self._resampler = None

    def _promised(self, sound: Part) -> float:
        """Return how many seconds this sound should have by its own account, 0 if unknown."""
        name, stream = self._container.format.name, self._stream
        if name in _GUESSED or sound.understated or (name == "mp3" and not self._has_table()):
            return 0.0
        length, unit = stream.duration, stream.time_base
        if length is not None and unit is not None:
            # In a part of an Ogg stream times go on, and its length is the time of its end.
            begin = max(0, stream.start_time or 0) if name == "ogg" else 0
            return float((length - begin) * unit)
        alone = len(self._container.streams) == 1  # or the picture may be the longer one
        begin = max(0, self._container.start_time or 0)
        return (self.duration or 0.0) - begin / av.time_base if alone else 0.0

    def _has_table(self) -> bool:
        """Whether an MP3 says how long it is: in its first frame, behind the tag with its title."""
        with self._path.open("rb") as file:
            tag = file.read(10)
            length = 0
            for byte in tag[6:]:  # seven bits each
                length = length << 7 | byte & 127
            file.seek(10 + length if tag.startswith(b"ID3") else 0)
            frame = file.read(_SNIFFED_BYTES)
        return any(mark in frame for mark in _MP3_TABLES)

    def _note_damage(self, reason: str | None) -> None:
        if not self.damaged:
            log.info("damaged sound is skipped: %s", reason)
        self.damaged = True


def _sniff(path: Path) -> bytes:
    """Refuse what cannot be sound, before FFmpeg sees it, and return how the file begins."""
    files.check_file(path)
    try:
        with path.open("rb") as file:
            begin = file.read(_SNIFFED_BYTES)
    except OSError as error:
        raise files.unreadable(error, path) from error
    if not begin:
        raise AudioError("file-empty", name=path.name)
    if all(byte >= 32 or byte in _TEXT_CONTROLS for byte in begin):
        raise AudioError("not-media", name=path.name)
    return begin


def _channels(frame: av.AudioFrame) -> Channels:
    """Return the sound of each channel; damaged files of floats hold infinities and no-numbers."""
    packed = np.nan_to_num(frame.to_ndarray(), nan=0.0, posinf=1.0, neginf=-1.0)
    channels: Channels = np.clip(packed, -1.0, 1.0).reshape(-1, frame.layout.nb_channels).T
    return channels
