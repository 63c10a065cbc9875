"""No ghosts: sound in which nobody speaks gives no segment, by the way that live sound goes."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest

from tests.sounds import SOUNDS, minutes
from tolmach.engines import table
from tolmach.packs import manifest
from tolmach.pipeline.session import Engines, Pipeline
from tolmach.protocol.messages import Begin, Event, Recognized, Unconfirmed
from tolmach.protocol.plan import Plan

QUIET = [name for name in SOUNDS if name != "doors"]
Listening: TypeAlias = Callable[[str, float, int], list[str]]


@pytest.fixture(scope="module", params=["starter", "whisper_base", "adapted_whisper"])
def ghosts(request: pytest.FixtureRequest, starter: Path) -> Listening:
    if request.param == "starter":
        pack = manifest.read(starter / "starter-recognizer")
    else:
        pack = request.getfixturevalue(request.param)
    languages = tuple(code for code in ("ru", "tt", "ba") if code in pack.languages)
    engines = Engines(table.detector(), table.recognizer(pack, 1, languages), None)
    return partial(texts_of, engines, Plan(languages=languages, drafts=True))


def texts_of(engines: Engines, plan: Plan, name: str, count: float, seed: int) -> list[str]:
    """Return the texts that are heard in so many minutes of a sound, unconfirmed ones too."""
    pipeline = Pipeline(Begin(f"{name} {count} {seed}", plan), engines)
    events: list[Event] = []
    for block in minutes(name, count, seed):
        events += [*pipeline.feed(block), *pipeline.idle()]
    events += pipeline.finish()
    return [
        event.text if isinstance(event, Recognized) else event.committed + event.tail
        for event in events
        if isinstance(event, Recognized) or (isinstance(event, Unconfirmed) and event.tail)
    ]


@pytest.mark.parametrize("name", QUIET)
def test_a_minute_of_no_speech_gives_no_segment(ghosts: Listening, name: str) -> None:
    assert ghosts(name, 1, 1) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", QUIET)
def test_ten_minutes_of_no_speech_give_no_segment(ghosts: Listening, name: str, seed: int) -> None:
    assert ghosts(name, 10, seed) == []


@pytest.mark.soak
def test_of_a_thousand_slams_few_are_heard(ghosts: Listening) -> None:
    """The detector takes one or another for a syllable: a known limit."""
    texts = [text for seed in range(6) for text in ghosts("doors", 10, seed)]
    sys.stdout.write(f"\nan hour of slams: {len(texts)} segments {texts}\n")
    assert len(texts) <= 3


@pytest.mark.parametrize("name", SOUNDS)
def test_the_sounds_sound(name: str) -> None:
    """A generator that is silent by mistake would prove nothing."""
    sound = np.concatenate(list(minutes(name, 0.5, 1)))
    again = np.concatenate(list(minutes(name, 0.5, 1)))
    assert np.array_equal(sound, again)
    assert sound.dtype == np.float32
    assert len(sound) == 30 * 16_000
    assert np.max(np.abs(sound)) <= 1.0
    assert (np.std(sound) > 0.005) == (name != "silence")
