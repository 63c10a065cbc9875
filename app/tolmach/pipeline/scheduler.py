"""When another look at an open utterance is worth its price on this computer.

Looks are for the eye: they may take at most a third of the time, whatever one costs here, but for
the beginning of an utterance until its first word is shown, because somebody waits for that; and
none is made while sound waits to be heard (the server asks only when nothing waits). So a slow
computer shows unconfirmed words rarely, then not at all, and still hears every sample. Finals that
are made in a pause are not looks: they are needed sooner or later, and one is made a pause.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SHORTEST_STEP = 0.4  # seconds of new sound; more often is restless to read
REST = 2.0  # seconds of new sound for each second that a look costs
BEGINNING = 2.0  # seconds of an utterance in which both are less until a word of it is shown:
FIRST_STEP, FIRST_REST = 0.19, 0.6
INERTIA = 0.5  # how much of the former estimate stays after a look


class Scheduler:
    """Knows what looks have cost; times in seconds, those of the sound counted in samples."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.cost = 0.0  # expected, of the next look
        self._clock = clock
        self._last = -1.0  # where in the session's sound the last look was

    def due(self, second: float, since: float, *, captioned: bool) -> bool:
        """Whether to look now, at this second of the sound, at what began at `since`.

        `captioned` is whether a word of it is on the screen.
        """
        awaited = not captioned and second - since < BEGINNING
        step, rest = (FIRST_STEP, FIRST_REST) if awaited else (SHORTEST_STEP, REST)
        return second - max(self._last, since) >= max(step, rest * self.cost)

    @contextmanager
    def look(self, second: float) -> Iterator[None]:
        """Measure a look at this second of the sound."""
        began = self._clock()
        try:
            yield
        finally:
            spent = self._clock() - began
            self.cost = spent if self._last < 0 else INERTIA * self.cost + (1 - INERTIA) * spent
            self._last = second
