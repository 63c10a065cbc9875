"""Several translations of one text, each with what its model thinks of it.

The first is what `translate` returns. The others begin differently: CTranslate2 tries the words
that may come first (`return_alternatives`), and what then still reads alike is left out. A plain
n-best list differs in endings alone; sampling differs more but is another one each time. Measured:
docs/evaluation.md.
"""

from collections.abc import Callable

from tolmach.core.translation import Candidate
from tolmach.engines.translation import cut_lines
from tolmach.engines.wordings import Voice
from tolmach.quality.chrf import chrf

ALIKE = 80.0  # chrF of two wordings that a person would take for the same


def candidates(
    text: str, language: str, count: int, fits: Callable[[str], bool], voice: Voice
) -> list[Candidate]:
    """Return up to `count` translations of a text, the best first; at least one.

    The n-th candidate has the n-th wording of every part, or the best one where a part has no
    more.
    """
    cut = cut_lines(text, fits, language)
    parts = [part for line in cut for part in line]
    found = voice.decode(parts, count) if parts else []
    made: list[Candidate] = []
    for number in range(max(map(len, found), default=1)):
        chosen = [wordings[number if number < len(wordings) else 0] for wordings in found]
        texts = iter(voice.write(wording.tokens) for wording in chosen)
        joined = "\n".join(" ".join(next(texts) for _ in line).strip() for line in cut)
        if len(made) < count and all(_differ(joined, other.text) for other in made):
            made.append(voice.judge(joined, chosen))
    return made


def _differ(text: str, other: str) -> bool:
    return bool(text) and text != other and chrf(text, other) + chrf(other, text) < 2 * ALIKE
