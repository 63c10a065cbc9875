"""What to doubt in a translation, without any model: losses that one can ask the speaker about.

Compared are the two texts alone. Rule: an alarm that is mostly false teaches people to look away,
so every test here was measured on translations that people made (docs/evaluation.md), and a
language gets a test of its own words only where that measurement allows it. Nothing flagged does
not mean that a translation is right.

A sentence at a time: of a whole page, one negation kept would hide another one lost.
"""

import re
from collections import Counter
from collections.abc import Iterator

from tolmach.core.translation import Flag
from tolmach.language import numerals
from tolmach.language.registry import own_table, registered
from tolmach.language.sentences import sentences
from tolmach.quality.names import lost_medicines, lost_names
from tolmach.quality.recognition_doubts import repeats_itself, wrong_script

_EVEN = 10  # characters added to both lengths: short texts differ more
_BOUNDS = (0.45, 2.2)  # of a pair that nobody measured
_ENOUGH, _HALF = 8, 0.5  # words: people leave so few of 2 sentences in a thousand
_WHOLE = 0.8  # of the length: fewer sentences in less than that are not only joined ones
_COPIED = 0.6  # of the words
_WORDS = 3  # fewer that are alike may be names and loans
_SMALL_WORD = re.compile(r"(?<![\w-])[^\W\d_A-ZА-ЯЁ][^\W\d_]{3,}")  # neither a name nor "и"
# Not a 1 beside a letter, it may be a palochka; not that of a name: "COVID-19".
_NUMBER = re.compile(
    r"(?!(?<=[^\W\d_])1(?!\d)|1[^\W\d_])(?<![^\W\d_][-–])(?<!\d)\d+(?:[ \u00a0\u202f.,:]\d+)*"
)
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")
_HALVES = re.compile(r"[.,]5(?!\d)|½")
_PLACES = re.compile(r"(?:[ \u00a0\u202f.,]?000)+$")
_CLOCK = re.compile(r"(?:1[3-9]|2[0-3])(?=[.:]\d\d\b|[ \u00a0]час)")
_ROMAN = re.compile(r"\b[IVXІХ]+\b")
_ROMAN_VALUES = {"I": 1, "І": 1, "V": 5, "X": 10, "Х": 10}
_NOTHING = r"(?!)"
_QUESTION = re.compile("[?؟՞⁇⁈]")


def doubts(text: str, translation: str, source: str, target: str) -> tuple[Flag, ...]:
    """Return what to ask the speaker about, the gravest first; () for nothing."""
    if not any(map(str.isalnum, text)):
        return ()
    flags = [
        *_numbers(text, translation, source, target),
        *_negation(text, translation, source, target),
        *_names(text, translation, source, target),
        *_shape(text, translation, source, target),
    ]
    if _QUESTION.search(text) and not _QUESTION.search(translation):
        flags.append(Flag("question-lost"))
    return tuple(flags)


def _names(text: str, translation: str, source: str, target: str) -> Iterator[Flag]:
    """Yield the medicines and names that were lost, where both languages write them alike."""
    if numerals.knows(source) and numerals.knows(target):
        yield from (Flag("medicine-lost", name) for name in lost_medicines(text, translation))
        yield from (Flag("name-lost", name) for name in lost_names(text, translation, source))


def _shape(text: str, translation: str, source: str, target: str) -> Iterator[Flag]:
    """Yield what is wrong with the letters and the length."""
    low, high = bounds(source, target)
    ratio = (len(translation) + _EVEN) / (len(text) + _EVEN)
    has_half = ratio < _WHOLE and _has_half(text, translation)
    if ratio < low or has_half or not any(map(str.isalnum, translation)):
        yield Flag("too-short")
    elif ratio < _WHOLE and len(sentences(translation, target)) < len(sentences(text, source)):
        yield Flag("sentence-lost")
    if ratio > high:
        yield Flag("too-long")
    if repeats_itself(translation) and not repeats_itself(text):
        yield Flag("repetition")
    if _untranslated(text, translation, source, target):
        yield Flag("untranslated")
    elif wrong_script(translation, _scripts(target)) and not wrong_script(text, _scripts(source)):
        yield Flag("wrong-script")


def _has_half(text: str, translation: str) -> bool:
    """Whether half the words of a sentence or fewer were translated."""
    words = len(text.split())
    return words >= _ENOUGH and len(translation.split()) <= _HALF * words


def bounds(source: str, target: str) -> tuple[float, float]:
    """Return how short and how long a translation may be, as a share of its source.

    Both lengths are in characters, ten added to each.
    """
    if source == "ru":
        low, high = own_table(target, "doubts").get("lengths", _BOUNDS)
        return low, high
    if target == "ru" and (lengths := own_table(source, "doubts").get("lengths")):
        low, high = lengths
        return 1 / high, 1 / low
    return _BOUNDS


