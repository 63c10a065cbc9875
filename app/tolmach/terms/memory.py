"""Translation memory: what a person once corrected or brought along, found again.

A sentence is compared with those in memory by the letters one would have to change (Levenshtein).
Capitals, white space and ё do not count; numbers count little: a sentence that differs from a known
one by its numbers alone is near-exact, because only they need to be put right.

Rule: a hit is shown with the sentence it was the translation of, never passed off as a translation
of this one; only `similarity` 1 is.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

EXACT = 1.0
NEAR_EXACT = 0.99  # other numbers, or other capitals and spaces

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*")


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """A sentence and its translation."""

    source_language: str  # BCP 47
    target_language: str
    source: str
    target: str
    origin: str = ""  # who made it: "correction", or the name of the file it came from
    date: str = ""  # when, ISO 8601 in UTC; "" if nobody knows
    project: str = ""


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """An entry that is like a sentence; 1 is the same, `NEAR_EXACT` the same but for numbers."""

    similarity: float
    source: str
    target: str
    origin: str
    date: str


class Memory:
    """The entries of one pair, newest first, ready to be searched."""

    def __init__(
        self, entries: Iterable[MemoryEntry], source: str, target: str, project: str = ""
    ) -> None:
        """Take the entries of this direction; a memory is not turned round."""
        self._entries = sorted(
            (
                entry
                for entry in entries
                if (entry.source_language, entry.target_language) == (source, target)
                and entry.project in ("", project)
            ),
            key=lambda entry: (entry.project, entry.date),
            reverse=True,
        )
        self._keys = [_key(entry.source) for entry in self._entries]
        self._exact = {entry.source: entry for entry in reversed(self._entries)}

    def exact(self, text: str) -> MemoryEntry | None:
        """Return the newest entry of exactly this text."""
        return self._exact.get(text)

    def find(self, text: str, least: float = 0.75, most: int = 5) -> list[MemoryMatch]:
        """Return the entries at least so similar, the likest first, of equals the newest.

        `least` is a share of 1. Entries with the same two texts come once.
        """
        key = _key(text)
        if not key:
            return []
        similar = process.extract(
            key,
            self._keys,
            processor=None,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=least,
            limit=None,
        )
        hits: dict[tuple[str, str], MemoryMatch] = {}
        for _, similarity, place in sorted(similar, key=lambda item: (-item[1], item[2])):
            entry = self._entries[place]
            if similarity == EXACT and entry.source != text:
                similarity = NEAR_EXACT
            hit = MemoryMatch(similarity, entry.source, entry.target, entry.origin, entry.date)
            hits.setdefault((entry.source, entry.target), hit)
        return sorted(hits.values(), key=lambda hit: -hit.similarity)[:most]


def _key(text: str) -> str:
    """Return a text as it is compared."""
    text = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return " ".join(_NUMBER.sub("0", text).split())
