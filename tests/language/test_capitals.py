"""Texts in capitals are shown to models as ordinary ones, and written in capitals again."""

import pytest

from tolmach.language.capitals import plain_case


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ГДЕ НАХОДИТСЯ ШКОЛА?", "Где находится школа?"),
        ("ВНИМАНИЕ!", "Внимание!"),
        ("ДА", "Да"),
        ("СОТРУДНИКИ МЧС И ООН В РФ.", "Сотрудники МЧС и ООН в РФ."),
        ("25. ВЫХОД", "25. Выход"),
        ("ВАГОН-РЕСТОРАН ЗАКРЫТ", "Вагон-ресторан закрыт"),
        ("Мама Пришла Домой.", "Мама пришла домой."),
        ("Мой Телефон Находится На Столе", "Мой телефон находится на столе"),
        ("Сотрудники МЧС Прибыли Вовремя.", "Сотрудники МЧС прибыли вовремя."),
    ],
)
def test_capitals_are_taken_off(text: str, plain: str) -> None:
    case = plain_case(text, "ru")
    assert case.text == plain
    again = case.restored(plain, "ru")
    assert again.upper() == text.upper()
    assert text.isupper() == again.isupper()


@pytest.mark.parametrize(
    "text",
    [
        *("МЧС", "ООН", "США", "РФ", "Я", "", "25", "Где находится школа?", "Марат и МЧС"),
        *("Иван Иванович Петров", "Уфа", "Республика Башкортостан", "Привет, Марат!"),
        "Сотрудники МЧС и ООН",
    ],
)
def test_what_says_something_stays(text: str) -> None:
    case = plain_case(text, "ru")
    assert case.text == text
    assert case.restored("Икенсе", "ba") == "Икенсе"


def test_a_translation_is_written_as_its_language_has_it() -> None:
    assert plain_case("ШКОЛА ЗДЕСЬ", "ru").restored("istanbul", "az") == "İSTANBUL"
    assert plain_case("Мама Пришла Домой.", "ru").restored("ana evə gəldi.", "az") == (
        "Ana Evə Gəldi."
    )
