"""Words of real text to judge by hand: which of them are forms of a term, and which are not?

    python -m tests.language.inflection_candidates LANGUAGE [--half 1] [--terms 12] [shared data]
    python -m tests.language.inflection_candidates LANGUAGE --hits [shared data]

The suffix tables may be made in sight of half 0 of the text; half 1 is for measuring. Words are
taken in the order of a checksum, not of what we know of them, each with the commonest words that
begin like it. What the tables make of them is not shown: who judges must not see it. Terms of the
golden lists are left out. With --hits: what the tables take for forms of the terms of the set
`unseen`, in all of half 1, and nobody has judged yet.
"""

import argparse
import os
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.language.forms import LANGUAGES, golden, supposed_forms, vocabularies
from tolmach.language.stemming import fold

LEAST, MOST = 4, 12  # letters of a term
WORDS = 7  # to judge for a term


def candidates(words: Counter[str], listed: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield terms and the words that begin like them, of which two at least are needed."""
    plain = [word for word in words if LEAST <= len(word) <= MOST and word.isalpha()]
    for term in sorted(plain, key=lambda word: zlib.crc32(word.encode())):
        # A stem's last vowel and consonant may change: so much of its end is not compared.
        begins = term[: max(3, len(term) - 2)]
        alike = [w for w in words if w.startswith(begins) and w != term and w.isalpha()]
        if term not in listed and len(alike) > 1:
            yield term, sorted(alike, key=lambda word: (-words[word], word))[:WORDS]


def unjudged(words: Counter[str], language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the terms of `unseen` and what is taken for their forms and is not in the lists."""
    rows = golden(language)
    unseen = [row for row in rows if row["set"] == "unseen"]
    for term, hits in supposed_forms(unseen, language, words).items():
        judged = {fold(row["word"], language) for row in rows if row["term"] == term}
        yield term, [word for word in hits if word not in judged]


def main() -> None:
    """Print a term and its words a line."""
    shared = Path(os.environ.get("TOLMACH_SHARED", "../shared")) / "data"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("data", nargs="?", type=Path, default=shared)
    parser.add_argument("--half", type=int, default=1)
    parser.add_argument("--terms", type=int, default=12)
    parser.add_argument("--hits", action="store_true")
    options = parser.parse_args()
    code = options.language
    words = vocabularies(options.data, [code], options.half)[code]
    listed = {fold(row["term"], code) for row in golden(code)} if code in LANGUAGES else set()
    terms = unjudged(words, code) if options.hits else candidates(words, listed)
    for _, (term, alike) in zip(range(options.terms), terms, strict=False):
        sys.stdout.write(f"{term}: {' '.join(alike)}\n")


if __name__ == "__main__":
    main()
