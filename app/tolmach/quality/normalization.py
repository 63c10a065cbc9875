"""Text as error rates compare it: what one does not hear is made equal, what one hears is kept.

Whisper's own normaliser turns й into и and breaks words at combining marks and apostrophes, which
flatters some languages and punishes others. Rule: no letter of a language becomes another letter
of it. Both sides go through here; the result is for counting, never for showing.

Digits stay digits: "20" and "двадцать" differ, because how a number is read is the recognizer's
business. Only the ways to write the same digits are made one: "12 000" and "12000", "3.5" and
"3,5".
"""

import re
import unicodedata
from collections.abc import Mapping

from tolmach.language.casing import lower
from tolmach.language.registry import registered

_STRESS = re.compile("(?<=[аеёиоуыэюяАЕЁИОУЫЭЮЯәөүҮӘӨіїєІЇЄ])[\u0301\u0300]+")
_NOWHERE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u055b-\u055f]")  # stands inside words
_GROUPS = re.compile(r"(?<![\d.,])(\d{1,3})((?:[ \u00a0\u202f\u2009]\d{3})+)(?!\d)")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ`´ʹ′", "'") | dict.fromkeys("‐‑−", "-"))
_CYRILLIC = "\u0400-\u052f"
_STICK = "(?:[Il|іІӀ]|(?<![0-9])1(?![0-9]))"
_PALOCHKA = re.compile(f"(?<=[{_CYRILLIC}]){_STICK}+|{_STICK}+(?=[{_CYRILLIC}])")
_LETTER = "[^\\W_][\u0300-\u036f\u0483-\u0487]*"  # with the marks upon it
_CHUNK = re.compile(f"(?:{_LETTER})+")

# Latin letters that stand in Cyrillic words because a keyboard had no others, and the reverse.
_LOOKS = str.maketrans(
    "aăäæcçeĕəǝhiïjkoöɵpxyüÿűAĂÄÆBCÇEĔƏHIÏJKMOÖPTXYÜŸŰ",
    "аӑӓӕсҫеӗәәһіїјкоӧөрхуӱӱӱАӐӒӔВСҪЕӖӘНІЇЈКМОӦРТХУӰӰӰ",
)
_LOOKS_BACK = str.maketrans("асеәһіїјкорхуАВСЕНКМОРТХУ", "aceəhiïjkopxyABCEHKMOPTXY")
_QUOTES_AS_LETTERS = {"’": "'", "”": "”"}  # where a typed quote is meant so; also at words' ends


def normalise(text: str, language: str, *, fold_yo: bool = False) -> str:
    """Return the words of a text in small letters, single spaces between them.

    Kept: every letter, combining macrons, hyphens and apostrophes inside words. `fold_yo` makes ё
    equal to е; error rates are told both ways. Normalised again, the result stays.
    """
    normal = _normalised(text, language, fold_yo=fold_yo)
    while (again := _normalised(normal, language, fold_yo=fold_yo)) != normal:
        normal = again  # what one step leaves may concern an earlier one: it gets shorter each time
    return normal


def _normalised(text: str, language: str, *, fold_yo: bool) -> str:
    text = _NOWHERE.sub("", _STRESS.sub("", unicodedata.normalize("NFC", text)))
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    text = _POINT.sub(",", _GROUPS.sub(_joined, text))
    text = _palochkas(text, language)
    text = _CHUNK.sub(lambda chunk: _one_script(chunk[0], language), text)
    text = _palochkas(text, language)  # beside a letter that has only now become Cyrillic
    if _signs(language):
        text = text.replace('"', "”")
    text = unicodedata.normalize("NFC", lower(text, language))
    if fold_yo:
        text = text.replace("ё", "е")
    return " ".join(_word(language).findall(text))


def _joined(number: re.Match[str]) -> str:
    return number[1] + re.sub(r"\D", "", number[2])


def _palochkas(text: str, language: str) -> str:
    """Turn every way to type a palochka into one, also beside others that are none yet."""
    entry = registered(language)
    if entry is None or ("ӏ", "Ӏ") not in entry.letters:
        return text
    spelt = _PALOCHKA.sub(lambda signs: "ӏ" * len(signs[0]), text)
    return spelt if spelt == text else _palochkas(spelt, language)


def _one_script(word: str, language: str) -> str:
    """Turn the few letters of the other script into what they look like."""
    cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in word)
    latin = sum(letter < "\u02b0" and letter.isalpha() for letter in word)
    if not cyrillic or not latin:
        return word
    if cyrillic < latin:
        return word.translate(_LOOKS_BACK)
    word = word.translate(_LOOKS)
    right = _lookalikes(language).get("ӱ", "ӱ")  # in Chuvash ÿ is typed for ӳ
    return word.replace("ӱ", right).replace("Ӱ", right.upper())


def _lookalikes(language: str) -> Mapping[str, str]:
    entry = registered(language)
    return entry.lookalikes if entry else {}


def _signs(language: str) -> str:
    """Return the signs that are letters of a language, as they are written here."""
    letters = _lookalikes(language).values()
    return "".join(sign for quote, sign in _QUOTES_AS_LETTERS.items() if quote in letters)


def _word(language: str) -> re.Pattern[str]:
    """Return what a word is: letters, with signs between them that do not part them."""
    signs = _signs(language)
    ends = f"[{signs}]*" if signs else ""
    return re.compile(f"(?:{_LETTER})+(?:(?:[-'{signs}]+|(?<=\\d),(?=\\d))(?:{_LETTER})+)*{ends}")
