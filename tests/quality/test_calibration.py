"""A confidence is the share of translations that were right."""

import numpy as np
import pytest

from tolmach.quality.calibration import Calibration, calibrations, fit, option, reliability


def answers(count: int = 4000) -> tuple[list[float], list[bool]]:
    """Scores and whether they were right, of a model that this curve describes."""
    rng = np.random.default_rng(1)
    scores = -2 * rng.random(count)
    share = 1 / (1 + np.exp(-5 * (scores + 0.8)))
    return scores.tolist(), (rng.random(count) < share).tolist()


def test_the_curve_is_found_again() -> None:
    curve = fit(*answers())
    assert curve.slope == pytest.approx(5, rel=0.1)
    assert curve.middle == pytest.approx(-0.8, abs=0.05)
    assert curve.confidence(curve.middle) == 0.5
    assert curve.confidence(-0.2) > curve.confidence(-0.4)


def test_what_it_says_is_what_happens() -> None:
    scores, right = answers()
    curve = fit(scores[::2], right[::2])
    rows = list(reliability([curve.confidence(score) for score in scores[1::2]], right[1::2]))
    assert sum(row.count for row in rows) == 2000
    for row in rows:
        assert row.low <= row.confidence <= row.high
        assert row.right == pytest.approx(row.confidence, abs=0.1)


def test_scores_that_say_nothing_give_all_the_same() -> None:
    rng = np.random.default_rng(2)
    scores = rng.random(1000)
    right = -scores > rng.random(1000) - 1  # the likelier, the worse
    curve = fit(scores.tolist(), right.tolist())
    assert curve.confidence(0.0) == pytest.approx(curve.confidence(1.0), abs=0.001)
    assert curve.confidence(0.5) == pytest.approx(0.5, abs=0.05)


def test_one_score_that_parts_good_from_bad_stays_finite() -> None:
    curve = fit([-3.0, -2.0, -0.5, -0.1], [False, False, True, True])
    assert 0 < curve.confidence(-9.0) < 0.5 < curve.confidence(-0.2) < 1


def test_it_lies_in_the_packs_options() -> None:
    curves = {("ru", "ba"): Calibration(6.5, -0.75), ("ba", "ru"): Calibration(6.0, -0.5)}
    assert calibrations(option(curves)) == curves
    assert calibrations({"beam_size": 4}) == {}
    for broken in ("ru>ba", "ru>ba шесть -0.7", "ru>ba 1 2 3"):
        with pytest.raises(ValueError, match=r"."):
            calibrations({"calibration": broken})
