"""One channel of many: no voice is lost, whichever channel it is in and however it is turned."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolmach.audio.mixing import SPAN, Channels, mixed
from tolmach.core.samples import SAMPLE_RATE, Samples, rms

LENGTH = 6 * SAMPLE_RATE
LIKE = 0.95  # correlation of what came out with the voice


def voice(seed: int, length: int = LENGTH) -> Samples:
    """Noise that comes and goes four times a second, with a pause of a second in its middle."""
    chance = np.random.default_rng(seed)
    moments = np.arange(length) / SAMPLE_RATE
    loudness = np.sin(2 * np.pi * 2 * moments + seed) ** 2
    loudness[length // 2 : length // 2 + SAMPLE_RATE] = 0
    return (0.1 * loudness * chance.standard_normal(length)).astype(np.float32)


def hiss(seed: int, level: float) -> Samples:
    chance = np.random.default_rng(seed)
    return (level * chance.standard_normal(LENGTH)).astype(np.float32)


def hum() -> Samples:
    moments = np.arange(LENGTH) / SAMPLE_RATE
    return (0.3 * np.sin(2 * np.pi * 100 * moments)).astype(np.float32)


def mix(*channels: Samples, piece: int = 1000) -> Samples:
    sound = np.stack(channels)
    return np.concatenate(list(mixed(sound[:, at : at + piece] for at in range(0, LENGTH, piece))))


def likeness(sound: Samples, other: Samples) -> float:
    return float(np.corrcoef(sound, other)[0, 1])


@pytest.mark.parametrize("count", [2, 3, 4, 6, 8, 60])
@pytest.mark.parametrize("level", [0.0, 0.001])
def test_a_voice_in_one_channel(count: int, level: float) -> None:
    channels = [hiss(number, level) for number in range(count - 1)]
    channels.insert(count // 2, voice(1))
    sound = mix(*channels)
    assert likeness(sound, voice(1)) > LIKE
    assert rms(sound) > 0.7 * rms(voice(1))


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_a_channel_that_is_upside_down(share: float) -> None:
    sound = mix(voice(1), -share * voice(1))
    assert abs(likeness(sound, voice(1))) > LIKE
    assert rms(sound) > 0.7 * rms(voice(1))


def test_nothing_turns_over_when_the_other_side_becomes_the_louder_one() -> None:
    first, second = voice(1), -voice(1)
    for second_of_it in range(6):
        softer = (first, second)[second_of_it % 2]
        softer[second_of_it * SAMPLE_RATE : (second_of_it + 1) * SAMPLE_RATE] *= 0.5
    assert abs(likeness(mix(first, second), voice(1))) > 0.9


def test_a_hum_in_another_channel_is_left_out() -> None:
    assert likeness(mix(hum(), voice(1)), voice(1)) > LIKE


@pytest.mark.parametrize("level", [0.0, 1e-4])
@pytest.mark.parametrize(("at", "length"), [(0.0, 0.25), (2.5, 0.25), (0.0, 2.0)])
def test_a_hum_that_is_muted_is_still_one(level: float, at: float, length: float) -> None:
    """Also where a gap in the file is."""
    humming, speech = hum(), voice(1)
    muted = slice(int(at * SAMPLE_RATE), int((at + length) * SAMPLE_RATE))
    humming[muted], speech[muted] = hiss(1, level)[muted], hiss(2, level)[muted]
    end = slice(int(4.5 * SAMPLE_RATE), None)
    assert abs(likeness(mix(humming, speech)[end], speech[end])) > LIKE


def test_two_people_in_turn_keep_their_loudness() -> None:
    first, second = voice(1), 0.3 * voice(2)
    first[: LENGTH // 2], second[LENGTH // 2 :] = 0, 0
    sound = mix(first, second)
    for half in (slice(None, LENGTH // 2 - SPAN), slice(LENGTH // 2 + SPAN, None)):
        assert likeness(sound[half], (first + second)[half]) > LIKE
        assert rms(sound[half]) > 0.7 * rms((first + second)[half])


def test_a_voice_is_not_cut_where_it_begins() -> None:
    """The other channel was the louder one until then."""
    other, late = hiss(1, 0.002), voice(2)
    late[: 2 * SAMPLE_RATE] = 0
    begin = slice(2 * SAMPLE_RATE, 2 * SAMPLE_RATE + 1600)
    assert likeness(mix(other, late)[begin], late[begin]) > LIKE


def test_both_speak_at_once() -> None:
    sound = mix(voice(1), voice(2))
    assert likeness(sound, voice(1)) > 0.5
    assert likeness(sound, voice(2)) > 0.5


def test_silence_stays_silence() -> None:
    assert not mix(*[np.zeros(LENGTH, np.float32)] * 3).any()


def test_the_number_of_channels_may_change() -> None:
    pieces = [np.stack([voice(1)] * count) for count in (1, 2, 1)]
    sound = np.concatenate(list(mixed(pieces)))
    assert np.allclose(sound, np.tile(voice(1), 3), atol=1e-6)


@settings(deadline=None)
@given(st.integers(2, 9), st.lists(st.integers(0, 2 * SPAN), max_size=6), st.integers(0, 999))
def test_no_sample_more_or_less_and_none_too_loud(
    count: int, lengths: list[int], seed: int
) -> None:
    chance = np.random.default_rng(seed)
    pieces: list[Channels] = [
        chance.uniform(-1, 1, (count, length)).astype(np.float32) for length in lengths
    ]
    sounds = list(mixed(pieces))
    assert sum(map(len, sounds)) == sum(lengths)
    assert all(np.max(np.abs(sound), initial=0.0) <= 1.0 + 1e-6 for sound in sounds)
