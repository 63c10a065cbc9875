"""What stands before the words of a line is told apart from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.language.layout import pieces, unmarked, visible


def test_what_nobody_sees_is_taken_out() -> None:
    assert visible("\ufeffСе\u200bго\u2060дня\u200e \u2067да\u2069") == "Сегодня да"
    assert visible("👩\u200d⚕\ufe0f А\u0301") == "👩\u200d⚕\ufe0f А\u0301"


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ("", "Хлеб"),
        ("  ", "Хлеб"),
        ("- ", "Хлеб"),
        ("• ", "Хлеб"),
        ("— ", "Да."),
        ("\t* ", "Хлеб"),
        ("1. ", "Хлеб"),
        ("2.3. ", "Хлеб"),
        ("1) ", "Хлеб"),
        ("(4) ", "Хлеб"),
        ("а) ", "Хлеб"),
        ("б)\t", "Хлеб"),
        ("IV. ", "Хлеб"),
        ("## ", "Хлеб"),
        ("> - ", "Хлеб"),
        ("- [x] ", "Хлеб"),
        ("", "А. С. Пушкин"),
        ("", "г. Уфа"),
        ("", "-5 градусов"),
        ("", "1.5 литра"),
        ("", "10 штук"),
        ("", "- 5"),
        ("", "1. 2. 3."),
        (" ", "12.05.2024"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_marks_are_cut_off(before: str, rest: str) -> None:
    assert unmarked(before + rest) == (before, rest)


@given(st.text(alphabet="-–•*1а)(. >#[x]\tVБ", max_size=20))
def test_nothing_is_lost(line: str) -> None:
    before, rest = unmarked(line)
    assert before + rest == line
    assert not any(letter.isalpha() for letter in before.split(")")[-1].replace("x", "")) or rest


@given(st.text(alphabet="-•1а). \t\n\r\f\x85\u2028Б", max_size=20))
def test_pieces_are_the_text(text: str) -> None:
    cut = pieces(text)
    assert "".join(before + words for before, words in cut) == text
    assert not any(set(words) & set("\t\n\r\f\x85\u2028") for _, words in cut)
