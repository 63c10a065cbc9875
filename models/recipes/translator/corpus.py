"""Sentence pairs: reading, cleaning, and the split by a stable hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from . import templates
from .text import Pair, good_pair, key, repair

EVERYDAY_SOURCES = {"AigizK:tmx", "AigizK:tatoeba"}
PROVERB_SOURCES = {"AigizK:pearls"}
INTERFACE_SOURCES = {"translatewiki", "app-strings", "common-voice-l10n"}
PHRASES = Path(__file__).with_name("phrases.tsv")
DEV, TEST, SLICE = 300, 500, 500


@dataclass
class Corpus:
    """Training pairs by kind, and what was held out."""

    train: dict[str, list[Pair]] = field(default_factory=dict)
    dev: list[Pair] = field(default_factory=list)
    test: list[Pair] = field(default_factory=list)
    general: list[Pair] = field(default_factory=list)
    phrases: list[Pair] = field(default_factory=list)
    doctor: list[Pair] = field(default_factory=list)


def _kind(source: str) -> str:
    if source in EVERYDAY_SOURCES or source in PROVERB_SOURCES:
        return "everyday"
    return "interface" if source in INTERFACE_SOURCES else "news"


def read_pairs(path: Path, language: str) -> list[tuple[Pair, str]]:
    """Clean pairs of one file with the name of their source, each pair once."""
    sides: set[tuple[str, str]] = set()
    pairs: list[tuple[Pair, str]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            russian, other, source = ([*line.rstrip("\n").split("\t"), "", ""])[:3]
            russian, other = repair(russian), repair(other)
            if (russian, other) in sides or not good_pair(russian, other):
                continue
            sides.add((russian, other))
            pairs.append((Pair(russian, other, language, _kind(source)), source))
    return pairs


def read_phrases(mark: str = "", path: Path = PHRASES) -> list[Pair]:
    """The phrases written for this recipe: those trained on, or those held out under a mark."""
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            russian, other, *marks = line.split("\t")
            if marks == [mark] * bool(mark):
                pairs.append(Pair(repair(russian), repair(other), "ba", "phrases"))
    return pairs


def _rank(pair: Pair) -> str:
    return hashlib.sha256(f"{key(pair.russian)}\t{key(pair.other)}".encode()).hexdigest()


def _pick(pairs: list[Pair], count: int, used: set[str]) -> list[Pair]:
    """The `count` pairs of lowest hash, no sentence of either side twice."""
    picked: list[Pair] = []
    for pair in sorted(pairs, key=_rank):
        keys = {key(pair.russian), key(pair.other)}
        if len(picked) == count:
            break
        if not keys & used:
            used |= keys
            picked.append(pair)
    return picked


def _sentence(pair: Pair) -> bool:
    return all(3 <= len(side.split()) <= 20 for side in (pair.russian, pair.other))


def load(data: Path) -> Corpus:
    """Everything the recipe trains on, with dev, test and slice held out."""
    train = data / "text" / "train"
    bashkir = read_pairs(train / "ru-ba.tsv", "ba")
    tatar = [pair for pair, _ in read_pairs(train / "ru-tt.tsv", "tt")]
    corpus = Corpus()
    used: set[str] = set()
    everyday = [p for p, source in bashkir if source in EVERYDAY_SOURCES and _sentence(p)]
    held_out = _pick(everyday, TEST + DEV, used)
    corpus.test, corpus.dev = held_out[:TEST], held_out[TEST:]
    corpus.general = _pick([p for p, _ in bashkir], SLICE, used)
    corpus.phrases, corpus.doctor = read_phrases("held"), read_phrases("doctor")
    used |= {key(side) for p in corpus.phrases + corpus.doctor for side in (p.russian, p.other)}
    groups: dict[str, list[Pair]] = {}
    for pair in [*read_phrases(), *templates.pairs(), *(p for p, _ in bashkir), *tatar]:
        if not {key(pair.russian), key(pair.other)} & used:
            kind = "tatar" if pair.language == "tt" else pair.kind
            groups.setdefault(kind, []).append(pair)
    corpus.train = groups
    return corpus
