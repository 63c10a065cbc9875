"""When recognition is said to fall behind, and when it is not."""

from collections.abc import Callable

import pytest

from tolmach.sessions.lag import Trend


def told_at(lag: Callable[[float], float], seconds: float = 120) -> float | None:
    """Return the second of the sound at which the trend is told, None if it never is."""
    trend = Trend()
    moments = (tick / 20 for tick in range(int(seconds * 20)))
    return next((at for at in moments if trend.grows(at, lag(at))), None)


def test_half_as_fast_as_speech_is_told_soon_after_the_lag_is_felt() -> None:
    second = told_at(lambda at: at / 2)
    assert second is not None
    assert 25 <= second <= 35  # it lasts from the tenth second on


def test_a_little_slower_than_speech_is_told_in_the_end() -> None:
    assert told_at(lambda at: at / 10) is not None


def test_a_saw_that_climbs_is_told() -> None:
    """Utterance by utterance some seconds are made up for, but not all."""
    assert told_at(lambda at: at / 3 + at % 4) is not None


@pytest.mark.parametrize(
    "lag",
    [
        lambda at: 0.3,
        lambda at: 20 + at % 2,  # late, but it does not get later
        lambda at: at % 15,  # long utterances, each caught up with
        lambda at: max(0.0, 60 - at),  # catching up
        lambda at: min(at / 10, 4.9),
        lambda at: 20 + at / 1000,
    ],
    ids=["soon", "constant", "long utterances", "catching up", "small", "hardly growing"],
)
def test_what_is_not_told(lag: Callable[[float], float]) -> None:
    assert told_at(lag) is None


def test_what_was_before_is_forgotten() -> None:
    trend = Trend()
    for tick in range(2_000):
        at = tick / 20
        if tick % 200 == 0:
            trend.forget()
        assert not trend.grows(at, at)
