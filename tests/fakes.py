"""A session that a test plays by hand: LiveSession's surface without microphone and worker."""

from collections.abc import Callable
from itertools import count

from tolmach.core.samples import SAMPLE_RATE
from tolmach.core.settings import Settings
from tolmach.sessions.live import State, StateChanged, Update
from tolmach.worker.protocol import Cut, Failed, Progress, Recognized, Translated

_numbers = count(1)


class FakeSession:
    """Remembers what it was asked and reports what the test says."""

    def __init__(self, settings: Settings, listener: Callable[[Update], None]) -> None:
        self.id = f"session {next(_numbers)}"
        self.settings = settings
        self.state = State.IDLE
        self.asked_again: list[tuple[int, str, str]] = []
        self.closed = False
        self.report = listener
        self.failure: Exception | None = None

    def start(self) -> None:
        """Load and listen at once, or fail as the test said."""
        self._set(State.LOADING)
        if self.failure:
            self._set(State.FAILED)
            raise self.failure
        self._set(State.LISTENING)

    def stop(self) -> None:
        """Wait for `drained`."""
        if self.state is State.LISTENING:
            self._set(State.PROCESSING)

    def drained(self) -> None:
        """Everything said has been answered."""
        self._set(State.IDLE)

    def again(self, utterance: int, language: str, target: str) -> None:
        """Remember the wish, or fail as the test said."""
        self.asked_again.append((utterance, language, target))
        if self.failure:
            raise self.failure

    def sound(self, utterance: int) -> None:
        """No sound is kept here."""

    def close(self) -> None:
        """Remember that it happened."""
        self.closed = True

    def cut(self, utterance: int, start: float = 0.0) -> None:
        """An utterance is complete."""
        first = int(start * SAMPLE_RATE)
        self.report(Cut(self.id, utterance, first, first + SAMPLE_RATE))

    def recognized(
        self, utterance: int, text: str, language: str = "ru", confidence: float = 1.0
    ) -> None:
        """It was understood."""
        start = 4.0 * utterance
        self.report(Recognized(self.id, utterance, start, start + 3, language, confidence, text))

    def translated(self, utterance: int, text: str, source: str = "ru", target: str = "ba") -> None:
        """It was translated."""
        self.report(Translated(self.id, utterance, source, target, text))

    def failed(self, code: str, utterance: int = -1, **params: str) -> None:
        """It failed."""
        self.report(Failed(self.id, code, params, utterance))

    def progress(self, *, speaking: bool) -> None:
        """Somebody speaks, or falls silent."""
        self.report(Progress(self.id, 0, 0, 0, speaking))

    def _set(self, state: State) -> None:
        self.state = state
        self.report(StateChanged(state))


class FakeSessions:
    """Makes sessions and keeps them; `failure` makes the next ones fail to start."""

    def __init__(self) -> None:
        self.made: list[FakeSession] = []
        self.failure: Exception | None = None

    def __call__(self, settings: Settings, listener: Callable[[Update], None]) -> FakeSession:
        session = FakeSession(settings, listener)
        session.failure = self.failure
        self.made.append(session)
        return session

    @property
    def newest(self) -> FakeSession:
        """The session that runs now."""
        return self.made[-1]
