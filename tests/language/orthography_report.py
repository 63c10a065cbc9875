"""What orthography.repair changes in real text: a table, and each change with how often it occurs.

    python -m tests.language.orthography_report [folder of the shared data] [--changes LANGUAGE]

Every line of `text` in the shared data, and what is said in its recordings, is repaired in its
language. "Different" counts misspelt words once, whatever marks stand around them; "offered" what
`suggest` finds afterwards; the last column is processor time of one sentence. Rule: the table is
in docs/orthography.md; a change that nobody has looked at is a defect.
"""

import argparse
import csv
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from sys import stdout

from tolmach.language.orthography.repair import repair, suggest
from tolmach.language.registry import languages

FLORES = {
    "azj_Latn": "az", "bak_Cyrl": "ba", "bel_Cyrl": "be", "crh_Latn": "crh", "eng_Latn": "en",
    "hye_Armn": "hy", "kat_Geor": "ka", "kaz_Cyrl": "kk", "khk_Cyrl": "mn", "kir_Cyrl": "ky",
    "rus_Cyrl": "ru", "tat_Cyrl": "tt", "tgk_Cyrl": "tg", "tur_Latn": "tr", "ukr_Cyrl": "uk",
    "uzn_Latn": "uz",
}  # fmt: skip
TATOEBA = {
    "bel": "be", "bua": "bxr", "chm": "mhr", "chv": "cv", "eng": "en", "hye": "hy", "kat": "ka",
    "kaz": "kk", "rus": "ru", "sah": "sah", "tat": "tt", "ukr": "uk", "uzb": "uz",
    "uzb_Latn": "uz", "xal": "xal",
}  # fmt: skip
_AROUND = re.compile(r"^\W+|\W+$")
CODES = {"kv": "kpv", "crh": "crh-Cyrl"}  # how a file is called -> the language of its lines


def lines(data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (language, file and line number, line) for every sentence of the shared text."""
    text = data / "text"
    for path in sorted(text.glob("train/ru-*.tsv")):
        name = path.stem.removeprefix("ru-")
        yield from _columns(path, ("ru", CODES.get(name, name)), text)
    for path in sorted(text.glob("mono/*.txt")):
        yield from _columns(path, (path.stem,), text)
    for path in sorted(text.glob("eval/flores200-devtest/*.txt")):
        yield from _columns(path, (FLORES[path.stem],), text)
    for path in sorted(text.glob("eval/tatoeba/*.tsv")):
        first, second = path.stem.split("-")
        yield from _columns(path, (TATOEBA[first], TATOEBA[second]), text)
    yield from _spoken(data / "speech" / "manifest.tsv")


def _spoken(manifest: Path) -> Iterator[tuple[str, str, str]]:
    codes = {language.code for language in languages()}
    with manifest.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 2):
            for language, text in ((row["lang"], row["text"]), ("ru", row["ru"])):
                if language in codes and text:
                    yield language, f"speech/manifest.tsv:{number}", text


def _columns(path: Path, languages: tuple[str, ...], root: Path) -> Iterator[tuple[str, str, str]]:
    name = path.relative_to(root)
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        for language, column in zip(languages, line.split("\t"), strict=False):
            yield language, f"{name}:{number}", column


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return the words of a line that were changed, as pairs."""
    pairs = zip(before.split(), after.split(), strict=True)
    return [(wrong, right) for wrong, right in pairs if wrong != right]


def different(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """Return the misspelt words among changes, without the marks around them."""
    return {bare for word, _ in pairs for bare in [_AROUND.sub("", word)] if bare}


def main() -> None:
    """Print the table, or the changes of one language."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    options.add_argument("--changes", metavar="LANGUAGE")
    arguments = options.parse_args()
    words: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    seconds: dict[str, float] = defaultdict(float)
    offered: Counter[str] = Counter()
    changed: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    twice = 0
    for language, _, line in lines(arguments.data):
        if arguments.changes in (None, language):
            begin = time.thread_time()
            after = repair(line, language)
            seconds[language] += time.thread_time() - begin
            sentences[language] += 1
            words[language] += len(line.split())
            changed[language].update(changes(line, after))
            twice += repair(after, language) != after
            offered[language] += len(suggest(after, language))
    if arguments.changes:
        for (wrong, right), times in changed[arguments.changes].most_common():
            stdout.write(f"{times}\t{wrong}\t{right}\n")
        return
    stdout.write(
        "| language | sentences | words | changed | different | per 1000 words | offered "
        "| µs each |\n"
    )
    stdout.write("|---|---|---|---|---|---|---|---|\n")
    for language in sorted(words):
        count = changed[language].total()
        stdout.write(
            f"| {language} | {sentences[language]} | {words[language]} | {count} | "
            f"{len(different(changed[language]))} | {1000 * count / words[language]:.2f} | "
            f"{offered[language]} | "
            f"{1e6 * seconds[language] / sentences[language]:.0f} |\n"
        )
    stdout.write(f"\nChanged again by a second pass: {twice} lines.\n")


if __name__ == "__main__":
    main()
