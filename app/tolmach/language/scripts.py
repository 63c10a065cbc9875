"""Which script a character is written in, after Unicode's blocks.

Rule: only letters that somebody writes today have a script. Letters of chronicles, phonetics and
mathematics are "Zzzz" even where Unicode calls them Latin or Cyrillic: they lie among the letters
of other scripts, and a guard that let them in would let those in, too.
"""

import unicodedata
from bisect import bisect
from collections.abc import Collection
from functools import cache

COMMON = "Zyyy"  # digits, signs, spaces, accents: of every script
UNKNOWN = "Zzzz"  # letters of a script that is not listed here, and what is no character

_BLOCKS = (  # first and last code point, ISO 15924; in order
    (0x0041, 0x007A, "Latn"),
    (0x00AA, 0x02AF, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0531, 0x058F, "Armn"),
    (0x0591, 0x05F4, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1C90, 0x1CBF, "Geor"),
    (0x2D00, 0x2D2F, "Geor"),
    (0x3041, 0x309F, "Hira"),
    (0x30A1, 0x30FF, "Kana"),
    (0x3131, 0x318F, "Hang"),
    (0x3400, 0x9FFF, "Hani"),
    (0xAC00, 0xD7FF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB13, 0xFB17, "Armn"),
    (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFE, "Arab"),
    (0x20000, 0x3FFFF, "Hani"),
)
_FIRSTS = [first for first, _, _ in _BLOCKS]
_ANYWHERE = ("COMBINING ", "MODIFIER ", "VARIATION ")  # marks and letters beside any letter


@cache
def script_of(character: str) -> str:
    """Return the ISO 15924 code of a character's script, COMMON or UNKNOWN."""
    kind = unicodedata.category(character)
    if kind in ("Cn", "Co", "Cs"):  # no character, and none whose look is known
        return UNKNOWN
    if kind[0] not in "LM" or unicodedata.name(character, "").startswith(_ANYWHERE):
        return COMMON
    place = bisect(_FIRSTS, ord(character)) - 1
    if place >= 0 and ord(character) <= _BLOCKS[place][1]:
        return _BLOCKS[place][2]
    return UNKNOWN


def lie_between(scripts: Collection[str], first: int, last: int) -> bool:
    """Whether a letter of one of these scripts has a code point from `first` to `last`."""
    return any(
        script in scripts and begin <= last and first <= end for begin, end, script in _BLOCKS
    )
