"""Cleaning of sentence pairs, the comparison key, and source-side noise."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
BASHKIR_ONLY = "әғҙҡңөҫүһ"
TATAR_ONLY = "әҗңөүһ"
LETTERS = "".join(sorted(set(RUSSIAN + BASHKIR_ONLY + TATAR_ONLY)))
_VOWELS = "аәеиоөуүыэюяАӘЕИОӨУҮЫЭЮЯ"
_ALLOWED = re.compile(r"[^\w\s.,:;!?()\[\]«»„“”\"'’\-–—%№$€/+&*=°…@#|~_<>{}]")
_MARKUP = re.compile(
    r"\$\d|%[\{\(\dsdi]|\{\{|\}\}|\{[\w:|]+\}|</?\w|\[\[|\]\]|https?:|www\.|&\w+;|\\n|__"
)
_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+")
_STRIP = re.compile(r"[.,:;!?()\[\]«»„“”\"…–—]|(?<!\w)-|-(?!\w)")


@dataclass(frozen=True)
class Pair:
    """One Russian sentence and its translation."""

    russian: str
    other: str
    language: str
    kind: str


def character_rules() -> list[tuple[str, str]]:
    """Replacements that the SentencePiece model makes itself before cutting.

    Old Bashkir texts carry Latin look-alikes; both sides of the recipe and the
    finished pack see the same repaired letters, so a caller does nothing.
    """
    rules = [("ə", "ә"), ("Ə", "Ә"), ("\u00a0", " "), ("\u202f", " "), ("\t", " ")]
    rules += [(c, "") for c in "\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff\u0301"]
    rules += [("и\u0306", "й"), ("И\u0306", "Й"), ("е\u0308", "ё"), ("Е\u0308", "Ё")]
    rules += [("“", "«"), ("„", "«"), ("”", "»"), ("…", "..."), ("’", "'"), ("—", "–")]
    for vowel in _VOWELS:
        rules += [("h" + vowel, "һ" + vowel), ("H" + vowel, "Һ" + vowel)]
        rules += [(vowel + "h", vowel + "һ")]
    return rules


_RULES = sorted(character_rules(), key=lambda rule: -len(rule[0]))


def repair(text: str) -> str:
    """NFC, the character rules above, single spaces."""
    text = unicodedata.normalize("NFC", text)
    for old, new in _RULES:
        if old in text:
            text = text.replace(old, new)
    return _SPACE.sub(" ", text).strip()


def key(text: str) -> str:
    """What two spellings of one sentence share: letters and digits in lower case."""
    return _NOT_WORD.sub(" ", text.lower().replace("ё", "е")).strip()


def good_pair(russian: str, other: str) -> bool:
    """Whether a pair looks like a translation of running text."""
    if not russian or not other or len(russian) > 320 or len(other) > 320:
        return False
    if _MARKUP.search(russian) or _MARKUP.search(other):
        return False
    if _ALLOWED.search(russian) or _ALLOWED.search(other):
        return False
    cyrillic = [sum("а" <= c <= "ё" or c in LETTERS for c in s.lower()) for s in (russian, other)]
    if min(cyrillic) < 1 or any(
        n < 0.5 * len(s) for n, s in zip(cyrillic, (russian, other), strict=True)
    ):
        return False
    if key(russian) == key(other) and len(russian.split()) > 2:
        return False
    longer, shorter = max(len(russian), len(other)), min(len(russian), len(other))
    return longer <= 2.2 * shorter + 12


def as_heard(text: str) -> str:
    """The sentence as a recognizer writes it: lower case, no punctuation."""
    return _SPACE.sub(" ", _STRIP.sub(" ", text.lower())).strip() or text


def with_typos(text: str, rng: random.Random) -> str:
    """One to three letters lost, doubled, swapped or replaced."""
    letters = list(text)
    for _ in range(1 + (len(letters) > 20) + (len(letters) > 60)):
        spots = [i for i, c in enumerate(letters[:-1]) if c.isalpha()]
        if len(spots) < 3:
            break
        spot = rng.choice(spots)
        kind = rng.randrange(4)
        if kind == 0:
            del letters[spot]
        elif kind == 1:
            letters[spot] = rng.choice(LETTERS)
        elif kind == 2:
            letters.insert(spot, letters[spot])
        else:
            letters[spot], letters[spot + 1] = letters[spot + 1], letters[spot]
    return "".join(letters)
