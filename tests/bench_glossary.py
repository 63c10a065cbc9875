"""What a glossary costs and finds: `python -m tests.bench_glossary [shared/data]`.

Terms are the commonest words and word pairs of the real text; sentences are its last thousand.
Times are of the processor, not of the clock, so that other programs do not count.
"""

import os
import sys
from collections import Counter
from pathlib import Path
from statistics import median
from time import process_time

from tests.language.forms import LANGUAGES, golden, shares
from tolmach.language.sentences import sentences
from tolmach.language.stemming import WORD
from tolmach.terms.glossary import Glossary, Term

TERMS = 10_000


def main() -> None:
    """Print a table of speed and one of what is found."""
    shared = Path(os.environ.get("TOLMACH_SHARED", "../shared")) / "data"
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else shared
    say("language  terms  index s  median ms  99 % ms  longest ms")
    for language in ("ru", "ba", "sah", "tt", "kk", "be", "ce"):
        pairs = data / "text" / "train" / f"ru-{'ba' if language == 'ru' else language}.tsv"
        say(speed(language, texts(pairs, 0 if language == "ru" else 1, language)))
    say("\nlanguage  set     forms  found %  others  false %")
    for language in LANGUAGES:
        for kind in ("built", "held", "fresh", "unseen", "hit", "later", "third"):
            rows = [row for row in golden(language) if row["set"] == kind]
            if rows:
                forms = sum(row["form"] == "yes" for row in rows)
                recall, false = (100 * share for share in shares(rows, language))
                other = len(rows) - forms
                say(f"{language:8}  {kind:6}  {forms:5}  {recall:7.1f}  {other:6}  {false:7.1f}")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def texts(path: Path, column: int, language: str) -> list[str]:
    """Return the sentences of one column of a table, whose lines may hold several."""
    with path.open(encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t")[column] for line in file]
    return [text for line in lines for text in sentences(line, language)]


def speed(language: str, texts: list[str]) -> str:
    """Return a line of the table of speed."""
    words = Counter(word for text in texts for word in WORD.findall(text))
    forms = [word for word, _ in words.most_common(TERMS) if len(word) > 3][: TERMS * 7 // 10]
    doubles = Counter(" ".join(text.split()[:2]) for text in texts if len(text.split()) > 3)
    forms += [pair for pair, _ in doubles.most_common(TERMS - len(forms))]
    terms = [Term(language, "en", (form,), ("x",)) for form in forms]
    begun = process_time()
    glossary = Glossary(terms, language, "en")
    index = process_time() - begun
    times = []
    for text in texts[-1000:]:
        begun = process_time()
        glossary.hits(text)
        times.append(1000 * (process_time() - begun))
    times.sort()
    return (
        f"{language:8}  {len(terms):5}  {index:7.2f}  {median(times):9.2f}  "
        f"{times[len(times) * 99 // 100]:7.2f}  {times[-1]:10.2f}"
    )


if __name__ == "__main__":
    main()
