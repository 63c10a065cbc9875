"""Words of real text to judge by hand: which of them are forms of a term, and which are not?

    python -m tests.languages.inflection_candidates LANGUAGE [--half 1] [--terms 12] [shared data]

Lines are halved by the checksum of their file and number: the suffix tables may be made in sight
of half 0, half 1 is for measuring. Terms are taken in the order of a checksum, not of what we
know of them, and each gets the commonest words that begin like it. What the tables make of a word
is not shown: who judges must not see it. Terms of the golden lists are left out.
"""

import argparse
import os
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.core.test_stemming import GOLDEN, golden
from tests.languages.orthography_report import lines
from tolmach.core.stemming import WORD, fold

LEAST, MOST = 4, 12  # letters of a term
WORDS = 7  # to judge for a term
CODES = {"crh-Latn": "crh", "be-tarask": ""}  # language of a line -> where it is judged


def vocabulary(data: Path, language: str, half: int) -> Counter[str]:
    """Return the words of one half of the text, folded, with how often they occur."""
    words: Counter[str] = Counter()
    for code, source, line in lines(data):
        if CODES.get(code, code) == language and zlib.crc32(source.encode()) % 2 == half:
            words.update(fold(word, language) for word in WORD.findall(line))
    return words


def candidates(words: Counter[str], known: set[str], seed: str) -> Iterator[tuple[str, list[str]]]:
    """Yield terms and the words that begin like them, of which two at least are needed."""
    plain = [word for word in words if LEAST <= len(word) <= MOST and word.isalpha()]
    for term in sorted(plain, key=lambda word: zlib.crc32((seed + word).encode())):
        # A stem's last vowel and consonant may change: so much of its end is not compared.
        begins = term[: max(3, len(term) - 2)]
        alike = [w for w in words if w.startswith(begins) and w != term and w.isalpha()]
        if term not in known and len(alike) > 1:
            yield term, sorted(alike, key=lambda word: (-words[word], word))[:WORDS]


def main() -> None:
    """Print term, word and an empty column for the judgement."""
    shared = Path(os.environ.get("TOLMACH_SHARED", "../shared")) / "data"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("data", nargs="?", type=Path, default=shared)
    parser.add_argument("--half", type=int, default=1)
    parser.add_argument("--terms", type=int, default=12)
    parser.add_argument("--seed", default="")
    asked = parser.parse_args()
    rows = golden(asked.language) if (GOLDEN / f"{asked.language}.tsv").is_file() else []
    known = {fold(row["term"], asked.language) for row in rows}
    words = vocabulary(asked.data, asked.language, asked.half)
    for _, (term, alike) in zip(
        range(asked.terms), candidates(words, known, asked.seed), strict=False
    ):
        sys.stdout.write(f"{term}: {' '.join(alike)}\n")


if __name__ == "__main__":
    main()
