"""Capitals and small letters as a language writes them, where Python's own tables are wrong.

Turkic languages in Latin letters have two i: İ is the capital of i, and I that of ı. Georgian has
no capitals: what Unicode calls its upper case, Mtavruli, is a type face for headlines, and most
fonts lack it. What differs is read off the letters of the registry; of a language with two
scripts, those of the main one unless the code names the other ("tt-Latn"). Rule: nothing that a
person reads is cased with str.upper or str.title.
"""

from functools import cache

from tolmach.language.registry import Letter, registered

_TWO_I: tuple[Letter, ...] = (("i", "İ"), ("ı", "I"))
_UNREGISTERED = dict.fromkeys(("gag", "tr"), _TWO_I)  # Gagauz, Turkish: SpecialCasing.txt, CLDR
_NO_MTAVRULI = {at: at - 0x1C90 + 0x10D0 for at in range(0x1C90, 0x1CC0)}


def upper(text: str, language: str) -> str:
    """Return the text in capitals; letters without capitals in use stay as they are."""
    return text.translate(_capitals(language)).upper().translate(_NO_MTAVRULI)


def lower(text: str, language: str) -> str:
    """Return the text in small letters."""
    small = _small(language)
    if small:
        text = text.replace("I\u0307", "i").translate(small)
    return text.replace("İ", "i").lower()  # Python's own leaves a dot of its own behind the i


@cache
def _capitals(language: str) -> dict[int, str]:
    """Return the capitals that Python has wrong: of two i, and Armenia's ԵՎ of և for the old ԵՒ."""
    pairs = ((small, capital.upper()) for small, capital in _letters(language) if len(small) == 1)
    return str.maketrans({small: capital for small, capital in pairs if small.upper() != capital})


@cache
def _small(language: str) -> dict[int, str]:
    single = ((small, capital) for small, capital in _letters(language) if len(capital) == 1)
    return str.maketrans({capital: small for small, capital in single if capital.lower() != small})


def _letters(language: str) -> tuple[Letter, ...]:
    base, _, script = language.partition("-")
    entry = registered(base)
    if entry is None:
        return _UNREGISTERED.get(base, ())
    return entry.letters_of(script or entry.script)
