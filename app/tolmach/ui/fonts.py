"""A font that has every letter of the languages spoken: ҡ, ҙ and ң are missing from many."""

from collections.abc import Iterable

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from tolmach.core.language import Language

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_GOOD = ("Noto Sans", "Inter", "PT Sans", "Segoe UI", "DejaVu Sans", "Liberation Sans", "Arial")


def letters(languages: Iterable[Language]) -> str:
    """Return the letters that these languages need."""
    own = (letter for language in languages for pair in language.letters for letter in pair)
    return _RUSSIAN + "".join("".join(own))


def missing(family: str, wanted: str) -> str:
    """Return those of the wanted letters that the family cannot draw."""
    font = QRawFont.fromFont(QFont(family))
    return "".join(
        letter for letter in wanted if not all(font.supportsCharacter(ord(c)) for c in letter)
    )


def reading_family(preferred: str, wanted: str) -> tuple[str, str]:
    """Return the family to read in and the letters that even this one lacks.

    The preferred family wins while it draws everything; a mixture of fonts within one word is
    hard on old eyes.
    """
    installed = set(QFontDatabase.families())
    candidates = [preferred, *(family for family in _GOOD if family in installed)]
    lacking = {family: missing(family, wanted) for family in candidates}
    best = min(candidates, key=lambda family: len(lacking[family]))
    return best, lacking[best]
