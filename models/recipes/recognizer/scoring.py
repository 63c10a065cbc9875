"""Error rates of recognised text."""

from __future__ import annotations

from collections.abc import Sequence


def edit_distance(first: Sequence[str], second: Sequence[str]) -> int:
    """Return the least number of insertions, deletions and replacements."""
    previous = list(range(len(second) + 1))
    for row, item in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            change = previous[column - 1] + (item != other)
            current.append(min(change, previous[column] + 1, current[-1] + 1))
        previous = current
    return previous[-1]


def character_error_rate(pairs: list[tuple[str, str]]) -> float:
    """Return the CER over (reference, recognised) pairs."""
    errors = sum(edit_distance(reference, text) for reference, text in pairs)
    return errors / max(1, sum(len(reference) for reference, _ in pairs))


def word_error_rate(pairs: list[tuple[str, str]]) -> float:
    """Return the WER over (reference, recognised) pairs."""
    errors = sum(edit_distance(first.split(), second.split()) for first, second in pairs)
    return errors / max(1, sum(len(reference.split()) for reference, _ in pairs))
