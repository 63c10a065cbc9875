"""Splitting loses nothing, and splits where a reader would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.language.registry import languages
from tolmach.language.sentences import fitted, parts, sentences

TEXTS = st.text(alphabet=st.sampled_from("аБвГ. !?…,;:—–-«»\"'()\n\t 1x։:ქհՀ{}"), max_size=80)
CODES = st.sampled_from(["", "xx", *(language.code for language in languages())])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t ", []),
        ("Как дела?", ["Как дела?"]),
        ("Привет! Как дела? Всё хорошо.", ["Привет!", "Как дела?", "Всё хорошо."]),
        ("Он сказал: «Пойдём!» И ушёл.", ["Он сказал: «Пойдём!»", "И ушёл."]),
        ("„Да.“ Ушёл.", ["„Да.“", "Ушёл."]),
        ("Так… Пойдём", ["Так…", "Пойдём"]),
        ("Так... Пойдём", ["Так...", "Пойдём"]),
        ("Что?.. не знаю", ["Что?.. не знаю"]),
        ("Пришёл (наконец-то!) домой.", ["Пришёл (наконец-то!) домой."]),
        ("Он ушёл. (Потом вернулся.) Все рады.", ["Он ушёл.", "(Потом вернулся.)", "Все рады."]),
        ("Это {{Он ушёл. Она}} осталось.", ["Это {{Он ушёл. Она}} осталось."]),
        ("Это я. Открой!", ["Это я.", "Открой!"]),
        ("Һаумыһығыҙ! Хәлдәр нисек?", ["Һаумыһығыҙ!", "Хәлдәр нисек?"]),
    ],
)
def test_splits_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("", "А. С. Пушкин родился в 1799 г. в Москве."),
        ("", "Книгу написал А.С. Пушкин."),
        ("", "Приехал Дж. Лондон."),
        ("ru", "Встретимся 5. мая у школы."),
        ("ru", "Договор от 12.05.2024 г. подписан."),
        ("ru", "Живёт в г. Уфе на ул. Ленина, д. 5, кв. 12."),
        ("ru", "Пришёл проф. Иванов."),
        ("ru", "Он заплатил 5 тыс. руб. за книги."),
        ("ru", "Хлеб, соль и т. д. лежат здесь."),
        ("ru", "Сказал (см. рис. 3 на стр. 5) правду."),
        ("ru", "В XIX в. здесь жили (VII–X вв.) Булгары."),
        ("ru", "Цена 3.5 рубля."),
        ("ru", "2.3. Введение в курс"),
        ("ru", "1. Введение"),
        ("ru", "— Пойдём! — сказал он."),
        ("ru", "«Пойдём!» — сказал он."),
        ("ba", "Ат, һыйыр, һарыҡ һ.б. бар."),
        ("ba", "2024 й. майында килде."),
        ("kk", "Нан, су т.б. бар."),
        ("ky", "Нан, суу ж.б. бар."),
        ("be", "Ён жыве на вул. Якуба Коласа."),
        ("uk", "Він живе на вул. Шевченка."),
        ("uz", "U prof. Karimov bilan gaplashdi."),
        ("hy", "Հ. Թումանյանը գրեց այս գիրքը։"),
        ("hy", "Նա ասաց. «Գնանք»։"),
        ("hy", "Ո՞վ է նա։"),
        ("ka", "ა. წერეთელი დაიბადა აქ."),
        ("ka", "იხ. გვ. 5."),
        ("en", "Mr. Smith came at 5 p.m. to see us."),
        ("az", "Dr. Məmmədov gəldi."),
        ("az", "Bakı ş. Nizami küç. 5"),
        ("uz", "2025-y. 25-dekabrda keldi."),
        ("uz", "Sh. Rashidov va O‘. Hoshimov keldi."),
        ("os", "Къ. Хетӕгкаты 1859 азы райгуырд."),
        ("av", "ХӀ. Хӏамзатов ва ГӀ. Цадаса гьаниб вукӏана."),
        ("hy", "Նա ապրում է Աբովյան փ. 5։"),
        ("ru", "«Пойдём!» сказал он."),
        ("ru", "Иванов И. И. родился в Уфе."),
    ],
)
def test_a_sentence_stays_whole(language: str, text: str) -> None:
    assert sentences(text, language) == [text]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("", "Он живёт на ул. Ленина, д. 5.", "Потом приду."),
        ("", "Цена 3.5 рубля.", "12 штук."),
        ("", "Да ну?", "— Да."),
        ("ru", "Он родился в 1799 г.", "Потом уехал."),
        ("ru", "Купили хлеб, соль и т. д.", "Все довольны."),
        ("ru", "Это было в XIX в.", "Потом всё изменилось."),
        ("ru", "Он заплатил 500 руб.", "Книга хорошая."),
        ("ru", "Скорость 600 Мбит/с.", "Это мало."),
        ("ru", "Он приехал в 2010.", "Потом уехал."),
        ("uz", "Vaqtim yo‘q.", "Ertaga kelaman."),
        ("uk", "У нього є сім'я.", "Вона велика."),
        ("hy", "Նա եկավ։", "Մենք գնացինք։"),
        ("hy", "Նա եկավ:", "Մենք գնացինք:"),
        ("ka", "ის მოვიდა.", "ჩვენ წავედით."),
        ("ka", "როგორ ხარ?", "კარგად."),
        ("ba", "Ул килде.", "— Сәләм!"),
        ("sah", "Бүгүн итии.", "Сарсын тымныы."),
        ("az", "Alma, armud və s.", "Sonra getdi."),
        ("ru", "Договор подписан 25.12.2025 г.", "Стороны согласны."),
        ("ru", "— Да... — сказал он.", "— Нет."),
        ("ru", "Не может быть!..", "Что?!"),
        ("ru", "Смотри http://ya.ru.", "Там есть всё."),
        ("hy", "Ժամը 15:30 է:", "Գնանք:"),
        ("hy", "Դու գալի՞ս ես։", "Այո՛։"),
        ("kk", "А. Құнанбайұлы т.б. ақындар.", "Олар жазды."),
    ],
)
def test_two_sentences_are_cut_apart(language: str, first: str, second: str) -> None:
    assert sentences(f"{first} {second}", language) == [first, second]


@given(TEXTS, CODES)
def test_sentences_lose_nothing(text: str, language: str) -> None:
    cut = sentences(text, language)
    assert " ".join(cut).split() == text.split()
    assert all(cut)


@given(TEXTS, st.integers(1, 30))
def test_parts_fit_and_lose_nothing(text: str, longest: int) -> None:
    for sentence in sentences(text):
        cut = parts(sentence, lambda part: len(part) <= longest)
        assert all(0 < len(part) <= longest for part in cut)
        assert "".join("".join(cut).split()) == "".join(sentence.split())


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


@pytest.mark.parametrize(
    ("part", "translation", "expected"),
    [
        ("когда мы пришли,", "Ҡайтҡас,", "ҡайтҡас,"),
        ("у ворот", "Ҡапҡа янында.", "ҡапҡа янында"),
        ("у ворот.", "Ҡапҡа янында.", "ҡапҡа янында."),
        ("Мы пришли", "беҙ ҡайттыҡ", "Беҙ ҡайттыҡ"),
        ("потом США", "АҠШ", "АҠШ"),
        ("и вот...", "Бына...", "бына..."),
        ("дома", "İşıqda", "İşıqda"),
        ("Дома", "სახლში", "სახლში"),
        ("дома", "", ""),
    ],
)
def test_a_part_begins_and_ends_as_it_did(part: str, translation: str, expected: str) -> None:
    assert fitted(part, translation) == expected


@pytest.mark.parametrize(
    ("sentence", "most"),
    [
        ("слово " * 40, 16),
        ("Начало, " + "слово " * 40, 16),
        ("; ".join(["первый большой пункт"] * 9), 18),
    ],
)
def test_what_nobody_parted_is_cut(sentence: str, most: int) -> None:
    cut = parts(sentence.strip(), lambda part: True)
    assert " ".join(cut).split() == sentence.split()
    assert max(len(part.split()) for part in cut) <= most
    assert len(cut) > 1
    assert ";" not in sentence or all(part.endswith(";") for part in cut[:-1])


@pytest.mark.parametrize("sentence", ["слово " * 16, "один, два, три и ещё слово, " * 9])
def test_an_ordinary_sentence_is_whole(sentence: str) -> None:
    assert parts(sentence, lambda part: True) == [sentence]
