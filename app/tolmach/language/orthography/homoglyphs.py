"""Words typed in two alphabets at once: letters that look like those of the language, made them.

Rule: a word is mended whole or not at all. A letter without a twin in the other alphabet means a
name with an ending ("URLны"), not a slip; so do several foreign letters in a row, a capital
inside and digits, and such words are only offered. Sources of the pairs: resources/languages.json
and, for letters of the same shape, Unicode's confusables.txt.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_letters
from typing import Any

from tolmach.language.registry import Language

CYRILLIC = "\u0400-\u052f"
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af"
GREEK = "\u0370-\u03ff"
MARKS = "\u0300-\u036f"

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_STRESS = {"\u0300", "\u0301"}  # of dictionaries; they may stand on any vowel
_FROM_LATIN = dict(zip("aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ", strict=True))
_FROM_GREEK = dict(zip("οΑΒΕΗΚΜΟΡΤΧ", "oABEHKMOPTX", strict=True))
_TO_LATIN = {cyrillic: latin for latin, cyrillic in _FROM_LATIN.items()} | dict(
    zip("іјѕһІЈЅ", "ijshIJS", strict=True)
)
_NEVER_NATIVE = {"Cyrl": "ѳӊӈ", "Latn": "ѳӊӈǝ"}  # where one is of the language, it is no look-alike
_ROMAN = re.compile("[IVXLCDMІХСМӀ]+")


@dataclass(frozen=True, slots=True)
class Alphabet:
    """One way to write a language."""

    script: str
    own: frozenset[str]  # letters, both cases, and marks that may stand in a word
    twins: Mapping[str, str]  # a letter that the language lacks -> the own one that it looks like
    neighbours: dict[int, str]  # letters of a neighbour's alphabet: perhaps a neighbour's name
    special: dict[int, str]  # of the twins, those beyond ASCII that names are not written with
    ambiguous: frozenset[str]  # of the twins, those that look like two letters of the language
    plain: re.Pattern[str]  # a run of foreign letters that names are written with
    suspects: re.Pattern[str]  # where a word goes from one script to another, and such letters


def alphabet(language: Language, script: str, table: Mapping[str, Any]) -> Alphabet:
    """Return how a language is written in Cyrillic or Latin letters.

    Of its table "orthography" `more_lookalikes` are such beyond those of the registry,
    `never_native` the small letters among them that are of the same script and yet surely wrong,
    `ambiguous` letters that stand for two.
    """
    more, ambiguous = table.get("more_lookalikes", {}), table.get("ambiguous", "")
    never = table.get("never_native", "") + _NEVER_NATIVE[script]
    own = {form for pair in language.letters_of(script) for form in pair if len(form) == 1}
    special = _both_cases({**language.lookalikes, **more})
    if script == "Cyrl":
        own |= {*_RUSSIAN, *_RUSSIAN.upper()}
        twins, foreign, native = _twins_in_cyrillic(own, ambiguous), LATIN + GREEK, CYRILLIC
        plain = "".join(letter for letter in ascii_letters if letter not in special.keys() - {"I"})
    else:
        own |= set(ascii_letters)
        twins, foreign, native, plain = _TO_LATIN | _FROM_GREEK, CYRILLIC + GREEK, LATIN, CYRILLIC
    unsure = {*ambiguous, *ambiguous.upper()}
    unsure |= {latin for latin, cyrillic in (("H", "һ"), ("Y", "ү")) if cyrillic in own}
    possible = {
        wrong: right
        for wrong, right in {**twins, **special}.items()
        if right in own and wrong not in own and right not in "ӏӀ"  # palochka.py
    }
    strays = {wrong for wrong in possible if wrong.lower() in never}
    neighbours = {wrong for wrong in possible if re.match(f"[{native}]", wrong)} - strays
    beyond_ascii = {wrong for wrong in special.keys() & possible.keys() if not wrong.isascii()}
    switch = f"[{native}][{MARKS}]*[{foreign}]|[{foreign}][{MARKS}]*[{native}]"
    return Alphabet(
        script,
        frozenset(own | _STRESS),
        {wrong: right for wrong, right in possible.items() if wrong not in neighbours},
        str.maketrans({wrong: possible[wrong] for wrong in neighbours}),
        str.maketrans({wrong: possible[wrong] for wrong in beyond_ascii}),
        frozenset(unsure),
        re.compile(f"[{plain}]+"),
        re.compile("|".join([switch, *sorted(strays)])),
    )


def in_one_script(word: str, letters: Alphabet) -> str | None:
    """Return the word in letters of this alphabet alone; None where one has no twin."""
    mended = []
    for letter in word:
        if letter in letters.own:
            mended.append(letter)
        elif (twin := _twin(letter, letters)) is not None:
            mended.append(twin)
        else:
            return None
    whole = unicodedata.normalize("NFC", "".join(mended))
    return whole if letters.own.issuperset(whole) else None


def is_doubtful(word: str, mended: str, letters: Alphabet) -> bool:
    """Whether a word may be right in two scripts: a name with an ending, a sign, a formula."""
    runs = letters.plain.findall(word)
    if letters.ambiguous & set(word) or any(run[1:] != run[1:].lower() for run in runs):
        return True
    if len(runs) == 1 and len(runs[0]) > 1:  # one block of foreign letters, not strewn ones
        rest = len(mended) - len(runs[0])
        if len(runs[0]) > 2 or rest < 3:
            return True
    small = [letter.islower() for letter in mended if letter.isalpha() and letter not in "ӏӀ"]
    if any(before and not after for before, after in pairwise(small)):
        return True
    return bool(runs) and len(small) < 3 and not all(small)  # Hе, Сa: a sign of chemistry


def is_number(word: str) -> bool:
    """Whether a word is a Roman numeral, be some of its letters Cyrillic."""
    return _ROMAN.fullmatch(word) is not None


def _twins_in_cyrillic(own: set[str], ambiguous: str) -> dict[str, str]:
    twins = dict(_FROM_LATIN)
    if "һ" in own:
        twins["H"] = "Һ"  # or Н: nobody can tell
    if "ү" in own:
        twins["Y"] = "Ү"  # or У
        twins |= {letter: "ү" for letter in ambiguous if letter == "y"}
    if "і" in own:
        twins["I"] = "І"
    return twins | {greek: twins[latin] for greek, latin in _FROM_GREEK.items()}


def _twin(letter: str, letters: Alphabet) -> str | None:
    """Return the own letter that a foreign one looks like; the marks on it are kept."""
    if letter in letters.twins:
        return letters.twins[letter]
    base, *marks = list(unicodedata.normalize("NFD", letter))
    return letters.twins[base] + "".join(marks) if marks and base in letters.twins else None


def _both_cases(pairs: Mapping[str, str]) -> dict[str, str]:
    """Return single letters of another script and their capitals; never the capital of h."""
    single = {wrong: right for wrong, right in pairs.items() if len(wrong) == 1 and wrong.isalpha()}
    capitals = {
        wrong.upper(): right.upper() for wrong, right in single.items() if wrong not in "hlI"
    }
    return {wrong: right for wrong, right in (capitals | single).items() if len(wrong) == 1}
