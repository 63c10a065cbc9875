"""Part of `make bench`: Whisper base in eight bits on the disk beside the original in sixteen.

Each round loads both in turn, each in a process of its own: from the disk (the file's pages thrown
out of memory before, where the system lets us) and once more from memory.
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.original_whisper import original
from tolmach.audio.media import open_media
from tolmach.core import paths
from tolmach.core.errors import AppError
from tolmach.core.pack import Pack
from tolmach.core.samples import SAMPLE_RATE
from tolmach.engines import table
from tolmach.engines.base import RecognitionRequest
from tolmach.packs import builtin

ROUNDS = 5
SECONDS = 8  # of the sample: one utterance
THREADS = min(4, os.cpu_count() or 1)
FIGURES = ("load from the disk, s", "load from memory, s", "first utterance, s", "memory after it, MB", "greatest memory, MB")  # fmt: skip  # noqa: E501


def main() -> None:
    """Print the medians of both."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            small = builtin.make(Path(folder, "models"), lambda size, total: None)
        except AppError as error:
            sys.stdout.write(f"Whisper base is left out: {error}\n")
            return
        packs = {"int8": small, "float16": original(small, Path(folder, "float16"))}
        figures: dict[str, list[list[float]]] = {name: [] for name in packs}
        for _ in range(ROUNDS):
            for name, pack in packs.items():
                figures[name].append(measured(pack))
        sizes = {name: (p.folder / "model.bin").stat().st_size / 1e6 for name, p in packs.items()}
    lines = [f"Whisper base, {ROUNDS} rounds, {THREADS} threads: " + ", ".join(packs)]
    lines.append("model.bin, MB: " + ", ".join(f"{size:.1f}" for size in sizes.values()))
    for number, figure in enumerate(FIGURES):
        medians = (statistics.median(row[number] for row in rows) for rows in figures.values())
        lines.append(f"{figure}: " + ", ".join(f"{median:.2f}" for median in medians))
    sys.stdout.write("\n".join(lines) + "\n")


def measured(pack: Pack) -> list[float]:
    """Return FIGURES of one pack."""
    forget(pack.folder / "model.bin")
    cold, *_ = in_a_process(load, pack)
    return [cold, *in_a_process(load, pack)]


def in_a_process(job: Callable[[Pack], list[float]], pack: Pack) -> list[float]:
    """Return what the job returns in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(job, (pack,))


def load(pack: Pack) -> list[float]:
    """Load the pack and recognise once: seconds, seconds, MB, MB."""
    sample = paths.resources() / "samples" / "conversation.flac"
    sound = np.concatenate(list(open_media(sample)))[: SECONDS * SAMPLE_RATE]
    table.detector()  # its libraries are not ours to count
    before, began = resident("VmRSS"), time.perf_counter()
    recognizer = table.recognizer(pack, THREADS)
    loaded = time.perf_counter()
    recognizer.recognize(sound, RecognitionRequest({"ru": 1.0}))
    ended = time.perf_counter()
    return [loaded - began, ended - loaded, resident("VmRSS") - before, resident("VmHWM") - before]


def resident(field: str) -> float:
    """Return this process's memory now (VmRSS) or at most (VmHWM), MB; 0 where nobody says."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


def forget(path: Path) -> None:
    """Have the system read this file from the disk when it is next asked for."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


if __name__ == "__main__":
    main()
