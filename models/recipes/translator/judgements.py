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
    first, *rows = path.read_text("utf-8").splitlines()
    found = [
        Judgement(**row) for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]
    unknown = {one.verdict for one in found} - set(VERDICTS)
    if unknown:
        raise ValueError(f"{path}: {unknown} is no verdict")
    return first.removeprefix("# weights "), found


def write(path: Path, judged: str, found: Sequence[Judgement]) -> None:
    """Write judgements of these weights."""
    rows = ["\t".join(getattr(one, name) for name in _COLUMNS) for one in found]
    path.write_text("\n".join([f"# weights {judged}", "\t".join(_COLUMNS), *rows]) + "\n", "utf-8")


def halves(found: Sequence[Judgement]) -> tuple[list[Judgement], list[Judgement]]:
    """The judged sentences for fitting and those for testing; the split never changes."""
    both = found[::2], found[1::2]
    return tuple([one for one in half if one.verdict] for half in both)  # type: ignore[return-value]


def anew(pack: Path, path: Path, source: str, target: str) -> list[Judgement]:
    """Translate the sentences of a file with a pack; verdicts stay where translations do."""
    translator = table.protecting(manifest.read(pack), 2)
    _, found = read(path)
    said = translator.translate([one.text for one in found], source, target)
    return [
        one
        if now.text == one.translation
        else replace(one, translation=now.text, verdict="", guess="", note="")
        for one, now in zip(found, said, strict=True)
    ]


def main() -> None:
    """Bring the translations of both files up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--judgements", type=Path, required=True)
    options = parser.parse_args()
    for source, target in PAIRS:
        path = options.judgements / f"{source}-{target}.tsv"
        found = anew(options.pack, path, source, target)
        write(path, weights(options.pack), found)
        open_ones = sum(not one.verdict for one in found)
        sys.stdout.write(f"{path.name}: {len(found)} sentences, {open_ones} to be judged\n")


if __name__ == "__main__":
    main()
