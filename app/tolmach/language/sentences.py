"""Text into sentences, and sentences into parts that a translator can take.

Rule: no letter is ever lost or moved. Joined by spaces, the result is the text with its white
space made single; tests/language/test_sentences.py proves it for random text. How often a sentence
is cut where it ends, and how often elsewhere, docs/sentences.md says for each language.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tolmach.language.registry import language as language_of
from tolmach.language.registry import registered

_CLOSING = "\"'»”“’‘)\\]"  # “ and ‘ close as „…“ and ‚…‘ do: right after a mark they never open
_OPENING = "\"'«„“‘‚([{*•—–- \t\n\u00a0"
# What is numbered so begins a sentence: "1.", "2.3.", "а.", "IV."
_LIST_MARK = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[IVX]{1,5})\.")
_INSIDE = r"(?<![\w'’‘ʻʼ/-])"  # not in the middle of yo‘q, сім'я, м/с, Super-G
_DOTTED = re.compile(rf"(?:(?:{_INSIDE}|(?<=\d-))[^\W\d_]+\.[ \u00a0]?){{1,4}}$")
# Letters of two signs are initials, too: Къ. Хетӕгкаты, Sh. Rashidov.
_INITIAL = re.compile(rf"{_INSIDE}(?:[^\W\d_][ъьӏӀ’‘ʻ']?|Дж|Дз|Вс|Ու|Sh|Ch)\.$")
# The rest of a date, a sum or a century: "1799 г.", "XIX в.", "5 тыс. руб.", "2021-ж."
_AFTER_NUMBER = re.compile(r"(?:\d|\b[IVXLC]+)[^\W\d]?[ \u00a0]*$|\d-$")
_CLAUSE = re.compile(r"(?:[,;:՝]|\s[—–-])\s+")
_SPACE = re.compile(r"\s+")
_MARK = re.compile(r"[^\w\s]")
_MOST_WORDS = 16  # without a mark between them: docs/sentences.md
_TITLES = ("dr.", "mr.", "mrs.", "prof.")  # in names, whatever the language
_ARMENIAN = re.compile(r"[\u0561-\u0587]\.$")


@dataclass(frozen=True, slots=True)
class _Rules:
    end: re.Pattern[str]  # marks, closing quotes or brackets, white space
    abbreviations: frozenset[str]  # in lower case, without spaces
    last: frozenset[str]  # those that may end a sentence, as a capital letter after them then shows


def sentences(text: str, language: str = "") -> list[str]:
    """Split a text into its sentences, without white space around them; [] for a blank text.

    The language is a BCP 47 code; of one that the registry lacks, and without one, the Russian
    and English abbreviations are known.
    """
    return [" ".join(text[start:end].split()) for start, end in places(text, language)]


def places(text: str, language: str = "") -> list[tuple[int, int]]:
    """Return where the sentences of a text stand in it: first character and the one after."""
    rules = _rules(language)
    cuts = [0]
    for mark in rules.end.finditer(text):
        if _ends(text[cuts[-1] : mark.end(1)], mark[0], text[mark.end() :], rules):
            cuts.append(mark.end())
    spans = []
    for start, end in pairwise([*cuts, len(text)]):
        part = text[start:end]
        if part.strip():
            spans.append((end - len(part.lstrip()), start + len(part.rstrip())))
    return spans


def parts(sentence: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a sentence until every part fits: near its middle, after a clause, else after a word.

    A single character is returned even if it does not fit. What goes on for long without a mark
    is several sentences that nobody parted; models lose half of it.
    """
    if len(sentence) < 2 or (fits(sentence) and not _runs_on(sentence)):
        return [sentence]
    cut = _cut(sentence)
    first, second = sentence[:cut].strip(), sentence[cut:].strip()
    return [part for half in (first, second) if half for part in parts(half, fits)]


