"""Whether a word is a form of another: a stem and a chain of suffixes.

A language's grammar is its table "suffixes" (docs/languages.md): slots in their order, letters that
follow the vowels and consonants before them, and what a stem's end turns into. Adding one is that
file and a golden list. A language without knows a word only as it is written.

Rule: a grammar inflects, it does not derive. A plural with a case is the word itself; "bookseller"
is not a form of "book".
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tolmach.language.casing import lower
from tolmach.language.registry import own_table

_CHANGED = "~"  # after a changed stem in a key; alone, and with the number of the change
_LONGEST_STEM = 64  # letters; a text without a single space must not cost its length squared
_UNSEEN = re.compile("[\u0300\u0301\u00ad՛՜՞]")  # stress, soft hyphen, Armenian marks inside words
_APOSTROPHES = str.maketrans("'‘ʻʼ`", "’’’’’")
_LETTER = r"[^\W_]"
_INSIDE = rf"(?:{_LETTER}|[\u0300-\u036f\u00ad՛՜՞]|['’ʼʻ‘`](?={_LETTER}))"
WORD = re.compile(rf"{_LETTER}{_INSIDE}*(?:[-\u2010\u2011]{_LETTER}{_INSIDE}*)*")


@dataclass(frozen=True, slots=True)
class _Change:
    """What the end of a stem turns into before certain suffixes."""

    end: re.Pattern[str]
    becomes: str
    suffix: re.Pattern[str]  # what the suffixes as written must begin with
    restored: tuple[str, str]  # in place of that: letters of the stem, letters of the suffixes


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The suffixes of a language; patterns match what follows a stem, to the word's end."""

    hard: re.Pattern[str]
    soft: re.Pattern[str]
    hard_vowels: str
    soft_vowels: str
    vowels: str
    changes: tuple[_Change, ...]
    same: Mapping[int, str]  # look-alikes -> the letter meant


def fold(word: str, language: str) -> str:
    """Return the word as it is compared: composed, small letters, ё as е, without stress marks."""
    word = unicodedata.normalize("NFC", word)
    word = lower(_UNSEEN.sub("", word), language).translate(_APOSTROPHES)
    word = word.replace("ё", "е").replace("\u2010", "-").replace("\u2011", "-")
    grammar = _grammar_of(language)
    return word.translate(grammar.same) if grammar else word


def keys(word: str, language: str) -> list[str]:
    """Return under what to keep a folded word so that `matches` finds it by any of its forms."""
    grammar = _grammar_of(language)
    changed = [
        (stem, number)
        for number, change in enumerate(grammar.changes if grammar else ())
        if (stem := change.end.sub(change.becomes, word, count=1)) != word and stem
    ]
    marks = dict.fromkeys(f"{stem}{_CHANGED}" for stem, _ in changed)
    return [word, *marks, *(f"{stem}{_CHANGED}{number}" for stem, number in changed)]


def matches(word: str, language: str, terms: Container[str]) -> Iterator[tuple[str, int]]:
    """Yield the known keys of which a folded word is a form, each with the length of its stem.

    Asks `known` twice for each beginning of the word, however many it holds, and about changes
    only where one is kept.
    """
    grammar = _grammar_of(language)
    if grammar is None:
        if word in terms:
            yield word, len(word)
        return
    for end in (len(word), *range(min(len(word) - 1, _LONGEST_STEM), 0, -1)):
        stem = word[:end]
        if stem in terms and _follows(grammar, word, end):
            yield stem, end
        for number, change in enumerate(grammar.changes if stem + _CHANGED in terms else ()):
            key = f"{stem}{_CHANGED}{number}"
            if key in terms and _follows_changed(grammar, change, stem, word[end:]):
                yield key, end


def _follows(grammar: _Grammar, word: str, end: int) -> bool:
    """Whether the word from `end` on is nothing or a chain of suffixes that suits the stem."""
    if end == len(word):
        return True
    decisive = next((c for c in reversed(word[:end]) if c in grammar.vowels), "")
    if word[end - 1] == "ь" or decisive not in grammar.hard_vowels + grammar.soft_vowels:
        decisive = ""  # loan words take either
    hard = decisive in grammar.hard_vowels and grammar.hard.fullmatch(word, end)
    soft = decisive in grammar.soft_vowels and grammar.soft.fullmatch(word, end)
    return bool(hard or soft)


def _follows_changed(grammar: _Grammar, change: _Change, stem: str, rest: str) -> bool:
    begins = change.suffix.match(rest)
    if begins is None:
        return False
    stem_end, suffix_begin = change.restored
    if suffix_begin:
        rest = suffix_begin + rest[begins.end() :]
    return _follows(grammar, stem + stem_end + rest, len(stem + stem_end))


@cache
def _grammar_of(language: str) -> _Grammar | None:
    """Return the grammar of a language; each is compiled when it is first needed.

    The table comes with the program, so a wrong one is a defect, not an error.
    """
    table = own_table(language, "suffixes")
    match table:
        case {
            "vowels": str(vowels),
            "signs": dict(signs),
            "slots": dict(slots),
            "chain": str(chain),
            "changes": list(changes),
            **rest,
        }:
            joined = {name: f"(?:{'|'.join(suffixes)})" for name, suffixes in slots.items()}
            # Names of slots are put in before signs: both are letters of a pattern.
            pattern = re.sub("[a-z]+", lambda slot: joined[slot[0]], chain)
            pattern = pattern.replace(" ", "").replace("ё", "е")
            hard, soft = (re.compile(_spelled(pattern, signs, side)) for side in (0, 1))
            return _Grammar(
                hard=hard,
                soft=soft,
                hard_vowels=str(rest.get("hard", "")),
                soft_vowels=str(rest.get("soft", "")),
                vowels=vowels,
                changes=tuple(_change(*change) for change in changes),
                same=str.maketrans(dict(rest.get("same") or {})),
            )
    if table:
        raise ValueError("suffixes.json: bad entry")
    return None


def _spelled(pattern: str, signs: Mapping[str, object], side: int) -> str:
    """Put letters for the capital signs: 0 those of hard words, 1 those of soft ones."""

    def letters(sign: re.Match[str]) -> str:
        match signs[sign[0]]:
            case str(preceding):  # no letter: what must stand before the suffix
                return f"(?<=[{preceding}])"
            case [str(), str()] as sides:
                return f"[{sides[side]}]"
            case dict(choices):  # letter -> what it may follow
                spelled = (f"(?<=[{preceding}]){letter}" for letter, preceding in choices.items())
                return f"(?:{'|'.join(_spelled(choice, signs, side) for choice in spelled)})"
        raise ValueError(f"suffixes.json: bad sign {sign[0]}")

    return re.sub("[A-Z]", letters, pattern)


def _change(end: str, becomes: str, suffix: str, restored: str = "") -> _Change:
    stem_end, _, suffix_begin = restored.partition("+")
    return _Change(re.compile(end), becomes, re.compile(suffix), (stem_end, suffix_begin))
