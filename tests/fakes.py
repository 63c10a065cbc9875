"""What a test plays by hand: sessions without microphone and worker, a worker asked about texts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from tolmach.controllers.library import LibraryWatch
from tolmach.core.pack import Option, Pack, Pair
from tolmach.core.samples import SAMPLE_RATE
from tolmach.core.settings import Settings
from tolmach.core.transcript import Segment
from tolmach.core.translation import UNKNOWN, Candidate, Flag, Sentence
from tolmach.language.sentences import sentences
from tolmach.packs import store
from tolmach.packs.installed import InstalledPacks
from tolmach.packs.library import ModelLibrary
from tolmach.protocol.messages import (
    Cut,
    Failed,
    Joined,
    Offered,
    Progress,
    Recognized,
    Returned,
    Translated,
    Unconfirmed,
)
from tolmach.protocol.plan import Plan
from tolmach.sessions.questions import Answer, Take, TextQuestions
from tolmach.sessions.updates import Postponed, State, StateChanged, Update

_numbers = count(1)


class FakeLibrary(ModelLibrary):
    """Holds what the test says, without folders; nothing is due unless the test says so."""

    def __init__(self, installed: InstalledPacks | None = None) -> None:
        super().__init__(())
        self.installed = installed or installed_packs()
        self.making: Callable[[store.Progress], None] | None = None  # what is due

    @property
    def due(self) -> bool:
        """Whether the test makes something."""
        return self.making is not None

    def make_due(self, progress: store.Progress) -> None:
        """Do what the test does."""
        if self.making:
            self.making(progress)


def watch(installed: InstalledPacks | None = None) -> LibraryWatch:
    """Return the library of a window in which this is installed."""
    return LibraryWatch(FakeLibrary(installed))


def installed_packs(
    *recognizers: Pack,
    buttons: bool = False,
    pairs: Sequence[Pair] = (("ru", "ba"), ("ba", "ru")),
    on_request: Sequence[Pair] = (),
    trial: bool = False,
) -> InstalledPacks:
    """Return what a computer has: recognizers, and what translates these pairs.

    `buttons`: who speaks cannot be heard; `trial`: nobody has measured the translator.
    """
    packs = recognizers or (recognizer("fake", "ru", "ba", "tt"),)
    if buttons:
        packs = tuple(
            replace(pack, languages=dict.fromkeys(pack.languages, "<|ru|>")) for pack in packs
        )
    options: dict[str, Option] = {
        "starter": trial,
        "on_request": " ".join(map(">".join, on_request)),
    }
    every = (*pairs, *on_request)
    translator = Pack(
        *("fake-translator", "1", "translator", "opus", Path("fake-translator"), {}),
        pairs=every,
        options=options,
    )
    return InstalledPacks((*packs, *((translator,) if every else ())))


def recognizer(name: str, *languages: str, starter: bool = False) -> Pack:
    """Return a pack that knows these languages; it has no files."""
    tokens = {code: f"<|{code}|>" for code in languages}
    title = {"ru": f"Модель {name}", "en": f"Model {name}"}
    options = {"starter": starter}
    return Pack(
        name, "1", "recognizer", "whisper", Path(), title, languages=tokens, options=options
    )


class FakeSession:
    """Remembers what it was asked and reports what the test says."""

    def __init__(self, settings: Settings, listener: Callable[[Update], None]) -> None:
        self.id = f"session {next(_numbers)}"
        self.settings = settings
        self.state = State.IDLE
        sides = settings.sides
        spoken = {"left": sides[:1], "right": sides[1:]}.get(settings.speaker, sides)
        self.plan = Plan(spoken, (recognizer("fake", *sides),))
        self.asked_again: list[tuple[int, str, str]] = []
        self.corrections: list[Segment] = []
        self.joins: list[Joined] = []
        self.speakers: list[str] = []
        self.closed = False
        self.resumable = True  # what was postponed can be resumed
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
        elif self.state is State.RECORDING:
            self._set(State.IDLE)

    def only_record(self) -> None:
        """Nothing is recognised any more."""
        self._set(State.RECORDING)

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
        if self.resumable and self.state in (State.IDLE, State.FAILED):
            self._set(State.PROCESSING)
        return self.resumable

    def speak(self, language: str) -> None:
        """Remember who speaks."""
        self.speakers.append(language)

    def again(self, utterance: int, language: str, target: str) -> None:
        """Remember the wish, or fail as the test said."""
        self.asked_again.append((utterance, language, target))
        if self.failure:
            raise self.failure

    def refuse(self, utterance: int, code: str, params: dict[str, str]) -> None:
        """It failed."""
        self.report(Failed(self.id, code, params, utterance))

    def correct(self, segment: Segment) -> None:
        """Remember what a person changed."""
        self.corrections.append(segment)

    def join(self, event: Joined) -> None:
        """Remember what became one."""
        self.joins.append(event)

    def close(self) -> None:
        """Remember that it happened."""
        self.closed = True

    def cut(self, utterance: int, start: float = 0.0) -> None:
        """An utterance is complete."""
        first = int(start * SAMPLE_RATE)
        self.report(Cut(self.id, utterance, first, first + SAMPLE_RATE))

    def unconfirmed(
        self,
        utterance: int,
        committed: str,
        tail: str = "",
        language: str = "ru",
        confidence: float = 1.0,
    ) -> None:
        """Somebody is saying it."""
        start = 4.0 * utterance
        words = (language, confidence, committed, tail)
        self.report(Unconfirmed(self.id, utterance, start, start + 2, *words))

    def recognized(
        self, utterance: int, text: str, language: str = "ru", confidence: float = 1.0
    ) -> None:
        """It was understood."""
        start = 4.0 * utterance
        self.report(Recognized(self.id, utterance, start, start + 3, language, confidence, text))

    def joined(self, utterance: int, text: str, translation: str = "") -> None:
        """It was one sentence with the next utterance."""
        start = 4.0 * utterance
        recognized = Recognized(self.id, utterance, start, start + 6, "ru", 1.0, text)
        translated = Translated(self.id, utterance, "ru", "ba", translation)
        self.report(
            Joined(
                self.id, utterance, utterance + 1, recognized, translated if translation else None
            )
        )

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
        content = (source, target, text, final, tuple(sentences))
        self.report(Translated(self.id, utterance, *content))

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
        self.opened: list[FakeSession] = []
        self.failure: Exception | None = None

    def __call__(self, settings: Settings, listener: Callable[[Update], None]) -> FakeSession:
        session = FakeSession(settings, listener)
        session.failure = self.failure
        self.opened.append(session)
        return session

    @property
    def newest(self) -> FakeSession:
        """The session that runs now."""
        return self.opened[-1]


class FakeTextQuestions(TextQuestions):
    """Asks no worker. Translates into capitals, sentence by sentence, unless the test says how.

    While it `waits` nothing is answered until the test calls `answer`.
    """

    def __init__(self, *, waits: bool = False) -> None:
        self.requests: list[tuple[Any, ...]] = []
        self.waits = waits
        self.failure: tuple[str, dict[str, str]] | None = None
        self.dictionary: dict[str, str] = {}  # sentence -> translation
        self.doubts: dict[str, tuple[Flag, ...]] = {}
        self.confidence: dict[str, float] = {}
        self.origins: dict[str, str] = {}
        self.trial = False
        self.candidates: tuple[Candidate, ...] = (Candidate("ИНАЧЕ", -1.0),)
        self.returned = Returned("texts", 0, "обратно", 50.0)
        self._pending: list[tuple[Take, Answer]] = []

    def translate(self, text: str, source: str, target: str, take: Take, project: str = "") -> None:
        """Answer with the translation of each sentence."""
        self._answer(("translate", text, source, target, project), take, self.translation(text))

    def alternatives(
        self, text: str, source: str, target: str, take: Take, project: str = ""
    ) -> None:
        """Answer with the candidates."""
        request = ("alternatives", text, source, target, project)
        self._answer(request, take, Offered("texts", 0, self.candidates))

    def back(self, text: str, translation: str, pair: Pair, take: Take) -> None:
        """Answer with what the test says."""
        self._answer(("back", text, translation, *pair), take, self.returned)

    @property
    def questions(self) -> list[tuple[Any, ...]]:
        """What was asked, whatever the project."""
        return [request if request[0] == "back" else request[:-1] for request in self.requests]

    def answer(self, answer: Answer | None = None) -> None:
        """Answer the oldest question that waits, with what the test says if it says something."""
        take, usual = self._pending.pop(0)
        take(answer or usual)

    def translation(self, text: str) -> Translated:
        """Return the translation with its sentences."""
        translated, pairs, at = "", [], 0
        for sentence in sentences(text):
            start = text.index(sentence, at)
            at = start + len(sentence)
            begin = len(translated) + bool(translated)
            translated = " ".join(
                filter(None, (translated, self.dictionary.get(sentence, sentence.upper())))
            )
            pairs.append(
                Sentence(
                    *(start, at, begin, len(translated)),
                    self.confidence.get(sentence, UNKNOWN),
                    self.doubts.get(sentence, ()),
                    self.origins.get(sentence, ""),
                    self.trial,
                )
            )
        return Translated("texts", 0, "", "", translated, sentences=tuple(pairs))

    def _answer(self, request: tuple[Any, ...], take: Take, answer: Answer) -> None:
        self.requests.append(request)
        if self.failure:
            answer = Failed("texts", *self.failure)
        if self.waits:
            self._pending.append((take, answer))
        else:
            take(answer)
