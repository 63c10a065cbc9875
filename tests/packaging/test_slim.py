"""Libraries made smaller do what the whole ones do, as far as anybody here asks them."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

import av
import numpy as np
import pytest

from tests.conftest import REPOSITORY
from tests.packaging.tools import tool

if sys.platform != "linux":
    pytest.skip("the packages for Linux are made on Linux", allow_module_level=True)
for program, package in (("icupkg", "icu-devtools"), ("ld", "binutils")):
    if not shutil.which(program):
        pytest.skip(f"apt install {package}", allow_module_level=True)

slim = tool("slim")
OF_FFMPEG = tuple(name for name in slim.SILENCED if name.startswith("av.libs/"))

# What Qt asks ICU for: sorting, case, character sets, names of time zones.
QUESTIONS = """
import json
from PySide6.QtCore import QByteArray, QCollator, QDateTime, QLocale, QStringDecoder, Qt, QTimeZone
WORDS = ["ёж", "Еж", "ель", "ӗмӗр", "әни", "аба", "Ҡурай", "курай", "ҙур", "зур", "I", "ß", "ä"]
answers = {}
for name in ("ru", "tt", "ba", "cv", "sah", "kk", "uk", "hy", "ka", "en", "de", "sv", "tr"):
    collator = QCollator(QLocale(name))
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    below = [(a, b) for a in WORDS for b in WORDS if collator.compare(a, b) < 0]
    answers[name] = [below, [QLocale(name).toUpper(word) for word in WORDS]]
for charset in ("windows-1251", "KOI8-R", "IBM866", "ISO-8859-5", "windows-1254", "UTF-16LE"):
    answers[charset] = QStringDecoder(charset).isValid()
zone = QTimeZone(QByteArray(b"Asia/Yakutsk"))
answers["zone"] = [zone.isValid(), zone.offsetFromUtc(QDateTime.currentDateTime())]
print(json.dumps(answers))
"""


@pytest.fixture
def icu(tmp_path: Path) -> Path:
    """Return a copy of ICU's tables as Qt brings them."""
    [tables] = (
        Path(str(file.locate()))
        for file in distribution("PySide6-Essentials").files or []
        if file.name.startswith("libicudata.so")
    )
    return Path(shutil.copy(tables, tmp_path))


