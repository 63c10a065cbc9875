"""Fit what the pack's scores are worth: `python -m translator.calibrate --pack P --judgements J`.

The model's score of a translation becomes the share of such translations that mean what was said,
by a curve with two parameters a direction (tolmach/quality/calibration.py). One half of the
sentences that a reader judged (judgements.py) makes the curve, the other half tests it. What is
half right counts as wrong. Nobody judged Tatar, so it gets no curve, and the program shows no
percentage.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tolmach.core.translation import LOW, UNKNOWN
from tolmach.engines import table
from tolmach.engines.base import Translator
from tolmach.packs import manifest
from tolmach.pipeline.translation import TextTranslator
from tolmach.quality.calibration import Calibration, fit, option, reliability

from .judgements import PAIRS, Judgement, halves, read, weights

__all__ = ["halves", "outcome", "read", "weights"]


def scored(
    translator: Translator, judged: Sequence[Judgement], source: str, target: str
) -> tuple[list[float], list[bool]]:
    """The score of each translation, and whether it was right."""
    outputs = translator.translate([row.text for row in judged], source, target)
    changed = [
        row.text
        for row, output in zip(judged, outputs, strict=True)
        if row.translation != output.text
    ]
    if changed:
        raise SystemExit(f"judged were other translations of {changed}: see judgements.py")
    return [output.score for output in outputs], [row.verdict == "right" for row in judged]


@dataclass(frozen=True)
class Outcome:
    """What became of judged sentences in the program."""

    right: int
    half: int
    wrong: int
    silent: int  # of the wrong ones: neither a doubt nor a low confidence
    warned: int  # of the right ones: with one of both


def outcome(pack: Path, judged: Sequence[Judgement], source: str, target: str) -> Outcome:
    """How many are marked, as the window marks them, but for the mark of a trial."""
    translating = TextTranslator(table.protecting(manifest.read(pack), 2))  # trial or not: not told
    marked = {
        row: any(
            sentence.doubts or UNKNOWN < sentence.confidence < LOW
            for sentence in translating.whole(row.text, source, target).sentences
        )
        for row in judged
    }
    counts = Counter(row.verdict for row in judged)
    return Outcome(
        **{verdict: counts[verdict] for verdict in ("right", "half", "wrong")},
        silent=sum(row.verdict == "wrong" and not marked[row] for row in judged),
        warned=sum(row.verdict == "right" and marked[row] for row in judged),
    )


def report(name: str, curve: Calibration, scores: list[float], right: list[bool]) -> None:
    """Print a reliability table and how far confidences are from the shares that were right."""
    confidences = [curve.confidence(score) for score in scores]
    bins = list(reliability(confidences, right))
    error = sum(row.count * abs(row.confidence - row.right) for row in bins) / len(confidences)
    print(f"\n{name}: {len(confidences)} sentences, expected calibration error {error:.3f}\n")
    print("| confidence | sentences | said | right |\n|---|---|---|---|")
    for row in bins:
        edges = f"{row.low:.1f}-{row.high:.1f}"
        print(f"| {edges} | {row.count} | {row.confidence:.2f} | {row.right:.2f} |")


def outcomes(pack: Path, folder: Path) -> Iterator[str]:
    """The lines of a table of what is marked."""
    columns = "pair", "rows", "right", "half right", "wrong", "wrong, unmarked", "right, marked"
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    for pair in PAIRS:
        _, judged = read(folder / f"{'-'.join(pair)}.tsv")
        for name, half in zip(("fitting", "testing"), halves(judged), strict=True):
            counts = outcome(pack, half, *pair)
            silent = f"{counts.silent} ({100 * counts.silent / max(1, counts.wrong):.0f} %)"
            marks = counts.right, counts.half, counts.wrong, silent, counts.warned
            cells = "→".join(pair), name, *marks
            yield f"| {' | '.join(map(str, cells))} |"


def main() -> None:
    """Fit, test and print; with --update-pack write the options into pack.json too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--judgements", type=Path, required=True)
    parser.add_argument("--update-pack", action="store_true")
    options = parser.parse_args()
    translator = table.protecting(manifest.read(options.pack), 2)
    curves = {}
    for pair in PAIRS:
        _, judged = read(options.judgements / f"{'-'.join(pair)}.tsv")
        fitting, testing = halves(judged)
        curves[pair] = fit(*scored(translator, fitting, *pair))
        report("→".join(pair), curves[pair], *scored(translator, testing, *pair))
    print("\n" + json.dumps(option(curves), indent=4))
    if options.update_pack:
        path = options.pack / "pack.json"
        described = json.loads(path.read_text("utf-8"))
        described["options"] |= option(curves)
        path.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print("\nAs the pack is now, the mark of a trial left aside:\n")
    for line in outcomes(options.pack, options.judgements):
        print(line)


if __name__ == "__main__":
    main()
