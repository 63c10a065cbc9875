"""False alarms of the doubts in translations that people made: `python -m tests.doubt_rates`.

Prints the table of docs/evaluation.md: a row a pair, the share of human translations that each
test flags. With `--lengths` it prints instead the "lengths" of the languages' doubts.json, with
`--caught` how many of the losses that it makes itself are found.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import REPOSITORY
from tolmach.language.numerals import knows, quantities
from tolmach.quality.translation_doubts import doubts

CODES = (
    "number-lost", "number-added", "ban-lost", "negation-lost", "medicine-lost", "name-lost",
    "sentence-lost", "too-short", "too-long", "repetition", "untranslated", "wrong-script",
    "question-lost",
)  # fmt: skip
# Interface strings with places to fill, wiki text and links are no sentences.
MARKUP = re.compile(r"[{}\[\]<>$%|\\_=]|https?:|&\w+;")
TATOEBA = {
    "rus-bel": "be", "rus-bua": "bxr", "rus-chm": "mhr", "rus-chv": "cv", "rus-hye": "hy",
    "rus-kat": "ka", "rus-kaz": "kk", "rus-sah": "sah", "rus-tat": "tt", "rus-ukr": "uk",
    "rus-xal": "xal",
}  # fmt: skip
FLORES = {
    "azj_Latn": "az", "bak_Cyrl": "ba", "bel_Cyrl": "be", "crh_Latn": "crh", "eng_Latn": "en",
    "hye_Armn": "hy", "kat_Geor": "ka", "kaz_Cyrl": "kk", "khk_Cyrl": "mn", "kir_Cyrl": "ky",
    "tat_Cyrl": "tt", "tgk_Cyrl": "tg", "ukr_Cyrl": "uk", "uzn_Latn": "uz",
}  # fmt: skip
NAMES = {"kv": "kpv", "crh-Latn": "crh", "be-tarask": "be"}
FEWEST = 200  # pairs that bounds are taken from

Sentences = list[tuple[str, str]]


def corpora(text: Path) -> Iterator[tuple[str, str, Sentences]]:
    """Yield (name, language, Russian and other sentences)."""
    for path in sorted((text / "train").glob("ru-*.tsv")):
        code = path.stem.removeprefix("ru-")
        yield path.stem, NAMES.get(code, code), pairs(path)
    for stem, code in TATOEBA.items():
        yield f"Tatoeba {stem}", code, pairs(text / "eval" / "tatoeba" / f"{stem}.tsv")
    folder = text / "eval" / "flores200-devtest"
    russian = (folder / "rus_Cyrl.txt").read_text("utf-8").splitlines()
    for stem, code in FLORES.items():
        other = (folder / f"{stem}.txt").read_text("utf-8").splitlines()
        yield f"FLORES {stem}", code, list(zip(russian, other, strict=True))


def pairs(path: Path) -> Sentences:
    """Return the pairs of a file that are sentences or words without markup."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    sides = [(row[0].strip(), row[1].strip()) for row in rows if len(row) > 1]
    return [pair for pair in sides if all(pair) and not MARKUP.search("".join(pair))]


def rates(sentences: Sentences, source: str, target: str) -> Counter[str]:
    """Return how many of the pairs get each flag, "any" included."""
    counts: Counter[str] = Counter()
    for text, translation in sentences:
        codes = {flag.code for flag in doubts(text, translation, source, target)}
        counts.update(codes | ({"any"} if codes else set()))
    return counts


