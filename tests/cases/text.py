"""Texts with what models spoil: each sign comes through, or the doubts name it."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.cases.media import Hearing
from tolmach.core import paths
from tolmach.core.translation import Translation
from tolmach.engines import table
from tolmach.formats.documents.opening import open_document
from tolmach.packs import manifest
from tolmach.pipeline.translation import TextTranslator

Check = Callable[[Path, Hearing], str]


@cache
def _translator() -> TextTranslator:
    pack = manifest.read(paths.bundled_packs() / "starter-ru-ba")
    return TextTranslator(table.protecting(pack, 1))


def _translate(text: str) -> Translation:
    return _translator().whole(text, "ru", "ba")


def _doubts(translation: Translation) -> list[str]:
    return [flag.detail or flag.code for part in translation.sentences for flag in part.doubts]


def _placeholders(path: Path, _: Hearing) -> str:
    """Each line says "Нажмите SIGN чтобы открыть файл."."""
    faults = []
    for line in path.read_text("utf-8").splitlines():
        sign = line.removeprefix("Нажмите ").removesuffix(" чтобы открыть файл.")
        translation = _translate(line)
        if sign not in translation.text and sign not in _doubts(translation):
            faults.append(f"{line!r} -> {translation.text!r}")
    return "; ".join(faults)


def _variants(path: Path, _: Hearing) -> str:
    """The first line of each group is ordinary, the others say the same in other signs."""
    faults, ordinary = [], ""
    for line in path.read_text("utf-8").splitlines():
        words = line.casefold().split()
        text = _translate(line).text
        if line.isupper():
            expected = ordinary.upper()
        elif sum(word[0].isupper() for word in line.split()) > 2:
            expected = ordinary.title()
        else:
            ordinary = expected = text if len(set(line) & set("\u00ad\u200b")) == 0 else ordinary
        if text != expected:
            faults.append(f"{words} -> {text!r}, not {expected!r}")
    return "; ".join(faults)


def _lines(path: Path, _: Hearing) -> str:
    """Capitals are as the ordinary sentence; emoji and what has no words are as they were."""
    capitals = ("ГДЕ НАХОДИТСЯ БЛИЖАЙШАЯ БОЛЬНИЦА?", "ВНИМАНИЕ! НЕ ВХОДИТЬ.")
    faults = []
    for line in path.read_text("utf-8").splitlines():
        translation = _translate(line)
        absent = [sign for sign in line if ord(sign) > 0x2100 and sign not in translation.text]
        unsaid = [sign for sign in absent if sign not in _doubts(translation)]
        if unsaid or (line in capitals and translation.text != _capitals(line)):
            faults.append(f"{line!r} -> {translation.text!r}")
        if line in ("👍👍🏿", "!!! ???", "—", "a^2 + b^2 = c^2") and translation.text != line:
            faults.append(f"{line!r} changed")
    return "; ".join(faults)


def _capitals(line: str) -> str:
    ordinary = " ".join(
        f"{part.strip().capitalize()}" for part in line.replace("! ", "!|").split("|")
    )
    return _translate(ordinary).text.upper()


def _unpunctuated(path: Path, _: Hearing) -> str:
    """Three hundred words without a mark: two thirds of as many, or a doubt."""
    text = path.read_text("utf-8").strip()
    translation = _translate(text)
    share = len(translation.text.split()) / len(text.split())
    is_told = "too-short" in _doubts(translation)
    return "" if share > 0.66 or is_told else f"{share:.2f} of the words"


def _accelerators(path: Path, _: Hearing) -> str:
    """The sign is there once, before a letter."""
    faults = []
    for unit in open_document(path).units:
        text = _translate(unit.text).text
        for sign in "&_":
            at = text.find(sign)
            if unit.text.count(sign) == 1 and (text.count(sign) != 1 or not text[at + 1].isalpha()):
                faults.append(f"{unit.text!r} -> {text!r}")
    return "; ".join(faults)


CHECKS: dict[str, Check] = {
    "text/placeholders.txt": _placeholders,
    "text/invisible.txt": _variants,
    "text/lines.txt": _lines,
    "text/no-punctuation.txt": _unpunctuated,
    "documents/accelerators.po": _accelerators,
}
