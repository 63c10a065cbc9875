"""`make soak`: proofs that take minutes. Each prints what it measured."""

import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from tolmach.audio.media import open_media
from tolmach.core import paths
from tolmach.core.samples import SAMPLE_RATE
from tolmach.packs import store
from tolmach.sessions.file import FileSession
from tolmach.sessions.plan import into
from tolmach.worker.client import Client

pytestmark = pytest.mark.soak

HOUR = 3600 * SAMPLE_RATE
MOST_MB = 1200  # both processes together


def peak_mb(pid: str) -> float:
    """Return the most memory that a process has had resident."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("this system does not tell a process's memory")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def test_an_hour_of_sound_stays_small(starter: Path, tmp_path: Path) -> None:
    sample = np.concatenate(list(open_media(paths.resources() / "samples" / "conversation.flac")))
    data = (sample * 32767).astype("<i2").tobytes()
    hour = tmp_path / "час разговора.wav"
    with wave.open(str(hour), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        for _ in range(HOUR // len(sample) + 1):
            file.writeframes(data)
    client = Client()
    session = FileSession(client, into(store.installed().packs, ("ru", "ba"), "ru"), hour)
    worker = 0.0
    for _ in session.run():
        worker = max(worker, peak_mb(str(client.pid)))
    application = peak_mb("self")
    client.close()
    segments = session.transcript.ordered()
    sys.stdout.write(
        f"\nan hour: {len(segments)} segments, {application:.0f} + {worker:.0f} MB at most\n"
    )
    assert application + worker < MOST_MB
    assert len(segments) >= 5 * (HOUR // len(sample))
    assert segments[-1].end > 3590
