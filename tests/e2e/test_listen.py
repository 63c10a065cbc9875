"""`tolmach listen` with real sound: JSON lines, and Ctrl+C finishes what was said."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sound_server import SoundServer, sound_server, spoken


@pytest.fixture(scope="module")
def microphone(starter: Path) -> Iterator[SoundServer]:
    with sound_server() as server:
        yield server


def recorded(home: Path) -> int:
    """Return the bytes of sound on disk so far."""
    return sum(path.stat().st_size for path in (home / "recordings").glob("*.wav"))


@pytest.mark.timeout(200)
def test_ctrl_c_finishes_what_was_said(microphone: SoundServer, own_home: Path) -> None:
    listening = subprocess.Popen(
        [sys.executable, "-m", "tolmach", "listen", "--left", "ru", "--right", "ba", "--json"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=dict(os.environ),
    )
    deadline = time.monotonic() + 60
    while recorded(own_home) < 1_000 and time.monotonic() < deadline:
        time.sleep(0.1)
    microphone.play(spoken("Где у вас болит?"))
    time.sleep(0.5)  # the sound is still on its way through the sound server
    listening.send_signal(signal.SIGINT)
    output, _ = listening.communicate(timeout=120)

    assert listening.returncode == 0
    events = [json.loads(line) for line in output.splitlines()]
    kinds = [event["event"] for event in events]
    assert kinds[-1] == "finished"
    assert "recognized" in kinds
    assert "translated" in kinds
    recognized = next(event for event in events if event["event"] == "recognized")
    translated = next(event for event in events if event["event"] == "translated")
    assert recognized["language"] == translated["language"] == "ru"
    assert (translated["target"], translated["start"], translated["end"]) == (
        "ba",
        recognized["start"],
        recognized["end"],
    )
    assert recognized["text"]
    assert translated["text"]
