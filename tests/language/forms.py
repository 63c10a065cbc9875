"""The golden lists of forms and the words of real text that they were taken from."""

import csv
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

from tests.conftest import REPOSITORY
from tests.language.orthography_report import lines
from tolmach.language.registry import own_table
from tolmach.language.stemming import WORD, fold, keys, matches

GOLDEN = REPOSITORY / "tests" / "golden" / "inflection"
LANGUAGES = sorted(path.stem for path in GOLDEN.glob("*.tsv"))
PROMISED = (  # must have a list of forms and one of misspellings
    *("tt", "ba", "cv", "sah", "os", "ce", "av", "kbd"),
    *("udm", "mhr", "kk", "uz", "crh", "az", "be"),
)
_CODES = {"crh-Latn": "crh", "crh-Cyrl": "", "be-tarask": ""}  # of a line -> where it belongs

Row = Mapping[str, str]  # set, term, word, form: yes or no


def is_form(word: str, term: str, language: str) -> bool:
    """Whether a word is the term, one word too, or a form of it."""
    terms = set(keys(fold(term, language), language))
    return any(True for _ in matches(fold(word, language), language, terms))


def inflects(language: str) -> bool:
    """Whether forms of the language's words are known, not only the words as written."""
    return bool(own_table(language, "suffixes"))


def golden(language: str) -> list[dict[str, str]]:
    """Return the judged words of a language."""
    with (GOLDEN / f"{language}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def shares(rows: Collection[Row], language: str) -> tuple[float, float]:
    """Return how many of the forms are found, and how many of the other words are."""
    forms = [is_form(row["word"], row["term"], language) for row in rows if row["form"] == "yes"]
    others = [is_form(row["word"], row["term"], language) for row in rows if row["form"] == "no"]
    return sum(forms) / max(1, len(forms)), sum(others) / max(1, len(others))


def vocabularies(data: Path, languages: Collection[str], half: int) -> dict[str, Counter[str]]:
    """Return the words of one half of the text, folded, with how often they occur.

    A line belongs to the half that the checksum of its file and number says.
    """
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for code, source, line in lines(data):
        language = _CODES.get(code, code)
        if language in languages and zlib.crc32(source.encode()) % 2 == half:
            words[language].update(fold(word, language) for word in WORD.findall(line))
    return words


def supposed_forms(
    rows: Collection[Row], language: str, words: Collection[str]
) -> dict[str, list[str]]:
    """Return for each term of the rows the words that the tables take for its forms."""
    terms = dict.fromkeys(row["term"] for row in rows)
    return {
        term: [
            word
            for word in words
            if word.startswith(fold(term, language)[:2])  # else it costs a minute
            and word != fold(term, language)
            and is_form(word, term, language)
        ]
        for term in terms
    }
