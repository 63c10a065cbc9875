"""Capitals and small letters as a language writes them, where Python's own tables are wrong.

Turkic languages in Latin letters have two i: İ is the capital of i, and I that of ı. Georgian has
no capitals: what Unicode calls its upper case, Mtavruli, is a type face for headlines, and most
fonts lack it. Rule: nothing that a person reads is cased with str.upper or str.title.
"""

_DOTTED = frozenset({"az", "crh", "gag", "tr", "kk-Latn", "tt-Latn"})  # SpecialCasing.txt, CLDR
_UPPER_I = str.maketrans({"i": "İ", "ı": "I"})
_LOWER_I = str.maketrans({"I": "ı", "İ": "i"})
_NO_MTAVRULI = {at: at - 0x1C90 + 0x10D0 for at in range(0x1C90, 0x1CC0)}


def upper(text: str, language: str) -> str:
    """Return the text in capitals; letters without capitals in use stay as they are."""
    if language in _DOTTED:
        text = text.translate(_UPPER_I)
    if language == "hy":
        text = text.replace("և", "ԵՎ")  # the spelling of Armenia; Unicode's own is the older ԵՒ
    return text.upper().translate(_NO_MTAVRULI)


def lower(text: str, language: str) -> str:
    """Return the text in small letters."""
    if language in _DOTTED:
        text = text.replace("I\u0307", "i").translate(_LOWER_I)
    return text.replace("İ", "i").lower()  # Python's own leaves a dot of its own behind the i
