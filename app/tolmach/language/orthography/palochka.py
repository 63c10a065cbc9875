"""The palochka of the Caucasus, typed as 1, I, l, |, ! or the і of Ukrainian.

Rule: only beside Cyrillic letters and only where the language can have it: after the consonants
of its table "orthography" and, where it is a sound of its own, beside vowels. Numbers, Roman
numerals and their endings ("1-й", "ХIХ", "11а") stay as they are.
"""

import re
from dataclasses import dataclass

_CYRILLIC = "\u0400-\u052f"
_TWINS = "aceopxy"  # small Latin letters that stand in Cyrillic words
_VOWELS = "аеёиоуыэюя"
_TYPED = "1IlіІ|!"
_FOREIGN = re.compile("[їєґў]", re.IGNORECASE)  # і is at home in this word
_OTHER_DIGITS = re.compile(r"(?![1])\d|11")
_ORDINAL = re.compile("1(?:ая|ое|ой|ый|ые|ых|ым|ыми|ого|ому|ом|ую)")  # Russian
_BIG = re.compile("Ӏ(?=[а-яё])|(?<=[а-яё])Ӏ")
_OF_A_NUMBER = frozenset("0123456789.,:/-–$%№+")


@dataclass(frozen=True, slots=True)
class Palochka:
    """How one language uses it."""

    sure: re.Pattern[str]  # the signs in a word that can be nothing else
    likely: re.Pattern[str]


def palochka(after: str, alone: bool) -> Palochka:
    """Return the rules of a language: it stands `after` these consonants, or `alone`, too."""
    base = after + after.upper()
    vowel = _VOWELS + _VOWELS.upper()
    preceding = base + vowel if alone else base
    sure = [
        f"(?<=[{_CYRILLIC}{_TWINS}])[Il](?=[{_CYRILLIC}{_TWINS}])",
        f"(?<=[{preceding}])[IlіІ]$",
        f"(?<=[{preceding}])[1іІ](?=[{_CYRILLIC}])",
        f"(?<=[{vowel}][{base}])1$",
        f"(?<=[{base}])[|!](?=[{_VOWELS}])",
    ]
    if alone:
        sure += [f"^[Il](?=[{vowel}{_TWINS}])", f"^[1іІ](?=[{vowel}][{_CYRILLIC}])"]
    likely = f"(?<=[{preceding}])[1IlіІ]|^[1IlіІ](?=[{vowel}])"
    return Palochka(re.compile("|".join(sure)), re.compile(likely))


def is_big(text: str) -> bool:
    """Whether the text writes the capital Ӏ in small words, too, as most texts do."""
    return _BIG.search(text) is not None


def spell(word: str, signs: re.Pattern[str], *, big: bool, preceding: str) -> str:
    """Return the word with palochkas for these signs; the same word if it is no such word.

    `preceding` is the character in front of it. Small words get the small ӏ unless `big`.
    """
    letters = [letter for letter in word if letter.isalpha() and letter not in _TYPED]
    if not letters or _OTHER_DIGITS.search(word) or _FOREIGN.search(word):
        return word
    capitals = all(letter.isupper() for letter in letters)
    if "1" in word and (
        _ORDINAL.fullmatch(word)
        or (capitals and len(letters) < 3)
        or (word[0] == "1" and preceding in _OF_A_NUMBER)
    ):
        return word
    return signs.sub("Ӏ" if big or capitals else "ӏ", word)
