"""Error rates and how sure they are."""

from math import isnan

import pytest

from tolmach.quality.error_rates import character_error_rate, word_error_rate


def test_one_word_of_four() -> None:
    score = word_error_rate([("мин иртәгә киләм бит", "мин иртәгә килмәйем бит")] * 5)
    assert score.value == score.low == score.high == 0.25


def test_long_sentences_count_more() -> None:
    pairs = [("а", "б"), ("а б в г д е ж з и", "а б в г д е ж з и")]
    score = word_error_rate(pairs)
    assert score.value == pytest.approx(0.1)
    assert (score.low, score.high) == (0.0, 1.0)


def test_more_sentences_are_surer() -> None:
    pairs = [("а б", "а б"), ("а б", "а в"), ("а б", "г в")]
    few, many = word_error_rate(pairs * 3), word_error_rate(pairs * 100)
    assert few.value == many.value == 0.5
    assert many.high - many.low < (few.high - few.low) / 3
    assert many.low < 0.5 < many.high


def test_letters_and_spaces_count() -> None:
    assert character_error_rate([("да нет", "данет")]).value == pytest.approx(1 / 6)
    assert isnan(word_error_rate([]).value)
    assert isnan(word_error_rate([("", "да")]).value)
