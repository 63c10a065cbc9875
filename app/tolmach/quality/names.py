"""Names and medicines that a text has and its translation has lost.

Both stay much the same from language to language, so they are looked for by their letters, in any
case and script. Rule: many names have a name of their own elsewhere (Уфа is Өфө), and news are full
of institutions. So a capitalised word counts as lost only in what one says at a time, and only
when the translation has too few capitalised words to have it in another form.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from rapidfuzz import fuzz

from tolmach.core.paths import resources
from tolmach.language.registry import own_table

MOST = 12  # words: of longer texts more than one in a hundred would be a false alarm
_SHORTEST = 4  # letters
_ALIKE = 70.0  # of 100: names are written as they sound
_SAME = 85.0  # what half a medicine's name is may be another one
_WORD = re.compile(r"[^\W\d_]+(?:[-'’ʻʼ][^\W\d_]+)*")
_OPENING = ' \u00a0«"“„(—–-'
_ENDS = '.!?:;…\n»"”'
_PAIRS = (("sh", "ш"), ("ch", "ч"), ("ts", "ц"), ("yu", "ю"), ("ya", "я"), ("yo", "е"))
_LETTERS = str.maketrans(
    "әөүұҡқғҙҫңһҗіїєўёҳйыэґabcdefghijklmnopqrstuvwxyz",
    "аоуукк" "гзснхжииеуех" "ииег" "абцдефгхижклмнопкрстуввхиз",
)  # fmt: skip


def lost_names(text: str, translation: str, language: str) -> Iterator[str]:
    """Yield the names inside a text, as they stand there, that its translation lacks."""
    usual = _usual(language)
    if len(_WORD.findall(text)) > MOST:
        return
    names = [name for name in _capitalised(text) if _is_name(name, usual)]
    lacking = [name for name in names if not _stands(name, translation)]
    others = len(list(_capitalised(translation))) - (len(names) - len(lacking))
    if others < len(lacking):
        yield from lacking


def lost_medicines(text: str, translation: str) -> Iterator[str]:
    """Yield the medicines of a text, as they stand there, that its translation lacks."""
    medicines = _medicines()
    for word in _WORD.findall(text):
        if medicines.fullmatch(_folded(word)) and not _stands(word, translation, _SAME):
            yield word


def _capitalised(text: str) -> Iterator[str]:
    """Yield the capitalised words of a text but for those that begin a sentence or a quotation."""
    for match in _WORD.finditer(text):
        before = text[: match.start()].rstrip(_OPENING)
        quoted = text[: match.start()].endswith(("«", '"', "“", "„"))
        if match[0][0].isupper() and before and before[-1] not in _ENDS and not quoted:
            yield match[0]


def _is_name(word: str, usual: re.Pattern[str]) -> bool:
    return len(word) >= _SHORTEST and word[1:].islower() and not usual.match(word.lower())


def _stands(word: str, text: str, alike: float = _ALIKE) -> bool:
    """Whether a word stands in a text, in whatever spelling and with whatever ending."""
    folded = _folded(word)
    stem = folded[: max(3, len(folded) - 2)] if len(folded) > _SHORTEST else folded[:3]
    size = len(stem)
    return any(
        fuzz.ratio(stem, other[:size]) >= alike or fuzz.ratio(stem, other[: size + 1]) > alike
        for other in map(_folded, _WORD.findall(text))
    )


def _folded(word: str) -> str:
    """Return a word in the letters that all these languages share."""
    word = word.lower()
    for digraph, letter in _PAIRS:
        word = word.replace(digraph, letter)
    return word.translate(_LETTERS)


@cache
def _usual(language: str) -> re.Pattern[str]:
    return re.compile(
        "|".join([*_shared()["usual"], *own_table(language, "doubts").get("usual", ())])
    )


@cache
def _medicines() -> re.Pattern[str]:
    beginnings, stems = ("|".join(_shared()[kind]) for kind in ("medicines", "stems"))
    return re.compile(rf"(?:{beginnings})\w*|\w+(?:{stems})\w{{0,4}}")


@cache
def _shared() -> Mapping[str, list[str]]:
    """Return what is in resources/names.json: of whatever language."""
    lists: Mapping[str, list[str]] = json.loads((resources() / "names.json").read_text("utf-8"))
    return lists
