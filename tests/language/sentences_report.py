"""How well sentences are cut: ours, razdel and pysbd on real text, as a table.

    python -m tests.language.sentences_report [folder of the shared data]

Lines of the data, each one sentence, are joined five at a time; a cut counts as right where one
line ends and the next begins. Lines that do not begin or end as a sentence does are left out,
for where they end nobody can see. Rule: all three see the same paragraphs.
"""

import argparse
import importlib
import itertools
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tolmach.language.sentences import sentences

Split = Callable[[str], list[str]]

JOINED = 5
MOST = 2000  # lines of a file
MARKS = ".?!…։:"
CLOSING = "\"'»”“’)]"
OPENING = "\"'«„“‘([—–- "
FLORES = {
    "ru": "rus_Cyrl", "tt": "tat_Cyrl", "ba": "bak_Cyrl", "kk": "kaz_Cyrl", "ky": "kir_Cyrl",
    "uz": "uzn_Latn", "tg": "tgk_Cyrl", "az": "azj_Latn", "be": "bel_Cyrl", "uk": "ukr_Cyrl",
    "crh": "crh_Latn", "hy": "hye_Armn", "ka": "kat_Geor", "mn": "khk_Cyrl", "en": "eng_Latn",
}  # fmt: skip
TATOEBA = {
    "cv": "chv", "sah": "sah", "mhr": "chm", "bxr": "bua", "xal": "xal", "tt": "tat", "kk": "kaz",
    "hy": "hye", "ka": "kat", "be": "bel", "uk": "ukr",
}  # fmt: skip
MONO = ("ru", "tt", "uk", "kk", "sah", "ky", "uz", "cv", "be", "ab")
# pysbd knows four of these languages; the others get its nearest one.
PYSBD = {"ru": "ru", "kk": "kk", "hy": "hy", "en": "en"}
LATIN = ("uz", "az", "crh", "ka")


def texts(data: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Yield (language, source, lines)."""
    text = data / "text"
    for code, name in FLORES.items():
        yield code, "FLORES", _read(text / "eval/flores200-devtest" / f"{name}.txt")
    for code in MONO:
        yield code, "Common Voice", _read(text / "mono" / f"{code}.txt")
    for code, name in TATOEBA.items():
        lines = _read(text / "eval/tatoeba" / f"rus-{name}.tsv")
        yield code, "Tatoeba", [line.split("\t")[1] for line in lines]


def _read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def whole(lines: Iterable[str], language: str) -> list[str]:
    """Return the lines that begin and end as sentences do, at most MOST."""
    marks = MARKS if language == "hy" else MARKS.replace(":", "")
    ended = (
        line
        for line in map(str.strip, lines)
        if line.rstrip(CLOSING)[-1:] in [*marks]
        and (language == "ka" or not line.lstrip(OPENING)[:1].islower())
    )
    return list(itertools.islice(ended, MOST))


def paragraphs(lines: list[str]) -> list[list[str]]:
    """Return the lines JOINED at a time."""
    return [lines[i : i + JOINED] for i in range(0, len(lines), JOINED)]


def ends(parts: Iterable[str]) -> set[int]:
    """Return where the parts of a text end, the last one aside, counted without white space."""
    lengths = (len("".join(part.split())) for part in parts)
    return set([*itertools.accumulate(lengths)][:-1])


def scores(joined: list[list[str]], splits: list[Split]) -> list[tuple[float, float, float]]:
    """Return precision, recall and F1 of the cuts of each, per cent.

    A cut inside a line that all of them make is counted neither way: the line holds two sentences.
    Who finds fewer than half of the ends has no voice in this.
    """
    expected = [ends(lines) for lines in joined]
    cuts_of_each = [[ends(split(" ".join(lines))) for lines in joined] for split in splits]
    true = sum(map(len, expected))
    right = [sum(len(a & b) for a, b in zip(cuts, expected, strict=True)) for cuts in cuts_of_each]
    voices = [cuts for cuts, count in zip(cuts_of_each, right, strict=True) if 2 * count > true]
    agreed = zip(*voices, strict=True) if len(voices) > 1 else [[set[int]()]] * len(joined)
    inside = [set.intersection(*cuts) - end for cuts, end in zip(agreed, expected, strict=True)]
    counted = [sum(len(a - b) for a, b in zip(cuts, inside, strict=True)) for cuts in cuts_of_each]
    return [_score(*counts, true) for counts in zip(right, counted, strict=True)]


def _score(right: int, counted: int, true: int) -> tuple[float, float, float]:
    f1 = 2 * right / max(counted + true, 1)
    return 100 * right / max(counted, 1), 100 * right / max(true, 1), 100 * f1


def splitters(language: str) -> dict[str, Split]:
    """Return what is compared; libraries that are not installed are left out."""
    splits: dict[str, Split] = {"ours": lambda text: sentences(text, language)}
    try:
        razdel = importlib.import_module("razdel")
        splits["razdel"] = lambda text: [part.text for part in razdel.sentenize(text)]
    except ImportError:
        pass
    try:
        with warnings.catch_warnings(action="ignore"):
            pysbd = importlib.import_module("pysbd")
        code = PYSBD.get(language, "en" if language in LATIN else "ru")
        splits["pysbd"] = pysbd.Segmenter(language=code, clean=False).segment
    except ImportError:
        pass
    return splits


def table(data: Path) -> Iterator[str]:
    """Yield the lines of the table, in Markdown."""
    names = [*splitters("ru")]
    yield "| language | text | lines | " + " | ".join(names) + " |"
    yield "|---|---|---:|" + "---|" * len(names)
    for language, source, lines in texts(data):
        joined = paragraphs(whole(lines, language))
        count = sum(map(len, joined))
        if count < 100:
            continue
        measured = scores(joined, [*splitters(language).values()])
        best = max(round(f1, 1) for *_, f1 in measured)
        cells = (
            f"{p:.1f} / {r:.1f} / " + (f"**{f1:.1f}**" if round(f1, 1) == best else f"{f1:.1f}")
            for p, r, f1 in measured
        )
        yield f"| {language} | {source} | {count} | " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    for line in table(parser.parse_args().data):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
