"""A session with the microphone: sound goes to disk first, then to the worker.

    IDLE → LOADING → LISTENING → PROCESSING → IDLE          FAILED from any of them
                     ↘ RECORDING → IDLE

RECORDING: the worker failed, the microphone goes on, and the rest is postponed at Stop.

Sound is taken from the first moment, while models still load, and Stop drains what was said.
Stopped at once instead, the session can go on later, from the recording: IDLE → PROCESSING → IDLE.
The listener is called on background threads and must hand on quickly.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np

from tolmach.audio.microphone import MicrophoneBroken, MicrophoneEvent
from tolmach.audio.recorder import Recorder
from tolmach.core.errors import AppError
from tolmach.core.samples import SAMPLE_RATE, Samples, rms, seconds
from tolmach.core.transcript import Segment, Transcript
from tolmach.protocol.messages import (
    Again,
    Answered,
    Cut,
    Event,
    Failed,
    Finished,
    Joined,
    Progress,
    Ready,
    Unconfirmed,
    WorkerLost,
)
from tolmach.protocol.plan import Plan
from tolmach.sessions.lag import Trend
from tolmach.sessions.reading import Reading
from tolmach.sessions.record import joined, record, reopened
from tolmach.sessions.updates import (
    Draining,
    FallingBehind,
    Lag,
    Level,
    Postponed,
    State,
    StateChanged,
    Update,
)
from tolmach.worker.client import Client
from tolmach.worker.journal import Turn

LEVELS_PER_SECOND = 20
DRAIN_STEP = SAMPLE_RATE // 2  # samples: less is not worth telling
WORTH_KEEPING = SAMPLE_RATE  # samples: less is silence before words, unless somebody spoke


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
        self.id = _identity(datetime.now().astimezone())
        self.state = State.IDLE
        self._client = client
        self._plan = plan
        self._listener = listener
        self._path = recordings / f"{self.id}.wav"
        self._recorder: Recorder | None = None
        self._source = open_source(self._deliver, self._report)
        self._spans: dict[int, tuple[int, int]] = {}  # utterance -> first and last sample
        self._turns: list[Turn] = []
        self._progress = Progress(self.id, 0, 0, 0, speaking=False)
        self._open = False  # an utterance has been begun and not answered
        self._level_due = 0
        self._loaded = False
        self._trend = Trend()
        self._fell_behind = False  # and said so
        self._drain = 0  # samples that were left at Stop
        self._drain_due = 0  # samples that may be left when it is told next
        self._postponed = False
        self._reading: Reading | None = None  # of what was postponed
        self._lock = threading.RLock()
        self.transcript = Transcript(self.id)  # grows while the session runs

    @property
    def plan(self) -> Plan:
        """What is spoken and what it is translated into."""
        return self._plan

    @property
    def recording(self) -> Path:
        """Where the sound is."""
        return self._recorder.path if self._recorder else self._path

    def start(self) -> None:
        """Open the recording and the microphone, load the models.

        Raises StorageError or AudioError, and the session is then FAILED.
        """
        self._set(State.LOADING)
        try:
            self._recorder = Recorder(self._path)
            self._client.listener = self._listener  # of what belongs to no session
            self._client.hear(self.id, self._on_event)  # of repetitions as well, later on
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
        if self.state is State.RECORDING:
            self.stop_now()
        elif self._set(State.PROCESSING, State.LOADING, State.LISTENING):
            self._source.stop()
            self._begin_draining()
            self._client.end(self.id)
            if self._recorder:
                self._recorder.flush()

    def stop_now(self) -> None:
        """Give up at once: IDLE. What has not been recognised is on disk and told as Postponed."""
        self._set(State.PROCESSING, State.LOADING, State.LISTENING, State.RECORDING)
        if self.state is not State.PROCESSING:
            return
        self._source.stop()
        if self._reading:
            self._reading.stop()
        self._client.cancel()
        with self._lock:
            self._drain = 0
            if self.state is State.PROCESSING:
                self._postpone()
            self._set(State.IDLE, State.PROCESSING)
        if self._recorder:
            self._recorder.flush()  # last: a full disk must not keep the session PROCESSING

    def resume(self) -> bool:
        """Recognise what was postponed and return True; IDLE follows, or FAILED.

        No other session may be running. False, and nothing happens, when nothing is postponed.
        """
        recorder, failed = self._recorder, self.state is State.FAILED
        if not (
            recorder and self._postponed and self._set(State.PROCESSING, State.IDLE, State.FAILED)
        ):
            return False
        if failed:
            self._client.cancel()  # it may still be finishing what was read
        self._postponed = False
        self._begin_draining()
        self._go_on()
        self._reading = Reading(
            self._client, self.id, recorder, lambda: self._progress.examined, self._fail_reading
        )
        self._reading.start(self._turns, self._progress.settled)
        return True

    def speak(self, language: str) -> None:
        """Say that `language` is spoken from now on, "" for any of the plan's."""
        if self._recorder and self.state in (State.LOADING, State.LISTENING, State.RECORDING):
            self._turns.append((self._recorder.length, language))
            if self.state is not State.RECORDING:
                self._client.speak(self.id, language)

    def again(self, utterance: int, language: str, target: str) -> None:
        """Recognise an utterance once more, as this language, and translate it into `target`.

        Raises StorageError when the recording cannot be read.
        """
        with self._lock:  # first: what becomes of it is told of the segment, a failure as well
            segment = self.transcript.segments.get(utterance)
            self.transcript.keep(utterance, segment and reopened(segment))
        sound = self.sound(utterance)
        if sound is not None:
            if not self._client.session:
                self._go_on()  # no models are loaded since a session was given up
            first = self._spans[utterance][0]
            self._client.ask(Again(self.id, utterance, first, language, target, sound))

    def refuse(self, utterance: int, code: str, params: dict[str, str]) -> None:
        """Tell that an utterance cannot be recognised again, though it was to be."""
        self._on_event(Failed(self.id, code, params, utterance))

    def correct(self, segment: Segment) -> None:
        """Keep a segment as a person changed it."""
        with self._lock:
            self.transcript.keep(segment.utterance, segment)

    def join(self, event: Joined) -> None:
        """Keep two utterances as the one that they are: one segment, with the sound of both."""
        with self._lock:
            if event.utterance in self._spans and event.tail in self._spans:
                last = self._spans.pop(event.tail)[1]
                self._spans[event.utterance] = self._spans[event.utterance][0], last
            self.transcript.keep(event.utterance, joined(event))
            self.transcript.keep(event.tail, None)

    def sound(self, utterance: int) -> Samples | None:
        """Return the kept sound of an utterance, None for one that this session never heard."""
        span = self._spans.get(utterance)
        return self._recorder.read(*span) if span and self._recorder else None

    def close(self) -> None:
        """Let the recording go; the file stays."""
        self._source.stop()
        self._client.hear(self.id, None)
        if self._reading:
            self._reading.stop()
        if self._recorder:
            self._recorder.close()

    def _go_on(self) -> None:
        """Begin in the worker once more, where it was; nobody waits for unconfirmed words."""
        plan = replace(self._plan, drafts=False)
        progress = self._progress = replace(self._progress, examined=self._progress.settled)
        self._client.hear(self.id, self._on_event)
        self._client.begin(self.id, plan, progress.settled, progress.utterance)

    def _remaining(self) -> int:
        """Return how many samples are still to be recognised."""
        return (self._recorder.length if self._recorder else 0) - self._progress.settled

    def _postpone(self) -> None:
        """Keep for `resume` what is still to be recognised, if that is worth it."""
        remaining = self._remaining()
        spoken = self._open or self._progress.speaking
        self._postponed = remaining >= WORTH_KEEPING or (remaining > 0 and spoken)
        if self._postponed:
            self._listener(Postponed(self.id, seconds(remaining)))

    def _begin_draining(self) -> None:
        with self._lock:
            if self.state is State.PROCESSING:
                self._drain = self._drain_due = self._remaining()
                self._tell_draining()

    def _tell_draining(self) -> None:
        with self._lock:
            remaining = self._remaining()
            if self._drain and remaining <= self._drain_due:
                self._drain_due = max(0, remaining - DRAIN_STEP) if remaining else -1
                self._listener(Draining(seconds(remaining), seconds(self._drain)))

    def _deliver(self, samples: Samples) -> None:
        """Take what the microphone heard: to disk before any model sees it."""
        recorder = self._recorder
        if recorder is None or self.state in (State.IDLE, State.FAILED):
            return
        try:
            recorder.write(samples)
        except AppError as error:
            self._fail(Failed(self.id, error.code, error.params))
            return
        if self.state is not State.RECORDING:
            self._client.feed(self.id, samples)
        if recorder.length >= self._level_due:
            self._level_due = recorder.length + SAMPLE_RATE // LEVELS_PER_SECOND
            peak = float(np.max(np.abs(samples), initial=0.0))
            self._listener(Level(rms(samples), peak))
            captured = recorder.length
            # Where nothing is recognised any more, nothing is late.
            first = captured if self.state is State.RECORDING else self._progress.examined
            self._tell_lag(seconds(captured - first), seconds(captured))

    def _tell_lag(self, lag: float, captured: float) -> None:
        self._listener(Lag(lag, captured))
        if not self._loaded:
            self._trend.forget()
        elif not self._fell_behind and self._trend.grows(captured, lag):
            self._fell_behind = True
            self._listener(FallingBehind(lag, self._plan.smaller))

    def _report(self, event: MicrophoneEvent) -> None:
        if isinstance(event, MicrophoneBroken):
            self._fail(Failed(self.id, "unexpected", {"detail": event.detail}))
        else:
            self._listener(event)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, Failed) and event.utterance < 0:
            self._lose_recognition(event)
        else:
            self._note(event)
            with self._lock:
                record(self.transcript, event)
            self._listener(event)
            if isinstance(event, Ready):
                self._set(State.LISTENING, State.LOADING)
            elif isinstance(event, Finished):
                self._set(State.IDLE, State.PROCESSING)

    def _note(self, event: Event) -> None:
        if isinstance(event, Cut):
            self._spans[event.utterance] = (event.first, event.last)
        if isinstance(event, Cut | Unconfirmed | Answered):
            words = isinstance(event, Unconfirmed) and event.committed + event.tail
            self._open = isinstance(event, Cut) or bool(words)
        elif isinstance(event, Progress):
            self._progress = event
            self._tell_draining()
        elif isinstance(event, Ready | WorkerLost):
            self._loaded = isinstance(event, Ready)
        elif isinstance(event, Finished) and self._recorder and self.state is State.PROCESSING:
            self._progress = replace(self._progress, settled=self._recorder.length)
            self._tell_draining()

    def _lose_recognition(self, failure: Failed) -> None:
        """The worker failed. What is said now would never be said again: the recorder goes on.

        Models that cannot be loaded end the session: somebody only just began it.
        """
        is_dead = failure.code == "worker-does-not-start"
        if self._set(State.RECORDING, State.LISTENING, *[State.LOADING] * is_dead):
            self._listener(failure)
            self._client.end(self.id)
        elif self.state is not State.RECORDING:
            self._fail(failure)

    def _fail(self, failure: Failed) -> None:
        """Tell a failure of the whole session and end it; on any thread, the microphone's too."""
        resumed = self._reading is not None and self.state is State.PROCESSING
        if self._set(State.FAILED):
            self._listener(failure)
            if resumed:
                self._postpone()
            threading.Thread(target=self._give_up, name="session-end", daemon=True).start()

    def _fail_reading(self, error: AppError) -> None:
        self._fail(Failed(self.id, error.code, error.params))

    def _give_up(self) -> None:
        """What was said before the failure is still recognised, if the worker can."""
        self._source.stop()
        if self._reading:
            self._reading.stop()
        self._client.end(self.id)

    def _set(self, state: State, *only_from: State) -> bool:
        """Change the state, if it is one of `only_from`; tell in the order of the changes."""
        with self._lock:
            if state is self.state or (only_from and self.state not in only_from):
                return False
            self.state = state
            self._listener(StateChanged(state))
        return True


def _identity(moment: datetime) -> str:
    """Name a session by its beginning: unlike any other, though the clock be set back or stand."""
    milliseconds = moment.strftime("%Y-%m-%d %H-%M-%S.%f")[:-3]
    return f"{milliseconds} {moment:%z} {secrets.token_hex(3)}"
