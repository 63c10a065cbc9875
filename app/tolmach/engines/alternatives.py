"""Several translations of one text, each with what its model thinks of it.

The first is what `translate` returns. The others begin differently: CTranslate2 tries the words
that may come first (`return_alternatives`), and what then still reads alike is left out. A plain
n-best list differs in endings alone; sampling differs more but is another one each time. Measured:
docs/evaluation.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tolmach.core.calibration import Calibration
from tolmach.core.chrf import chrf
from tolmach.core.translation import UNKNOWN, Candidate
from tolmach.engines.native import running
from tolmach.engines.translation import cut_lines

ALIKE = 80.0  # chrF of two wordings that a person would take for the same
_TRIED = 2  # times as many as are wanted
_LEAST = 0.02  # probability of a first word that is worth trying


@dataclass(frozen=True, slots=True)
class Wording:
    """One hypothesis for one part of a text."""

    tokens: list[str]  # without the prefix
    log_probability: float  # of all of them and the end, natural logarithm
    count: int  # how many that are


Decode = Callable[[list[str], int], list[list[Wording]]]  # parts, how many -> of each, best first


def candidates(
    text: str,
    count: int,
    fits: Callable[[str], bool],
    decode: Decode,
    write: Callable[[list[str]], str],
    calibration: Calibration | None,
) -> list[Candidate]:
    """Return up to `count` translations of a text, the best first; at least one.

    `decode` translates parts, `write` turns tokens into text. The n-th candidate has the n-th
    wording of every part, or the best one where a part has no more.
    """
    cut = cut_lines(text, fits)
    parts = [part for line in cut for part in line]
    found = decode(parts, count) if parts else []
    made: list[Candidate] = []
    for number in range(max(map(len, found), default=1)):
        chosen = [wordings[number if number < len(wordings) else 0] for wordings in found]
        texts = iter(write(wording.tokens) for wording in chosen)
        joined = "\n".join(" ".join(next(texts) for _ in line).strip() for line in cut)
        if len(made) < count and all(_differ(joined, other.text) for other in made):
            made.append(Candidate(joined, *_sure(chosen, calibration)))
    return made


def wordings(
    translator: Any, source: list[list[str]], prefix: Sequence[str], count: int, **options: Any
) -> list[list[Wording]]:
    """Return the wordings of each list of tokens; `options` are those that `translate` uses.

    Raises EngineError.
    """
    begin = [list(prefix)] * len(source) if prefix else None
    penalty = options.get("length_penalty", 1.0)
    with running("translation-failed"):
        results = translator.translate_batch(source, begin, return_scores=True, **options)
        found = []
        for result in results:
            length = len(result.hypotheses[0]) + 1  # the end counts
            total = result.scores[0] * length**penalty
            tokens = result.hypotheses[0][len(prefix) :]
            found.append([Wording(tokens, total, len(tokens) + 1)])
        if count > 1:
            _add_others(translator, source, begin, found, count, options)
    return found


def _add_others(
    translator: Any,
    source: list[list[str]],
    begin: list[list[str]] | None,
    found: list[list[Wording]],
    count: int,
    options: dict[str, Any],
) -> None:
    """Add what begins differently, the likeliest first.

    CTranslate2 4.8 does not score such hypotheses as it scores others, so they are scored again.
    """
    results = translator.translate_batch(
        source,
        begin,
        return_alternatives=True,
        num_hypotheses=_TRIED * count,
        min_alternative_expansion_prob=_LEAST,
        **options,
    )
    skip = len(begin[0]) if begin else 0
    for pieces, result, wordings_ in zip(source, results, found, strict=True):
        hypotheses = [tokens for tokens in result.hypotheses if len(tokens) > skip]
        scored = translator.score_batch([pieces] * len(hypotheses), hypotheses)
        others = [
            Wording(tokens[skip:], sum(score.log_probs[skip:]), len(tokens) - skip + 1)
            for tokens, score in zip(hypotheses, scored, strict=True)
        ]
        others.sort(key=lambda one: one.log_probability / one.count, reverse=True)
        wordings_ += others


def _sure(chosen: Sequence[Wording], calibration: Calibration | None) -> tuple[float, float]:
    """Return score and confidence of these wordings together."""
    tokens = sum(wording.count for wording in chosen)
    if not tokens:
        return 0.0, UNKNOWN
    score = sum(wording.log_probability for wording in chosen) / tokens
    return score, calibration.confidence(score) if calibration else UNKNOWN


def _differ(text: str, other: str) -> bool:
    return bool(text) and text != other and chrf(text, other) + chrf(other, text) < 2 * ALIKE
