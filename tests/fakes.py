"""Sessions and a worker that a test plays by hand: their surface without microphone and models."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from tolmach.controllers.knowledge import Knowledge
from tolmach.controllers.offer import Offer
from tolmach.core import paths
from tolmach.core.pack import Pack, Pair
from tolmach.core.samples import SAMPLE_RATE
from tolmach.core.settings import Settings
from tolmach.core.translation import Sentence
from tolmach.history.known import Known
from tolmach.history.terms import TermStore
from tolmach.sessions.asking import Answer, Take
from tolmach.sessions.live import Postponed, State, StateChanged, Update
from tolmach.worker.protocol import (
    Cut,
    Failed,
    Plan,
    Progress,
    Recognized,
    Translated,
    Unconfirmed,
)

_numbers = count(1)


def offer(*recognizers: Pack, buttons: bool = False, missing: Sequence[Pair] = ()) -> Offer:
    """Return what a computer offers: three languages and what the test says."""
    packs = recognizers or (recognizer("fake", "ru", "ba", "tt"),)
    return Offer(("ru", "ba", "tt"), packs, lambda now: buttons, lambda now: missing)


def recognizer(name: str, *languages: str, starter: bool = False) -> Pack:
    """Return a pack that knows these languages; it has no files."""
    tokens = dict.fromkeys(languages, "<|ru|>")
    title = {"ru": f"Модель {name}", "en": f"Model {name}"}
    options = {"starter": starter}
    return Pack(
        name, "1", "recognizer", "whisper", Path(), title, languages=tokens, options=options
    )


class FakeAsking:
    """Remembers what it was asked; the test answers, the oldest question first."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, ...]] = []
        self._takes: list[Take] = []

    def translate(self, text: str, source: str, target: str, take: Take, project: str = "") -> None:
        """Remember the question."""
        self._ask(take, "translate", text, source, target)

    def alternatives(
        self, text: str, source: str, target: str, take: Take, project: str = ""
    ) -> None:
        """Remember the question."""
        self._ask(take, "alternatives", text, source, target)

    def back(self, text: str, translation: str, pair: Pair, take: Take) -> None:
        """Remember the question."""
        self._ask(take, "back", text, translation, *pair)

    def answer(self, answer: Answer) -> None:
        """Answer the oldest question."""
        self._takes.pop(0)(answer)

    def _ask(self, take: Take, *question: str) -> None:
        self._takes.append(take)
        self.questions.append(question)


def knowledge(asking: FakeAsking | None = None) -> Knowledge:
    """Return an empty memory in the test's own home, and a worker that the test plays."""
    file = paths.terms_file()
    return Knowledge(asking or FakeAsking(), Known(file), TermStore(file))


class FakeSession:
    """Remembers what it was asked and reports what the test says."""

    def __init__(self, settings: Settings, listener: Callable[[Update], None]) -> None:
        self.id = f"session {next(_numbers)}"
        self.settings = settings
        self.state = State.IDLE
        sides = (settings.left, settings.right)
        spoken = {"left": sides[:1], "right": sides[1:]}.get(settings.speaker, sides)
        self.plan = Plan(spoken, (recognizer("fake", *sides),))
        self.asked_again: list[tuple[int, str, str]] = []
        self.speakers: list[str] = []
        self.closed = False
        self.kept = True  # what was postponed can be resumed
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

    def stop_now(self) -> None:
        """Keep a minute and twelve seconds for later."""
        if self.state is State.PROCESSING:
            self.report(Postponed(self.id, 72.0))
            self._set(State.IDLE)

    def resume(self) -> bool:
        """Wait for `drained`, unless the test took the sound away."""
        if self.kept and self.state in (State.IDLE, State.FAILED):
            self._set(State.PROCESSING)
        return self.kept

    def speak(self, language: str) -> None:
        """Remember who speaks."""
        self.speakers.append(language)

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

    def unconfirmed(
        self, utterance: int, committed: str, tail: str = "", language: str = "ru"
    ) -> None:
        """Somebody is saying it."""
        start = 4.0 * utterance
        said = (language, 1.0, committed, tail)
        self.report(Unconfirmed(self.id, utterance, start, start + 2, *said))

    def recognized(
        self, utterance: int, text: str, language: str = "ru", confidence: float = 1.0
    ) -> None:
        """It was understood."""
        start = 4.0 * utterance
        self.report(Recognized(self.id, utterance, start, start + 3, language, confidence, text))

    def doubtful(self, utterance: int, text: str, language: str = "ru") -> None:
        """It was understood, perhaps."""
        start = 4.0 * utterance
        self.report(Recognized(self.id, utterance, start, start + 3, language, 1.0, text, True))

    def translated(
        self,
        utterance: int,
        text: str,
        source: str = "ru",
        target: str = "ba",
        *,
        final: bool = True,
        sentences: Sequence[Sentence] = (),
    ) -> None:
        """It was translated, or its beginning was."""
        told = (source, target, text, final, tuple(sentences))
        self.report(Translated(self.id, utterance, *told))

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
