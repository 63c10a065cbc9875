"""Ctrl+C and SIGTERM while commands run: what is done is written, and nothing is a traceback."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.media_files import write_wav
from tests.sound_server import spoken
from tolmach.core.samples import SAMPLE_RATE

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals to one process"),
    pytest.mark.timeout(200),
]


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run the program in a group of its own, as a terminal does."""
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=dict(os.environ),
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """Four minutes of a sentence and silence."""
    quiet = np.zeros(2 * SAMPLE_RATE, dtype=np.float32)
    sentence = np.concatenate([spoken("Где находится больница?"), quiet])
    return write_wav(tmp_path / "разговор.wav", np.tile(sentence, 60))


@pytest.mark.parametrize(
    "module",
    ["tolmach.core.streams", "argparse", "tolmach.cli.main", "av", "tolmach.sessions.file"],
)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_early_signals(module: str, number: signal.Signals, code: int, starter: Path) -> None:
    """While modules are imported there is nothing to say."""
    with running("-X", "importtime", "-m", "tolmach", "transcribe", "нет.wav") as process:
        assert process.stderr
        assert any(line.rstrip().endswith(f" {module}") for line in process.stderr)
        process.send_signal(number)
        output, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert output == ""
    assert [line for line in errors.splitlines() if not line.startswith("import time:")] == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_transcript_in_part_is_written(
    number: signal.Signals, code: int, starter: Path, long_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = ["-m", "tolmach", "transcribe", str(long_file), "--from", "ru", "--json"]
    with running(*command, "--format", "srt", "--out", str(out)) as process:
        assert process.stdout
        assert any('"recognized"' in line for line in process.stdout)
        if number is signal.SIGINT:  # a terminal sends it to the worker as well
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == code
    (written,) = out.iterdir()
    assert written.name == "разговор.partial.srt"
    captions = written.read_text(encoding="utf-8")
    assert captions.startswith("1\n00:00:0")
    assert "прервано, распознано до 0:" in errors
    assert errors.rstrip().endswith(str(written))
    assert "Traceback" not in errors


def test_ctrl_c_before_the_first_words(starter: Path, tmp_path: Path) -> None:
    """While the worker starts, which Ctrl+C at a terminal reaches too."""
    path = write_wav(tmp_path / "тихо.wav", np.zeros(600 * SAMPLE_RATE, dtype=np.float32))
    with running("-X", "importtime", "-m", "tolmach", "transcribe", str(path)) as process:
        assert process.stderr
        lines = (line for line in process.stderr if "multiprocessing.spawn" in line)
        assert next(lines, "")  # of the application
        assert next(lines, "")  # of the worker, as it begins
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert "KeyboardInterrupt" not in errors


def test_a_document_in_part_is_written(starter: Path, tmp_path: Path) -> None:
    letter = tmp_path / "письмо.txt"
    lines = [f"Где находится дом номер {number}? Мы долго искали его." for number in range(3000)]
    letter.write_text("\n".join(lines), encoding="utf-8")
    leader, follower = os.openpty()
    command = [sys.executable, "-m", "tolmach", "translate", "--from", "ru", "--to", "ba"]
    with subprocess.Popen(
        [*command, "--file", letter],
        stdout=subprocess.PIPE,
        stderr=follower,
        stdin=subprocess.DEVNULL,
    ) as process:
        os.close(follower)
        screen = ""
        while not re.search(r"осталось \d+:\d\d", screen):  # by then something is translated
            screen += os.read(leader, 1000).decode(errors="replace")
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    os.close(leader)
    assert process.returncode == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "письмо.ba.partial.txt", "письмо.txt",
    ]  # fmt: skip
    written = (tmp_path / "письмо.ba.partial.txt").read_text(encoding="utf-8").split("\n")
    assert len(written) == len(lines)
    assert written[0] != lines[0]
    assert written[-1] == lines[-1]
    assert "Осталось без перевода частей" in output.decode()
