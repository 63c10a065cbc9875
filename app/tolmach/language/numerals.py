"""Numbers written in words: which a text surely states, which it may hold.

The words are a language's table "numerals" (docs/languages.md). Rule: what may mean something else
("one" is also "a", a hundred in Bashkir is also a face) is never demanded of a translation, but
counts where it stands in one. Half and quarter are 0.5 and 0.25: "полтора" is 1 and 0.5, as 1,5 and
"бер ярым" are.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import TypeAlias

from tolmach.language.registry import own_table

HALF, QUARTER = 0.5, 0.25
_AND_HALF = 0.51  # of "year half", which is a year and a half

Values: TypeAlias = tuple[float, ...]

_WORD = r"[^\W\d_]+(?:'[^\W\d_]+)*"
_APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ‘’`´", "'") | {"ё": "е"})

_PARTS: Mapping[float, tuple[Values, ...]] = {
    HALF: ((HALF,), (30,), (6,), (500,)),  # of an hour, a year, a litre
    _AND_HALF: ((HALF,), (1, HALF)),
    QUARTER: ((QUARTER,), (15,), (25,), (3,), (4,)),  # of an hour, a century, a year; of four
}
_MINUTES: Mapping[float, float] = {HALF: 30, QUARTER: 15}
_NOON = 12
_NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text: any one of the `ways` says it."""

    start: int
    end: int
    ways: tuple[Values, ...]
    sure: bool  # whether the words can mean nothing else


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that says something of numbers. A scale multiplies what stands before it."""

    start: int
    end: int
    value: float
    scale: bool
    sure: bool
    closed: bool  # has an ending, so that no more belongs to the number


@dataclass(frozen=True, slots=True)
class _NumberWords:
    """The words of a language that say numbers, and those around them."""

    word: re.Pattern[str]  # any word; the group "half" is a prefix that means one
    number: re.Pattern[str]  # of one that says a number; groups are named by the value
    unless: re.Pattern[str]
    ten_goes_on: bool  # "ten two" is twelve
    joins: frozenset[str]
    to_words: frozenset[str]  # "without ten five": of minutes to the hour
    past: frozenset[str]


def knows(language: str) -> bool:
    """Whether there is a table of this language."""
    return bool(own_table(language, "numerals"))


def quantities(text: str, language: str) -> list[Quantity]:
    """Return the numbers that stand in a text as words; none where the language has no table."""
    if not knows(language):
        return []
    plain = "".join(map(_small, text)).translate(_APOSTROPHES)
    grammar = _grammar(language)
    numbers: list[Quantity] = []
    for number in _numbers(plain, grammar):
        previous = numbers.pop() if numbers else None
        numbers += _read_together(previous, number, plain, grammar) if previous else [number]
    return numbers


def values(text: str, language: str) -> Counter[float]:
    """Return every value that the words of a text may state, as often as they may.

    Of thousands also their number: "four or five thousand" may be 4000 or 5000.
    """
    counts: Counter[float] = Counter()
    for quantity in quantities(text, language):
        each: Counter[float] = Counter()
        for way in quantity.ways:
            each |= Counter(way) | Counter(
                value // 1000 for value in way if value and value % 1000 == 0
            )
        counts += each
    return counts


def _small(letter: str) -> str:
    low = letter.lower()
    return low if len(low) == 1 else letter


# Words into numbers ------------------------------------------------------------------------


def _numbers(text: str, grammar: _NumberWords) -> Iterator[Quantity]:
    """Yield numbers, halves and quarters in their order."""
    run: list[_Word] = []
    for word in _words(text, grammar):
        if run and not _goes_on(run, word, text, grammar):
            yield _with_time(_sum(run), run, text, grammar)
            run = []
        if word.value in _PARTS:
            letters = takewhile(str.isalpha, text[word.end :])
            end = word.end + sum(1 for _ in letters)  # all of "пол-литра"
            yield Quantity(word.start, end, _PARTS[word.value], word.sure)
        elif run or not (word.scale and re.search(r"\d\W?$", text[: word.start][-2:])):
            run.append(word)
    if run:
        yield _with_time(_sum(run), run, text, grammar)


def _words(text: str, grammar: _NumberWords) -> Iterator[_Word]:
    for match in grammar.word.finditer(text):
        if match["half"]:
            yield _Word(*match.span(), HALF, scale=False, sure=True, closed=False)
        elif reading := _reading(match[0], grammar):
            yield replace(reading, start=match.start(), end=match.end())


def _reading(word: str, grammar: _NumberWords) -> _Word | None:
    """Return what a word says of numbers, wherever it stands."""
    match = grammar.number.fullmatch(word)
    if match is None:
        return None
    groups = match.groupdict()
    ending = groups.pop("suffix", None)
    kind = next(name for name, matched in groups.items() if matched)
    sure = grammar.unless.fullmatch(word) is None
    value = float(kind[1:].replace("_", "."))
    return _Word(0, len(word), value, kind[0] == "s", sure, closed=bool(ending))


def _goes_on(run: list[_Word], word: _Word, text: str, grammar: _NumberWords) -> bool:
    """Whether a word belongs to the number before it."""
    last = run[-1]
    if last.closed or text[last.end : word.start].strip() or word.value in _PARTS:
        return False
    if word.value == 100 and word.scale:
        return last.value < 10 or (last.scale and last.value > 100)
    if word.scale:
        return not last.scale or word.value > last.value
    return word.value < _room(last, grammar)


def _room(word: _Word, grammar: _NumberWords) -> float:
    """Return what a number must be less than to be added to one that ends in this word."""
    if word.scale or word.value >= 100:
        return word.value if word.scale else 100
    tens = word.value >= 20 or (word.value == 10 and grammar.ten_goes_on)
    return 10 if tens else 0


def _sum(run: list[_Word]) -> Quantity:
    total = part = 0.0
    for word in run:
        if not word.scale:
            part += word.value
        elif word.value == 100:
            part = part * 100 or 100
        else:
            total += (part or 1) * word.value
            part = 0
    total += part
    sure = any(word.sure and not word.scale for word in run)
    whole = int(total)
    way: Values = (whole,) if whole == total else (whole, HALF)
    return Quantity(run[0].start, run[-1].end, (way,), sure)


# Numbers that say one thing together ----------------------------------------------------------


def _read_together(
    first: Quantity, second: Quantity, text: str, grammar: _NumberWords
) -> list[Quantity]:
    """Return two numbers that follow each other, as one or with more ways to say them.

    Times of the day ("half past four" is "half of the fifth" and 4:30) and decimals.
    """
    between = text[first.end : second.start]
    words = re.findall(_WORD, between)
    if len(words) > 1 or re.search(r"[^\w\s]", between):
        return [first, second]
    both = replace(first, end=second.end, sure=True)
    part, number, hour = _part(first), first.ways[0][0], second.ways[0][0]
    to_the_hour = not words and _follows(first, text, grammar.to_words)
    is_hour = _part(second) is None and 1 <= hour <= 2 * _NOON
    if is_hour and part and (not words or words[0] in grammar.past):
        minutes = _MINUTES[part]
        if to_the_hour:
            return [replace(both, ways=((hour, part), *_to_hour(hour, minutes)))]
        exact = ((hour - 1, minutes), (hour + _NOON - 1, minutes))
        return [replace(both, ways=((hour - 1, part), *exact, (hour, part)))]
    if not part and _part(second) == HALF and len(first.ways[0]) == 1:
        ways = ((number, HALF), (number, 30), (number + _NOON, 30))
        return [replace(both, ways=ways)]
    if is_hour and to_the_hour and number < 60:
        return [replace(both, ways=(*_to_hour(hour, number), (number + hour,)))]
    if is_hour and words and words[0] in grammar.past:
        return [first, replace(second, ways=((hour,), (hour - 1,), (hour + _NOON - 1,)))]
    if hour == 5 and words and words[0] in grammar.joins:
        return [first, replace(second, ways=((5,), (HALF,)))]
    return [first, second]


def _part(quantity: Quantity) -> float | None:
    """Return the half or the quarter that a quantity is."""
    part = next((part for part, ways in _PARTS.items() if quantity.ways == ways), None)
    return HALF if part == _AND_HALF else part


def _follows(quantity: Quantity, text: str, words: frozenset[str]) -> bool:
    word = re.search(rf"({_WORD})\s+$", text[max(0, quantity.start - 12) : quantity.start])
    return word is not None and word[1] in words


def _to_hour(hour: float, minutes: float) -> tuple[Values, ...]:
    """Return the ways to say the time so many minutes before an hour."""
    return (hour, minutes), (hour - 1, 60 - minutes), (hour + _NOON - 1, 60 - minutes)


def _with_time(number: Quantity, run: list[_Word], text: str, grammar: _NumberWords) -> Quantity:
    """Return "twenty five" after "without" also as twenty minutes to five."""
    is_time = len(run) == 2 and run[0].value < 60 and 1 <= run[1].value < 10
    if is_time and _follows(number, text, grammar.to_words):
        return replace(number, ways=(*number.ways, *_to_hour(run[1].value, run[0].value)))
    return number


# The tables -----------------------------------------------------------------------------------


@cache
def _grammar(language: str) -> _NumberWords:
    raw = own_table(language, "numerals")
    forms = {f"n{value}": words for value, words in raw["numbers"].items()}
    forms |= {f"s{value}": words for value, words in raw["scales"].items()}
    forms |= {"n0_5": raw["half"], "n0_25": raw["quarter"]}
    forms |= {"n1_5": raw.get("one_and_half", _NEVER), "n0_51": raw.get("and_half", _NEVER)}
    groups = "|".join(f"(?P<{name}>{words})" for name, words in forms.items())
    ending = f"(?P<suffix>{raw['suffix']})?" if "suffix" in raw else ""
    return _NumberWords(
        word=re.compile(rf"(?P<half>\b(?:{raw.get('halves', _NEVER)}))|{_WORD}"),
        number=re.compile(f"(?:{groups}){ending}".replace("@", raw.get("ordinal", ""))),
        unless=re.compile(raw["unless"]),
        ten_goes_on="suffix" in raw,
        joins=frozenset(raw["joins"]),
        to_words=frozenset(raw.get("before", ())),
        past=frozenset(raw.get("past", ())),
    )
