"""What a reader thought of the starter's translations: tests/judgements/*.tsv.

A line: text, what it means where the text is Bashkir, translation, verdict, "guess" where the
reader was not sure, note. A verdict belongs to one translation by one set of weights, whose hash
stands in the first line: `python -m translator.judgements --pack P --judgements J` translates anew
and takes away the verdicts of translations that are others now. Every second sentence is for
fitting, the others for testing.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tolmach.engines import table
from tolmach.packs import manifest

PAIRS = (("ru", "ba"), ("ba", "ru"))
VERDICTS = ("right", "half", "wrong", "")  # "": nobody has judged it yet
_COLUMNS = ("text", "meaning", "translation", "verdict", "guess", "note")


@dataclass(frozen=True)
class Judgement:
    """A sentence, what the pack makes of it, and what a reader thought of that."""

    text: str
    meaning: str
    translation: str
    verdict: str
    guess: str
    note: str


def weights(pack: Path) -> str:
    """The hash of a pack's weights, short."""
    return hashlib.sha256((pack / "model.bin").read_bytes()).hexdigest()[:12]


def read(path: Path) -> tuple[str, list[Judgement]]:
    """The hash of the weights that were judged, and the judgements."""
    first, *lines = path.read_text("utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    judgements = [Judgement(**row) for row in rows]
    unknown = {row.verdict for row in judgements} - set(VERDICTS)
    if unknown:
        raise ValueError(f"{path}: {unknown} is no verdict")
    return first.removeprefix("# weights "), judgements


def write(path: Path, judged: str, judgements: Sequence[Judgement]) -> None:
    """Write judgements of these weights."""
    rows = ["\t".join(getattr(row, name) for name in _COLUMNS) for row in judgements]
    path.write_text("\n".join([f"# weights {judged}", "\t".join(_COLUMNS), *rows]) + "\n", "utf-8")


def halves(judgements: Sequence[Judgement]) -> tuple[list[Judgement], list[Judgement]]:
    """The judged sentences for fitting and those for testing; the split never changes."""
    fitting, testing = (
        [row for row in half if row.verdict] for half in (judgements[::2], judgements[1::2])
    )
    return fitting, testing


def anew(pack: Path, path: Path, source: str, target: str) -> list[Judgement]:
    """Translate the sentences of a file with a pack; verdicts stay where translations do."""
    translator = table.protecting(manifest.read(pack), 2)
    _, before = read(path)
    outputs = translator.translate([row.text for row in before], source, target)
    return [
        row
        if output.text == row.translation
        else replace(row, translation=output.text, verdict="", guess="", note="")
        for row, output in zip(before, outputs, strict=True)
    ]


def main() -> None:
    """Bring the translations of both files up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--judgements", type=Path, required=True)
    options = parser.parse_args()
    for source, target in PAIRS:
        path = options.judgements / f"{source}-{target}.tsv"
        rows = anew(options.pack, path, source, target)
        write(path, weights(options.pack), rows)
        unjudged = sum(not row.verdict for row in rows)
        sys.stdout.write(f"{path.name}: {len(rows)} sentences, {unjudged} to be judged\n")


if __name__ == "__main__":
    main()
