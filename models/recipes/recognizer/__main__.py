"""Build the starter recogniser: synthesise, train, export, measure.

Every step takes up where an earlier run was stopped.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

from . import evaluate, export, training

FIRST_SHARDS = 20
PARTS = 2
_RECIPES = Path(__file__).resolve().parent.parent


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="recognizer", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the shared data folder")
    parser.add_argument("--work", type=Path, required=True, help="shards and checkpoints")
    parser.add_argument("--out", type=Path, required=True, help="the pack to write")
    parser.add_argument("--minutes", type=float, default=100.0, help="time of training")
    parser.add_argument("--shards", type=int, default=140, help="500 utterances each")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-measuring", action="store_true", help="leave quality as it is")
    return parser.parse_args()


def _start_synthesis(options: argparse.Namespace) -> list[subprocess.Popen[bytes]]:
    """Start writing the missing shards at a low priority."""
    folder = options.work / "shards"
    if _shard_count(folder) >= options.shards:
        return []
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(_RECIPES)}
    command = [sys.executable, "-m", "recognizer.synthesis", "--data", str(options.data)]
    command += ["--folder", str(folder), "--shards", str(options.shards), "--parts", str(PARTS)]
    return [
        subprocess.Popen(
            [*command, "--part", str(part)],
            env=environment,
            preexec_fn=lambda: os.nice(15) and None,
        )
        for part in range(PARTS)
    ]


def _shard_count(folder: Path) -> int:
    return len(list(folder.glob("[0-9]*.npy")))


def _await_shards(options: argparse.Namespace) -> None:
    """Wait for the shards that training begins with."""
    needed = min(FIRST_SHARDS, options.shards)
    while (count := _shard_count(options.work / "shards")) < needed:
        sys.stdout.write(f"\rsynthesis: {count} of the first {needed} shards ")
        sys.stdout.flush()
        time.sleep(2)
    sys.stdout.write("\n")


def _measure(options: argparse.Namespace) -> None:
    arguments = ["--pack", str(options.out), "--data", str(options.data), "--update-pack"]
    arguments += ["--json", str(options.work / "quality.json")]
    evaluate.main(arguments)


def main() -> None:
    """Run every step that is not yet done."""
    options = _arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    synthesis = _start_synthesis(options)
    try:
        _await_shards(options)
        plan = training.Plan(options.data, options.work, options.minutes, options.workers)
        training.train(plan)
    finally:
        for process in synthesis:
            process.terminate()
    export.export(plan.checkpoint, options.out)
    if not options.no_measuring:
        _measure(options)


if __name__ == "__main__":
    main()
