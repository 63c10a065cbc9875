"""Unconfirmed words: what is committed stays, and every sample is decoded in exactly one final."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worker.scripted import (
    TENTH,
    Clockwork,
    Loudness,
    Reversed,
    Wavering,
    counted,
    named,
)
from tolmach.core.errors import EngineError
from tolmach.core.samples import FRAME, SAMPLE_RATE, Samples, silence
from tolmach.core.translation import Candidate
from tolmach.engines.base import Recognition, RecognitionRequest, Recognizer
from tolmach.pipeline.scheduler import SHORTEST_STEP
from tolmach.pipeline.session import Engines, Pipeline
from tolmach.protocol.messages import Begin, Cut, Event, Failed, Recognized, Translated, Unconfirmed
from tolmach.protocol.plan import Endpointing, Plan

PLAN = Plan(
    languages=("ru",),
    targets={"ru": "ba"},
    endpointing=Endpointing(longest_ms=4_000),
    drafts=True,
)


def conversation(tenths: Sequence[tuple[int, int]]) -> Samples:
    """Return sound of (silent, spoken) tenths of seconds in turn, the spoken ones numbered."""
    parts, number = [], 0
    for quiet, loud in tenths:
        parts += [silence(quiet * TENTH), counted(number, number + loud)]
        number += loud
    return np.concatenate([*parts, silence(SAMPLE_RATE)])


def run(
    sound: Samples,
    steps: Sequence[tuple[int, bool]] = ((1600, True),),
    plan: Plan = PLAN,
    recognizer: Recognizer | None = None,
) -> list[Event]:
    """Feed chunks of these sizes, over and over; after some of them nothing waits."""
    engines = Engines(Loudness(), recognizer or Clockwork(), Reversed())
    pipeline = Pipeline(Begin("s", plan), engines)
    events: list[Event] = []
    at = turn = 0
    while at < len(sound):
        size, idle = steps[turn % len(steps)]
        events += pipeline.feed(sound[at : at + size])
        events += pipeline.idle() if idle else ()
        at, turn = at + size, turn + 1
    return [*events, *pipeline.finish()]


def of(events: Sequence[Event], kind: type) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


patterns = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 90)), max_size=4)
rhythms = st.lists(st.tuples(st.integers(400, 12_000), st.booleans()), min_size=1, max_size=8)


@pytest.mark.parametrize("strict", [True, False])
@settings(max_examples=60, deadline=None)
@given(patterns, rhythms)
def test_committed_text_stays_and_each_word_is_in_one_final(
    strict: bool, tenths: list[tuple[int, int]], steps: list[tuple[int, bool]]
) -> None:
    """While one speaks, whatever happens; in the final only where that was promised."""
    sound = conversation(tenths)
    events = run(sound, steps, replace(PLAN, strict=strict))
    committed: dict[int, str] = {}
    for event in events:
        if isinstance(event, Unconfirmed):
            assert event.committed.startswith(committed.get(event.utterance, ""))
            committed[event.utterance] = event.committed
        elif isinstance(event, Recognized) and strict:
            assert event.text.startswith(committed.get(event.utterance, ""))
    cuts = [event for event in events if isinstance(event, Cut)]
    assert all(cut.last <= following.first for cut, following in pairwise(cuts))
    spoken = np.flatnonzero(sound > 0.1)
    inside = np.zeros(len(sound), dtype=bool)
    for cut in cuts:
        inside[cut.first : cut.last] = True
    assert inside[spoken].all()
    words_heard = " ".join(event.text for event in events if isinstance(event, Recognized)).split()
    numbers = range(sum(loud for _, loud in tenths))
    whole = [number for number in numbers if _uncut(number, sound, cuts)]
    assert [word for word in words_heard if "~" not in word] == [named(number) for number in whole]


def test_what_is_told_is_the_calm_caption() -> None:
    hypotheses = (
        [("Рад", 0.9), ("знакомству", 0.9), ("и", 0.9)],
        [("рад", 0.9), ("Знакомству,", 0.2), ("и", 0.1)],
        [("рад", 0.9), ("здесь", 0.9), ("и", 0.9)],
        [("рад", 0.9), ("здесь", 0.9), ("и", 0.9)],
    )
    events = run(conversation([(1, 40)]), recognizer=Wavering(*hypotheses))
    first, second, third, fourth, *_ = (event for event in events if isinstance(event, Unconfirmed))
    assert (first.committed, first.tail) == ("", "Рад знакомству")
    assert (second.committed, second.tail) == ("Рад", "знакомству")
    assert (third.committed, third.tail) == ("Рад", "знакомству")
    assert f"{fourth.committed} {fourth.tail}".split()[:2] == ["Рад", "здесь"]


def _uncut(number: int, sound: Samples, cuts: Sequence[Cut]) -> bool:
    """Whether a tenth lies within one utterance."""
    samples = np.flatnonzero(np.isclose(sound, 0.2 + 0.0001 * number, atol=0.00004))
    return any(cut.first <= samples[0] and samples[-1] < cut.last for cut in cuts)


GAP = np.zeros(2 * FRAME, np.float32)  # between words: a pause too short for the VAD to notice


class Hum:
    """A VoiceActivityDetector for which only a hum of this loudness is no speech."""

    def probability(self, frame: Samples) -> float:
        return float(not 0.04 < float(np.max(np.abs(frame))) < 0.06)

    def reset(self) -> None:
        pass


def hum(tenths: int) -> Samples:
    return np.full(tenths * TENTH, 0.05, np.float32)


def listened(sound: Samples, idle: Callable[[float], bool]) -> list[Recognized]:
    """Return the finals of speech with gaps; `idle` says when nothing waits, by the second."""
    plan = replace(PLAN, targets={}, endpointing=Endpointing())
    pipeline = Pipeline(Begin("s", plan), Engines(Hum(), Clockwork(), None))
    events: list[Event] = []
    for at in range(0, len(sound), 1600):
        events += pipeline.feed(sound[at : at + 1600])
        events += pipeline.idle() if idle((at + 1600) / SAMPLE_RATE) else ()
    events += pipeline.finish()
    return [event for event in events if isinstance(event, Recognized)]


def test_a_final_of_a_pause_is_not_for_an_utterance_that_was_cut_before_it() -> None:
    """The computer catches up in a pause, speech goes on, and the cut falls before the pause."""
    first, second = counted(0, 97), counted(97, 103)
    sound = np.concatenate([hum(10), first, GAP, second, hum(4), counted(103, 170), hum(10)])
    pause = 1.0 + (len(first) + len(GAP) + len(second)) / SAMPLE_RATE
    finals = listened(sound, lambda second: pause + 0.15 <= second <= pause + 0.4)
    words_heard = " ".join(final.text for final in finals).split()
    assert len(finals) == 2
    assert [word for word in words_heard if "~" not in word] == [
        named(number) for number in range(170)
    ]


@pytest.mark.parametrize("step", [1600, 3600])
def test_speech_is_cut_in_a_gap_between_words(step: int) -> None:
    words = [part for n in range(0, 250, 5) for part in (counted(n, n + 5), GAP)]
    sound = np.concatenate([hum(10), *words, hum(10)])
    finals = listened(sound, lambda second: round(second * SAMPLE_RATE) % step < 1600)
    words_heard = " ".join(final.text for final in finals).split()
    assert len(finals) >= 2
    assert words_heard == [named(number) for number in range(250)]


def test_words_appear_while_one_speaks() -> None:
    events = run(conversation([(5, 30)]))
    first, second, *others = (event for event in events if isinstance(event, Unconfirmed))
    assert first.end - 0.5 < 0.3
    assert first.tail == "а"
    assert SHORTEST_STEP <= second.end - first.end < 2 * SHORTEST_STEP  # nobody waits any more
    assert f"{second.committed} {second.tail}".strip().startswith("а б")
    assert len(others) >= 3


def test_without_drafts_there_are_finals_alone() -> None:
    plan = replace(PLAN, drafts=False)
    events = run(conversation([(5, 30)]), plan=plan)
    assert of(events, Unconfirmed) == []
    assert len(of(events, Recognized)) == 1


def test_the_final_is_made_in_the_pause_and_not_twice() -> None:
    recognizer = Clockwork()
    events = run(conversation([(5, 20)]), recognizer=recognizer)
    assert len(recognizer.requests) == 1
    assert len(of(events, Recognized)) == 1
    unconfirmed = of(events, Unconfirmed)[-1]
    assert isinstance(unconfirmed, Unconfirmed)
    recognized = of(events, Recognized)[0]
    assert isinstance(recognized, Recognized)
    assert unconfirmed.end < recognized.end  # before the endpointer was sure of the pause


@pytest.mark.parametrize(("silent", "requests"), [(0, "draft"), (1, ""), (3, ""), (4, "final")])
def test_in_silence_no_look_begins_until_it_is_a_pause(silent: int, requests: str) -> None:
    """A final would wait for it."""
    asked_for: list[str] = []

    class Counting(Clockwork):
        def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
            asked_for.append("draft" if request.draft else "final")
            return super().recognize(samples, request)

    pipeline = Pipeline(Begin("s", PLAN), Engines(Loudness(), Counting(), Reversed()))
    list(pipeline.feed(counted(0, 16)[: 48 * FRAME]))  # whole frames
    list(pipeline.feed(silence(silent * FRAME)))
    list(pipeline.idle())
    assert asked_for == requests.split()


def test_a_final_in_a_pause_is_dropped_when_speech_goes_on() -> None:
    recognizer = Clockwork()
    events = run(conversation([(5, 15), (3, 15)]), recognizer=recognizer)
    assert len(recognizer.requests) == 2
    (recognized,) = of(events, Recognized)
    assert isinstance(recognized, Recognized)
    assert recognized.text.split() == [named(number) for number in range(30)]


def test_a_slow_computer_makes_finals_alone() -> None:
    """Where sound always waits, nothing is looked at before its final."""
    recognizer = Clockwork()
    events = run(conversation([(5, 30), (9, 30)]), [(1600, False)], recognizer=recognizer)
    assert of(events, Unconfirmed) == []
    assert len(recognizer.requests) == len(of(events, Recognized)) == 2


@pytest.mark.parametrize("strict", [True, False])
def test_long_speech_is_looked_at_in_short_windows(strict: bool) -> None:
    requests: list[tuple[float, RecognitionRequest]] = []

    class Watched(Clockwork):
        def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
            requests.append(((len(samples) - request.start) / SAMPLE_RATE, request))
            return super().recognize(samples, request)

    plan = replace(PLAN, endpointing=Endpointing(longest_ms=14_000), strict=strict)
    events = run(conversation([(5, 130)]), plan=plan, recognizer=Watched())
    looks = [window for window, request in requests if request.draft or strict]
    assert max(looks) < Clockwork.window + 1.5
    window, last = requests[-1]
    if strict:
        assert last.previous.split()[0] == named(0)
    else:
        assert (window > 13, last.previous, last.prefix) == (True, "", "")
    (recognized,) = of(events, Recognized)
    assert isinstance(recognized, Recognized)
    assert recognized.text.split() == [named(number) for number in range(130)]


class Hasty(Clockwork):
    """Hears another first word in drafts than in finals; a final without sound hears nothing."""

    def __init__(self, *, deaf: bool = False) -> None:
        super().__init__()
        self._deaf = deaf

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        recognition = super().recognize(samples, request)
        if self._deaf and not request.draft:
            return replace(recognition, text="", words=())
        if not request.draft or not recognition.words:
            return recognition
        words = (replace(recognition.words[0], text=" ой"), *recognition.words[1:])
        return replace(recognition, text="".join(word.text for word in words), words=words)


def test_a_final_puts_right_once_what_was_committed_too_soon() -> None:
    events = run(conversation([(5, 18)]), recognizer=Hasty())
    drafts = [event for event in events if isinstance(event, Unconfirmed)]
    (final,) = (event for event in events if isinstance(event, Recognized))
    assert {event.committed.split()[0] for event in drafts if event.committed} == {"ой"}
    assert final.text.split() == [named(number) for number in range(18)]
    strict = run(conversation([(5, 18)]), plan=replace(PLAN, strict=True), recognizer=Hasty())
    (recognized,) = (event for event in strict if isinstance(event, Recognized))
    assert recognized.text.split()[0] == "ой"


def test_words_that_were_shown_are_not_lost_where_the_final_hears_nothing() -> None:
    events = run(conversation([(5, 18)]), recognizer=Hasty(deaf=True))
    committed = [event.committed for event in events if isinstance(event, Unconfirmed)][-1]
    (final,) = (event for event in events if isinstance(event, Recognized))
    assert committed
    assert (final.text, final.doubtful) == (committed, True)


def test_a_look_that_fails_is_not_repeated_and_the_final_tells() -> None:
    class Broken(Clockwork):
        looks = 0

        def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
            if request.utterance == ("s", 0):
                self.looks += 1
                raise EngineError("recognition-failed", detail="scripted")
            return super().recognize(samples, request)

    recognizer = Broken()
    events = run(conversation([(5, 20), (9, 20)]), recognizer=recognizer)
    assert recognizer.looks == 2  # one look and the final
    (failed,) = of(events, Failed)
    assert isinstance(failed, Failed)
    assert (failed.code, failed.utterance) == ("recognition-failed", 0)
    assert [event.utterance for event in events if isinstance(event, Recognized)] == [1]


def test_complete_sentences_are_translated_before_the_end() -> None:
    class Sentences(Clockwork):
        def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
            recognition = super().recognize(samples, request)
            words = [
                replace(w, text=f" {w.text.strip().capitalize()}да.") for w in recognition.words
            ]
            return replace(recognition, words=tuple(words), text="".join(w.text for w in words))

    events = run(conversation([(5, 30)]), recognizer=Sentences())
    early = [event for event in events if isinstance(event, Translated) and not event.final]
    (final,) = [event for event in events if isinstance(event, Translated) and event.final]
    assert early
    assert all(final.text.startswith(event.text) for event in early)


@dataclass
class TwoTongues:
    """A Recognizer that hears a language by the loudness of the first sample of speech."""

    window: float = 8.0

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        loud = samples[samples > 0.1]
        evidence = {"ru": 1 - float(loud[0]), "tt": float(loud[0])}
        weighted = {code: evidence[code] * weight for code, weight in request.languages.items()}
        code = max(weighted, key=weighted.__getitem__)
        text = "" if 0.68 < float(loud[0]) < 0.7 else code
        return Recognition(text, code, weighted[code] / sum(weighted.values()), 0.0, 0.0)

    def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
        return dict(request.languages)


def test_one_unclear_utterance_does_not_flip_the_language() -> None:
    """0.9 is Tatar for sure, 0.45 rather Russian, but not for sure; 0.69 was no word at all."""
    parts = []
    for loudness in (0.9, 0.45, 0.105, 0.69, 0.55):
        parts += [np.full(SAMPLE_RATE, loudness, np.float32), silence(SAMPLE_RATE)]
    plan = replace(PLAN, languages=("ru", "tt"), targets={})
    events = run(np.concatenate(parts), plan=plan, recognizer=TwoTongues())
    languages = [event.language for event in events if isinstance(event, Recognized)]
    assert languages == ["tt", "tt", "ru", "tt", "ru"]


def test_the_speaker_may_be_named() -> None:
    plan = replace(PLAN, languages=("ru", "tt"), targets={})
    pipeline = Pipeline(Begin("s", plan), Engines(Loudness(), TwoTongues(), None))
    sound = np.full(SAMPLE_RATE, 0.9, np.float32)
    events = list(pipeline.feed(sound[:-7]))
    events += pipeline.speak("ru")  # ends what is open, as whoever spoke before
    events += pipeline.feed(sound)
    events += pipeline.speak("")
    events += pipeline.feed(sound)
    events += pipeline.finish()
    spans = [(event.first, event.last) for event in events if isinstance(event, Cut)]
    assert spans[0][1] == spans[1][0] == SAMPLE_RATE - 7
    assert [e.language for e in events if isinstance(e, Recognized)] == ["tt", "ru", "tt"]


def test_a_final_in_a_pause_does_not_wait_for_its_translation() -> None:
    """They are looks of their own: between them the server hears what waits."""
    recognizer = Clockwork()
    translated: list[str] = []

    class Noting(Reversed):
        def translate(
            self, texts: Sequence[str], source: str, target: str, earlier: str = ""
        ) -> list[Candidate]:
            translated.extend(texts)
            return super().translate(texts, source, target, earlier)

    pipeline = Pipeline(Begin("s", PLAN), Engines(Loudness(), recognizer, Noting()))
    sound = conversation([(5, 20)])
    steps = []
    for at in range(0, len(sound), 1600):
        list(pipeline.feed(sound[at : at + 1600]))
        before = len(recognizer.requests), len(translated)
        list(pipeline.idle())
        steps.append((len(recognizer.requests) - before[0], len(translated) - before[1]))
    assert [step for step in steps if any(step)] == [(1, 0), (0, 1)]
    assert len(translated) == 1  # not once more when the pause was sure
