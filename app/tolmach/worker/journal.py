"""What a new worker must be told when the old one died, so that no sample and no request is lost.

Pure bookkeeping, no thread and no process. The client calls it under its lock.
"""

from dataclasses import replace
from typing import TypeAlias

import numpy as np

from tolmach.core.samples import Samples, seconds
from tolmach.worker.protocol import (
    Again,
    Answered,
    Begin,
    Command,
    Cut,
    End,
    Event,
    Failed,
    Feed,
    Finished,
    Progress,
    Translate,
)

DEATHS_PER_UTTERANCE = 2  # then it is kept as sound, reported and skipped
REPLAY_CHUNK = 16_000  # samples a message

Identity: TypeAlias = tuple[str, int]  # (session, utterance)


class Journal:
    """The session as it has been told to the worker and not yet been answered."""

    def __init__(self) -> None:
        self._begin: Begin | None = None
        self._kept: list[Samples] = []
        self._first = 0  # index of the first kept sample
        self._ended = False
        self._finished = False
        self._requests: dict[Identity, Again | Translate] = {}  # oldest first
        self._suspect: Cut | None = None  # what the worker is working on
        self._deaths: dict[Identity, int] = {}

    @property
    def session(self) -> str:
        """Return the session's id, "" before the first."""
        return self._begin.session if self._begin else ""

    def note(self, command: Command) -> None:
        """Remember a command that is about to be sent."""
        if isinstance(command, Begin):
            self.__init__()  # type: ignore[misc]
            self._begin, self._first = command, command.first
        elif isinstance(command, Feed):
            self._kept.append(command.samples)
        elif isinstance(command, End):
            self._ended = True
        elif isinstance(command, Again | Translate):
            self._requests[command.session, command.utterance] = command

    def hear(self, event: Event) -> None:
        """Forget what this event settles."""
        if isinstance(event, Cut):
            self._suspect = event
        elif isinstance(event, Answered):
            self._suspect = None
            self._requests.pop((event.session, event.utterance), None)
        elif event.session == self.session:
            self._hear_session(event)

    def died(self) -> Failed | None:
        """Count a death; return the failure of what has now killed too often.

        To blame is the utterance that was worked on; if there was none, the oldest request.
        """
        cut, self._suspect = self._suspect, None
        identity = next(iter(self._requests), None) if cut is None else (cut.session, cut.utterance)
        if identity is None:
            return None
        self._deaths[identity] = self._deaths.get(identity, 0) + 1
        if self._deaths[identity] < DEATHS_PER_UTTERANCE:
            return None
        if self._requests.pop(identity, None) is None and cut is not None:
            self._settle(cut.last, cut.utterance + 1)
        span = (seconds(cut.first), seconds(cut.last)) if cut else (0.0, 0.0)
        return Failed(identity[0], "worker-crashed-on-utterance", {}, identity[1], *span)

    def replay(self) -> list[Command]:
        """Return the commands that bring a fresh worker to where the old one should be."""
        commands: list[Command] = [self._begin] if self._begin else []
        if self._begin and not self._finished:
            samples = np.concatenate(self._kept) if self._kept else np.zeros(0, np.float32)
            commands += [
                Feed(self.session, samples[at : at + REPLAY_CHUNK])
                for at in range(0, len(samples), REPLAY_CHUNK)
            ]
            if self._ended:
                commands.append(End(self.session))
        return [*commands, *self._requests.values()]

    def _hear_session(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._settle(event.settled, event.utterance)
        elif isinstance(event, Finished) or (isinstance(event, Failed) and event.utterance < 0):
            self._finished = True  # a session that failed as a whole would only fail again
            self._kept.clear()

    def _settle(self, settled: int, utterance: int) -> None:
        """Forget kept samples before index `settled`; the next utterance has this number."""
        while self._kept and self._first + len(self._kept[0]) <= settled:
            self._first += len(self._kept.pop(0))
        if self._kept and self._first < settled:
            self._kept[0] = self._kept[0][settled - self._first :]
            self._first = settled
        if self._begin:
            self._begin = replace(self._begin, first=self._first, utterance=utterance)