def fitted(part: str, translation: str) -> str:
    """Return the translation of a part of a sentence with the beginning and end of the part.

    A full stop that the part lacks is taken off, and the first letter made as small or as capital
    as the part's: not i and I, which have other partners in Azerbaijani and Crimean Tatar, nor
    Georgian letters and abbreviations.
    """
    text = translation.strip()
    if text.endswith(".") and not text.endswith("..") and not part.rstrip().endswith("."):
        text = text[:-1]
    model, first, rest = part.lstrip()[:1], text[:1], text[1:]
    if first in "iIıİ" or rest[:1].isupper() or _is_georgian(first):
        return text
    if model.islower():
        return first.lower() + rest
    return first.upper() + rest if model.isupper() else text


@cache
def _rules(code: str) -> _Rules:
    entry = registered(code)
    entries = [entry] if entry else [language_of("ru"), language_of("en")]
    marks = "".join({"։", *(mark for entry in entries for mark in entry.sentence_marks)})
    return _Rules(
        re.compile(rf"([{re.escape(marks)}]+)[{_CLOSING}]*\s+"),
        frozenset(_TITLES).union(
            short.lower() for entry in entries for short in entry.abbreviations
        ),
        frozenset(short.lower() for entry in entries for short in entry.last_abbreviations),
    )


def _ends(sentence: str, mark: str, rest: str, rules: _Rules) -> bool:
    """Whether the sentence is over after the rest of the mark, too, given what follows."""
    following = rest.lstrip(_OPENING)[:1]
    if not following or _is_lower(following) or sentence.count("{{") > sentence.count("}}"):
        return False
    if mark.rstrip() not in (".", ".)", ".]") or sentence.endswith(".."):
        return True
    if _LIST_MARK.fullmatch(sentence.strip()) or _is_initial(sentence):
        return False
    if rest.startswith("«") and _ARMENIAN.search(sentence):  # their colon
        return False
    dotted = _DOTTED.search(sentence)
    short = _abbreviation(dotted[0], rules.abbreviations) if dotted else ""
    if not dotted or not short:
        return True
    last = short in rules.last or _AFTER_NUMBER.search(sentence[: dotted.start()])
    return bool(last) and following.isupper() and mark[1:2] not in (")", "]")


def _is_lower(letter: str) -> bool:
    """Whether a letter says that a sentence goes on. Georgian has no capitals to tell by."""
    return letter.islower() and not _is_georgian(letter)


def _is_georgian(letter: str) -> bool:
    return "\u10d0" <= letter <= "\u10ff"


def _is_initial(sentence: str) -> bool:
    initial = _INITIAL.search(sentence)
    return initial is not None and not _is_lower(initial[0][0])


def _abbreviation(dotted: str, abbreviations: frozenset[str]) -> str:
    """Return the longest abbreviation that dotted words end with, in lower case; "" if none."""
    words = dotted.lower().split(".")[:-1]
    endings = ("".join(f"{word.strip()}." for word in words[i:]) for i in range(len(words)))
    return next((ending for ending in endings if ending in abbreviations), "")


def _runs_on(sentence: str) -> bool:
    """Whether a sentence is a list of more, or has more words without a mark than one has."""
    if len(sentence.split()) <= _MOST_WORDS:
        return False
    stretches = _MARK.split(sentence)
    return sentence.count(";") > 1 or max(len(part.split()) for part in stretches) > _MOST_WORDS


def _cut(sentence: str) -> int:
    """Return where to cut: never 0 and never the end."""
    middle = len(sentence) // 2
    clauses = [mark.end() for mark in _CLAUSE.finditer(sentence)]
    clauses = [at for at in clauses if len(sentence) < 4 * at < 3 * len(sentence)]
    clauses = [at for at in clauses if sentence[:at].rstrip().endswith(";")] or clauses
    spaces = [mark.end() for mark in _SPACE.finditer(sentence.rstrip()) if mark.start()]
    return min(clauses or spaces or [middle], key=lambda at: abs(at - middle))
