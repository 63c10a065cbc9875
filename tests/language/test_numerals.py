"""Numbers in words: read in every form, never demanded where they may be something else."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from tolmach.core.translation import Flag
from tolmach.language.numerals import HALF, QUARTER, quantities, values
from tolmach.quality.translation_doubts import doubts

LANGUAGES = ("ru", "uk", "be", "ba", "tt", "kk", "ky", "uz")


def surely(text: str, language: str) -> list[float]:
    """Return the first way to say each number that is demanded."""
    sure = [quantity for quantity in quantities(text, language) if quantity.sure]
    return [value for quantity in sure for value in quantity.ways[0]]


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("ru", "тридцать восемь и пять", [38, 5]),
        ("ru", "на пятом месяце, двумя руками, у трёх, пятнадцати", [5, 2, 3, 15]),
        ("ru", "по две таблетки три раза", [2, 3]),
        ("ru", "две тысячи двадцать четвёртого года", [2024]),
        ("ru", "сто двадцать на восемьдесят", [120, 80]),
        ("ru", "полтора литра", [1, HALF]),
        ("ru", "пол-литра и полчаса", [HALF, HALF]),
        ("ru", "два с половиной года", [2, HALF]),
        ("ru", "в полпятого", [4, HALF]),
        ("ru", "без четверти три", [3, QUARTER]),
        ("ru", "один из нас, семья, опять в пятницу, это стоит", []),
        ("ba", "утыҙ һигеҙ һәм биш", [38, 5]),
        ("ba", "ике мең егерме дүртенсе йыл", [2024]),
        ("ba", "көнөнә өс тапҡыр икешәр", [3, 2]),
        ("ba", "йөҙ егермегә һикһән", [120, 80]),
        ("ba", "алтынсы ай, сәғәт дүрт ярым", [6, 4, HALF]),
        ("ba", "бер кеше өсөн, йөҙө матур, алтын, уның, икәнен", []),
        ("tt", "унике көн өчен, өченче тапкыр", [12, 3]),
        ("tt", "утыз сигез, ике йөз илле", [38, 250]),
        ("kk", "отыз сегіз, екі жүз елу үшін, бесеу", [38, 250, 5]),
        ("ky", "отуз сегиз, эки жүз элүү, бешинчи", [38, 250, 5]),
        ("uz", "o‘ttiz sakkiz, ikki yuz ellik, uchta tabletka", [38, 250, 3]),
        ("uz", "ўттиз саккиз, икки юз эллик", [38, 250]),
        ("uk", "тридцять вісім, п’ятьма, двом, третьої", [38, 5, 2, 3]),
        ("be", "трыццаць восем, пяццю, дзвюма, трэцяга", [38, 5, 2, 3]),
        ("be", "паўтары гадзіны", [1, HALF]),
        ("ru", "двумстам больным, пол чайной ложки", [200, HALF]),
        ("ru", "двухсот, тремястами, пятистах, восьмьюдесятью", [200, 300, 500, 80]),
        ("uk", "двохстах, трьомастами, п’ятистам, восьмистах", [200, 300, 500, 800]),
        ("be", "двумстам, трохстах, пяццюстамі, сямістам", [200, 300, 500, 700]),
        ("be", "пяццюдзесяццю, шасцюдзесяццю, сямідзесяці, васьмідзясятым", [50, 60, 70, 80]),
        ("ky", "жарым таблетка, бир жарым литр", [HALF, 1, HALF]),
        ("uz", "yarim tabletka, ikki yarim litr, ярим стакан", [HALF, 2, HALF, HALF]),
    ],
)
def test_numbers_are_read(language: str, text: str, numbers: list[float]) -> None:
    assert surely(text, language) == numbers


@pytest.mark.parametrize(
    ("name", "language"), [("ru", "ru"), ("uk", "uk"), ("be", "be"), ("kz", "kk")]
)
@given(number=st.integers(0, 999_999))
def test_what_num2words_writes_is_read(name: str, language: str, number: int) -> None:
    (read,) = quantities(num2words(number, lang=name), language)
    assert read.ways[0] == (number,)


@pytest.mark.parametrize("language", ["ru", "uk"])
@given(number=st.integers(1, 999))
def test_ordinals_are_read(language: str, number: int) -> None:
    """Not Belarusian: num2words 0.5.14 writes "seventieth" for 80."""
    (read,) = quantities(num2words(number, lang=language, to="ordinal"), language)
    assert read.ways[0] == (number,)


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_is_read(text: str, language: str) -> None:
    for quantity in quantities(text, language):
        assert 0 <= quantity.start < quantity.end <= len(text)
    assert all(value >= 0 for value in values(text, language))


def test_a_language_without_a_table_states_nothing() -> None:
    assert quantities("вунӑ", "cv") == []
    assert values("ten", "en") == Counter()


# Between two texts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "translation", "target"),
    [
        ("Температура тридцать восемь и пять.", "Температура 38,5.", "ba"),
        ("Температура 38,5.", "Температура утыҙ һигеҙ ярым.", "ba"),
        (
            "Принимайте по две таблетки три раза в день.",
            "Көнөнә өс тапҡыр икешәр дарыу эсегеҙ.",
            "ba",
        ),
        ("Я на пятом месяце.", "Мин бишенсе айҙа.", "ba"),
        ("Приходите в полпятого.", "Дүрт ярымда килегеҙ.", "ba"),
        ("Приходите в полпятого.", "16:30-ҙа килегеҙ.", "ba"),
        ("Без четверти три.", "Өскә ун биш минут ҡала.", "ba"),
        ("Прошло полтора года.", "Йыл ярым үтте.", "ba"),
        ("Выпейте полтора литра.", "1,5 литр эсегеҙ.", "tt"),
        ("Мне сорок два года.", "Маған қырық екі жас.", "kk"),
        ("Две тысячи рублей.", "2000 сум.", "uz"),
        ("Один раз.", "Бир жолу.", "ky"),
        ("Десять дней.", "Дзесяць дзён.", "be"),
        ("Три четверти стакана.", "Стакандың дүрттән өсө.", "ba"),
        ("Пол-литра воды.", "Yarim litr suv.", "uz"),
        ("Через полчаса.", "Жарым сааттан кийин.", "ky"),
        ("Двенадцать дней.", "Дванадцять днів.", "uk"),
    ],
)
def test_what_is_said_otherwise_is_no_loss(text: str, translation: str, target: str) -> None:
    assert doubts(text, translation, "ru", target) == ()
    assert doubts(translation, text, target, "ru") == ()


@pytest.mark.parametrize(
    ("text", "translation", "target", "flags"),
    [
        (
            "тридцать восемь и пять", "өс һәм биш", "ba",
            [("lost", "тридцать восемь"), ("added", "өс")],
        ),
        ("Я на пятом месяце.", "Мин йома намаҙына барам.", "ba", [("lost", "пятом")]),
        ("По две таблетки два раза.", "Ике тапҡыр таблетка.", "ba", [("lost", "два")]),
        ("Пейте пол-литра.", "Бер литр эсегеҙ.", "ba", [("lost", "пол-литра")]),
        (
            "Не более двухсот миллилитров.", "Миллилитрҙан артыҡ түгел.", "ba",
            [("lost", "двухсот")],
        ),
        (
            "две тысячи пятьсот", "ике мең өс йөҙ", "ba",
            [("lost", "две тысячи пятьсот"), ("added", "ике мең өс йөҙ")],
        ),
    ],
)  # fmt: skip
def test_a_lost_or_changed_number_is_a_doubt(
    text: str, translation: str, target: str, flags: list[tuple[str, str]]
) -> None:
    raised = doubts(text, translation, "ru", target)
    assert [flag for flag in raised if flag.code.startswith("number")] == [
        Flag(f"number-{kind}", detail) for kind, detail in flags
    ]
