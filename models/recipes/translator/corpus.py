"""Sentence pairs: reading, cleaning, and the split by a stable hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from .text import good_pair, key, repair

EVERYDAY_SOURCES = {"AigizK:tmx", "AigizK:tatoeba"}
PROVERB_SOURCES = {"AigizK:pearls"}
INTERFACE_SOURCES = {"translatewiki", "app-strings", "common-voice-l10n"}
PHRASES = Path(__file__).with_name("phrases.tsv")
DEV, TEST, SLICE = 300, 500, 500


@dataclass(frozen=True)
class Pair:
    """One Russian sentence and its translation."""

    russian: str
    other: str
    language: str
    kind: str


@dataclass
class Corpus:
    """Training pairs by kind, and what was held out."""

    train: dict[str, list[Pair]] = field(default_factory=dict)
    dev: list[Pair] = field(default_factory=list)
    test: list[Pair] = field(default_factory=list)
    general: list[Pair] = field(default_factory=list)
    phrases: list[Pair] = field(default_factory=list)


def _kind(source: str) -> str:
    if source in EVERYDAY_SOURCES or source in PROVERB_SOURCES:
        return "everyday"
    return "interface" if source in INTERFACE_SOURCES else "news"


def read_pairs(path: Path, language: str) -> list[tuple[Pair, str]]:
    """Clean pairs of one file with the name of their source, each pair once."""
    seen: set[tuple[str, str]] = set()
    pairs: list[tuple[Pair, str]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            russian, other, source = ([*line.rstrip("\n").split("\t"), "", ""])[:3]
            russian, other = repair(russian), repair(other)
            if (russian, other) in seen or not good_pair(russian, other):
                continue
            seen.add((russian, other))
            pairs.append((Pair(russian, other, language, _kind(source)), source))
    return pairs


def read_phrases(held: bool, path: Path = PHRASES) -> list[Pair]:
    """The everyday phrases written for this recipe: those trained on, or those held out."""
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            russian, other, *mark = line.split("\t")
            if (mark == ["held"]) == held:
                pairs.append(Pair(repair(russian), repair(other), "ba", "phrases"))
    return pairs


def _rank(pair: Pair) -> str:
    return hashlib.sha256(f"{key(pair.russian)}\t{key(pair.other)}".encode()).hexdigest()


def _pick(pairs: list[Pair], count: int, taken: set[str]) -> list[Pair]:
    """The `count` pairs of lowest hash, no sentence of either side twice."""
    picked: list[Pair] = []
    for pair in sorted(pairs, key=_rank):
        keys = {key(pair.russian), key(pair.other)}
        if len(picked) == count:
            break
        if not keys & taken:
            taken |= keys
            picked.append(pair)
    return picked


def _sentence(pair: Pair) -> bool:
    return all(3 <= len(side.split()) <= 20 for side in (pair.russian, pair.other))


def load(data: Path) -> Corpus:
    """Everything the recipe trains on, with dev, test and slice held out."""
    train = data / "text" / "train"
    bashkir = read_pairs(train / "ru-ba.tsv", "ba")
    tatar = [pair for pair, _ in read_pairs(train / "ru-tt.tsv", "tt")]
    corpus, taken = Corpus(), set()
    everyday = [p for p, source in bashkir if source in EVERYDAY_SOURCES and _sentence(p)]
    held = _pick(everyday, TEST + DEV, taken)
    corpus.test, corpus.dev = held[:TEST], held[TEST:]
    corpus.general = _pick([p for p, _ in bashkir], SLICE, taken)
    corpus.phrases = read_phrases(True)
    taken |= {key(side) for p in corpus.phrases for side in (p.russian, p.other)}
    groups: dict[str, list[Pair]] = {"phrases": read_phrases(False)}
    for pair in [p for p, _ in bashkir] + tatar:
        if not {key(pair.russian), key(pair.other)} & taken:
            kind = "tatar" if pair.language == "tt" else pair.kind
            groups.setdefault(kind, []).append(pair)
    groups["phrases"] = [p for p in groups["phrases"] if not {key(p.russian), key(p.other)} & taken]
    corpus.train = {kind: pairs for kind, pairs in groups.items() if pairs}
    return corpus
