"""When to say that recognition cannot keep up with the speaker. Pure bookkeeping."""

from math import inf

BEHIND = 5.0  # seconds of lag that nobody minds
STEP = 5.0  # seconds of sound whose least lag counts: a long utterance is late for a moment only
STEPS = 3  # so many in a row, each worse than the one before
GROWTH = 1.0  # seconds from the first to the last of them: less is not worth a word


class Trend:
    """Whether the lag keeps growing; all in seconds."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew: models are being loaded, and what waited will soon be caught up with."""
        self._step = -1  # number of the current step
        self._least = inf  # lag in it
        self._leasts: list[float] = []  # of the steps before, the last ones

    def grows(self, captured: float, lag: float) -> bool:
        """Take the lag at this second of the sound; return whether there is no catching up."""
        step = int(captured // STEP)
        if step != self._step:
            if self._least < inf:
                self._leasts = [*self._leasts, self._least][-STEPS:]
            self._step, self._least = step, inf
        self._least = min(self._least, lag)
        return (
            len(self._leasts) == STEPS
            and self._leasts[0] > BEHIND
            and self._leasts == sorted(self._leasts)
            and self._leasts[-1] - self._leasts[0] >= GROWTH
        )
