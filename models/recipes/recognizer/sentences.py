"""Choice of sentences: filters, cleaning, and the stable split into train, dev, test."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .alphabet import CHARACTERS, LANGUAGES, LETTERS, normalise

MAX_CHARACTERS = 110
MIN_WORDS, MAX_WORDS = 1, 14
TEST_SIZE, DEV_SIZE = 300, 100
TEST_SHARE, DEV_SHARE = 0.04, 0.015

_ALLOWED = set(CHARACTERS) - set("0123456789\"'();…")
_DASH = re.compile(r"\s+[-–—]+\s*(?=\S)|^[-–—]+\s+")
_SPACES = re.compile(r"\s+")
_CAPITALS = re.compile(rf"[{LETTERS.upper()}]{{2,}}|[{LETTERS}][{LETTERS.upper()}]")
_VOWEL = re.compile("[аеёиоуыэюяәөү]")
_SHORTENED = re.compile(rf"(?:^|\s)[{LETTERS}]{{1,2}}\.(?=\s\S)|\b[{LETTERS.upper()}]\.", re.I)


@dataclass(frozen=True)
class Sentence:
    """One sentence to be spoken."""

    language: str
    text: str


@dataclass(frozen=True)
class Split:
    """Sentences of the three parts, by language."""

    train: dict[str, list[str]]
    dev: dict[str, list[str]]
    test: dict[str, list[str]]


def clean(text: str) -> str | None:
    """Return the sentence in the form the model writes, or None when it is unfit."""
    text = text.replace("\u00a0", " ").replace("\u0301", "").strip()
    text = re.sub(r'"([^"]*)"', r"«\1»", text).replace("...", ".").replace("…", ".")
    text = re.sub(r"^[-–—]\s*", "", _SPACES.sub(" ", text))
    text = re.sub(r"\s+[-–—]\s*", " – ", text).replace("—", "–")
    text = re.sub(r"\s+([.,?!:])", r"\1", text)
    if any(char not in _ALLOWED for char in text) or text.count("«") != text.count("»"):
        return None
    if len(text) > MAX_CHARACTERS or _CAPITALS.search(text) or _SHORTENED.search(text):
        return None
    words = normalise(text).split()
    if not MIN_WORDS <= len(words) <= MAX_WORDS or (not text[0].isalnum() and text[0] != "«"):
        return None
    spoken = all(_VOWEL.search(word) or word in {"в", "к", "с", "б", "ж"} for word in words)
    return text if spoken and len(words[0]) + len(words) > 3 else None


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        yield from path.read_text(encoding="utf-8").splitlines()


def _raw(data: Path) -> Iterator[Sentence]:
    """Yield every candidate sentence of the shared data and of the recipe itself."""
    train, mono = data / "text" / "train", data / "text" / "mono"
    for line in _lines(train / "ru-ba.tsv"):
        parts = line.split("\t")
        if len(parts) >= 2 and parts[2:] != ["translatewiki"]:
            yield Sentence("ru", parts[0])
            yield Sentence("ba", parts[1])
    for line in _lines(train / "ru-tt.tsv"):
        parts = line.split("\t")
        if len(parts) >= 2:
            yield Sentence("tt", parts[1])
    for line in _lines(mono / "tt.txt"):
        yield Sentence("tt", line)
    for line in _lines(mono / "ru.txt"):
        yield Sentence("ru", line)
    for line in phrases():
        yield Sentence("ru", line)


def phrases() -> list[str]:
    """Return the recipe's own everyday Russian phrases."""
    path = Path(__file__).with_name("phrases.ru.txt")
    return [line.strip() for line in _lines(path) if line.strip() and not line.startswith("#")]


def stable_share(text: str) -> float:
    """Return a number in [0, 1) that depends on the normalised words only."""
    digest = hashlib.sha256(normalise(text).encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") / 2.0**64


def load(data: Path) -> Split:
    """Read, clean, deduplicate and split all sentences."""
    pools: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for sentence in _raw(data):
        text = clean(sentence.text)
        if text is not None:
            pools[sentence.language].setdefault(normalise(text), text)
    split = Split({}, {}, {})
    for language, pool in pools.items():
        ordered = sorted(pool.values(), key=stable_share)
        shares = [stable_share(text) for text in ordered]
        test = [t for t, s in zip(ordered, shares, strict=True) if s < TEST_SHARE]
        dev = [
            t
            for t, s in zip(ordered, shares, strict=True)
            if TEST_SHARE <= s < TEST_SHARE + DEV_SHARE
        ]
        split.test[language], split.dev[language] = test[:TEST_SIZE], dev[:DEV_SIZE]
        split.train[language] = [
            t for t, s in zip(ordered, shares, strict=True) if s >= TEST_SHARE + DEV_SHARE
        ]
    return split
