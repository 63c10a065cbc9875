"""Endpointing by the rules, and by random speech: nothing is lost, doubled or handed out twice."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.core.samples import FRAME, SAMPLE_RATE, Samples
from tolmach.pipeline.endpointer import Endpointer, Utterance
from tolmach.protocol.plan import Endpointing

FRAME_MS = 1000 * FRAME / SAMPLE_RATE  # 32
# Rules in whole frames, small enough for random input to meet every one of them.
RULES = Endpointing(certainty=0.0, onset_ms=64, pre_roll_ms=96, hangover_ms=128, longest_ms=640)
ONSET, PRE_ROLL, HANGOVER, LONGEST = 2, 3, 4, 20


@dataclass
class Played:
    """What an endpointer made of a recording."""

    utterances: list[Utterance]
    settled: list[int]  # after each frame and after the end
    samples: Samples  # the whole recording: noise, so that no two parts are alike


def play(
    probabilities: list[float], rules: Endpointing = RULES, last: int = FRAME, first: int = 0
) -> Played:
    """Push frames with these probabilities, the last one `last` samples long, and finish."""
    endpointer = Endpointer(rules, first)
    length = max(0, FRAME * (len(probabilities) - 1) + last) if probabilities else 0
    samples = np.random.default_rng(length).random(length, dtype=np.float32)
    played = Played([], [], samples)
    for number, probability in enumerate(probabilities):
        frame = samples[number * FRAME : (number + 1) * FRAME]
        utterance = endpointer.push(frame, probability)
        played.utterances += [utterance] if utterance else []
        played.settled.append(endpointer.settled)
    utterance = endpointer.finish()
    played.utterances += [utterance] if utterance else []
    played.settled.append(endpointer.settled)
    return played


def frames(utterance: Utterance) -> tuple[float, float]:
    return utterance.first / FRAME, utterance.last / FRAME


runs = st.lists(
    st.tuples(st.floats(0, 1), st.integers(1, 30)).map(lambda run: [run[0]] * run[1]), max_size=12
).map(lambda parts: [probability for part in parts for probability in part])
noise = st.lists(st.floats(0, 1), max_size=120)
probabilities = st.one_of(runs, noise)
rules = st.builds(
    Endpointing,
    threshold=st.sampled_from([0.2, 0.5, 0.8]),
    certainty=st.sampled_from([0.0, 0.75, 0.9]),
    onset_ms=st.integers(1, 300),
    pre_roll_ms=st.integers(1, 500),
    hangover_ms=st.integers(1, 800),
    longest_ms=st.integers(100, 3000),
)


@given(probabilities, rules, st.integers(1, FRAME), st.integers(0, 10**7))
def test_every_sample_belongs_to_one_utterance_or_to_silence(
    given_probabilities: list[float], given_rules: Endpointing, last: int, first: int
) -> None:
    played = play(given_probabilities, given_rules, last, first)

    end = first
    for number, utterance in enumerate(played.utterances):
        assert utterance.number == number
        assert utterance.first >= end  # none overlaps the one before
        end = utterance.last
        inside = slice(utterance.first - first, utterance.last - first)
        assert np.array_equal(utterance.samples, played.samples[inside])
        assert len(utterance.samples) > 0
    assert end <= first + len(played.samples)


@given(probabilities, rules)
def test_settled_never_goes_back_and_ends_at_the_end(
    given_probabilities: list[float], given_rules: Endpointing
) -> None:
    played = play(given_probabilities, given_rules)

    assert played.settled == sorted(played.settled)
    assert played.settled[-1] == len(played.samples)


@given(probabilities, rules)
def test_nothing_unsettled_is_ever_handed_out_later(
    given_probabilities: list[float], given_rules: Endpointing
) -> None:
    """A replay from `settled` gets every sample that an utterance still needs."""
    endpointer = Endpointer(given_rules)
    frame = np.zeros(FRAME, dtype=np.float32)
    for probability in given_probabilities:
        before = endpointer.settled
        utterance = endpointer.push(frame, probability)
        if utterance:
            assert utterance.first >= before
            assert endpointer.settled == utterance.last


@given(probabilities, rules)
def test_no_utterance_is_longer_than_the_longest(
    given_probabilities: list[float], given_rules: Endpointing
) -> None:
    longest = max(
        -(-given_rules.longest_ms // FRAME_MS),
        # an onset with its pre-roll is one decision: it cannot be cut before it is made
        -(-given_rules.pre_roll_ms // FRAME_MS) + -(-given_rules.onset_ms // FRAME_MS) + 1,
    )

    for utterance in play(given_probabilities, given_rules).utterances:
        assert len(utterance.samples) <= longest * FRAME


@given(probabilities, rules)
def test_sure_speech_is_never_silence(
    given_probabilities: list[float], given_rules: Endpointing
) -> None:
    """Frames of speech as long as the onset are in an utterance, wherever they stand."""
    given_rules = replace(given_rules, certainty=given_rules.threshold)
    played = play(given_probabilities, given_rules)
    onset = int(-(-given_rules.onset_ms // FRAME_MS))
    loud = [probability >= given_rules.threshold for probability in given_probabilities]
    covered = np.zeros(len(loud), dtype=bool)
    for utterance in played.utterances:
        covered[utterance.first // FRAME : utterance.last // FRAME] = True

    for number in range(len(loud) - onset + 1):
        if all(loud[number : number + onset]):
            assert covered[number : number + onset].all()


@given(probabilities, rules)
def test_what_is_never_certain_is_silence_and_all_else_stays_the_same(
    given_probabilities: list[float], given_rules: Endpointing
) -> None:
    """Leaving out coughs changes neither where words begin and end nor that they are numbered."""
    every = play(given_probabilities, replace(given_rules, certainty=0.0)).utterances
    certain = play(given_probabilities, given_rules).utterances
    spans = [frames(utterance) for utterance in certain]

    assert [span for span in map(frames, every) if span in spans] == spans
    for utterance in every:
        inside = given_probabilities[utterance.first // FRAME : -(-utterance.last // FRAME)]
        if max(inside) >= given_rules.certainty:
            assert frames(utterance) in spans
    for utterance in certain:
        assert utterance.certainty >= given_rules.certainty


def test_a_word_that_is_certain_at_its_beginning_alone_is_one() -> None:
    endpointer = Endpointer(replace(RULES, certainty=0.75))
    for probability in [0.0] * 5 + [0.9] + [0.4] + [0.6] * 5:
        endpointer.push(np.zeros(FRAME, dtype=np.float32), probability)
    utterance = endpointer.open
    assert utterance is not None
    assert utterance.certainty == 0.9


def test_a_cough_is_no_utterance_and_nothing_to_look_at() -> None:
    rules = replace(RULES, certainty=0.75)
    endpointer = Endpointer(rules)
    frame = np.zeros(FRAME, dtype=np.float32)
    for probability in [0.0] * 5 + [0.7] * 6:
        assert endpointer.push(frame, probability) is None
    assert endpointer.speaking
    assert endpointer.open is None
    for probability in [0.0] * HANGOVER:
        assert endpointer.push(frame, probability) is None
    assert not endpointer.speaking
    for probability in [0.7] * 3 + [0.8]:
        endpointer.push(frame, probability)
    assert endpointer.open is not None
    utterance = endpointer.finish()
    assert utterance is not None
    assert (utterance.number, utterance.certainty) == (0, 0.8)


def test_silence_gives_nothing() -> None:
    played = play([0.0] * 100)

    assert played.utterances == []
    assert played.settled[-1] == 100 * FRAME


def test_no_sound_gives_nothing() -> None:
    assert play([]).utterances == []


def test_speech_comes_with_pre_roll_and_hangover() -> None:
    played = play([0.0] * 10 + [1.0] * 8 + [0.0] * 10)

    (utterance,) = played.utterances
    assert frames(utterance) == (10 - PRE_ROLL, 18 + HANGOVER)
    assert (utterance.start, utterance.end) == (7 * FRAME / SAMPLE_RATE, 22 * FRAME / SAMPLE_RATE)


def test_pre_roll_never_reaches_into_the_utterance_before() -> None:
    played = play([1.0] * 4 + [0.0] * HANGOVER + [0.0] + [1.0] * 4)

    assert [frames(utterance) for utterance in played.utterances] == [(0, 8), (8, 13)]


def test_a_click_is_no_speech() -> None:
    assert play([0.0] * 5 + [1.0] * (ONSET - 1) + [0.0] * 20).utterances == []


def test_a_pause_shorter_than_the_hangover_does_not_cut() -> None:
    played = play([1.0] * 4 + [0.0] * (HANGOVER - 1) + [1.0] * 4 + [0.0] * 20)

    assert [frames(utterance) for utterance in played.utterances] == [(0, 11 + HANGOVER)]


def test_ending_needs_more_silence_than_beginning_needs_speech() -> None:
    """Between the two thresholds speech goes on but does not begin."""
    middling = RULES.threshold - 0.1

    assert play([middling] * 15).utterances == []
    (utterance,) = play([1.0] * 2 + [middling] * 10).utterances
    assert frames(utterance) == (0, 12)


def test_the_end_of_the_recording_ends_the_utterance() -> None:
    (utterance,) = play([0.0] * 5 + [1.0] * 4, last=100).utterances

    assert (utterance.first, utterance.last) == (2 * FRAME, 8 * FRAME + 100)


def test_speech_that_begins_in_the_very_last_frame_is_kept() -> None:
    (utterance,) = play([0.0] * 10 + [1.0]).utterances

    assert utterance.last == 11 * FRAME


def test_long_speech_is_cut_at_the_quietest_frame_of_the_last_third() -> None:
    endpointer = Endpointer(RULES)
    quiet = 16  # of 20 frames
    utterances = []
    for number in range(LONGEST):
        loudness = 0.01 if number in (3, quiet) else 0.5
        utterances.append(endpointer.push(np.full(FRAME, loudness, dtype=np.float32), 1.0))

    assert [frames(utterance) for utterance in utterances if utterance] == [(0, quiet + 1)]
    assert endpointer.speaking
    rest = endpointer.finish()
    assert rest is not None
    assert frames(rest) == (quiet + 1, LONGEST)


@pytest.mark.parametrize("speech", [LONGEST - 2, LONGEST])
def test_silence_after_a_cut_is_no_utterance(speech: int) -> None:
    """A recognizer that is given pure silence invents words."""
    endpointer = Endpointer(RULES)
    utterances = []
    for number in range(2 * LONGEST):
        loudness = 1.0 - 0.01 * number if number < speech else 0.0  # the last is the quietest
        frame = np.full(FRAME, loudness, dtype=np.float32)
        utterances.append(endpointer.push(frame, 1.0 if number < speech else 0.0))

    cut = min(speech + 1, LONGEST)
    assert [frames(utterance) for utterance in utterances if utterance] == [(0, cut)]
    assert not endpointer.speaking
    assert endpointer.finish() is None


def test_the_end_right_after_a_cut() -> None:
    endpointer = Endpointer(RULES)
    for number in range(LONGEST):
        frame = np.full(FRAME, 1.0 - 0.01 * number, dtype=np.float32)
        utterance = endpointer.push(frame, 1.0)

    assert utterance is not None
    assert frames(utterance) == (0, LONGEST)
    assert endpointer.finish() is None
    assert endpointer.settled == LONGEST * FRAME


def test_hours_of_speech_without_a_pause_stay_in_pieces() -> None:
    played = play([1.0] * 10 * LONGEST)

    assert np.array_equal(
        np.concatenate([utterance.samples for utterance in played.utterances]), played.samples
    )


@pytest.mark.parametrize("first", [0, 12_345])
def test_numbers_and_indices_go_on_from_where_a_session_resumes(first: int) -> None:
    endpointer = Endpointer(RULES, first, number=7)
    for probability in [1.0] * 4 + [0.0] * HANGOVER:
        utterance = endpointer.push(np.zeros(FRAME, dtype=np.float32), probability)

    assert utterance is not None
    assert (utterance.number, utterance.first) == (7, first)
