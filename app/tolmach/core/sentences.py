"""Text into sentences, and sentences into parts that a translator can take.

Rule: no letter is ever lost or moved. Joined by spaces, the result is the text with its white
space made single; tests/core/test_sentences.py proves it for random text.
"""

import re
from collections.abc import Callable

# The end of a sentence: marks, closing quotes or brackets, white space; then something that can
# begin one. Georgian and Armenian have rules of their own that issue 4 adds.
_END = re.compile(r"[.!?…։]+[\"'»”’)\]]*\s+(?=[\"'«„“‘(\[]*[^\W_]|[—–-]\s)")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.\s*$")
_OPENING = "\"'«„“‘([—–- "
# A dot after one of these rarely ends a sentence.
_ABBREVIATION = re.compile(
    "[А-ЯЁA-Z]|г|гг|в|вв|д|т|п|ч|р|ул|им|пр|просп|пер|обл|респ|проф|акад|доц|см|ср|рис|табл|стр|"
    "гл|тыс|млн|млрд|руб|коп|др|напр|тел|Dr|Mr|Mrs|Ms|Prof|St|vs|etc"
)
_CLAUSE = re.compile(r"(?:[,;:]|\s[—–-])\s+")
_SPACE = re.compile(r"\s+")


def sentences(text: str) -> list[str]:
    """Split a text into its sentences, without white space around them; [] for a blank text."""
    found, begin = [], 0
    for mark in _END.finditer(text):
        if _ends(
            text[max(begin, mark.start() - 8) : mark.end()], text[mark.end() :].lstrip(_OPENING)[:1]
        ):
            found.append(text[begin : mark.end()])
            begin = mark.end()
    found.append(text[begin:])
    return [sentence for part in found if (sentence := " ".join(part.split()))]


def parts(sentence: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a sentence until every part fits: near its middle, after a clause, else after a word.

    A single character is returned even if it does not fit.
    """
    if len(sentence) < 2 or fits(sentence):
        return [sentence]
    cut = _cut(sentence)
    left, right = sentence[:cut].strip(), sentence[cut:].strip()
    return [part for half in (left, right) if half for part in parts(half, fits)]


def _ends(before: str, next_letter: str) -> bool:
    """Whether a sentence that stops like this is over when the next one would begin like that."""
    if next_letter.islower():
        return False
    word = _LAST_WORD.search(before)
    return word is None or _ABBREVIATION.fullmatch(word[1]) is None


def _cut(sentence: str) -> int:
    """Return where to cut: never 0 and never the end."""
    middle = len(sentence) // 2
    clauses = [mark.end() for mark in _CLAUSE.finditer(sentence)]
    clauses = [at for at in clauses if len(sentence) < 4 * at < 3 * len(sentence)]
    spaces = [mark.end() for mark in _SPACE.finditer(sentence.rstrip()) if mark.start()]
    return min(clauses or spaces or [middle], key=lambda at: abs(at - middle))
