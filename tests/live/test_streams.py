"""Real conversations hold short answers, and the same sentences with them and without."""

from itertools import pairwise

import pytest

from tests import voices
from tests.live import streams


def test_short_answers_stand_between_the_same_sentences() -> None:
    if not voices.FESTVOX.is_dir():
        pytest.skip("not installed: festvox-ru (apt install festvox-ru)")
    bare, answered = (streams.real(40, 1, every) for every in (0, 2))
    sentences = [turn.text for turn in bare.turns]
    assert len(sentences) >= 4
    assert [turn.text for turn in answered.turns if turn.text in sentences] == sentences
    short = [turn for turn in answered.turns if turn.text not in sentences]
    assert len(short) == len(sentences) // 2
    assert all(turn.short for turn in short)
    assert answered.seconds > bare.seconds
    for turn, following in pairwise(answered.turns):
        assert following.start - turn.end >= streams.PAUSES[0] - 0.001
