"""What a text loses on its way into the other script and back.

    python -m tests.language.round_trips [--examples N] [folder of the shared data]

Prints the table of docs/languages.md: for every text and starting script, how many words come
back as they were. With --examples, also the most frequent words that do not. Only lines written
in the starting script count; a word is one of letters of that script.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import REPOSITORY
from tolmach.language.scripts import script_of
from tolmach.language.transliteration import script_in, transliterate

SOURCES = {  # path in the data -> language; of a table the column with the text
    "mono/tt.txt": "tt",
    "train/ru-tt.tsv": "tt",
    "eval/flores200-devtest/tat_Cyrl.txt": "tt",
    "eval/tatoeba/rus-tat.tsv": "tt",
    "mono/kk.txt": "kk",
    "train/ru-kk.tsv": "kk",
    "eval/flores200-devtest/kaz_Cyrl.txt": "kk",
    "eval/tatoeba/rus-kaz.tsv": "kk",
    "mono/uz.txt": "uz",
    "train/ru-uz.tsv": "uz",
    "eval/flores200-devtest/uzn_Latn.txt": "uz",
    "eval/tatoeba/eng-uzb.tsv": "uz",
    "eval/flores200-devtest/azj_Latn.txt": "az",
    "train/ru-crh.tsv": "crh",
    "train/ru-crh-Latn.tsv": "crh",
    "eval/flores200-devtest/crh_Latn.txt": "crh",
}
SCRIPTS = ("Cyrl", "Latn")
LEAST = 200  # words of a text in a script: fewer say nothing
_APOSTROPHES = re.compile("[‘’'`ʻʼ]")
_WORD = re.compile(r"[^\W\d_]+(?:[‘’'`][^\W\d_]+)*")


@dataclass(slots=True)
class Trip:
    """Words of one text there and back."""

    words: int = 0
    whole: int = 0
    alone: int = 0  # of those whole: never changed, because the table lacks a letter
    losses: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def lines(data: Path, path: str) -> Iterator[str]:
    """Yield the sentences of a text."""
    for line in (data / "text" / path).read_text(encoding="utf-8").splitlines():
        yield line.split("\t")[1] if path.endswith(".tsv") else line


def trip(texts: Iterator[str], language: str, start: str) -> Trip:
    """Return what the lines in this script lose; how an apostrophe is typed does not count."""
    result = Trip()
    other = SCRIPTS[1 - SCRIPTS.index(start)]
    for text in texts:
        if script_in(text, SCRIPTS) != start:
            continue
        for word in _WORD.findall(text):
            if {script_of(character) for character in word} & {*SCRIPTS} != {start}:
                continue
            across = transliterate(word, language, other)
            back = transliterate(across, language, start)
            same = _APOSTROPHES.sub("’", word) == _APOSTROPHES.sub("’", back)
            result.words += 1
            result.whole += same
            result.alone += across == word
            if not same:
                result.losses[word, across, back] += 1
    return result


def published(data: Path) -> tuple[int, int, int]:
    """Return words of Crimean Tatar texts that people wrote in both scripts, and how many agree.

    The texts are of the same Russian sentence and as many words: (words, Cyrillic -> Latin,
    Latin -> Cyrillic). Where the two say different things, we are counted as wrong.
    """
    texts = []
    for name in ("ru-crh.tsv", "ru-crh-Latn.tsv"):
        rows = (data / "text/train" / name).read_text(encoding="utf-8").splitlines()
        texts.append(dict(row.split("\t")[:2] for row in rows))
    words = into_latin = into_cyrillic = 0
    for sentence in texts[0].keys() & texts[1].keys():
        cyrillic, latin = (_WORD.findall(text[sentence]) for text in texts)
        if len(cyrillic) != len(latin):
            continue
        for cyrillic_word, latin_word in zip(cyrillic, latin, strict=True):
            if script_in(cyrillic_word, SCRIPTS) == "Cyrl":
                words += 1
                into_latin += transliterate(cyrillic_word, "crh", "Latn") == latin_word
                into_cyrillic += transliterate(latin_word, "crh", "Cyrl") == cyrillic_word
    return words, into_latin, into_cyrillic


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=REPOSITORY.parent / "shared" / "data")
    parser.add_argument("--examples", type=int, default=0)
    arguments = parser.parse_args()
    _say("| language | text | from | words | come back as they were | never changed |")
    _say("|---|---|---|---|---|---|")
    for path, language in SOURCES.items():
        for start in SCRIPTS:
            result = trip(lines(arguments.data, path), language, start)
            if result.words < LEAST:
                continue
            share = f"{100 * result.whole / result.words:.2f} %"
            alone = f"{100 * result.alone / result.words:.2f} %"
            _say(f"| {language} | `{path}` | {start} | {result.words:,} | {share} | {alone} |")
            for (word, across, back), times in result.losses.most_common(arguments.examples):
                _say(f"    {times} {word} → {across} → {back}")
    words, latin, cyrillic = published(arguments.data)
    _say(f"Crimean Tatar as people wrote it in both scripts: {words:,} words,")
    _say(f"{100 * latin / words:.2f} % right in Latin, {100 * cyrillic / words:.2f} % in Cyrillic")


if __name__ == "__main__":
    main()
