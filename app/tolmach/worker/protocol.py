"""What crosses the border between the processes, and its wire format.

Commands go to the worker, events come back; both are frozen dataclasses of plain data. The wire
format is a JSON header followed by raw samples: no pickle, because the worker parses untrusted
model files and must not be able to run code in the application process.

Identity: an utterance is (session, utterance); its Recognized and Translated update one row, so a
replay after a crash cannot double it.
"""

import json
import struct
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

import numpy as np

from tolmach.core.endpointer import Endpointing
from tolmach.core.pack import Pack, PackFile, Quality
from tolmach.core.samples import Samples
from tolmach.core.translation import Candidate, Sentence
from tolmach.core.translation_doubts import Flag


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a session needs to know to run in the worker."""

    languages: tuple[str, ...]  # what may be spoken
    recognizers: tuple[Pack, ...] = ()  # one that hears all languages, or several
    hearers: dict[str, str] = field(default_factory=dict)  # language -> which of several, its id
    translators: tuple[Pack, ...] = ()
    targets: dict[str, str] = field(default_factory=dict)  # spoken language -> translate into
    endpointing: Endpointing = field(default_factory=Endpointing)
    threads: int = 0  # for inference; 0: what a short warm-up finds to be the quickest
    beam: int = 0  # hypotheses that a final decode follows; 0: as the pack says
    drafts: bool = False  # tell unconfirmed words while somebody speaks
    ahead: bool = False  # translate unconfirmed words, too
    project: str = ""  # whose terms hold besides those that hold everywhere


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
class Back:
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
    """Samples before `heard` went through the VAD; samples before `settled` are done with.

    `utterance` is the number of the next utterance. After a crash the session goes on from here.
    """

    session: str
    heard: int
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
class Lost:
    """The worker died and another one is being started. Made by the client, not the worker."""

    session: str
    exit_code: int


Request: TypeAlias = Again | Translate | Alternatives | Back  # each ends with Answered
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
    | Lost
)

_COMMANDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (Begin, Feed, End, Speaker, Again, Translate, Alternatives, Back, Quit)
}
_EVENTS: dict[str, type] = {  # without Lost: no worker can say that of itself
    kind.__name__: kind
    for kind in (
        Ready,
        Progress,
        Unconfirmed,
        Cut,
        Recognized,
        Translated,
        Offered,
        Returned,
        Answered,
        Finished,
        Failed,
    )
}
MOST_NUMBER = 2**53
_NESTED: tuple[type, ...] = (
    *(Plan, Pack, PackFile, Quality, Endpointing),
    *(Candidate, Sentence, Flag),
)


def encode(message: Command | Event) -> bytes:
    """Return the message as bytes: header length, JSON header, samples."""
    content = {f.name: getattr(message, f.name) for f in fields(message)}
    samples = content.pop("samples", None)
    header = _json([type(message).__name__, content])
    body = b"" if samples is None else np.ascontiguousarray(samples, dtype="<f4").tobytes()
    return struct.pack("<I", len(header)) + header + body


def _json(content: Any) -> bytes:
    """Return JSON as short as it can be: Cyrillic letters would be three times as long escaped."""
    text = json.dumps(content, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def decode_command(data: bytes) -> Command:
    """Return the command of these bytes; raises ValueError for anything else."""
    command: Command = _decode(data, _COMMANDS)
    return command


def decode_event(data: bytes) -> Event:
    """Return the event of these bytes; raises ValueError for anything else.

    The worker is not trusted: every field has its type before anybody looks at it.
    """
    event: Event = _decode(data, _EVENTS)
    return event


def _decode(data: bytes, kinds: dict[str, type]) -> Any:
    try:
        (length,) = struct.unpack_from("<I", data)
        name, content = json.loads(data[4 : 4 + length])
        kind = kinds[name]
        if "samples" in get_type_hints(kind):
            content["samples"] = np.frombuffer(data, dtype="<f4", offset=4 + length)
        return _rebuild(kind, content)
    except (struct.error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a message of the worker protocol") from error


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if type(value) in _NESTED:
        return {f.name: getattr(value, f.name) for f in fields(value)}
    raise TypeError(f"{type(value).__name__} does not cross the border")


def _rebuild(kind: Any, content: dict[str, Any]) -> Any:
    """Make a dataclass from its fields, giving tuples, paths and nested data their types back."""
    hints = get_type_hints(kind)
    return kind(**{name: _restore(hints[name], value) for name, value in content.items()})


def _restore(hint: Any, value: Any) -> Any:
    if hint in (str, int, bool, float):
        return _plain_value(hint, value)
    if hint == dict[str, str]:
        return {_plain_value(str, k): _plain_value(str, v) for k, v in value.items()}
    if hint in _NESTED:
        return _rebuild(hint, value)
    if hint is Path:
        return Path(value)
    if get_origin(hint) is tuple:
        return _restore_tuple(get_args(hint), value)
    return value  # of kinds that only commands have, and samples


def _restore_tuple(kinds: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    if kinds[-1] is Ellipsis:
        kinds = kinds[:1] * len(value)
    return tuple(_restore(kind, item) for kind, item in zip(kinds, value, strict=True))


def _plain_value(kind: type, value: Any) -> Any:
    if isinstance(value, int | float) and not abs(value) <= MOST_NUMBER:  # not: NaN is never less
        raise ValueError(f"{value!r} counts nothing here")
    if type(value) is kind or (kind is float and type(value) is int):
        return value
    raise TypeError(f"{value!r} is no {kind.__name__}")
