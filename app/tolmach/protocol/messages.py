"""What crosses the border between the processes: commands to the worker, events back.

All are frozen dataclasses of plain data; protocol/wire.py turns them into bytes.

Identity: an utterance is (session, utterance); its Recognized and Translated update one row, so a
replay after a crash cannot double it.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from tolmach.core.pack import Pack
from tolmach.core.samples import Samples
from tolmach.core.translation import Candidate, Sentence
from tolmach.protocol.plan import Plan

# Commands ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begin:
    """Load what the plan names and listen from sample `first` on, numbering from `utterance`."""

    session: str
    plan: Plan
    first: int = 0
    utterance: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """The next samples of the session, in order and without gaps."""

    session: str
    samples: Samples


@dataclass(frozen=True, slots=True)
class End:
    """No more samples: finish the open utterance, then answer Finished."""

    session: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """From here on `language` is spoken, "" for any of the plan's. Ends the open utterance."""

    session: str
    language: str


@dataclass(frozen=True, slots=True)
class Again:
    """Recognise one kept utterance again, as `language`, and translate it into `target`."""

    session: str
    utterance: int
    first: int
    language: str
    target: str  # "" for no translation
    samples: Samples


@dataclass(frozen=True, slots=True)
class Translate:
    """Translate a text outside any sound; answered by Translated with the same number.

    These requests bring the packs that they need, so no session need have begun.
    """

    session: str
    utterance: int
    text: str
    source: str
    target: str
    translators: tuple[Pack, ...]
    project: str | None = ""  # whose terms hold besides those of everywhere; None: no terms


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Say a sentence in up to `count` ways; answered by Offered with the same number."""

    session: str
    utterance: int
    text: str
    source: str
    target: str
    translators: tuple[Pack, ...]
    count: int = 4
    project: str = ""


@dataclass(frozen=True, slots=True)
class TranslateBack:
    """Translate a translation back, to compare it with its text; answered by Returned."""

    session: str
    utterance: int
    text: str
    translation: str
    source: str  # of the text
    target: str
    translators: tuple[Pack, ...]  # from target to source


@dataclass(frozen=True, slots=True)
class Quit:
    """Leave the process."""


# Events --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """Models are loaded; the session listens."""

    session: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Samples before `examined` went through the VAD; samples before `settled` are done with.

    `utterance` is the number of the next utterance. After a crash the session goes on from here.
    """

    session: str
    examined: int
    settled: int
    utterance: int
    speaking: bool


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """What the open utterance seems to say so far; both texts empty while that is not clear.

    `committed` will not change any more, `tail` may; neither has white space around it.
    """

    session: str
    utterance: int
    start: float
    end: float  # of the sound that this was heard in
    language: str
    confidence: float
    committed: str
    tail: str


@dataclass(frozen=True, slots=True)
class Cut:
    """An utterance is complete and its recognition begins: if the worker dies now, this was why."""

    session: str
    utterance: int
    first: int  # samples
    last: int


@dataclass(frozen=True, slots=True)
class Recognized:
    """What was said. An empty text means that the utterance held no speech."""

    session: str
    utterance: int
    start: float
    end: float
    language: str
    confidence: float  # of the language
    text: str
    doubtful: bool = False  # of the text: it repeats itself, or the model hardly believed it


@dataclass(frozen=True, slots=True)
class Translated:
    """What it means. Not final: of the unconfirmed words, or of the first sentences alone."""

    session: str
    utterance: int
    source: str
    target: str
    text: str
    final: bool = True
    sentences: tuple[Sentence, ...] = ()  # unless it is final, one that tells only of a trial


@dataclass(frozen=True, slots=True)
class Offered:
    """Translations that differ, the best first; at least one."""

    session: str
    utterance: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """What a translation means when it is translated back."""

    session: str
    utterance: int
    text: str
    similarity: float  # chrF with the original, 0..100; 100: the same letters


@dataclass(frozen=True, slots=True)
class Answered:
    """All that can be said of this utterance, or of this request, has been said."""

    session: str
    utterance: int


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything fed before End has been answered."""

    session: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Something went wrong; `utterance` is -1 when it concerns the whole session."""

    session: str
    code: str
    params: dict[str, str] = field(default_factory=dict)
    utterance: int = -1
    start: float = 0.0
    end: float = 0.0
    trace: str = ""  # for the log, never for the person


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """The worker died and another one is being started. Made by the client, not the worker."""

    session: str
    exit_code: int


Request: TypeAlias = Again | Translate | Alternatives | TranslateBack  # each ends with Answered
Command: TypeAlias = Begin | Feed | End | Speaker | Request | Quit
Event: TypeAlias = (
    Ready
    | Progress
    | Unconfirmed
    | Cut
    | Recognized
    | Translated
    | Offered
    | Returned
    | Answered
    | Finished
    | Failed
    | WorkerLost
)
