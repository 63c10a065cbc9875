"""From what a model thinks of its translation to how often such translations are right.

A model's score is the mean logarithm of the probability of its tokens; how good a translation with
-0.7 is differs from model to model and pair to pair. It is measured (models/recipes/translator/
calibrate.py) and kept in the pack's option `calibration`: for each pair the slope and the middle of
a logistic curve (Platt 1999), "ru>ba 6.6 -0.7; ba>ru 6.0 -0.7". Rule: without that option nobody is
shown a percentage. Right is what a reader judged to mean what was said (docs/evaluation.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np

from tolmach.core.pack import Option, Pair

_OPTION = "calibration"
_STEPS = 100
_RIDGE = 1e-3  # keeps the curve finite where one score parts all good ones from all bad ones


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve from scores to shares of right translations."""

    slope: float  # never negative: a likelier translation is not a worse one
    middle: float  # the score of which every second translation is right

    def confidence(self, score: float) -> float:
        """Return how many of the translations with this score are right, 0..1."""
        return 1.0 / (1.0 + exp(min(500.0, -self.slope * (score - self.middle))))


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """One row of a reliability table."""

    low: float  # of the confidences
    high: float
    count: int
    confidence: float  # mean
    right: float  # share that was


def calibrations(options: Mapping[str, Option]) -> dict[Pair, Calibration]:
    """Return what a pack's options hold; raises ValueError for what cannot be read."""
    curves = {}
    for part in filter(None, str(options.get(_OPTION, "")).split(";")):
        pair, slope, middle = part.split()
        source, _, target = pair.partition(">")
        curves[source, target] = Calibration(float(slope), float(middle))
    return curves


def option(curves: Mapping[Pair, Calibration]) -> dict[str, str]:
    """Return the option that holds these curves."""
    parts = [
        f"{source}>{target} {curve.slope:.3f} {curve.middle:.3f}"
        for (source, target), curve in curves.items()
    ]
    return {_OPTION: "; ".join(parts)}


def fit(scores: Sequence[float], right: Sequence[bool]) -> Calibration:
    """Return the curve under which the answers are likeliest (Newton's method)."""
    x = np.asarray(scores, dtype=float)
    labels = np.asarray(right, dtype=float)
    rows = np.stack([x - x.mean(), np.ones_like(x)], axis=1)
    weights = np.zeros(2)
    for _ in range(_STEPS):
        share = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (labels - share) - _RIDGE * weights
        curve = (rows * (share * (1 - share))[:, None]).T @ rows + _RIDGE * np.eye(2)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    if weights[0] <= 1e-6:  # scores say nothing here: the same confidence for all
        mean = float(np.clip(labels.mean(), 0.01, 0.99))
        return Calibration(1e-6, -log(mean / (1 - mean)) / 1e-6)
    return Calibration(float(weights[0]), float(x.mean() - weights[1] / weights[0]))


def reliability(
    confidences: Sequence[float], right: Sequence[bool], bins: int = 5
) -> Iterator[ReliabilityRow]:
    """Yield a table of so many confidence ranges of the same width; empty ones are left out."""
    forecasts = np.asarray(confidences, dtype=float)
    labels = np.asarray(right, dtype=float)
    place = np.minimum((forecasts * bins).astype(int), bins - 1)
    for number in range(bins):
        within = place == number
        if within.any():
            edges = number / bins, (number + 1) / bins
            yield ReliabilityRow(
                *edges,
                int(within.sum()),
                float(forecasts[within].mean()),
                float(labels[within].mean()),
            )
