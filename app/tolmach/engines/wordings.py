"""What a CTranslate2 translator says for a list of tokens, and how sure it is of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tolmach.core.translation import UNKNOWN, Candidate
from tolmach.engines.native import running
from tolmach.quality.calibration import Calibration

HINT_BIAS = 0.25  # more, and words stay that the rest of the sentence proves wrong
_TRIED = 2  # times as many as are wanted
_LEAST = 0.02  # probability of a first word that is worth trying


@dataclass(frozen=True, slots=True)
class Wording:
    """One hypothesis for one part of a text."""

    tokens: list[str]  # without the prefix
    log_probability: float  # of all of them and the end, natural logarithm
    count: int  # how many that are


@dataclass(frozen=True, slots=True)
class Voice:
    """How a model says parts of a text in one direction."""

    decode: Callable[[list[str], int], list[list[Wording]]]  # how many -> of each, best first
    write: Callable[[list[str]], str]  # tokens -> text
    calibration: Calibration | None = None

    def judge(self, text: str, wordings: Sequence[Wording]) -> Candidate:
        """Return the text that these wordings were made into, with their score together."""
        tokens = sum(wording.count for wording in wordings)
        if not tokens:
            return Candidate(text, 0.0)
        score = sum(wording.log_probability for wording in wordings) / tokens
        known = self.calibration
        return Candidate(text, score, known.confidence(score) if known else UNKNOWN)


def wordings(
    translator: Any,
    source: list[list[str]],
    prefix: Sequence[str],
    count: int,
    hint: Sequence[str] = (),
    **options: Any,
) -> list[list[Wording]]:
    """Return `count` wordings of each list of tokens; `options` are those of `translate_batch`.

    The `hint`, for a single source, is an earlier translation of its beginning: a bias towards its
    words, so that they do not change without need (docs/decoding.md of CTranslate2). Raises
    EngineError.
    """
    hinted = bool(hint) and len(source) == 1
    begin = [*prefix, *(hint if hinted else ())]
    penalty = options.get("length_penalty", 1.0)
    with running("translation-failed"):
        results = translator.translate_batch(
            source,
            [begin] * len(source) if begin else None,
            return_scores=True,
            prefix_bias_beta=HINT_BIAS if hinted else 0.0,
            **options,
        )
        found = []
        for result in results:
            length = len(result.hypotheses[0]) + 1  # the end counts
            total = result.scores[0] * length**penalty
            tokens = result.hypotheses[0][len(prefix) :]
            found.append([Wording(tokens, total, len(tokens) + 1)])
        if count > 1:
            _add_others(translator, source, list(prefix), found, {**options, "count": count})
    return found


def _add_others(
    translator: Any,
    source: list[list[str]],
    prefix: list[str],
    found: list[list[Wording]],
    options: dict[str, Any],
) -> None:
    """Add what begins differently, the likeliest first.

    CTranslate2 4.8 does not score such hypotheses as it scores others, so they are scored again.
    """
    results = translator.translate_batch(
        source,
        [prefix] * len(source) if prefix else None,
        return_alternatives=True,
        num_hypotheses=_TRIED * options.pop("count"),
        min_alternative_expansion_prob=_LEAST,
        **options,
    )
    skip = len(prefix)
    for pieces, result, wordings_ in zip(source, results, found, strict=True):
        hypotheses = [tokens for tokens in result.hypotheses if len(tokens) > skip]
        scored = translator.score_batch([pieces] * len(hypotheses), hypotheses)
        others = [
            Wording(tokens[skip:], sum(score.log_probs[skip:]), len(tokens) - skip + 1)
            for tokens, score in zip(hypotheses, scored, strict=True)
        ]
        others.sort(key=lambda one: one.log_probability / one.count, reverse=True)
        wordings_ += others
