import os
import signal
import subprocess
import sys
import wave
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.file_limits import fullest_file
from tolmach.audio.recorder import Recorder
from tolmach.core.errors import StorageError
from tolmach.core.samples import SAMPLE_RATE


def ramp(length: int) -> np.ndarray:
    return np.linspace(-1, 1, length, dtype=np.float32)


def test_any_player_reads_it_and_parts_come_back(tmp_path: Path) -> None:
    path = tmp_path / "Запись бабушки.wav"
    sound = ramp(40_000)
    with closing(Recorder(path)) as recorder:
        recorder.write(sound[:10_001])
        recorder.write(sound[10_001:])
        assert np.allclose(recorder.read(9_000, 12_000), sound[9_000:12_000], atol=1e-4)
    with wave.open(str(path)) as file:
        assert file.getparams()[:3] == (1, 2, SAMPLE_RATE)
        assert file.getnframes() == 40_000


def test_loud_sound_is_clipped_and_never_wraps(tmp_path: Path) -> None:
    with closing(Recorder(tmp_path / "a.wav")) as recorder:
        recorder.write(np.array([1.5, -1.5, 1.0], dtype=np.float32))
        assert recorder.read(0, 3) == pytest.approx([1.0, -32768 / 32767, 1.0])


SCRIPT = """
import sys
from pathlib import Path
import numpy as np
from tests.file_limits import fullest_file
from tolmach.audio.recorder import Recorder
recorder = Recorder(Path(sys.argv[1]))
while True:
    recorder.write(np.full(1600, 0.5, dtype=np.float32))
    sys.stdout.write(f"{recorder.length}\\n")
    sys.stdout.flush()
"""


def test_a_kill_costs_at_most_half_a_second(tmp_path: Path) -> None:
    path = tmp_path / "запись.wav"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, path], stdout=subprocess.PIPE, text=True, env=environment
    ) as writer:
        assert writer.stdout is not None
        for _ in range(37):
            written = int(writer.stdout.readline())
        os.kill(writer.pid, signal.SIGKILL)
    with wave.open(str(path)) as file:
        frames = file.getnframes()
        assert frames >= written - SAMPLE_RATE // 2
        data = np.frombuffer(file.readframes(frames), dtype="<i2")
        assert len(data) == frames
        assert np.all(data == round(0.5 * 32767))


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError) as caught:
        Recorder(tmp_path / "file" / "a.wav")
    assert caught.value.code == "not-writable"


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    with fullest_file(10), pytest.raises(StorageError, match="not-writable"):
        Recorder(tmp_path / "a.wav")
    assert list(tmp_path.iterdir()) == []


def test_the_same_name_costs_no_earlier_recording(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with closing(Recorder(path)) as earlier, closing(Recorder(path)) as later:
        earlier.write(ramp(100))
        later.write(ramp(200))
    (tmp_path / "b.wav").write_bytes(b"mine")
    with closing(Recorder(tmp_path / "b.wav")):
        pass
    assert (tmp_path / "b.wav").read_bytes() == b"mine"
    lengths = []
    for recorder in (earlier, later):
        with wave.open(str(recorder.path)) as file:
            lengths.append(file.getnframes())
    assert lengths == [100, 200]
