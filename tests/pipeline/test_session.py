"""What comes out of the pipeline for sound that goes in, with engines that compute."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worker.scripted import BROKEN, Checksum, Loudness, Reversed, checksum, engines
from tolmach.core import paths
from tolmach.core.errors import EngineError
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.engines.base import Recognition, RecognitionRequest
from tolmach.history.terms import current_terms, term_store
from tolmach.pipeline.session import Engines, Pipeline
from tolmach.protocol.messages import (
    Again,
    Answered,
    Begin,
    Cut,
    Decode,
    Decoded,
    Event,
    Failed,
    Progress,
    Recognized,
    Translated,
)
from tolmach.protocol.plan import Plan
from tolmach.terms.glossary import Term

PLAN = Plan(languages=("ru",), targets={"ru": "ba"})


def speech(length: int, seed: int = 0) -> Samples:
    noise = np.random.default_rng(seed).uniform(0.2, 0.6, length)
    return noise.astype(np.float32)


def sound_of(seconds: list[tuple[float, float]]) -> Samples:
    """Return sound of (silent, spoken) seconds in turn, ending in silence."""
    parts = []
    for seed, (quiet, loud) in enumerate(seconds):
        parts += [silence(int(quiet * SAMPLE_RATE)), speech(int(loud * SAMPLE_RATE), seed)]
    return np.concatenate([*parts, silence(SAMPLE_RATE)])


def run(sound: Samples, chunks: list[int], plan: Plan = PLAN) -> list[Event]:
    pipeline = Pipeline(Begin("s", plan), engines(plan))
    events: list[Event] = []
    at = 0
    for chunk in [*chunks, len(sound)]:
        events += pipeline.feed(sound[at : at + chunk])
        at += chunk
    return [*events, *pipeline.finish()]


def test_each_utterance_is_cut_recognised_translated_and_answered_in_this_order() -> None:
    sound = sound_of([(1.0, 1.0), (1.0, 0.5)])
    events = [e for e in run(sound, []) if not isinstance(e, Progress)]
    assert [type(e).__name__ for e in events] == ["Cut", "Recognized", "Translated", "Answered"] * 2
    cut, recognized, translated, _ = events[:4]
    assert isinstance(cut, Cut)
    assert isinstance(recognized, Recognized)
    assert isinstance(translated, Translated)
    assert recognized.text == checksum(sound[cut.first : cut.last])
    assert (recognized.start, recognized.end) == (cut.first / 16_000, cut.last / 16_000)
    assert translated.text == recognized.text[::-1]


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0, 1.5), st.floats(0, 1.5)), max_size=4),
    st.lists(st.integers(1, 9_000), max_size=12),
)
def test_chunk_sizes_change_nothing(seconds: list[tuple[float, float]], chunks: list[int]) -> None:
    sound = sound_of(seconds)
    whole = [e for e in run(sound, []) if isinstance(e, Cut | Recognized | Translated)]
    pieces = [e for e in run(sound, chunks) if isinstance(e, Cut | Recognized | Translated)]
    assert whole == pieces
    for event in whole:
        if isinstance(event, Recognized):
            first, last = round(event.start * SAMPLE_RATE), round(event.end * SAMPLE_RATE)
            assert event.text == checksum(sound[first:last])


def test_a_failing_utterance_is_told_and_the_next_one_is_heard() -> None:
    sound = sound_of([(0.5, 1.0), (1.0, 1.0)])
    sound[SAMPLE_RATE] = BROKEN
    events = run(sound, [])
    failures = [e for e in events if isinstance(e, Failed)]
    assert [(f.code, f.utterance) for f in failures] == [("recognition-failed", 0)]
    assert [e.utterance for e in events if isinstance(e, Recognized)] == [1]
    assert [e.utterance for e in events if isinstance(e, Answered)] == [0, 1]


def test_speech_at_the_very_end_is_recognised() -> None:
    sound = np.concatenate([silence(8_000), speech(8_100)])
    events = run(sound, [])
    (recognized,) = [e for e in events if isinstance(e, Recognized)]
    assert round(recognized.end * SAMPLE_RATE) == len(sound)


def test_again_speaks_for_the_session_it_was_asked_for() -> None:
    pipeline = Pipeline(Begin("now", PLAN), engines(PLAN))
    sound = speech(4_000)
    events = list(pipeline.again(Again("before", 5, 32_000, "ba", "ru", sound)))
    assert {event.session for event in events} == {"before"}
    recognized = events[1]
    assert isinstance(recognized, Recognized)
    assert (recognized.utterance, recognized.start, recognized.language) == (5, 2.0, "ba")


def test_sound_is_decoded_in_the_window_named_and_measured() -> None:
    requests: list[RecognitionRequest] = []

    class Windowed(Checksum):
        def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
            requests.append(request)
            return Recognition("да", "ru", 1.0, 0.0, 0.0, doubtful=True)

        def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
            requests.append(request)
            return {"ru": 0.2, "ba": 0.7}

    plan = replace(PLAN, languages=("ru", "ba"))
    pipeline = Pipeline(Begin("s", plan), Engines(Loudness(), Windowed(), None))
    decoded, answered = pipeline.decode(Decode("s", 4, "ru", 7.5, True, True, speech(4_000)))
    assert isinstance(decoded, Decoded)
    assert replace(decoded, cost=0.0) == Decoded("s", 4, "да", True, False, 0.0)
    assert decoded.cost >= 0
    assert answered == Answered("s", 4)
    text, identification = requests
    assert (text.window, text.completed, text.draft) == (7.5, True, True)
    assert set(text.languages) == {"ru"}
    assert identification == replace(text, languages={"ru": 1.0, "ba": 1.0})
    list(pipeline.decode(Decode("s", 5, "ru", 7.5, False, True, speech(4_000))))
    assert len({request.utterance for request in requests} - {None}) == 2  # no work is kept


def test_without_a_recognizer_nothing_is_measured() -> None:
    pipeline = Pipeline(Begin("s", PLAN), Engines(Loudness(), None, None))
    with pytest.raises(EngineError, match="no-models-loaded"):
        list(pipeline.decode(Decode("s", 0, "ru", 7.5, False, False, speech(100))))


def test_the_persons_terms_are_hotwords_the_newest_first() -> None:
    requests: list[RecognitionRequest] = []

    class Listening(Checksum):
        def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
            requests.append(request)
            return super().recognize(samples, request)

    terms = [Term("ru", "ba", (word,), ("?",)) for word in ("врач", "пульс")]
    term_store(paths.terms_file()).add_terms(terms)
    current = current_terms(paths.terms_file())
    pipeline = Pipeline(Begin("s", PLAN), Engines(Loudness(), Listening(), Reversed()), current)
    list(pipeline.feed(sound_of([(0.5, 1.0)])))
    list(pipeline.finish())
    assert [request.hotwords for request in requests] == [["пульс", "врач"]]
