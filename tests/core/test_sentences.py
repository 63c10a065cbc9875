"""Splitting loses nothing, and splits where a reader would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.core.sentences import parts, sentences

TEXTS = st.text(alphabet=st.sampled_from("аБвГ. !?…,;:—–-«»\"'()\n\t 1x։"), max_size=80)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t ", []),
        ("Как дела?", ["Как дела?"]),
        ("Привет! Как дела? Всё хорошо.", ["Привет!", "Как дела?", "Всё хорошо."]),
        ("Он сказал: «Пойдём!» И ушёл.", ["Он сказал: «Пойдём!»", "И ушёл."]),
        ("Так… Пойдём", ["Так…", "Пойдём"]),
        ("Да ну? — Да.", ["Да ну?", "— Да."]),
        ("Что?.. не знаю", ["Что?.. не знаю"]),
        ("А. С. Пушкин родился в 1799 г. в Москве.", ["А. С. Пушкин родился в 1799 г. в Москве."]),
        (
            "Он живёт на ул. Ленина, д. 5. Потом приду.",
            ["Он живёт на ул. Ленина, д. 5.", "Потом приду."],
        ),
        ("Цена 3.5 рубля. 12 штук.", ["Цена 3.5 рубля.", "12 штук."]),
        ("Это я. Открой!", ["Это я.", "Открой!"]),
        ("Һаумыһығыҙ! Хәлдәр нисек?", ["Һаумыһығыҙ!", "Хәлдәр нисек?"]),
    ],
)
def test_splits_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(TEXTS)
def test_sentences_lose_nothing(text: str) -> None:
    found = sentences(text)
    assert " ".join(found).split() == text.split()
    assert all(found)


@given(TEXTS, st.integers(1, 30))
def test_parts_fit_and_lose_nothing(text: str, longest: int) -> None:
    for sentence in sentences(text):
        found = parts(sentence, lambda part: len(part) <= longest)
        assert all(0 < len(part) <= longest for part in found)
        assert "".join("".join(found).split()) == "".join(sentence.split())


def test_a_long_sentence_is_cut_after_a_clause_near_its_middle() -> None:
    text = "Когда мы пришли домой, было уже темно, и мать ждала нас у ворот"
    assert parts(text, lambda part: len(part) <= 40) == [
        "Когда мы пришли домой,",
        "было уже темно, и мать ждала нас у ворот",
    ]


def test_a_word_that_does_not_fit_is_cut_too() -> None:
    assert parts("абвгд", lambda part: len(part) <= 2) == ["аб", "в", "гд"]


def test_one_character_is_returned_even_if_it_does_not_fit() -> None:
    assert parts("а", lambda part: False) == ["а"]
