"""Fit what the pack's scores are worth: `python -m translator.calibrate --pack P --data D`.

The model's score of a translation becomes the share of such translations that are usable, by a
curve with two parameters a direction (tolmach/core/calibration.py). One half of the sentences held
out from training makes the curve, the other half and FLORES-200 test it. Tatar has no sentences
held out, so it gets no curve, and the program shows no percentage for it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tolmach.core.calibration import USABLE, Calibration, fit, option, reliability
from tolmach.core.chrf import chrf
from tolmach.engines import table
from tolmach.engines.base import Translator
from tolmach.packs import manifest

from . import corpus

FLORES = "text/eval/flores200-devtest/{}_Cyrl.txt"


def scored(
    translator: Translator, pairs: list[tuple[str, str]], source: str, target: str
) -> tuple[list[float], list[bool]]:
    """The score of each translation, and whether it was usable."""
    scores, usable = [], []
    for text, wanted in pairs:
        (found,) = translator.alternatives(text, source, target, 1)
        scores.append(found.score)
        usable.append(chrf(found.text, wanted, words=2) >= USABLE)
    return scores, usable


def report(name: str, curve: Calibration, scores: list[float], usable: list[bool]) -> None:
    """Print a reliability table and the mean distance between what was said and what was."""
    said = [curve.confidence(score) for score in scores]
    bins = list(reliability(said, usable))
    error = sum(row.count * abs(row.said - row.usable) for row in bins) / len(said)
    print(f"\n{name}: {len(said)} sentences, expected calibration error {error:.3f}\n")
    print("| confidence | sentences | said | usable |\n|---|---|---|---|")
    for row in bins:
        edges = f"{row.low:.1f}-{row.high:.1f}"
        print(f"| {edges} | {row.count} | {row.said:.2f} | {row.usable:.2f} |")


def main() -> None:
    """Fit, test and print; with --update-pack write the options into pack.json too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--update-pack", action="store_true")
    options = parser.parse_args()
    translator = table.translator(manifest.read(options.pack), 1)
    held = corpus.load(options.data)
    both = [(pair.russian, pair.other) for pair in held.test + held.general]
    flores = [(options.data / FLORES.format(name)).read_text("utf-8") for name in ("rus", "bak")]
    far = list(zip(*(text.splitlines() for text in flores), strict=True))
    found = {}
    for source, target, near_pairs, far_pairs in (
        ("ru", "ba", both, far),
        ("ba", "ru", [(b, a) for a, b in both], [(b, a) for a, b in far]),
    ):
        scores, usable = scored(translator, near_pairs, source, target)
        curve = fit(scores[::2], usable[::2])
        found[source, target] = curve
        report(f"{source}→{target}, held out", curve, scores[1::2], usable[1::2])
        report(f"{source}→{target}, FLORES", curve, *scored(translator, far_pairs, source, target))
    print("\n" + json.dumps(option(found), indent=4))
    if options.update_pack:
        path = options.pack / "pack.json"
        described = json.loads(path.read_text("utf-8"))
        described["options"] |= option(found)
        path.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