def answers(tables: Path) -> dict[str, object]:
    """Return what Qt says with these tables of ICU."""
    answer = subprocess.run(
        [sys.executable, "-c", QUESTIONS],
        env={**os.environ, "LD_PRELOAD": str(tables)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(answer.stdout))


def test_qt_sorts_and_decodes_as_with_all_tables(icu: Path) -> None:
    whole, size = answers(icu), icu.stat().st_size
    slim.reduce_icu(icu.parent)
    assert icu.stat().st_size < size / 4
    assert answers(icu) == whole


def test_the_tables_are_not_there_twice(icu: Path, tmp_path: Path) -> None:
    link = tmp_path / "beside" / icu.name
    link.parent.mkdir()
    link.symlink_to(icu)
    slim.reduce_icu(tmp_path)
    assert link.is_symlink()


@pytest.mark.parametrize("missing", ["coll", ""])
def test_a_table_too_few_would_be_noticed(
    icu: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = answers(icu)
    monkeypatch.setattr(slim, "ICU_TREES_LEFT_OUT", (*slim.ICU_TREES_LEFT_OUT, missing))
    monkeypatch.setattr(slim, "ICU_CONVERTER_MOST_BYTES", 0 if missing == "" else 10_000)
    slim.reduce_icu(icu.parent)
    assert answers(icu) != whole


@contextmanager
def scheduled_as_usual() -> Iterator[None]:
    """Take back what SVT-AV1 does where it may: it runs its caller before all else of a computer.

    What the caller starts inherits that: two such processes that compute stop everything.
    """
    policy = os.sched_getscheduler(0)
    try:
        yield
    finally:
        os.sched_setscheduler(0, policy, os.sched_param(0))


def recording_with_video(path: Path, codec: str) -> None:
    """Write a second of video and of a tone."""
    with scheduled_as_usual(), av.open(str(path), "w") as media:
        video = media.add_stream(codec, rate=10)
        assert isinstance(video, av.VideoStream)
        video.width, video.height, video.pix_fmt = 160, 120, "yuv420p"
        sound = media.add_stream("aac", rate=48000, layout="mono")
        for _ in range(10):
            picture = av.VideoFrame.from_ndarray(np.zeros((120, 160, 3), np.uint8), format="rgb24")
            media.mux(video.encode(picture))
        media.mux(video.encode(None))
        tone = np.sin(np.arange(47 * 1024) / 20).astype(np.float32)
        for block in tone.reshape(47, 1, 1024):
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
            frame.sample_rate = 48000
            media.mux(sound.encode(frame))
        media.mux(sound.encode(None))


READER = """
import socket
import sys
from fractions import Fraction
import av
loudest = 0
with av.open(sys.argv[1]) as media:
    for frame in media.decode(audio=0):
        loudest = max(loudest, abs(frame.to_ndarray()).max())
try:
    with av.open(sys.argv[1]) as media:
        pictures = "decoded" if list(media.decode(video=0)) else "none"
except av.error.FFmpegError:
    pictures = "refused"
try:
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt, codec.time_base = 160, 120, "yuv420p", Fraction(1, 10)
    codec.open()
    video = "written"
except av.error.FFmpegError:
    video = "refused"
with socket.create_server(("127.0.0.1", 0)) as server:
    try:
        av.open(f"https://127.0.0.1:{server.getsockname()[1]}/sound.wav", timeout=5)
        fetched = "fetched"
    except av.error.FFmpegError:
        fetched = "refused"
print(av.__file__, round(float(loudest)), pictures, video, fetched)
"""


@pytest.mark.parametrize("codec", ["libx264", "libsvtav1"])
@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_sound_of_a_film_is_read_by_an_ffmpeg_that_only_reads_sound(
    codec: str, ending: str, tmp_path: Path
) -> None:
    recording = tmp_path / f"запись.{ending}"
    recording_with_video(recording, codec)
    package = Path(av.__file__).parent
    for folder in (package, package.parent / "av.libs"):
        shutil.copytree(folder, tmp_path / folder.name)
    slim.silence(tmp_path)
    silenced = {name: size for name, size in sizes(tmp_path).items() if name.startswith(OF_FFMPEG)}
    assert len(silenced) >= len(OF_FFMPEG)
    assert max(silenced.values()) < 250_000
    answer = subprocess.run(
        [sys.executable, "-c", READER, str(recording)],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    package = tmp_path / "av" / "__init__.py"
    pictures = "decoded" if codec == "libx264" else "refused"
    assert answer.stdout.split() == [str(package), "1", pictures, "refused", "refused"]


def test_a_silenced_decoder_says_that_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "av.libs").mkdir()
    [dav1d] = (Path(av.__file__).parent.parent / "av.libs").glob("libdav1d*")
    copied = Path(shutil.copy(dav1d, tmp_path / "av.libs"))
    slim.silence(tmp_path)
    decoder = ctypes.CDLL(str(copied))
    assert decoder.dav1d_open(None, None) == -1
    assert decoder.dav1d_parse_sequence_header(None, None, 0) == -1
    assert decoder.dav1d_get_frame_delay(None) == 0


OPENMP = """
import sentencepiece
print({line.split()[-1] for line in open("/proc/self/maps") if "libgomp" in line})
"""


def test_openmp_is_loaded_once(tmp_path: Path) -> None:
    [package] = (
        Path(str(file.locate())).parent
        for file in distribution("sentencepiece").files or []
        if str(file) == "sentencepiece/__init__.py"
    )
    for name in ("sentencepiece", "sentencepiece.libs", "ctranslate2.libs"):
        ignored = shutil.ignore_patterns("libctranslate2*")
        shutil.copytree(package.parent / name, tmp_path / name, ignore=ignored)
    slim.share_openmp(tmp_path)
    files = list(tmp_path.glob("*.libs/libgomp-*"))
    assert len(files) == 2
    assert len({file.resolve() for file in files}) == 1
    answer = subprocess.run(
        [sys.executable, "-c", OPENMP],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert answer.stdout.strip() == str({str(files[0].resolve())})


def sizes(folder: Path) -> dict[str, int]:
    """Return the bytes of each library below a folder."""
    files = (path for path in folder.rglob("*.so*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}


def library(path: Path, source: str, *beside: Path) -> Path:
    """Make a library of assembler's text, linked with others."""
    text, code = (path.parent.parent / f"{path.name}.{kind}" for kind in ("s", "o"))
    text.write_text(source, encoding="utf-8")
    slim.run("as", "-o", code, text)
    slim.run("ld", "-shared", "--no-as-needed", "-soname", path.name, "-o", path, code, *beside)
    return path


def test_what_only_silenced_libraries_needed_goes(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    deepest = library(bundle / "libdeepest.so", ".globl deepest\ndeepest: ret\n")
    deep = library(bundle / "libdeep.so", ".globl deep\ndeep: ret\n", deepest)
    shared = library(bundle / "libshared.so", ".globl shared\nshared: ret\n")
    opened = library(bundle / "libopened.so", ".globl opened\nopened: ret\n")
    jack = library(
        bundle / "libjack.so.0", ".globl jack\n.type jack,@function\njack: ret\n", deep, shared
    )
    library(bundle / "program.so", ".globl program\nprogram: ret\n", jack, shared)
    (bundle / "links").mkdir()
    (bundle / "links" / deep.name).symlink_to(deep)
    slim.silence(bundle)
    remaining = {path.name for path in bundle.rglob("*.so*")}
    assert remaining == {jack.name, shared.name, opened.name, "program.so"}
    assert slim.exported(jack) == [slim.Symbol("jack", "", "STT_FUNC", 0)]


def test_a_silenced_library_keeps_names_and_versions(tmp_path: Path) -> None:
    [gnutls] = (Path(av.__file__).parent.parent / "av.libs").glob("libgnutls*")
    (tmp_path / "av.libs").mkdir()
    copied = Path(shutil.copy(gnutls, tmp_path / "av.libs"))
    slim.silence(tmp_path)
    names = {(symbol.name, symbol.version, symbol.kind) for symbol in slim.exported(gnutls)}
    assert {(symbol.name, symbol.version, symbol.kind) for symbol in slim.exported(copied)} == names
    assert ("gnutls_init", "GNUTLS_3_4", "STT_FUNC") in names
    assert copied.stat().st_size < gnutls.stat().st_size / 10


def test_numpy_is_built_of_the_version_that_is_used() -> None:
    assert f"{tool('plain_numpy').SOURCE.split()[0]}\n" in (
        REPOSITORY / "requirements.txt"
    ).read_text(encoding="utf-8")