def _untranslated(text: str, translation: str, source: str, target: str) -> bool:
    """Whether it says the same words; of languages that share many, all of them."""
    source_words = Counter(_SMALL_WORD.findall(text))
    target_words = Counter(_SMALL_WORD.findall(translation))
    same = (source_words & target_words).total()
    if same < _WORDS:
        return False
    if _are_alike(source, target) or _are_alike(target, source):
        return text.casefold() == translation.casefold()
    return same > _COPIED * target_words.total()


def _are_alike(language: str, neighbour: str) -> bool:
    return neighbour in own_table(language, "doubts").get("alike", ())


def _scripts(code: str) -> tuple[str, ...]:
    """Return the scripts of a language, () when it is not known here."""
    entry = registered(code)
    return entry.scripts if entry else ()


# Numbers ------------------------------------------------------------------------------------


def _numbers(text: str, translation: str, source: str, target: str) -> Iterator[Flag]:
    """Yield the numbers that one side has and the other side has in no form."""
    for number in _missing(text, translation, source, target):
        yield Flag("number-lost", number)
    for number in _missing(translation, text, target, source):
        yield Flag("number-added", number)


def _missing(text: str, other: str, language: str, other_language: str) -> Iterator[str]:
    """Yield each number of a text, as it stands there, that the other text does not have."""
    stated = _stated(other, other_language)
    yield from _missing_digits(text, other, set(stated), other_language)
    if numerals.knows(language) and numerals.knows(other_language):
        yield from _missing_words(text, language, stated)


def _missing_words(text: str, language: str, stated: Counter[float]) -> Iterator[str]:
    """Yield the numbers written in words; one that stands there once is not there twice."""
    for quantity in numerals.quantities(text, language):
        ways = map(Counter, quantity.ways)
        way = next((way for way in ways if way <= stated), None)
        if way is not None:
            stated -= way
        elif quantity.sure:
            yield text[quantity.start : quantity.end]


def _stated(text: str, language: str) -> Counter[float]:
    """Return the values that stand in a text, in digits and in words."""
    runs = [int(run) for run in re.findall(r"\d+", text)]
    runs += [int(hour) - 12 for hour in _CLOCK.findall(text)]
    grouped = (re.findall(r"\d+", number) for number in _NUMBER.findall(text))
    runs += [int("".join(groups)) for groups in grouped if len(groups) > 1]
    halves = [numerals.HALF] * len(_HALVES.findall(text))
    return Counter([*runs, *_romans(text), *halves]) + numerals.values(text, language)


def _missing_digits(
    text: str, other: str, stated: set[float], other_language: str
) -> Iterator[str]:
    """Yield the numbers written in digits."""
    plain = other.casefold()
    joined = {int(re.sub(r"\D", "", number)) for number in _NUMBER.findall(other)}
    words = own_table(other_language, "doubts").get("numbers", [])
    for number in _NUMBER.finditer(text):
        if int(re.sub(r"\D", "", number[0])) in joined:
            continue
        runs = re.findall(r"\d+", _PLACES.sub("", number[0]))  # "100 000" may be "100 thousand"
        if _DATE.fullmatch(number[0]):
            del runs[1]  # the month may have its name
        for run in runs:
            value = int(run)
            acceptable: set[float] = (
                {value, value - 12} if _CLOCK.match(text, number.start()) else {value}
            )
            if run == runs[-1] and _HALVES.search(number[0]):
                acceptable.add(numerals.HALF)
            if value and not acceptable & stated and not _spelled(acceptable, words, plain):
                yield number[0]
                break


def _spelled(values: set[float], words: list[str], text: str) -> bool:
    """Whether one of the numbers, up to ten, stands there as a word."""
    return any(
        re.search(rf"\b(?:{words[int(value) - 1]})", text)
        for value in values
        if 1 <= value <= len(words)
    )


def _romans(text: str) -> set[int]:
    values = set()
    for numeral in _ROMAN.findall(text):
        digits = [_ROMAN_VALUES[letter] for letter in numeral]
        pairs = zip(digits, [*digits[1:], 0], strict=True)
        values.add(sum(-value if value < after else value for value, after in pairs))
    return values


# Negation -----------------------------------------------------------------------------------


def _negation(text: str, translation: str, source: str, target: str) -> Iterator[Flag]:
    """Yield the doubt that a "not" of the source has no counterpart.

    Questions are left out: "не хотите ли" is no negation.
    """
    words, target_words = (
        own_table(code, "doubts").get("negation", {}) for code in (source, target)
    )
    surely, perhaps = words.get("surely", ""), target_words.get("perhaps", "")
    if not surely or not perhaps or _QUESTION.search(text):
        return
    ban = words.get("ban", _NOTHING)
    plain, translated = (
        re.sub(negation.get("never", _NOTHING), " ", side.casefold())
        for negation, side in ((words, text), (target_words, translation))
    )
    if re.search(f"{surely}|{ban}", plain) and not re.search(perhaps, translated):
        yield Flag("ban-lost") if re.search(ban, plain) else Flag("negation-lost")