def table(text: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| data | pair | sentences | " + " | ".join(CODES) + " | any |"
    yield "|---|---|---|" + "---|" * (len(CODES) + 1)
    for name, code, both in corpora(text):
        turned = [(other, russian) for russian, other in both]
        for source, target, sentences in (("ru", code, both), (code, "ru", turned)):
            counts = rates(sentences, source, target)
            shares = [f"{100 * counts[code] / len(sentences):.1f}" for code in (*CODES, "any")]
            yield f"| {name} | {source}→{target} | {len(sentences)} | " + " | ".join(shares) + " |"


def lengths(text: Path) -> dict[str, list[float]]:
    """Return the ratios that 1 of 400 translations of people falls below or exceeds."""
    ratios: dict[str, list[float]] = {}
    for name, code, both in corpora(text):
        # The Sakha file pairs whole articles, not sentences; Tatoeba's pairs are sentences.
        if (name.startswith("ru-") and code != "sah") or name == "Tatoeba rus-sah":
            ratios.setdefault(code, []).extend((len(b) + 10) / (len(a) + 10) for a, b in both)
    bounds = {}
    for code, values in sorted(ratios.items()):
        values.sort()
        if len(values) >= FEWEST:
            at = len(values) // 400
            bounds[code] = [round(values[at] - 0.005, 2), round(values[-1 - at] + 0.005, 2)]
    return bounds


def without_numbers(text: str, code: str) -> str:
    """Return a text without its numbers in words."""
    for quantity in reversed(quantities(text, code)):
        text = text[: quantity.start] + text[quantity.end :]
    return text


def losses(both: Sentences, code: str) -> Iterator[tuple[str, str, Sentences]]:
    """Yield (what was done to the translations, the flag it should get, the pairs)."""
    positive = [pair for pair in both if not re.search(r"\b(?:не|ни|без|бес)", pair[0].lower())]
    negative = [pair for pair in both if re.search(r"\bне \w+[ую]\b", pair[0].lower())]
    negative = [pair for pair in negative if "?" not in pair[0]]
    numbers = [pair for pair in both if re.search(r"\d\d", pair[0])]
    questions = [pair for pair in both if pair[0].endswith("?")]
    long = [pair for pair in both if len(pair[0]) >= 40]
    yield "numbers taken out", "number-lost", [(a, re.sub(r"\d+", "", b)) for a, b in numbers]
    worded = [pair for pair in both if any(quantity.sure for quantity in quantities(pair[0], "ru"))]
    worded = [pair for pair in worded if knows(code) and not re.search(r"\d", "".join(pair))]
    mute = [(a, without_numbers(b, code)) for a, b in worded]
    yield "numbers in words taken out", "number-lost", mute
    swapped = zip(negative, positive, strict=False)
    yield "that of a positive sentence", "negation-lost", [(n[0], p[1]) for n, p in swapped]
    yield "cut to a half", "too-short", [(a, b[: len(b) // 2]) for a, b in long]
    yield "cut to a third", "too-short", [(a, b[: len(b) // 3]) for a, b in long]
    yield "written twice", "too-long", [(a, f"{b} {b}") for a, b in long]
    loops = [(a, b + f" {b.split()[-1]}" * 8) for a, b in long]
    yield "last word nine times", "repetition", loops
    yield "the source itself", "untranslated", [(a, a) for a, _ in long]
    yield "question mark gone", "question-lost", [(a, b.replace("?", ".")) for a, b in questions]


def caught(text: Path) -> Iterator[str]:
    """Yield the lines of the table of losses found."""
    yield "| data | what was done to the translation | sentences | flagged |\n|---|---|---|---|"
    for name, code, both in corpora(text):
        if name in ("ru-ba", "Tatoeba rus-tat", "Tatoeba rus-kaz", "Tatoeba rus-sah", "ru-uk"):
            for change, flag, sentences in losses(both, code):
                if len(sentences) >= 20:
                    share = 100 * rates(sentences, "ru", code)[flag] / len(sentences)
                    yield f"| {name} | {change} | {len(sentences)} | {share:.0f} % |"


def main() -> None:
    """Print what was asked for."""
    text = REPOSITORY.parent / "shared" / "data" / "text"
    if "--lengths" in sys.argv:
        sys.stdout.write(json.dumps(lengths(text)) + "\n")
        return
    for line in caught(text) if "--caught" in sys.argv else table(text):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
