"""chrF is sacrebleu's, letter for letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.chrf import CHRF

from tolmach.quality.chrf import chrf

TEXTS = st.text("абвәһ .,!«\u0301", max_size=40)


@pytest.mark.parametrize("words", [0, 2])
@given(hypothesis=TEXTS, reference=TEXTS)
def test_equals_sacrebleu(hypothesis: str, reference: str, words: int) -> None:
    expected = CHRF(word_order=words).sentence_score(hypothesis, [reference]).score
    assert chrf(hypothesis, reference, words) == pytest.approx(expected)


def test_the_same_is_100_and_nothing_is_0() -> None:
    assert chrf("Мин иртәгә килмәйем.", "Мин иртәгә килмәйем.") == pytest.approx(100)
    assert chrf("", "Да") == 0
