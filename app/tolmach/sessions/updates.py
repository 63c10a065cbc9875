"""What a session with the microphone reports, beside what the worker says."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from tolmach.audio.microphone import (
    MicrophoneLost,
    MicrophoneMuted,
    MicrophoneRestored,
    Overflowed,
)
from tolmach.protocol.messages import Event


class State(Enum):
    """Where a session stands."""

    IDLE = auto()
    LOADING = auto()
    LISTENING = auto()
    RECORDING = auto()  # nothing is recognised any more, but the sound is kept for later
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


@dataclass(frozen=True, slots=True)
class FallingBehind:
    """Recognition is late and gets later; told once a session."""

    seconds: float  # of lag
    smaller: str  # id of an installed recognizer that knows the same languages, "" if none is


@dataclass(frozen=True, slots=True)
class Draining:
    """How much sound is still to be recognised while the session is PROCESSING."""

    remaining: float  # seconds; 0 when done
    total: float  # seconds that remained when the session was stopped


@dataclass(frozen=True, slots=True)
class Postponed:
    """The session was stopped at once: so much sound waits on disk for `resume`."""

    session: str
    seconds: float


Update: TypeAlias = (
    Event
    | StateChanged
    | Level
    | Lag
    | FallingBehind
    | Draining
    | Postponed
    | MicrophoneLost
    | MicrophoneMuted
    | MicrophoneRestored
    | Overflowed
)
