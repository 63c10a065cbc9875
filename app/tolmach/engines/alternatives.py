"""Several translations of one text, each with what its model thinks of it.

The first is what `translate` returns. The others begin differently: CTranslate2 tries the words
that may come first (`return_alternatives`), and what then still reads alike is left out. A plain
n-best list differs in endings alone; sampling differs more but is another one each time. Measured:
docs/evaluation.md.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tolmach.core.translation import Candidate
from tolmach.quality.chrf import chrf

Part = TypeVar("Part")

ALIKE = 80.0  # chrF of two wordings that a person would take for the same


def combined(
    parts: Sequence[Sequence[Part]], join: Callable[[list[Part]], Candidate], count: int
) -> list[Candidate]:
    """Return up to `count` candidates of a text whose parts can be said in ways; at least one.

    The n-th is joined from the n-th way of every part, or the best one where a part has no more.
    """
    candidates: list[Candidate] = []
    for number in range(max(map(len, parts), default=1)):
        candidate = join([part[number if number < len(part) else 0] for part in parts])
        if len(candidates) < count and all(
            _differ(candidate.text, other.text) for other in candidates
        ):
            candidates.append(candidate)
    return candidates


def _differ(text: str, other: str) -> bool:
    return bool(text) and text != other and chrf(text, other) + chrf(other, text) < 2 * ALIKE
