"""Looks are worth their price or are left out."""

import pytest

from tolmach.core.errors import EngineError
from tolmach.pipeline.scheduler import FIRST_STEP, REST, SHORTEST_STEP, Scheduler


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def looked(scheduler: Scheduler, clock: Clock, at: float, cost: float) -> None:
    with scheduler.look(at):
        clock.time += cost


def test_the_first_look_waits_for_some_sound() -> None:
    scheduler = Scheduler(Clock())
    assert not scheduler.due(10.0 + FIRST_STEP / 2, since=10.0, captioned=False)
    assert scheduler.due(10.01 + FIRST_STEP, since=10.0, captioned=False)


def test_first_words_are_looked_for_more_often() -> None:
    clock = Clock()
    scheduler = Scheduler(clock)
    looked(scheduler, clock, 10.2, cost=0.5)
    assert not scheduler.due(10.49, since=10.0, captioned=False)
    assert scheduler.due(10.51, since=10.0, captioned=False)  # what is new
    assert not scheduler.due(10.51, since=10.0, captioned=True)  # nobody waits any more
    assert not scheduler.due(10.51, since=8.5, captioned=False)  # perhaps there is no word in it


def test_a_slow_computer_looks_once_at_a_beginning() -> None:
    clock = Clock()
    scheduler = Scheduler(clock)
    looked(scheduler, clock, 1.0, cost=1.5)
    assert scheduler.due(11.25, since=10.0, captioned=False)
    looked(scheduler, clock, 11.25, cost=1.5)
    assert not scheduler.due(12.8, since=10.0, captioned=False)
    assert scheduler.due(14.3, since=10.0, captioned=False)


def test_a_cheap_look_is_repeated_soon() -> None:
    clock = Clock()
    scheduler = Scheduler(clock)
    looked(scheduler, clock, 1.0, cost=0.01)
    assert not scheduler.due(1.0 + SHORTEST_STEP - 0.01, since=0.0, captioned=True)
    assert scheduler.due(1.01 + SHORTEST_STEP, since=0.0, captioned=True)


def test_a_dear_look_takes_a_third_of_the_time_at_most() -> None:
    clock = Clock()
    scheduler = Scheduler(clock)
    looked(scheduler, clock, 1.0, cost=3.0)
    assert not scheduler.due(1.0 + REST * 3.0 - 0.1, since=0.0, captioned=True)
    assert scheduler.due(1.0 + REST * 3.0, since=0.0, captioned=True)


def test_the_price_follows_the_computer() -> None:
    clock = Clock()
    scheduler = Scheduler(clock)
    looked(scheduler, clock, 1.0, cost=2.0)
    for second in range(2, 8):
        looked(scheduler, clock, float(second), cost=0.1)
    assert 0.1 < scheduler.cost < 0.2


def test_a_look_that_fails_has_cost_what_it_has_cost() -> None:
    clock = Clock()
    scheduler = Scheduler(clock)

    def fail() -> None:
        clock.time += 2.0
        raise EngineError("recognition-failed")

    with pytest.raises(EngineError), scheduler.look(1.0):
        fail()
    assert scheduler.cost == 2.0
