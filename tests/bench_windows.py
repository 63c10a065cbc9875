"""`python -m tests.bench_windows`: what a window of Whisper base costs to encode, by its length.

In two processes, one after the other: with the libraries as they are, and told how to use memory
as the worker does (core/allocation.py). CPU seconds, the least of several times; the most
memory, and what windows of thirty further lengths leave behind.
"""

import argparse
import resource
import subprocess
import sys
from time import process_time
from typing import Any

import numpy as np
import psutil

from tests import bench_live
from tolmach.core import allocation
from tolmach.packs import builtin, store

WINDOWS = (10.0, 15.0, 20.0, 22.5, 25.0, 30.0)  # seconds
TIMES = 5
LENGTHS = range(1000, 1300, 10)  # feature frames
WAYS = ("as it is", "as the worker")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="bench_windows", description=__doc__)
    arguments.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.way:
        bench_live.say(row(options.way))
        return
    if why := bench_live.missing(["real"]):
        sys.exit(f"bench-windows: {why}")
    bench_live.say(
        f"{'window, s':14}"
        + "".join(f"{window:>8}" for window in WINDOWS)
        + f"{'MB':>8}{'30 lengths, MB':>16}"
    )
    for way in WAYS:
        command = [sys.executable, "-m", "tests.bench_windows", "--way", way]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        bench_live.say(answer.stdout.rstrip())


def row(way: str) -> str:
    """Return the CPU seconds of each window, the most memory and how much many lengths add."""
    if way == WAYS[1]:
        allocation.keep_large_blocks()
        allocation.bound_caches()
    from ctranslate2.models import Whisper

    [pack] = (pack for pack in store.installed().packs if pack.id == builtin.ID)
    model = Whisper(str(pack.folder), device="cpu", compute_type="int8", intra_threads=1)
    cells = []
    for window in WINDOWS:
        features = noise(model.n_mels, int(100 * window))
        times = []
        for _ in range(TIMES):
            began = process_time()
            model.encode(features)
            times.append(process_time() - began)
        cells.append(f"{min(times):8.2f}")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    allocation.return_free_blocks()
    process = psutil.Process()
    rest = process.memory_info().rss
    for frames in LENGTHS:
        model.encode(noise(model.n_mels, frames))
    allocation.return_free_blocks()
    growth = (process.memory_info().rss - rest) / 1e6
    return f"{way:14}{''.join(cells)}{most:8.0f}{growth:16.0f}"


def noise(n_mels: int, frames: int) -> Any:
    """Return features for so many frames of 10 ms, CTranslate2's StorageView."""
    from ctranslate2 import StorageView

    values = np.random.default_rng(0).normal(0, 0.5, (1, n_mels, frames))
    return StorageView.from_array(values.astype(np.float32))


if __name__ == "__main__":
    main()
