"""Apostrophes that are letters: those of Belarusian, Ukrainian and Uzbek.

A keyboard has one sign for quotation marks, for English 's and for these. Rule: a sign becomes a
letter only between letters that it can stand between, so O'Reilly, don't and 'цитата' stay.
Signs after CLDR: ʻ U+02BB in the letters oʻ and gʻ, ʼ U+02BC elsewhere.
"""

import re

SIGNS = "'’‘`´ʹ′＇ʻʼ"

BETWEEN = (  # letters of Belarusian and Ukrainian
    "(?<=[бвгґджзйклмнпрстфхцчшщўБВГҐДЖЗЙКЛМНПРСТФХЦЧШЩЎ])" + f"[{SIGNS}](?=[еёюяєіїЕЁЮЯЄІЇ])"
)
_LATIN = "A-Za-z\u00c0-\u024f"
UZBEK_WORD = f"[{_LATIN}]+(?:[{SIGNS}][{_LATIN}]+)+[{SIGNS}]?|[{_LATIN}]*[oOgG][{SIGNS}]"
_NO_SIGNS = str.maketrans("", "", SIGNS)
_NOT_UZBEK = re.compile("[wW]|[cC](?![hH])|[^\x00-\x7f]")
_NAME = re.compile(f"[A-Z][{SIGNS}][A-Z][a-z]")  # O'Reilly
_ENGLISH = re.compile(
    f"^[IY][{SIGNS}]|(?<![og])[{SIGNS}](?:s|t|re|ve|ll|d)$|(?<=g)[{SIGNS}]s$", re.IGNORECASE
)
_NAME_WITH_ENDING = re.compile(f"[{_LATIN}]{{5,}}[{SIGNS}](?:ga|da|dan|dagi|ni|ning|lar\\w*)$")
_LETTER = re.compile(f"(?<=[oOgG])[{SIGNS}](?=[{_LATIN}])")
_LAST = re.compile(f"(?<=[oOgG])[{SIGNS}]$")
_VOWEL, _CONSONANT = "aeiuAEIU", "b-dfhj-np-tv-zB-DFHJ-NP-TV-Z"  # without o and g
_TUTUQ = re.compile(
    f"(?<=[{_VOWEL}])[{SIGNS}](?=[a-zA-Z])|(?<=[a-zA-Z][{_CONSONANT}])[{SIGNS}](?=[{_VOWEL}oO])"
)
_QUOTED = re.compile("(?<!\\w)['‘]\\w")


def has_quotation(text: str) -> bool:
    """Whether something is quoted between such signs: a last one may belong to that."""
    return _QUOTED.search(text) is not None


def uzbek(word: str, *, quoted: bool) -> str:
    """Return a word of Uzbek with ʻ and ʼ; names and English words as they are."""
    bare = word.translate(_NO_SIGNS)
    if _NOT_UZBEK.search(bare) or _NAME.match(word) or _ENGLISH.search(word):
        return word
    if _NAME_WITH_ENDING.match(word) and word[0].isupper():
        return word
    word = _LETTER.sub("ʻ", word)
    if not quoted:
        word = _LAST.sub("ʻ", word)
    return _TUTUQ.sub("ʼ", word)
