"""`python -m tests.bench_windows`: what a window of Whisper base costs to encode, by its length.

In two processes, one after the other: with the C library's allocator as it is, and told to keep
large blocks, as the worker does (pipeline/allocation.py). CPU seconds, the least of several times.
"""

import argparse
import resource
import subprocess
import sys
from time import process_time

import numpy as np

from tests import bench_live
from tolmach.packs import builtin, store
from tolmach.pipeline.allocation import keep_large_blocks

WINDOWS = (10.0, 15.0, 20.0, 22.5, 25.0, 30.0)  # seconds
TIMES = 5
WAYS = ("as it is", "blocks kept")


def main() -> None:
    arguments = argparse.ArgumentParser(prog="bench_windows", description=__doc__)
    arguments.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.way:
        bench_live.say(row(options.way))
        return
    if why := bench_live.missing(["real"]):
        sys.exit(f"bench-windows: {why}")
    bench_live.say(f"{'window, s':12}" + "".join(f"{window:>8}" for window in WINDOWS) + "      MB")
    for way in WAYS:
        command = [sys.executable, "-m", "tests.bench_windows", "--way", way]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        bench_live.say(answer.stdout.rstrip())


def row(way: str) -> str:
    """Return the CPU seconds of each window and the most memory of this process."""
    if way == WAYS[1]:
        keep_large_blocks()
    from ctranslate2 import StorageView
    from ctranslate2.models import Whisper

    [pack] = (pack for pack in store.installed().packs if pack.id == builtin.ID)
    model = Whisper(str(pack.folder), device="cpu", compute_type="int8", intra_threads=1)
    cells = []
    for window in WINDOWS:
        noise = np.random.default_rng(0).normal(0, 0.5, (1, model.n_mels, int(100 * window)))
        features = StorageView.from_array(noise.astype(np.float32))
        times = []
        for _ in range(TIMES):
            began = process_time()
            model.encode(features)
            times.append(process_time() - began)
        cells.append(f"{min(times):8.2f}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{way:12}{''.join(cells)}{memory:8.0f}"


if __name__ == "__main__":
    main()
