"""Where one sound ends in a file and the next one begins.

Recorders and radio streams write Ogg after Ogg ("chained"), people join WAV files with `copy /b`;
FFmpeg reads the first one, or goes on only while the format stays. A WAV whose header promises too
little is read to its end: programs that died while they recorded left it so. Of one that promises
too much FFmpeg says nothing.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

_PAGE = struct.Struct("<4sBBqIIIB")  # of Ogg, RFC 3533: the lengths of its segments follow
_BEGINS = 2  # flag of the first page of a stream
_CHUNK = struct.Struct("<4sI")
_FORMAT = struct.Struct("<HHIIHH")  # of a WAV: the fourth is bytes a second
_RIFF = (b"RIFF", b"WAVE")
_MOST = 1_000_000  # pages or chunks that are looked at: an hour of sound has some thousands
_MOST_PARTS = 500  # the last of them goes to the end
_TAGS = (b"ID3", b"TAG")  # of other formats, behind everything
_CHUNKS = (b"LIST", b"JUNK", b"bext", b"cue ", b"fact", b"id3 ", b"iXML", b"smpl", b"_PMX", b"PEAK")
_ENDLESS = 0x7F00_0000  # sizes from here on were never filled in


@dataclass(frozen=True, slots=True)
class Part:
    """One sound in a file, from byte to byte."""

    start: int
    end: int
    understated: bool = False  # its header promises less than there is
    missing: float = 0.0  # seconds that it promises more


def parts(path: Path) -> list[Part]:
    """Return the sounds of a file, one or more; the last one goes to the end. Raises OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        spans = list(islice(_parts(file, size), _MOST_PARTS))
    if len(spans) == _MOST_PARTS:
        spans[-1] = replace(spans[-1], end=size)
    return spans


def _parts(file: BinaryIO, size: int) -> Iterator[Part]:
    begin = file.read(_CHUNK.size + len(_RIFF[1]))
    if begin.startswith(b"OggS"):
        start = 0
        for following in _streams(file):
            yield Part(start, following)
            start = following
        yield Part(start, size)
    elif begin[:4] == _RIFF[0] and begin[8:] == _RIFF[1]:
        yield from _waves(file, size)
    else:
        yield Part(0, size)


def _streams(file: BinaryIO) -> Iterator[int]:
    """Yield where pages that begin streams follow pages of sound; stop where pages are damaged."""
    at, is_sound = 0, False
    for _ in range(_MOST):
        file.seek(at)
        header = file.read(_PAGE.size)
        if len(header) < _PAGE.size:
            return
        mark, _, flags, *_, count = _PAGE.unpack(header)
        if mark != b"OggS":
            return
        begins = bool(flags & _BEGINS)
        if begins and is_sound:
            yield at
        is_sound = not begins
        at += _PAGE.size + count + sum(file.read(count))


def _waves(file: BinaryIO, size: int) -> Iterator[Part]:
    """Yield the WAV files that follow each other.

    Behind the samples there may be more chunks. What is none, and no WAV, are samples.
    """
    start, at = 0, _CHUNK.size + len(_RIFF[1])
    data, rate, missing = False, 0, 0.0
    for _ in range(_MOST):
        if data and _chunk(file, at - 1)[0] in (_RIFF[0], *_CHUNKS):
            at -= 1  # somebody forgot that chunks begin at even places
        name, length = _chunk(file, at)
        if at + _CHUNK.size > size or name.startswith(_TAGS):
            break
        if data and name == _RIFF[0] and file.read(4) == _RIFF[1]:
            yield Part(start, at)
            start, at = at, at + _CHUNK.size + len(_RIFF[1])
            data, missing = False, 0.0
            continue
        following = at + _CHUNK.size + length + length % 2
        is_chunk = name in _CHUNKS or (_is_name(name) and following <= size + 1)
        if data and not is_chunk:
            yield Part(start, size, understated=True)
            return
        if name == b"fmt " and length >= _FORMAT.size and len(form := file.read(16)) == 16:
            rate = _FORMAT.unpack(form)[3]
        if name == b"data":
            data = True
            if rate and length < _ENDLESS:
                missing = max(0, following - size - 1) / rate
        at = following
    yield Part(start, size, missing=missing)


def _chunk(file: BinaryIO, at: int) -> tuple[bytes, int]:
    """Return the name and the length of what stands there; no name at the end of the file."""
    file.seek(at)
    header = file.read(_CHUNK.size)
    return _CHUNK.unpack(header) if len(header) == _CHUNK.size else (b"", 0)


def _is_name(name: bytes) -> bool:
    return len(name) == 4 and all(32 <= byte < 127 for byte in name)


class Section:
    """A part of an open file, as a file that can be read and sought."""

    def __init__(self, file: BinaryIO, part: Part) -> None:
        self._file, self._part = file, part
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes or fewer."""
        rest = max(0, self._part.end - self._part.start - self._at)
        self._file.seek(self._part.start + self._at)
        content = self._file.read(rest if size < 0 else min(size, rest))
        self._at += len(content)
        return content

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place, as files do."""
        begin = (0, self._at, self._part.end - self._part.start)[whence]
        self._at = max(0, begin + offset)
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at
