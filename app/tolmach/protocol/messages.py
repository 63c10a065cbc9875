"""What crosses the border between the processes: commands to the worker, events back.

All are frozen dataclasses of plain data; protocol/wire.py turns them into bytes.

Identity: an utterance is (session, utterance), and so is a request; its Recognized and Translated
update one row, so a replay after a crash cannot double it.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from tolmach.core.pack import Pack
from tolmach.core.samples import Samples
from tolmach.core.threads import Threads
from tolmach.core.translation import Candidate, Sentence
from tolmach.protocol.plan import Plan

Identity: TypeAlias = tuple[str, int]  # (session, utterance)


@dataclass(frozen=True, slots=True)
class SessionMessage:
    """What belongs to a session."""

    session: str


@dataclass(frozen=True, slots=True)
class UtteranceMessage(SessionMessage):
    """What belongs to an utterance, or to a request about a text."""

    utterance: int

    @property
    def identity(self) -> Identity:
        """Session and number in it."""
        return self.session, self.utterance


@dataclass(frozen=True, slots=True)
class TextRequest(UtteranceMessage):
    """About a text outside any sound; what answers it has the same number.

    It brings the packs that it needs, so no session need have begun.
    """

    text: str
    source: str  # language of the text
    target: str
    translators: tuple[Pack, ...]


# Commands ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begin(SessionMessage):
    """Load what the plan names and listen from sample `first` on, numbering from `utterance`."""

    plan: Plan
    first: int = 0
    utterance: int = 0


@dataclass(frozen=True, slots=True)
class Feed(SessionMessage):
    """The next samples of the session, in order and without gaps."""

    samples: Samples


@dataclass(frozen=True, slots=True)
class End(SessionMessage):
    """No more samples: finish the open utterance, then answer Finished."""


@dataclass(frozen=True, slots=True)
class Speaker(SessionMessage):
    """From here on `language` is spoken, "" for any of the plan's. Ends the open utterance."""

    language: str


@dataclass(frozen=True, slots=True)
class Again(UtteranceMessage):
    """Recognise one kept utterance again, as `language`, and translate it into `target`."""

    first: int
    language: str
    target: str  # "" for no translation
    samples: Samples


@dataclass(frozen=True, slots=True)
class Decode(UtteranceMessage):
    """Decode sound in a window of so many seconds, to measure it; answered by Decoded."""

    language: str
    window: float
    completed: bool  # by what the pack knows of silence
    draft: bool
    samples: Samples


@dataclass(frozen=True, slots=True)
class Translate(TextRequest):
    """Translate a text; answered by Translated."""

    project: str | None = ""  # whose terms hold besides those of everywhere; None: no terms


@dataclass(frozen=True, slots=True)
class Alternatives(TextRequest):
    """Say a sentence in up to `count` ways; answered by Offered."""

    count: int = 4
    project: str = ""


@dataclass(frozen=True, slots=True)
class TranslateBack(TextRequest):
    """Translate a translation back, to compare it with its text; answered by Returned.

    Its translators are those from `target` to `source`.
    """

    translation: str


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave the process."""


# Events --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready(SessionMessage):
    """Models are loaded; the session listens. `threads` are those of each recognizer, by pack."""

    threads: dict[str, Threads] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress(SessionMessage):
    """Samples before `examined` went through the VAD; samples before `settled` are done with.

    `utterance` is the number of the next utterance. After a crash the session goes on from here.
    """

    examined: int
    settled: int
    utterance: int
    speaking: bool


@dataclass(frozen=True, slots=True)
class Unconfirmed(UtteranceMessage):
    """What the open utterance seems to say so far; both texts empty while that is not clear.

    `committed` will not change any more, `tail` may; neither has white space around it.
    """

    start: float
    end: float  # of the sound that this was heard in
    language: str
    confidence: float
    committed: str
    tail: str


@dataclass(frozen=True, slots=True)
class Cut(UtteranceMessage):
    """An utterance is complete and its recognition begins: if the worker dies now, this was why."""

    first: int  # samples
    last: int


@dataclass(frozen=True, slots=True)
class Loaded(UtteranceMessage):
    """What a request about a text needs is loaded: if the worker dies now, the text was why."""


@dataclass(frozen=True, slots=True)
class Recognized(UtteranceMessage):
    """What was said. An empty text means that the utterance held no speech."""

    start: float
    end: float
    language: str
    confidence: float  # of the language
    text: str
    doubtful: bool = False  # of the text: it repeats itself, or the model hardly believed it


@dataclass(frozen=True, slots=True)
class Translated(UtteranceMessage):
    """What it means. Not final: of the unconfirmed words, or of the first sentences alone."""

    source: str
    target: str
    text: str
    final: bool = True
    sentences: tuple[Sentence, ...] = ()  # unless it is final, one that tells only of a trial


@dataclass(frozen=True, slots=True)
class Joined(UtteranceMessage):
    """This utterance and the one after it, `tail`, are one sentence.

    Told after both, of nothing that a person has changed by then; who shows them decides.
    """

    tail: int
    recognized: Recognized  # of both, with the number of the first
    translated: Translated | None  # None where nothing is translated


@dataclass(frozen=True, slots=True)
class Decoded(UtteranceMessage):
    """What a window of that length makes of the sound, without a second try."""

    text: str
    doubtful: bool
    identified: bool  # that it is this language, of all that the plan names
    cost: float  # CPU seconds of the worker, for the text alone


@dataclass(frozen=True, slots=True)
class Offered(UtteranceMessage):
    """Translations that differ, the best first; at least one."""

    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Returned(UtteranceMessage):
    """What a translation means when it is translated back."""

    text: str
    similarity: float  # chrF with the original, 0..100; 100: the same letters


@dataclass(frozen=True, slots=True)
class Answered(UtteranceMessage):
    """All that can be said of this utterance, or of this request, has been said."""


@dataclass(frozen=True, slots=True)
class Finished(SessionMessage):
    """Everything fed before End has been answered."""


@dataclass(frozen=True, slots=True)
class Failed(SessionMessage):
    """Something went wrong; `utterance` is -1 when it concerns the whole session."""

    code: str
    params: dict[str, str] = field(default_factory=dict)
    utterance: int = -1
    start: float = 0.0
    end: float = 0.0
    trace: str = ""  # for the log, never for the person


@dataclass(frozen=True, slots=True)
class WorkerLost(SessionMessage):
    """The worker died and another one is being started. Made by the client, not the worker."""

    exit_code: int


# Each ends with Answered.
Request: TypeAlias = Again | Decode | Translate | Alternatives | TranslateBack
Command: TypeAlias = Begin | Feed | End | Speaker | Request | Quit
Event: TypeAlias = (
    Ready
    | Progress
    | Unconfirmed
    | Cut
    | Loaded
    | Recognized
    | Translated
    | Joined
    | Decoded
    | Offered
    | Returned
    | Answered
    | Finished
    | Failed
    | WorkerLost
)
