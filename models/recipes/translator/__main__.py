"""`python -m translator --data DATA --work WORK --out PACK [--minutes N]`."""

from __future__ import annotations

import argparse
import ctypes
import sys
from pathlib import Path

import torch

from .evaluate import as_table, measure
from .network import Shape
from .pack import write_pack_json
from .train import Run, Settings


def keep_memory() -> None:
    """Tell glibc to keep freed memory: handing it back and forth costs a tenth of the time."""
    if sys.platform == "linux":
        trim_threshold, top_pad, mmap_max = -1, -2, -4
        libc = ctypes.CDLL(None)
        for option, value in ((mmap_max, 0), (trim_threshold, 2**31 - 1), (top_pad, 1 << 28)):
            getattr(libc, "mallopt", lambda *_: 0)(option, value)


def main() -> None:
    """Train or go on training, export the pack, measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the shared data folder")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints go here")
    parser.add_argument("--out", type=Path, required=True, help="the pack folder to write")
    parser.add_argument("--minutes", type=float, default=110, help="training time in all")
    parser.add_argument("--tokens", type=int, default=4096, help="padded pieces in a batch")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--start", type=Path, help="go on from the weights of this pack")
    parser.add_argument("--peak", type=float, default=1.0, help="share of the full learning rate")
    options = parser.parse_args()
    keep_memory()
    torch.set_num_threads(options.threads)
    Run(
        Settings(
            options.data,
            options.work,
            options.out,
            options.minutes,
            options.tokens,
            Shape(),
            options.peak,
            options.start,
        )
    ).train()
    rows = measure(options.out, options.data)
    write_pack_json(options.out, rows)
    print(as_table(rows), flush=True)


if __name__ == "__main__":
    main()
