"""Error rates with their confidence intervals, as `tolmach eval` tells them.

Rates are micro-averaged: all errors by all words, so that a long sentence counts more than a short
one. Intervals are percentiles of 1,000 resamples of whole sentences (Bisani & Ney 2004); the same
answers always give the same interval.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

_RESAMPLES = 1000
_PERCENTILES = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Score:
    """A measure with the interval that holds it in 95 of 100 such sets of sentences."""

    value: float
    low: float
    high: float


def word_error_rate(pairs: Sequence[tuple[str, str]]) -> Score:
    """Return the WER of (reference, recognised) pairs, 1.0 for an error a word."""
    return _rate([(first.split(), second.split()) for first, second in pairs])


def character_error_rate(pairs: Sequence[tuple[str, str]]) -> Score:
    """Return the CER of (reference, recognised) pairs; spaces count, too."""
    return _rate([(list(first), list(second)) for first, second in pairs])


def _rate(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Score:
    """Return errors by reference length; nan without any reference."""
    errors = np.array([Levenshtein.distance(first, second) for first, second in pairs], dtype=float)
    lengths = np.array([len(first) for first, _ in pairs], dtype=float)
    if not lengths.sum():
        return Score(float("nan"), float("nan"), float("nan"))
    draws = np.random.default_rng(0).integers(0, len(pairs), (_RESAMPLES, len(pairs)))
    drawn = lengths[draws].sum(axis=1)
    rates = errors[draws].sum(axis=1)[drawn > 0] / drawn[drawn > 0]
    low, high = np.percentile(rates, _PERCENTILES)
    return Score(float(errors.sum() / lengths.sum()), float(low), float(high))
