"""What comes through the starter translator, bare and protected, as a table.

    python -m tests.language.placeholders_report [folder of the shared data]

A thousand sentences made by tests/language/inserted.py, half of them templates, half real ones.
"""

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

from tests.language import inserted
from tolmach.engines import table
from tolmach.packs import manifest

COUNT = 1000
STARTER = Path("models/starter/starter-ru-ba")
REAL = {"ru": "text/mono/ru.txt", "ba": "text/eval/flores200-devtest/bak_Cyrl.txt"}


def real(data: Path, language: str) -> list[str]:
    """Return short real sentences that have nothing in them that must not be translated."""
    lines = (data / REAL[language]).read_text(encoding="utf-8").splitlines()
    return [
        line
        for line in lines
        if 4 <= len(line.split()) <= 16 and not re.search(r"[\dA-Za-z@]", line)
    ]


def losses(sample: inserted.Sample, translation: str) -> list[str]:
    """Return the items that the translation does not have letter for letter."""
    words = {item: r"\s".join(map(re.escape, item.split())) for item in sample.items}
    return [
        item for item in sample.items if not re.search(rf"(?<!\d){words[item]}(?!\d)", translation)
    ]


def report(data: Path) -> None:
    """Print a row for each direction and kind of translator."""
    pack = manifest.read(STARTER)
    translators = {
        "bare": table.translator(pack, 1),
        "protected": table.protecting(pack, 1),
    }
    print_row("direction", "translator", "items kept", "sentences with all", "seconds")
    print_row(*["---"] * 5)
    for source, target in (("ru", "ba"), ("ba", "ru")):
        samples = inserted.samples(COUNT // 2, source, real(data, source))
        for name, translator in translators.items():
            begin = time.perf_counter()
            texts = [sample.text if name == "bare" else sample.marked for sample in samples]
            candidates = translator.translate(texts, source, target)
            seconds = time.perf_counter() - begin
            pairs = zip(samples, candidates, strict=True)
            missing = [losses(sample, candidate.text) for sample, candidate in pairs]
            items = sum(len(sample.items) for sample in samples)
            print_row(
                f"{source} → {target}",
                name,
                f"{1 - sum(map(len, missing)) / items:.1%} of {items}",
                f"{Counter(map(bool, missing))[False] / len(samples):.1%} of {len(samples)}",
                f"{seconds:.0f}",
            )


def print_row(*cells: str) -> None:
    """Print a row of a Markdown table."""
    sys.stdout.write(f"| {' | '.join(cells)} |\n")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    report(parser.parse_args().data)


if __name__ == "__main__":
    main()
