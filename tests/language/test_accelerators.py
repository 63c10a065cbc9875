"""The sign of a menu's key: found where it is one, and put before a letter again."""

import pytest

from tolmach.language.accelerators import accelerator, with_accelerator


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("&Файл", 0),
        ("С_охранить как…", 1),
        ("Со&хранить", 2),
        ("Открыть &файл", 8),
        ("_Правка", 0),
        ("R&D", -1),
        ("my_var", -1),
        ("имя_файла", -1),
        ("А_Б", -1),
        ("&nbsp;", -1),
        ("Вася & Петя", -1),
        ("&Файл и &правка", -1),
        ("__Файл__", -1),
        ("Файл", -1),
        ("", -1),
    ],
)
def test_where_the_sign_is(text: str, at: int) -> None:
    assert accelerator(text) == at


@pytest.mark.parametrize(
    ("text", "signed"), [("Файл", "&Файл"), ("«Асыу»", "«&Асыу»"), ("5", "5&")]
)
def test_it_stands_before_a_letter(text: str, signed: str) -> None:
    assert with_accelerator(text, "&") == signed
