"""A session with the microphone: sound goes to disk first, then to the worker.

    IDLE → LOADING → LISTENING → PROCESSING → IDLE          FAILED from any of them

Sound is taken from the first moment, while models still load, and Stop drains what was said.
The listener is called on background threads and must hand on quickly.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np

from tolmach.audio.microphone import Lost as DeviceLost
from tolmach.audio.microphone import MicrophoneEvent, Overflowed
from tolmach.audio.microphone import Restored as DeviceRestored
from tolmach.audio.recorder import Recorder
from tolmach.core.errors import AppError
from tolmach.core.samples import SAMPLE_RATE, Samples, rms, seconds
from tolmach.worker.client import Client
from tolmach.worker.protocol import Again, Cut, Event, Failed, Finished, Plan, Progress, Ready

log = logging.getLogger(__name__)

LEVELS_PER_SECOND = 20


class State(Enum):
    """Where a session stands."""

    IDLE = auto()
    LOADING = auto()
    LISTENING = auto()
    PROCESSING = auto()  # stopped; what was said is being finished
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The session is now in this state."""

    state: State


@dataclass(frozen=True, slots=True)
class Level:
    """How loud the microphone is, 0..1."""

    rms: float
    peak: float


@dataclass(frozen=True, slots=True)
class Lag:
    """How far recognition is behind the speaker."""

    seconds: float
    captured: float  # seconds of sound safely on disk


Update: TypeAlias = Event | StateChanged | Level | Lag | DeviceLost | DeviceRestored | Overflowed


class Source(Protocol):
    """Where sound comes from: the microphone, or a recording in its place."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


OpenSource: TypeAlias = Callable[
    [Callable[[Samples], None], Callable[[MicrophoneEvent], None]], Source
]


class LiveSession:
    """One recording from Start to Stop."""

    def __init__(
        self,
        client: Client,
        plan: Plan,
        open_source: OpenSource,
        listener: Callable[[Update], None],
        recordings: Path,
    ) -> None:
        """Prepare; nothing is opened yet. `recordings` is the folder for the sound."""
        self.id = datetime.now().astimezone().strftime("%Y-%m-%d %H-%M-%S.%f")[:-3]
        self.state = State.IDLE
        self._client = client
        self._plan = plan
        self._listener = listener
        self._path = recordings / f"{self.id}.wav"
        self._recorder: Recorder | None = None
        self._source = open_source(self._deliver, self._report)
        self._spans: dict[int, tuple[int, int]] = {}  # utterance -> first and last sample
        self._heard = 0
        self._level_due = 0
        self._lock = threading.RLock()

    @property
    def plan(self) -> Plan:
        """What is spoken and what it is translated into."""
        return self._plan

    def start(self) -> None:
        """Open the recording and the microphone, load the models.

        Raises StorageError or AudioError, and the session is then FAILED.
        """
        self._set(State.LOADING)
        try:
            self._recorder = Recorder(self._path)
            self._client.listener = self._on_event
            self._client.begin(self.id, self._plan)  # before the first sample can arrive
            self._source.start()
        except AppError:
            self._set(State.FAILED)
            if self._recorder:
                self._client.end(self.id)
                self._recorder.close()
            raise
        if self.state is State.FAILED:  # the models failed while the device was opening
            self._source.stop()

    def stop(self) -> None:
        """Close the microphone; IDLE follows when everything said has been answered."""
        if self._set(State.PROCESSING, State.LOADING, State.LISTENING):
            self._source.stop()
            self._client.end(self.id)
            if self._recorder:
                self._recorder.flush()

    def again(self, utterance: int, language: str, target: str) -> None:
        """Recognise an utterance once more, as this language, and translate it into `target`.

        Raises StorageError when the recording cannot be read.
        """
        sound = self.sound(utterance)
        if sound is not None:
            first = self._spans[utterance][0]
            self._client.again(Again(self.id, utterance, first, language, target, sound))

    def sound(self, utterance: int) -> Samples | None:
        """Return the kept sound of an utterance, None for one that this session never heard."""
        span = self._spans.get(utterance)
        return self._recorder.read(*span) if span and self._recorder else None

    def close(self) -> None:
        """Let the recording go; the file stays."""
        self._source.stop()
        if self._recorder:
            self._recorder.close()

    def _deliver(self, samples: Samples) -> None:
        """Take what the microphone heard: to disk before any model sees it."""
        recorder = self._recorder
        if recorder is None or self.state is State.FAILED:
            return
        try:
            recorder.write(samples)
        except AppError as error:
            self._fail(Failed(self.id, error.code, error.params))
            return
        self._client.feed(self.id, samples)
        if recorder.length >= self._level_due:
            self._level_due = recorder.length + SAMPLE_RATE // LEVELS_PER_SECOND
            peak = float(np.max(np.abs(samples), initial=0.0))
            self._listener(Level(rms(samples), peak))
            self._listener(Lag(seconds(recorder.length - self._heard), seconds(recorder.length)))

    def _report(self, event: MicrophoneEvent) -> None:
        self._listener(event)

    def _on_event(self, event: Event) -> None:
        if event.session != self.id:  # about an utterance of an earlier session
            self._listener(event)
        elif isinstance(event, Failed) and event.utterance < 0:
            self._fail(event)
        else:
            if isinstance(event, Cut):
                self._spans[event.utterance] = (event.first, event.last)
            elif isinstance(event, Progress):
                self._heard = event.heard
            self._listener(event)
            if isinstance(event, Ready):
                self._set(State.LISTENING, State.LOADING)
            elif isinstance(event, Finished):
                self._set(State.IDLE, State.PROCESSING)

    def _fail(self, failure: Failed) -> None:
        """Tell a failure of the whole session and end it; on any thread, the microphone's too."""
        if self._set(State.FAILED):
            self._listener(failure)
            threading.Thread(target=self._give_up, name="session-end", daemon=True).start()

    def _give_up(self) -> None:
        """What was said before the failure is still recognised, if the worker can."""
        self._source.stop()
        self._client.end(self.id)

    def _set(self, state: State, *only_from: State) -> bool:
        """Change the state, if it is one of `only_from`; tell in the order of the changes."""
        with self._lock:
            if state is self.state or (only_from and self.state not in only_from):
                return False
            self.state = state
            self._listener(StateChanged(state))
        return True
