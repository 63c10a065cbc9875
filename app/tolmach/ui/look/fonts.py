"""A font that has every letter of the languages spoken: ҡ, ҙ and ң are missing from many."""

import logging
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QRawFont, QTextLayout

from tolmach.controllers.notices import Gravity, Notices
from tolmach.core import own_font
from tolmach.language.registry import Language, languages

log = logging.getLogger(__name__)

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_GOOD = ("Noto Sans", "Inter", "PT Sans", "Segoe UI", "DejaVu Sans", "Liberation Sans", "Arial")


def load_own() -> bool:
    """Load the font that comes with the program; tell whether it can be used."""
    loaded = [_load(path) for path in own_font.files()]
    if not loaded or -1 in loaded:
        log.info("the program's own font is missing: %s", own_font.PACKAGE)
        return False
    return True


def _load(path: Path) -> int:
    """Load a font file; -1 if it cannot be.

    WORKAROUND(PySide6 6.11): on Windows, FreeType opens a file by its name in the code page of the
    system, in which a folder's name may not exist; only the content then has no name.
    """
    if sys.platform == "win32":
        return QFontDatabase.addApplicationFontFromData(path.read_bytes())
    return QFontDatabase.addApplicationFont(str(path))


def letters(languages: Iterable[Language]) -> str:
    """Return the letters that these languages need."""
    own = (letter for language in languages for pair in language.letters for letter in pair)
    return _RUSSIAN + "".join("".join(own))


def missing(family: str, needed: str) -> str:
    """Return those of the wanted letters that the family cannot draw."""
    font = QRawFont.fromFont(QFont(family))
    return "".join(
        letter for letter in needed if not all(font.supportsCharacter(ord(c)) for c in letter)
    )


def undrawn(family: str, needed: str) -> str:
    """Return those of the wanted letters that no font at hand draws in this one's place, either."""
    return "".join(letter for letter in missing(family, needed) if not _drawn(letter, family))


def reading_family(preferred: str, needed: str) -> tuple[str, str]:
    """Return the family to read in and the letters that no font at hand draws.

    The preferred family wins while it draws everything; a mixture of fonts within one word is
    hard on old eyes.
    """
    installed = set(QFontDatabase.families())
    candidates = [preferred, *(family for family in _GOOD if family in installed)]
    lacking = {family: missing(family, needed) for family in candidates}
    best = min(candidates, key=lambda family: len(lacking[family]))
    return best, undrawn(best, lacking[best])


def family_for(codes: Collection[str], preferred: str, notices: Notices) -> str:
    """Return the family to read these languages in; a notice names letters that no font draws."""
    needed = letters(entry for entry in languages() if entry.code in codes)
    family, lacking = reading_family(preferred, needed)
    if lacking:
        notices.show("letters-missing", {"letters": " ".join(lacking)}, Gravity.WARNING)
    else:
        notices.withdraw("letters-missing")
    return family


def _drawn(letter: str, family: str) -> bool:
    layout = QTextLayout(letter, QFont(family))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(index for run in layout.glyphRuns() for index in run.glyphIndexes())
