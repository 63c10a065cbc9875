"""Files that hold more than one sound, and WAV files whose header is wrong."""

import struct
import wave
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.media_files import tone, write, write_wav
from tolmach.audio.joined import Part, Section, parts
from tolmach.audio.media import open_media
from tolmach.core.samples import SAMPLE_RATE, Samples

RATE = 48_000


def read(path: Path) -> tuple[Samples, list[str]]:
    with closing(open_media(path)) as media:
        return np.concatenate(list(media)), [remark.code for remark in media.remarks()]


def pitches(samples: Samples) -> list[int]:
    """Return the loudest pitch of each second."""
    return [
        int(np.argmax(np.abs(np.fft.rfft(samples[at : at + SAMPLE_RATE]))))
        for at in range(0, len(samples) - SAMPLE_RATE // 2, SAMPLE_RATE)
    ]


@pytest.mark.parametrize("suffix", [".ogg", ".wav"])
def test_joined_files_are_heard_to_the_end(tmp_path: Path, suffix: str) -> None:
    """Also when the next one has more channels and another rate."""
    sounds = ([tone(2, 400, RATE)], [tone(2, 700, RATE)] * 2, [tone(2, 1000, RATE)])
    files = [
        write(tmp_path / f"{number}{suffix}", sound, RATE) for number, sound in enumerate(sounds)
    ]
    joined = tmp_path / f"все{suffix}"
    joined.write_bytes(b"".join(file.read_bytes() for file in files))
    samples, remarks = read(joined)
    assert len(parts(joined)) == 3
    assert pitches(samples) == pytest.approx([400, 400, 700, 700, 1000, 1000], abs=5)
    assert remarks == []


def test_a_header_that_promises_too_little(tmp_path: Path) -> None:
    path = _with_size(write_wav(tmp_path / "a.wav", tone(6)), 2 * SAMPLE_RATE * 2)
    samples, remarks = read(path)
    assert len(samples) == 6 * SAMPLE_RATE
    assert remarks == []


@pytest.mark.parametrize("size", [0, 20 * SAMPLE_RATE * 2, 0x7FFF_FFFF, 0xFFFF_FFFF])
def test_a_header_that_promises_too_much_or_nothing(tmp_path: Path, size: int) -> None:
    """Programs that cannot go back write 0 or the largest size there is."""
    path = _with_size(write_wav(tmp_path / "a.wav", tone(6)), size)
    samples, remarks = read(path)
    assert len(samples) == 6 * SAMPLE_RATE
    assert remarks == (["file-ends-early"] if size == 20 * SAMPLE_RATE * 2 else [])


PICTURE = b"\xff\xd8" * 50_000


@pytest.mark.parametrize(
    "rest",
    [
        b"id3 " + struct.pack("<I", len(PICTURE)) + PICTURE,
        b"_PMX" + struct.pack("<I", len(PICTURE)) + PICTURE,
        b"LIST" + struct.pack("<I", 2 * len(PICTURE)) + PICTURE,
        b"ID3\x03\0\0\0\0\x0f\x7f" + PICTURE,
        b"TAG" + bytes(125),
    ],
    ids=lambda rest: rest[:4],
)
def test_what_follows_the_samples_is_no_sound(tmp_path: Path, rest: bytes) -> None:
    """Also a chunk that was cut off, and what other programs put behind everything."""
    path = write_wav(tmp_path / "a.wav", tone(2))
    path.write_bytes(path.read_bytes() + rest)
    samples, remarks = read(path)
    assert len(samples) == 2 * SAMPLE_RATE
    assert remarks == []


@pytest.mark.parametrize("more", ["chunk", "file"])
def test_an_odd_number_of_bytes_without_one_more(tmp_path: Path, more: str) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 1, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframesraw(b"\x80" * (SAMPLE_RATE + 1))
    head = (tmp_path / "a.wav").read_bytes()
    assert len(head) == 44 + SAMPLE_RATE + 1
    other = write_wav(tmp_path / "b.wav", tone(1)).read_bytes()
    path = tmp_path / "c.wav"
    path.write_bytes(head + (b"LIST\4\0\0\0abcd" if more == "chunk" else other))
    samples, remarks = read(path)
    assert len(samples) == SAMPLE_RATE + 1 + (SAMPLE_RATE if more == "file" else 0)
    assert remarks == []


def test_a_tag_that_points_beyond_its_file(tmp_path: Path) -> None:
    """FFmpeg reads behind the end of a section then."""
    first = write_wav(tmp_path / "a.wav", tone(1)).read_bytes()
    tag = b"ID3\x03\0\0\x00\x0f\x7f\x7f" + bytes(20)
    path = tmp_path / "b.wav"
    path.write_bytes((first + b"id3 " + struct.pack("<I", len(tag)) + tag) * 2)
    assert len(read(path)[0]) == 2 * SAMPLE_RATE


def test_very_many_files_are_not_opened_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(write_wav(tmp_path / "b.wav", tone(0.001)).read_bytes() * 5000)
    assert len(parts(path)) == 500
    assert parts(path)[-1].end == path.stat().st_size


def test_a_damaged_page_ends_the_search(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ogg", [tone(2, rate=RATE)], RATE)
    path.write_bytes(path.read_bytes()[:2000] + b"x" * 500)
    assert parts(path) == [Part(0, 2500)]


def test_a_section_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(range(100)))
    with path.open("rb") as file:
        section = Section(file, Part(10, 30))
        assert section.read(5) == bytes(range(10, 15))
        assert section.seek(-4, 2) == 16
        assert section.read() == bytes(range(26, 30))
        assert section.read(5) == b""
        assert section.seek(2) == section.tell() == 2
        assert section.seek(3, 1) == 5
        assert section.read(1) == bytes([15])


def _with_size(path: Path, size: int) -> Path:
    """Let the header of a WAV promise so many bytes of samples."""
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = struct.pack("<I", size)
    data[4:8] = struct.pack("<I", min(0xFFFF_FFFF, size + 36))
    path.write_bytes(data)
    return path
