"""What must not be translated is found, written as the target language does, and missed if lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.language.placeholders import localized, marked, missing_spans, protected
from tolmach.language.stand_ins import around_spans, masked

TEXTS = st.text(alphabet=st.sampled_from("аБ1234567890 .,:/-+№%@Xy{}\\«»()\u00a0"), max_size=60)


def spans_of(text: str) -> list[tuple[str, str]]:
    return [(span.kind, span.text) for span in protected(text, "ru")]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "Встреча {} г. в школе", "12.05.2024"),
        ("date", "Встреча {}", "2024-05-12"),
        ("time", "Приду в {}.", "15:30"),
        ("number", "Цена {}.", "1 234,5"),
        ("number", "Цена {}", "1\u00a0234\u00a0567"),
        ("number", "Цена {} рублей", "1234567"),
        ("number", "Дай {}, потом уйди", "5"),
        ("number", "Это {} всех", "25 %"),
        ("number", "Стоит {}", "$100"),
        ("number", "Стоит {} за штуку", "100 ₽"),
        ("number", "Стоит {} за штуку", "5 руб."),
        ("number", "Вес {} ровно", "3,5 кг"),
        ("number", "Скорость {}.", "70 км/ч"),
        ("number", "Мороз {}.", "-5 °C"),
        ("number", "Школа {} рядом", "№ 7"),
        ("number", "Это {}-летний юбилей", "25"),
        ("link", "Смотри {}.", "https://ya.ru/a/b?id=17&x=ы"),
        ("link", "Смотри {}, там есть", "www.bashinform.ru/news"),
        ("link", "Смотри ({})", "школа5.рф"),
        ("link", "Пиши на {}!", "ivan.petrov-7@mail.ru"),
        ("link", "Это {}", "#уфа"),
        ("phone", "Звони {}, жду", "+7 (347) 272-12-34"),
        ("phone", "Звони {}", "8-917-123-45-67"),
        ("phone", "Звони {}", "89171234567"),
        ("number", "Длина {}", "8831358 см"),
        ("number", "Здесь {} жителей", "8 812 345"),
        ("file", "Открой {}.", "отчёт_2.docx"),
        ("file", "Открой {}", "C:\\Data\\plan.xlsx"),
        ("file", "Открой {}", "/home/user/a.txt"),
        ("address", "Живу на {}", "ул. Ленина, д. 5, кв. 12"),
        ("code", "Был {} тогда", "COVID-19"),
        ("code", "Это {}", "Т-34"),
        ("code", "Версия {} вышла", "1.2.3"),
        ("name", "Работает в {} давно", "Google Maps"),
        ("name", "В {} веке", "XIX"),
        ("mark", "Это {} тут", "{{не трогать. Совсем}}"),
        ("mark", "Удалено {} строк", "%s"),
        ("mark", "Это {}жирно", "<b>"),
    ],
)
def test_is_found_whole(kind: str, text: str, value: str) -> None:
    assert spans_of(text.replace("{}", value)) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    ["", "Просто слова.", "Он ушёл.Она осталась", "и/или", "США и ООН"],
)
def test_words_are_no_such_thing(text: str) -> None:
    assert spans_of(text) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Google и ya.ru", ["Google"]),
        ("tt", "Bu Google turında", []),
        ("uz", "Bu kitobni Толстой yozgan", []),
        ("uz", "Бу китоб Google ҳақида", ["Google"]),
        ("", "Это Google", []),
        ("", "Это сделал Google", ["Google"]),
        ("ka", "ეს Google არის", ["Google"]),
    ],
)
def test_latin_words_are_names_amid_others(language: str, text: str, expected: list[str]) -> None:
    names = [span.text for span in protected(text, language) if span.kind == "name"]
    assert names == expected


def test_what_is_held_is_one_span_whatever_it_is() -> None:
    text = f"Спросите {marked('Айгуль Ай')} в 5 и {marked('табип')}."
    spans = [("mark", marked("Айгуль Ай")), ("number", "5"), ("mark", marked("табип"))]
    assert spans_of(text) == spans
    assert spans_of(f"\ue000 да {marked('табип')}") == [("mark", marked("табип"))]


@pytest.mark.parametrize(
    ("source", "target", "text", "expected"),
    [
        ("ru", "en", "1 234,5", "1,234.5"),
        ("ru", "en", "1234567,25", "1234567.25"),
        ("en", "ru", "1,234.5", "1\u00a0234,5"),
        ("az", "ru", "1.234,5", "1\u00a0234,5"),
        ("ru", "az", "1 234 567", "1.234.567"),
        ("ru", "mn", "0,5 %", "0.5 %"),
        ("ru", "ba", "1 234,5", "1 234,5"),
        ("ru", "en", "3.5", "3.5"),  # no Russian number: left alone
        ("ru", "en", "007", "007"),
        ("ru", "en", "12.05.2024", "12.05.2024"),
        ("ru", "uz", "5 кг", "5 kg"),
        ("uz", "ru", "5 km", "5 км"),
        ("ru", "hy", "5 кг", "5 кг"),
        ("ru", "xx", "1 234,5", "1 234,5"),
    ],
)
def test_numbers_and_units_are_written_anew(
    source: str, target: str, text: str, expected: str
) -> None:
    (span,) = protected(text)
    assert localized(span, source, target) == expected


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("В 5 часов", "5 сәғәттә", ()),
        ("В 5 часов", "Биш сәғәттә", ("5",)),
        ("В 5 часов", "15 сәғәттә", ("5",)),
        ("В 5 часов", "5,5 сәғәттә", ("5",)),
        ("5 и 5", "5 һәм ул", ("5",)),
        ("5 и 55", "55 һәм 5", ()),
        ("1 234,5 кг", "1234,5 килограмм", ()),
        ("2.4 литра", "2,4 литр", ()),
        ("в 12:00", "сәғәт 12.00", ()),
        ("Google и ya.ru", "ya.ru, Google-ҙа", ()),
        ("Google и ya.ru", "гугл һәм", ("Google", "ya.ru")),
        ("от 10 до 15", "10–15", ()),
    ],
)
def test_what_is_lost_is_told(text: str, translation: str, expected: tuple[str, ...]) -> None:
    assert missing_spans(text, translation, "ru", "ba") == expected


def test_a_number_in_the_other_writing_is_not_lost() -> None:
    assert missing_spans("1 234,5", "1,234.5", "ru", "en") == ()
    assert missing_spans(marked("Айгуль"), "Айгөл", "ru", "ba") == (marked("Айгуль"),)


# Stand-ins -------------------------------------------------------------------------------------


def test_short_numbers_and_names_are_left_to_the_model_at_first() -> None:
    text = "В 5 часов Google купил ya.ru за 1 234,5 ₽"
    spans = protected(text, "ru")
    first = masked(text, spans, "ru", "ba", every=False)
    assert first.text == "В 5 часов Google купил 25 за 47"
    assert first.unmasked == ("5", "Google")
    every = masked(text, spans, "ru", "ba", every=True)
    assert every.text == "В 25 часов 47 купил 93 за 71"
    assert every.unmasked == ()


def test_stand_ins_are_none_of_the_numbers_of_the_text() -> None:
    mask = masked("25 и ya.ru", protected("25 и ya.ru"), "ru", "ba", every=False)
    assert mask.text == "25 и 47"


@pytest.mark.parametrize(
    ("translation", "expected"),
    [
        ("25 һәм 47", "ya.ru һәм 12.05.2024"),
        ("47 һәм 25", "12.05.2024 һәм ya.ru"),
        ("25-се һәм 47-се", "ya.ru һәм 12.05.2024-се"),  # an ending spoils a link, not a date
        ("25 һәм 48", None),
        ("25, 25 һәм 47", None),
        ("25-17 һәм 47", None),
        ("125 һәм 47", None),
        ("һәм", None),
    ],
)
def test_values_come_back(translation: str, expected: str | None) -> None:
    text = "ya.ru и 12.05.2024"
    assert masked(text, protected(text), "ru", "ba", every=True).restore(translation) == expected


def test_an_ending_that_the_text_has_stays() -> None:
    mask = masked("<b>да</b>", protected("<b>да</b>"), "ru", "ba", every=True)
    assert mask.text == "25да47"
    assert mask.restore("25эйе47") == "<b>эйе</b>"


def test_a_full_stop_is_not_doubled() -> None:
    mask = masked("Дай 5 руб.", protected("Дай 5 руб."), "ru", "ba", every=True)
    assert mask.restore("25 бир.") == "5 руб. бир."
    assert mask.restore("Бир 25.") == "Бир 5 руб."


def test_a_hint_speaks_in_stand_ins() -> None:
    mask = masked("Это ya.ru", protected("Это ya.ru"), "ru", "ba", every=False)
    assert mask.hint("Был ya.ru") == "Был 25"


def test_more_spans_than_stand_ins_stay_as_they_are() -> None:
    text = " ".join(str(number) for number in range(1000, 1040))
    mask = masked(text, protected(text), "ru", "ba", every=True)
    assert mask.unmasked[-1] == "1039"
    assert mask.restore(mask.text) == text


@given(TEXTS, st.booleans())
def test_a_model_that_changes_nothing_changes_nothing(text: str, every: bool) -> None:
    spans = protected(text)
    mask = masked(text, spans, "ru", "ba", every)
    restored = mask.restore(mask.text)
    assert restored is None or restored == text
    parts = around_spans(text, spans, "ru", "ba")
    assert parts.joined(iter(parts.words)) == text


@given(TEXTS)
def test_spans_are_in_order_and_apart(text: str) -> None:
    end = 0
    for span in protected(text):
        assert end <= span.start < span.end
        assert text[span.start : span.end] == span.text
        end = span.end


@given(TEXTS)
def test_nothing_is_lost_in_the_text_itself(text: str) -> None:
    assert missing_spans(text, text, "ru", "ba") == ()


def test_what_has_no_space_is_read_once() -> None:
    """A long text of dots took hours: from each dot it was searched for a domain to its end."""
    assert protected("м.д." * 50_000, "ru") == []


@pytest.mark.parametrize(
    ("text", "translation", "missing"),
    [
        ("Статья § пять", "Статья биш", ("§",)),
        ("[смех] Да", "Эйе", ("[", "]")),
        ("Да | нет | да", "Эйе | юҡ | эйе", ()),
        ("Слово الف тут", "Һүҙ", ("ا", "ل", "ف")),
        ("Луч γ тут", "Нур γ бында", ()),
        ("Ширина ½ метра", "Киңлеге метр", ("½",)),
        ("Он сказал: «Да» — и ушёл…", "Ул «Эйе» тип китте.", ()),
        ("Витамин C полезен", "С витамины файҙалы", ()),
        ("Файл *важный*", "Мөһим файл*", ("*",)),
    ],
)
def test_signs_that_are_lost(text: str, translation: str, missing: tuple[str, ...]) -> None:
    assert missing_spans(text, translation, "ru", "ba") == missing
