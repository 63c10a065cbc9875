"""What a session is to do in the worker: which models hear and translate what, and how."""

from dataclasses import dataclass, field

from tolmach.core.pack import Pack
from tolmach.core.threads import Threads


@dataclass(frozen=True, slots=True)
class Endpointing:
    """The rules for cutting. Times in milliseconds."""

    threshold: float = 0.5  # probability that begins speech; ending needs 0.15 less
    certainty: float = 0.65  # probability that speech reaches somewhere; most clicks do not
    onset_ms: int = 96  # speech this long begins an utterance; a slammed door seems shorter
    pre_roll_ms: int = 320  # sound kept before it: the first consonant is quiet
    hangover_ms: int = 480  # silence this long ends it
    longest_ms: int = 14_000  # then it is cut at the quietest frame of the last third
    gap_ms: int = 1_000  # utterances farther apart are never one sentence
    sentence_ms: int = 16_000  # nor are two that last longer, with the pause between them


# Nobody waits for a file, and whole sentences are heard and translated better than their pieces.
FILE = Endpointing(hangover_ms=800, longest_ms=28_000)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a session needs to know to run in the worker."""

    languages: tuple[str, ...]  # what may be spoken
    recognizers: tuple[Pack, ...] = ()  # one that hears all languages, or several
    hearers: dict[str, str] = field(default_factory=dict)  # language -> which of several, its id
    translators: tuple[Pack, ...] = ()
    targets: dict[str, str] = field(default_factory=dict)  # spoken language -> translate into
    endpointing: Endpointing = field(default_factory=Endpointing)
    threads: int = 0  # for inference; 0: what is known to be the quickest, or found by a warm-up
    known_threads: dict[str, Threads] = field(default_factory=dict)  # of recognizers, by pack
    beam: int = 0  # hypotheses that a final decode follows; 0: as the pack says
    drafts: bool = False  # tell unconfirmed words while somebody speaks
    strict: bool = False  # a final keeps what drafts committed, though it may be wrong
    joined: bool = False  # two utterances that are one sentence are told once more, as one
    ahead: bool = False  # translate unconfirmed words, too
    smaller: str = ""  # id of a recognizer to offer where these are too slow, "" if none is
    project: str = ""  # whose terms hold besides those that hold everywhere
