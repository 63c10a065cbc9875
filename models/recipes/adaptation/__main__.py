"""`python -m adaptation --data DATA --work WORK [--minutes N]`: speak, train, export, measure."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

from tolmach.packs import builtin

from . import evaluate, export, speech, training


def main() -> None:
    """Do every step that is not done yet."""
    parser = argparse.ArgumentParser(prog="adaptation", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the shared data folder")
    parser.add_argument("--work", type=Path, required=True, help="speech, changes, the pack")
    parser.add_argument("--minutes", type=float, default=45.0, help="time of training in all")
    parser.add_argument("--shards", type=int, default=24, help="550 utterances each")
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--changes", type=Path, help="measure these and train nothing")
    parser.add_argument("--out", type=Path, help="models/builtin: publish the changes there")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    logs: list[logging.Handler] = [logging.StreamHandler()]
    logs.append(logging.FileHandler(options.work / "log.txt"))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=logs)
    say = logging.getLogger("adaptation").info
    changes = options.changes or options.work / "changes.npz"
    if not options.changes:
        speech.write(options.data, options.work / "shards", options.shards)
        plan = training.Plan(options.work, options.minutes, options.rank)
        training.train(plan)
        export.write_changes(training.load(plan)[0], changes)
    pack = export.write_pack(changes, options.work / "pack")
    words = evaluate.trained_words(options.work / "shards")
    for title, pairs in evaluate.measure(pack, options.data):
        say(evaluate.line(title, pairs))
        if title.startswith(evaluate.PEOPLE):
            for part, own in evaluate.by_words(pairs, words):
                say(evaluate.line(f"  {part}", own))
    for text in evaluate.invented(pack):
        say(text)
    if options.out:
        export.publish(changes, builtin.ADAPTED, options.out)


if __name__ == "__main__":
    main()
