"""Libraries made smaller do what the whole ones do, as far as anybody here asks them."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import av
import numpy as np
import pytest

from tests.packaging.tools import tool

if sys.platform != "linux":
    pytest.skip("the packages for Linux are made on Linux", allow_module_level=True)
for program, package in (("icupkg", "icu-devtools"), ("ld", "binutils")):
    if not shutil.which(program):
        pytest.skip(f"apt install {package}", allow_module_level=True)

slim = tool("slim")

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


@pytest.mark.parametrize("missing", ["coll", ""])
def test_a_table_too_few_would_be_noticed(
    icu: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = answers(icu)
    monkeypatch.setattr(slim, "ICU_TREES_LEFT_OUT", (*slim.ICU_TREES_LEFT_OUT, missing))
    monkeypatch.setattr(slim, "ICU_CONVERTER_MOST_BYTES", 0 if missing == "" else 10_000)
    slim.reduce_icu(icu.parent)
    assert answers(icu) != whole


def recording_with_video(path: Path) -> None:
    """Write a second of H.264 and of a tone."""
    with av.open(str(path), "w") as media:
        video = media.add_stream("libx264", rate=10)
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
import sys
from fractions import Fraction
import av
loudest = 0
with av.open(sys.argv[1]) as media:
    for frame in media.decode(audio=0):
        loudest = max(loudest, abs(frame.to_ndarray()).max())
try:
    codec = av.CodecContext.create("libx264", "w")
    codec.width, codec.height, codec.pix_fmt, codec.time_base = 160, 120, "yuv420p", Fraction(1, 10)
    codec.open()
    video = "written"
except av.error.FFmpegError:
    video = "refused"
print(av.__file__, round(float(loudest)), video)
"""


def test_media_are_read_without_encoders_of_video(tmp_path: Path) -> None:
    recording = tmp_path / "запись.mp4"
    recording_with_video(recording)
    package = Path(av.__file__).parent
    for folder in (package, package.parent / "av.libs"):
        shutil.copytree(folder, tmp_path / folder.name)
    slim.silence_encoders(tmp_path)
    assert sum(file.stat().st_size for file in tmp_path.glob("av.libs/libx26*")) < 100_000
    answer = subprocess.run(
        [sys.executable, "-c", READER, str(recording)],
        env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert answer.stdout.split() == [str(tmp_path / "av" / "__init__.py"), "1", "refused"]
