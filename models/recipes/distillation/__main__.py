"""`python -m distillation --work WORK [--out MODELS]`: train, and write changes and a pack."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from adaptation import export
from tolmach.packs import builtin

from . import training


def main() -> None:
    """Go on from the checkpoint."""
    parser = argparse.ArgumentParser(prog="distillation", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="checkpoint, log, pack")
    parser.add_argument("--out", type=Path, help="models/builtin, if the program is to have them")
    parser.add_argument("--steps", type=int, default=240, help="of training in all")
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    logs: list[logging.Handler] = [logging.StreamHandler()]
    logs.append(logging.FileHandler(options.work / "log.txt"))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=logs)
    training.train(options.work, options.steps, options.rank, options.seed)
    network, _ = training.load(options.work, options.rank)
    changes = options.work / "changes.npz"
    export.write_changes(network, changes)
    if options.out:
        export.publish(changes, builtin.ID, options.out)


if __name__ == "__main__":
    main()
