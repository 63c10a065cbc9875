"""Measures how short the windows of a Whisper may be, on recordings whose texts are known.

Each recording is heard whole and from its beginning to quiet places near 1, 2.5, 5, 10 and 20 s, in
every window that some rule gives such a length, in one run, windows side by side: other work on the
computer meets all alike.
"""

import queue
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TypeVar

import numpy as np

from tolmach.audio.media import open_media
from tolmach.core.errors import AppError, UsageError
from tolmach.core.pack import Pack
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.core.windows import ALWAYS_FULL, DRAFT, FINAL, FRAMES, WindowRule, WindowSize
from tolmach.protocol.messages import Decode, Decoded, Event, Failed, Ready
from tolmach.protocol.plan import Plan
from tolmach.quality.normalization import normalise
from tolmach.quality.windows import LENGTHS, DecodedExcerpt, Decoding, beginning
from tolmach.sessions.evaluation import Spoken
from tolmach.worker.client import Client

FEWEST = 20  # recordings of more than a second; of fewer a rule would be chance
_SESSION = "tuning"
_QUIET = SAMPLE_RATE // 20  # samples: where that much is quiet sound is cut
_NEAR = 0.7  # of a length: from there on a place to cut is looked for
_HOP = SAMPLE_RATE // FRAMES

_Kind = TypeVar("_Kind", Ready, Decoded)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The beginning of a recording, or all of it, and the text of all."""

    samples: Samples
    text: str
    whole: bool


def pieces(
    spoken: Sequence[Spoken], most: int
) -> tuple[list[Excerpt], list[tuple[Path, AppError]]]:
    """Return at most so many pieces of each length, and the recordings that cannot be read.

    Raises UsageError "too-few-recordings".
    """
    counts: Counter[float] = Counter()
    chosen: list[Excerpt] = []
    failures: list[tuple[Path, AppError]] = []
    readable = 0
    for place in np.random.default_rng(0).permutation(len(spoken)):  # of all speakers, each time
        try:
            samples = _first_samples(spoken[place].path)
        except AppError as error:
            failures.append((spoken[place].path, error))
            continue
        readable += len(samples) > LENGTHS[0] * SAMPLE_RATE
        for length, piece in _cut(samples, spoken[place].text):
            if counts[length] < most:
                counts[length] += 1
                chosen.append(piece)
        if readable >= FEWEST and all(counts[length] >= most for length in LENGTHS):
            break
    if readable < FEWEST:
        raise UsageError("too-few-recordings", count=str(readable), least=str(FEWEST))
    return chosen, failures


def _first_samples(path: Path) -> Samples:
    """Return the sound of a file, no more of it than is needed. Raises AppError."""
    blocks: list[Samples] = []
    with closing(open_media(path)) as media:
        for block in media:
            blocks.append(block)
            if sum(map(len, blocks)) > LENGTHS[-1] * SAMPLE_RATE:
                break
    return np.concatenate(blocks)


def _cut(samples: Samples, text: str) -> Iterator[tuple[float, Excerpt]]:
    """Yield the pieces of a recording, each with the length that it stands for."""
    for length in LENGTHS:
        last = int(length * SAMPLE_RATE)
        if len(samples) <= last:
            yield length, Excerpt(samples, text, whole=True)
            return
        first = int(_NEAR * last)
        blocks = samples[first : last - (last - first) % _QUIET].reshape(-1, _QUIET)
        quietest = int(np.argmin(np.square(blocks).sum(axis=1)))
        end = first + quietest * _QUIET + _QUIET // 2
        yield length, Excerpt(samples[:end].copy(), text, whole=False)


def decoded(
    client: Client,
    pack: Pack,
    language: str,
    excerpts: Sequence[Excerpt],
    rules: Sequence[WindowRule],
) -> Iterator[dict[str, DecodedExcerpt]]:
    """Yield each piece as finals and as unconfirmed words, by the names of the rules.

    In all windows that these rules give it, ALWAYS_FULL among them. Raises AppError for a model
    that cannot be loaded or fails.
    """
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client.hear(_SESSION, events.put)
    client.begin(_SESSION, Plan(languages=tuple(pack.languages), recognizers=(pack,)))
    _next(Ready, events)
    numbers = count()

    def decode(piece: Excerpt, size: WindowSize, *, draft: bool) -> Decoding:
        window = size.frames / FRAMES, size.completed
        client.ask(Decode(_SESSION, next(numbers), language, *window, draft, piece.samples))
        event = _next(Decoded, events)
        text = normalise(event.text, language, fold_yo=True)
        return Decoding(text, event.doubtful, event.identified, event.cost)

    for piece in excerpts:
        sound = -(-len(piece.samples) // _HOP)
        sizes = sorted({rule.size(sound) for rule in rules}, reverse=True)
        finals: dict[WindowSize, Decoding] = {}
        drafts: dict[WindowSize, Decoding] = {}
        for size in sizes:
            finals[size] = decode(piece, size, draft=False)
            drafts[size] = decode(piece, size, draft=True)
        reference = normalise(piece.text, language, fold_yo=True)
        if not piece.whole:
            reference = beginning(reference, finals[ALWAYS_FULL.size(sound)].text)
        yield {
            FINAL: DecodedExcerpt(sound, reference, finals),
            DRAFT: DecodedExcerpt(sound, reference, drafts),
        }


def _next(kind: type[_Kind], events: "queue.SimpleQueue[Event]") -> _Kind:
    """Return the next event of this kind; raises AppError for a failure."""
    while not isinstance(event := events.get(), kind):
        if isinstance(event, Failed):
            raise AppError(event.code, **event.params)
    return event
