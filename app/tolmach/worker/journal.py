"""What a new worker must be told when the old one died, so that no sample and no request is lost.

Pure bookkeeping, no thread and no process. The client calls it under its lock.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from tolmach.core.samples import Samples, seconds
from tolmach.protocol.messages import (
    Again,
    Answered,
    Begin,
    Command,
    Cut,
    Decode,
    End,
    Event,
    Failed,
    Feed,
    Finished,
    Identity,
    Loaded,
    Progress,
    Recognized,
    Request,
    Speaker,
    TextRequest,
)

log = logging.getLogger(__name__)

DEATHS_PER_UTTERANCE = 2  # then it is kept as sound, reported and skipped
DEATHS_PER_DRAFT = 2  # then no unconfirmed words are asked for any more
DEATHS_BY_FORCE = 3  # instead of either, when the last was a kill: perhaps for no fault of its own
FORCE = -9  # exit code: killed by a person, or by a system that is short of memory
REPLAY_CHUNK = 16_000  # samples a message

Turn: TypeAlias = tuple[int, str]  # (index of a sample, language spoken from there on)


def turns_from(turns: Sequence[Turn], first: int) -> list[Turn]:
    """Return the turns that matter from sample `first` on, the one in force there among them."""
    past = [turn for turn in turns if turn[0] <= first]
    return past[-1:] + [turn for turn in turns if turn[0] > first]


def _allowed(deaths: int, exit_code: int) -> int:
    return DEATHS_BY_FORCE if exit_code == FORCE else deaths


class Journal:
    """The session as it has been told to the worker and not yet been answered."""

    def __init__(self) -> None:
        self._requests: dict[Identity, Request] = {}  # oldest first
        self._loaded: Identity | None = None  # the request that the worker has all for
        self.drop_session()

    def drop_session(self) -> None:
        """Forget the session: no other worker is told of it."""
        self._begin: Begin | None = None
        self._chunks: list[Samples] = []
        self._first = 0  # index of their first sample
        self._turns: list[Turn] = []
        self._speaking = False
        self._ended = False
        self._finished = False
        self._early: set[Identity] = set()  # requests made while their utterance is worked on
        self._suspect: Cut | None = None  # what the worker is working on
        self._texts: set[Identity] = set()  # recognised, not yet answered
        self._deaths: Counter[Identity] = Counter()
        self._draft_deaths: Counter[int] = Counter()  # by utterance

    @property
    def session(self) -> str:
        """Return the session's id, "" before the first."""
        return self._begin.session if self._begin else ""

    def note(self, command: Command) -> None:
        """Remember a command that is about to be sent."""
        if isinstance(command, Begin):
            self.drop_session()
            self._begin, self._first = command, command.first
        elif isinstance(command, Feed):
            self._chunks.append(command.samples)
        elif isinstance(command, Speaker):
            self._turns.append((self._first + sum(map(len, self._chunks)), command.language))
        elif isinstance(command, End):
            self._ended = True
        elif isinstance(command, Request):
            self._requests[command.identity] = command
            if self._suspect and command.identity == self._suspect.identity:
                self._early.add(command.identity)  # the next answer is not yet the request's

    def drop_requests(self) -> list[Identity]:
        """Forget all requests that have not been answered; return whose they are."""
        identities = list(self._requests)
        self._requests.clear()
        self._early.clear()
        return identities

    def hear(self, event: Event) -> None:
        """Forget what this event settles."""
        if isinstance(event, Cut):
            self._suspect = event
        elif isinstance(event, Loaded):
            self._loaded = event.identity
        elif isinstance(event, Recognized):
            self._texts.add(event.identity)
        elif isinstance(event, Answered):
            self._suspect = None
            self._texts.discard(event.identity)
            if event.identity not in self._early:
                self._requests.pop(event.identity, None)
            self._early.discard(event.identity)
        elif event.session != self.session:
            return
        elif isinstance(event, Progress):
            self._speaking = event.speaking
            self._settle(event.settled, event.utterance)
        elif isinstance(event, Finished) or (isinstance(event, Failed) and event.utterance < 0):
            self._finished = True  # a session that failed as a whole would only fail again
            self._speaking = False
            self._chunks.clear()

    def died(self, exit_code: int) -> Failed | None:
        """Count a death; return the failure of what has now killed too often.

        To blame is the utterance that was worked on; if there was none, the oldest request, for
        the worker looks at no unconfirmed words while one waits; if there is none, those words.
        """
        cut, self._suspect = self._suspect, None
        loaded, self._loaded = self._loaded, None
        identity = cut.identity if cut else next(iter(self._requests), None)
        if identity is None:
            if self._begin and self._begin.plan.drafts and self._speaking:
                self._blame_drafts(self._begin, exit_code)
            return None
        is_recognition = cut is not None and self._is_unsettled(cut)
        if not is_recognition:
            self._early.discard(identity)  # a new worker is told the newest request alone
        self._deaths[identity] += 1
        if self._deaths[identity] < _allowed(DEATHS_PER_UTTERANCE, exit_code):
            return None
        request = self._requests.get(identity)
        if isinstance(request, TextRequest) and identity != loaded and cut is None:
            del self._requests[identity]
            params = {"exit_code": str(exit_code)}
            return Failed(identity[0], "worker-does-not-start", params, identity[1])
        # What was recognised has been told: only its translation is missing.
        has_text = identity in self._texts or (
            request is not None and not isinstance(request, Again | Decode)
        )
        self._texts.discard(identity)
        if cut is not None and is_recognition:
            self._early.discard(identity)
            self._settle(cut.last, cut.utterance + 1)
        else:
            self._requests.pop(identity, None)
        span = (seconds(cut.first), seconds(cut.last)) if cut else (0.0, 0.0)
        code = "translation-crashed" if has_text else "worker-crashed-on-utterance"
        return Failed(identity[0], code, {}, identity[1], *span)

    def replay(self) -> list[Command]:
        """Return the commands that bring a fresh worker to where the old one should be."""
        commands: list[Command] = [self._begin] if self._begin else []
        if self._begin and not self._finished:
            commands += self._heard_again()
            if self._ended:
                commands.append(End(self.session))
        return [*commands, *self._requests.values()]

    def _heard_again(self) -> Iterator[Command]:
        """Yield the kept sound and, in their places, who speaks."""
        samples = np.concatenate(self._chunks) if self._chunks else np.zeros(0, np.float32)
        position = 0
        for place, language in self._turns:
            until = max(position, place - self._first)
            yield from self._feeds(samples[position:until])
            yield Speaker(self.session, language)
            position = until
        yield from self._feeds(samples[position:])

    def _feeds(self, samples: Samples) -> Iterator[Command]:
        for at in range(0, len(samples), REPLAY_CHUNK):
            yield Feed(self.session, samples[at : at + REPLAY_CHUNK])

    def _is_unsettled(self, cut: Cut) -> bool:
        """Whether this is the session's own utterance, which a new worker cuts again."""
        begin = self._begin
        return (
            begin is not None and cut.session == begin.session and cut.utterance >= begin.utterance
        )

    def _blame_drafts(self, begin: Begin, exit_code: int) -> None:
        """Do without unconfirmed words when they have killed too often: the final ones may live."""
        self._draft_deaths[begin.utterance] += 1
        if self._draft_deaths[begin.utterance] >= _allowed(DEATHS_PER_DRAFT, exit_code):
            log.warning("unconfirmed words kill the worker: none in the rest of the session")
            self._begin = replace(begin, plan=replace(begin.plan, drafts=False))

    def _settle(self, settled: int, utterance: int) -> None:
        """Forget kept samples before index `settled`; the next utterance has this number."""
        while self._chunks and self._first + len(self._chunks[0]) <= settled:
            self._first += len(self._chunks.pop(0))
        if self._chunks and self._first < settled:
            self._chunks[0] = self._chunks[0][settled - self._first :]
            self._first = settled
        self._turns = turns_from(self._turns, self._first)
        if self._begin:
            self._begin = replace(self._begin, first=self._first, utterance=utterance)
