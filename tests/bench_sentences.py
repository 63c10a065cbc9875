"""`make bench-sentences`: sentences with pauses in them, as they are heard and as they are joined.

Clips of festvox-ru that are one sentence each, after one another; where the reader stopped, he
stops longer, so that most of his pauses end an utterance. Both ways hear the same sound as in a
conversation, the second one with `Plan.joined`, and nobody looks at unconfirmed words: what the
second one costs more is the joining alone.
"""

import argparse
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests import bench_live, voices
from tests.live import streams
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.packs import builtin
from tolmach.pipeline.models import Models
from tolmach.pipeline.session import Engines, Pipeline
from tolmach.protocol.messages import Begin, Event, Joined, Recognized
from tolmach.protocol.plan import Plan

WITHIN = (0.3, 0.6)  # seconds by which a pause in a sentence is longer than it was
BETWEEN = (0.6, 1.2)  # seconds between two sentences
PAUSE = 0.25  # seconds; a shorter pause is none
CHUNK = SAMPLE_RATE // 10
SEVERAL = re.compile(r"[.!?…]\W*\w")  # sentences in a clip


@dataclass(frozen=True, slots=True)
class Reading:
    """Sentences, and where the sound of each begins, in samples."""

    sound: Samples
    texts: tuple[str, ...]
    starts: tuple[int, ...]

    def sentence(self, sample: int) -> int:
        """Return which sentence is being read at this sample, a little early or not."""
        slack = SAMPLE_RATE // 2
        return sum(start <= sample + slack for start in self.starts) - 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a reading."""

    texts: int
    word_error_rate: float
    character_error_rate: float
    within: tuple[bool, ...]  # of each pause within a sentence, whether it was joined
    between: tuple[bool, ...]  # of each pause between two

    def __str__(self) -> str:
        rates = 100 * self.word_error_rate, 100 * self.character_error_rate
        return (
            f"{self.texts} texts, WER {rates[0]:.1f}, CER {rates[1]:.1f}, "
            f"joined within a sentence {sum(self.within)} of {len(self.within)}, "
            f"between two {sum(self.between)} of {len(self.between)}"
        )


def main() -> None:
    arguments = argparse.ArgumentParser(prog="bench_sentences", description=__doc__)
    arguments.add_argument("--sentences", type=int, default=80)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    if why := bench_live.missing(["real"]):
        sys.exit(f"bench-sentences: {why}")
    say = bench_live.say
    say(bench_live.machine(options.threads, [options.seed]))
    reading = make(options.sentences, options.seed)
    say(f"{len(reading.sound) / SAMPLE_RATE:.0f} s, {len(reading.texts)} sentences")
    with TemporaryDirectory() as folder:
        pack = builtin.make(Path(folder, "whisper"), lambda written, total: None)
        plan = Plan(("ru", "ba"), (pack,), threads=options.threads)
        engines = Models().engines(plan)
        for joined in (False, True):
            began = time.process_time()
            events = list(listen(reading.sound, replace(plan, joined=joined), engines))
            spent = time.process_time() - began
            name = "joined" if joined else "as heard"
            say(f"{name}: {outcome(reading, events)}, {spent:.0f} CPU s")


def make(count: int, seed: int) -> Reading:
    """Return so many sentences with longer pauses."""
    chance = random.Random(seed)
    clips = [clip for clip in voices.read() if not SEVERAL.search(clip.text)]
    chance.shuffle(clips)
    placed: list[tuple[int, Samples]] = []
    starts: list[int] = []
    at = int(streams.LEAD_IN * SAMPLE_RATE)
    for clip in clips[:count]:
        starts.append(at)
        sound = voices.sound(clip.path)
        stops = [
            int((start + end) / 2 * SAMPLE_RATE)
            for start, end in voices.pauses(clip.path)
            if end - start >= PAUSE
        ]
        parts = [part for part in np.split(sound, stops) if len(part)]
        parts[0], parts[-1] = streams.trimmed(parts[0]), streams.trimmed(parts[-1])
        for part in parts:
            placed.append((at, part))
            at += len(part) + int(chance.uniform(*WITHIN) * SAMPLE_RATE)
        at += int((chance.uniform(*BETWEEN) - WITHIN[1]) * SAMPLE_RATE)
    sound = streams.mix(placed, str(seed))
    return Reading(sound, tuple(clip.text for clip in clips[:count]), tuple(starts))


def listen(sound: Samples, plan: Plan, engines: Engines) -> Iterator[Event]:
    """Yield what a session tells."""
    pipeline = Pipeline(Begin("bench", plan), engines)
    for at in range(0, len(sound), CHUNK):
        yield from pipeline.feed(sound[at : at + CHUNK])
        yield from pipeline.idle()
    yield from pipeline.finish()


def outcome(reading: Reading, events: Sequence[Event]) -> Outcome:
    """Return how right the texts are, and which of the seams were joined."""
    texts: dict[int, Recognized] = {}
    within: list[bool] = []
    between: list[bool] = []
    tails = {event.tail for event in events if isinstance(event, Joined)}
    previous = None
    for event in events:
        if isinstance(event, Joined):
            texts[event.utterance] = event.recognized
            del texts[event.tail]
        elif isinstance(event, Recognized) and event.text:
            texts[event.utterance] = event
            number = reading.sentence(int(event.start * SAMPLE_RATE))
            if previous is not None:
                (within if number == previous else between).append(event.utterance in tails)
            previous = number
    hypothesis = " ".join(text.text for _, text in sorted(texts.items()))
    rates = voices.error_rates([(" ".join(reading.texts), hypothesis)])
    return Outcome(len(texts), *rates, tuple(within), tuple(between))


if __name__ == "__main__":
    main()
