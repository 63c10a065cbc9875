"""Numbers, links and names come through whatever a translator does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates import sure, translations, whole
from tolmach.core.pack import Pair
from tolmach.core.translation import Candidate
from tolmach.engines.protecting import ProtectingTranslator
from tolmach.language.placeholders import marked, protected


@dataclass
class Model:
    """A Translator that does one thing to every text, and remembers what it was asked."""

    change: Callable[[str], str] = str
    pairs: tuple[Pair, ...] = (("ru", "ba"), ("ru", "en"))
    batches: list[list[str]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        self.batches.append(list(texts))
        self.hints.append(earlier)
        return sure(self.change(text) for text in texts)

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        return sure([self.change(text), f"А {text}", "Ничего"][:count])


def without_digits(text: str) -> str:
    return "".join(letter for letter in text if not letter.isdigit())


def only_words(text: str) -> str:
    """Return the Cyrillic of a text."""
    return "".join(letter for letter in text if letter > "\u0400" or letter in " .,!?")


def translate(model: Model, text: str, target: str = "ba") -> str:
    return whole(ProtectingTranslator(model), text, "ru", target)


def test_texts_keep_their_order() -> None:
    texts = ["Да.", "", "5", "Нет. Да.", "ya.ru"]
    assert translations(ProtectingTranslator(Model()), texts, "ru", "ba") == texts


@pytest.mark.parametrize(
    "text", ["", " \n", "12.05.2024", "5.", "https://ya.ru", "+7 (347) 272-12-34"]
)
def test_what_has_no_words_needs_no_model(text: str) -> None:
    model = Model(lambda text: "?")
    assert translate(model, text) == text
    assert not any(
        any("a" <= letter <= "я" for letter in sentence)
        for batch in model.batches
        for sentence in batch
    )


# What must stay --------------------------------------------------------------------------------


def test_a_good_model_sees_short_numbers_and_names() -> None:
    model = Model()
    assert translate(model, "VK в 5 открыла ya.ru.") == "VK в 5 открыла ya.ru."
    assert model.batches == [["VK в 5 открыла 25."]]


def test_what_is_held_comes_through_without_an_ending() -> None:
    model = Model(lambda text: text.replace("25", "25-гә"))
    for text in (f"Спросите {marked('табип')} завтра.", f"Где {marked('табип')}?"):
        assert translate(model, text) == text
        assert translate(Model(without_digits), text) == text


@pytest.mark.parametrize("change", [without_digits, only_words, lambda text: "", lambda text: "25"])
def test_nothing_is_lost_by_a_model_that_loses_it(change: Callable[[str], str]) -> None:
    text = (
        "Встреча 12.05.2024 в 15:30, пишите на info@mail.ru, "
        f"{marked('Айгуль')} принесёт 1 234,5 кг."
    )
    translation = translate(Model(change), text)
    for value in ("12.05.2024", "15:30", "info@mail.ru", "Айгуль", "1 234,5 кг"):
        assert value in translation


def test_only_what_is_lost_is_translated_again_and_at_last_in_parts() -> None:
    model = Model(without_digits)
    assert translate(model, "Дом стоит. В 5 часов Google закрыт.") == (
        "Дом стоит. В 5 часов Google закрыт."
    )
    assert model.batches == [
        ["Дом стоит.", "В 5 часов Google закрыт."],
        ["В 25 часов 47 закрыт."],
        ["В", "часов", "закрыт."],
    ]


def test_parts_are_made_one_sentence() -> None:
    model = Model(lambda text: without_digits(text).strip(" .").capitalize() + ".")
    assert translate(model, "Мы пришли в 15:30 домой.") == "Мы пришли в 15:30 домой."


def test_numbers_are_written_as_the_target_language_does() -> None:
    assert translate(Model(), "Цена 1 234,5 за 3 кг.", "en") == "Цена 1,234.5 за 3 kg."
    assert translate(Model(without_digits), "Цена 1 234,5.", "en") == "Цена 1,234.5."


def test_a_hint_speaks_to_the_model_in_its_own_words() -> None:
    model = Model()
    ProtectingTranslator(model).translate(["Открой ya.ru"], "ru", "ba", "Был ya.ru")
    assert model.hints == ["Был 25"]


@given(st.text(alphabet=st.sampled_from("аБ12345 .,:-+№%@X{}\n/"), max_size=60))
def test_whatever_the_text_nothing_of_it_is_lost(text: str) -> None:
    translation = translate(Model(only_words), text)
    for line, translated in zip(text.split("\n"), translation.split("\n"), strict=True):
        assert all(span.text in translated for span in protected(line, "ru"))


# Alternatives ----------------------------------------------------------------------------------


def test_alternatives_lose_nothing_either() -> None:
    translator = ProtectingTranslator(Model())
    candidates = translator.alternatives("Открой ya.ru", "ru", "ba", 3)
    assert candidates == sure(["Открой ya.ru", "А Открой ya.ru"])


def test_the_first_alternative_is_the_translation() -> None:
    translator = ProtectingTranslator(Model(without_digits))
    (first,) = translator.alternatives("Открой ya.ru", "ru", "ba", 1)
    assert first.text == "Открой ya.ru"


def no_emoji(text: str) -> str:
    """Return a text as a model writes it that has no token for what is not Cyrillic."""
    return "".join(sign for sign in text if sign < "\u0500")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Привет 👋🏽 мир", "Привет 25 мир"),
        ("Слово مرحبا بالعالم тут", "Слово 25 тут"),
        ("Вектор ა и 漢字", "Вектор 25 и 47"),
        ("Цена ⁂ закона", "Цена 25 закона"),
    ],
)
def test_what_a_model_has_no_token_for_comes_through(text: str, words: str) -> None:
    model = Model(no_emoji)
    translator = ProtectingTranslator(model, lambda sign, *_: sign < "\u0500")
    assert whole(translator, text, "ru", "ba") == text
    assert model.batches[0] == [words]


def test_a_model_is_not_asked_twice_about_a_sign() -> None:
    signs = []

    def knows(sign: str, source: str, target: str) -> bool:
        signs.append(sign)
        return True

    translator = ProtectingTranslator(Model(), knows)
    assert translations(translator, ["А ⁂ б ⁂", "в ⁂"], "ru", "ba") == ["А ⁂ б ⁂", "в ⁂"]
    assert signs == ["⁂"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("★ Важно! ★", "Важно!"),
        ("👍 Да 👍🏿", "Да"),
        ("• Раз", "Раз"),
        ("&Файл", "Файл"),
        ("С_охранить как", "Сохранить как"),
    ],
)
def test_signs_at_the_ends_never_reach_the_model(text: str, words: str) -> None:
    model = Model()
    translated = translate(model, text)
    assert model.batches[0] == [words]
    assert translated.replace("_", "").replace("&", "") == text.replace("_", "").replace("&", "")
    assert [translated.count(sign) for sign in "&_★"] == [text.count(sign) for sign in "&_★"]


def test_signs_alone_need_no_model() -> None:
    model = Model(lambda text: "нет")
    assert [translate(model, text) for text in ("👍👍🏿", "★ ★", "→")] == ["👍👍🏿", "★ ★", "→"]
