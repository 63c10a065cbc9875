"""Texts in capitals, or with a capital to each word, as an ordinary sentence writes them.

Models learn from ordinary sentences and make nonsense of others. Rule: the case is taken off
before and put back afterwards; what an abbreviation is stays one.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from tolmach.language.casing import lower, upper

_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*")
_VOWELS = frozenset("аеёиоуыэюяәөүіїєaeiouyäöüıạӑӗӱӧ")
_SHORTEST = 2  # letters of a text
_WORDS = 3  # with a capital each: fewer may be a name
_ENDS = ".!?…"
# Written with vowels, and yet read letter by letter or as a name of their own.
_ABBREVIATIONS = frozenset(
    (
        *("ООН", "США", "ОАЭ", "ЕС", "ЕАЭС", "НАТО", "ОБСЕ", "МАГАТЭ", "ЮНЕСКО", "ФИФА", "УЕФА"),
        *("ЕГЭ", "ОГЭ", "ИНН", "ФИО", "ОМС", "УЗИ", "ЭКГ", "ЭЭГ", "ОРВИ", "ЭВМ", "ИИ", "ПО"),
        *("ИП", "АО", "ООО", "ОАО", "ЗАО", "ПАО", "АНО", "НКО", "УК", "ЦИК", "МИД", "ФАС"),
        *("ОВД", "РОВД", "УВД", "ГАИ", "ЗАГС", "СИЗО", "ЖЭК", "АЭС", "ГЭС", "ТЭЦ", "АЗС", "АТС"),
    )
)


class PlainCase(NamedTuple):
    """A text as an ordinary sentence has it, and how its translation is written again."""

    text: str
    restored: Callable[[str, str], str]  # a translation and its language -> the translation


def plain_case(text: str, language: str) -> PlainCase:
    """Return a text without capitals that say nothing; most texts have none and stay."""
    words = _WORD.findall(text)
    letters = "".join(words)
    if len(letters) >= _SHORTEST and letters.isupper() and _says_more(words):
        return PlainCase(_sentence(text, language), upper)
    if _is_title(words, text):
        return PlainCase(_sentence(text, language), _title)
    return PlainCase(text, lambda translation, _: translation)


def _says_more(words: list[str]) -> bool:
    """Whether a text in capitals is more than abbreviations."""
    return any(not _is_abbreviation(word) for word in words)


def _is_abbreviation(word: str) -> bool:
    """Whether a word in capitals is none that is pronounced."""
    if word in _ABBREVIATIONS:
        return True
    return len(word) <= 5 and len(word) > 1 and not _VOWELS.intersection(word.lower())


def _is_title(words: list[str], text: str) -> bool:
    """Whether each word has a capital, as headlines have it; a person's name looks the same."""
    if len(words) < _WORDS or not all(word[0].isupper() for word in words):
        return False
    common = sum(not word.isupper() for word in words)
    return common >= _WORDS and (len(words) > _WORDS or text.rstrip()[-1:] in _ENDS)


def _sentence(text: str, language: str) -> str:
    """Return the text in small letters but for its first one and for abbreviations."""
    is_first = True

    def small(match: re.Match[str]) -> str:
        nonlocal is_first
        word, begins = match[0], is_first
        is_first = False
        if word.isupper() and _is_abbreviation(word):
            return word
        plain = lower(word, language)
        return word[0] + plain[1:] if begins else plain

    return _WORD.sub(small, text)


def _title(text: str, language: str) -> str:
    return _WORD.sub(lambda word: upper(word[0][0], language) + word[0][1:], text)
