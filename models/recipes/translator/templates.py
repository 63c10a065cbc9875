"""Sentence patterns with lists of words: numbers, doses, times, names, what is forbidden.

The collected texts hold news and tales; a doctor's number words, doses and "нельзя" hardly occur
in them. `templates.tsv` holds patterns and lists, written for this recipe; every pattern is filled
with some of its combinations, the same ones in every run.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from pathlib import Path

from .text import Pair, repair

TEMPLATES = Path(__file__).with_name("templates.tsv")
FILLINGS, DIGITS = 60, 0.3
_SLOT = re.compile(r"\{(\w+)(?:\.(\d))?((?: \w+){3})?\}")
_FEMININE = {"один": "одну", "два": "две"}

Entry = tuple[list[str], list[str]]


def cardinal(number: int, side: int, lists: dict[str, list[Entry]]) -> str:
    """The words of a number from 1 to 999, Russian or Bashkir."""
    rest = number % 100
    places = [("hundreds", number // 100)]
    places += [("tens", rest // 10 - 1), ("small", rest % 10)] if rest >= 20 else [("small", rest)]
    return " ".join(lists[name][place - 1][side][0] for name, place in places if place)


def accusative(words: str) -> str:
    """A Russian number before a feminine noun in the accusative."""
    *head, last = words.split()
    return " ".join([*head, _FEMININE.get(last, last)])


def noun_form(number: int) -> int:
    """Which of "год, года, лет" a number asks for."""
    last, teens = number % 10, number % 100 in range(11, 15)
    return 0 if last == 1 and not teens else 1 if last in (2, 3, 4) and not teens else 2


def read(path: Path = TEMPLATES) -> tuple[list[tuple[str, str]], dict[str, list[Entry]]]:
    """The patterns and the lists of a file."""
    patterns: list[tuple[str, str]] = []
    lists: dict[str, list[Entry]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            name, russian, bashkir = line[1:].split("\t")
            lists[name].append((russian.split("|"), bashkir.split("|")))
        elif line and not line.startswith("#"):
            russian, bashkir = line.split("\t")
            patterns.append((russian, bashkir))
    return patterns, lists


def _some_number(rng: random.Random) -> int:
    """Small numbers more often than large ones."""
    return rng.randint(1, rng.choice((12, 40, 99, 999)))


def fill(pattern: tuple[str, str], lists: dict[str, list[Entry]], rng: random.Random) -> Pair:
    """One sentence pair of a pattern."""
    chosen = {name: rng.choice(entries) for name, entries in lists.items()}
    number, digits = _some_number(rng), rng.random() < DIGITS

    def word(slot: re.Match[str], side: int) -> str:
        name, form, nouns = slot[1], int(slot[2] or 0), slot[3]
        if name not in ("n", "f"):
            return chosen[name][side][form]
        count = str(number) if digits else cardinal(number, side, lists)
        if not nouns:
            return count
        if name == "f":
            count = accusative(count)
        return f"{count} {nouns.split()[noun_form(number)]}"

    sides = [
        _SLOT.sub(lambda slot, side=side: word(slot, side), text)  # type: ignore[misc]
        for side, text in enumerate(pattern)
    ]
    if pattern[0][-1] in ".?!":
        sides = [side[0].upper() + side[1:] for side in sides]
    return Pair(repair(sides[0]), repair(sides[1]), "ba", "templates")


def pairs(path: Path = TEMPLATES) -> list[Pair]:
    """The fillings of every pattern, each once."""
    patterns, lists = read(path)
    fillings: dict[Pair, None] = {}
    for pattern in patterns:
        rng = random.Random(pattern[0])
        fillings |= dict.fromkeys(fill(pattern, lists, rng) for _ in range(FILLINGS))
    return list(fillings)
