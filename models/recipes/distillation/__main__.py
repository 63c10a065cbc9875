"""`python -m distillation --work WORK [--steps N]`: train, and write changes and a pack."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from adaptation import export

from . import training


def main() -> None:
    """Go on from the checkpoint."""
    parser = argparse.ArgumentParser(prog="distillation", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="checkpoint, log, pack")
    parser.add_argument("--steps", type=int, default=70, help="of training in all")
    parser.add_argument("--rank", type=int, default=16)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    logs: list[logging.Handler] = [logging.StreamHandler()]
    logs.append(logging.FileHandler(options.work / "log.txt"))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=logs)
    training.train(options.work, options.steps, options.rank)
    network, _ = training.load(options.work, options.rank)
    export.write_changes(network, options.work / "changes.npz")
    export.write_pack(options.work / "changes.npz", options.work / "pack")


if __name__ == "__main__":
    main()
