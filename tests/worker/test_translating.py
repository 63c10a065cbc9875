"""What grows is translated sentence by sentence, each once."""

from collections.abc import Sequence

import pytest

from tolmach.core.errors import UsageError
from tolmach.core.pack import Pair
from tolmach.worker.translating import Translating


class Shouting:
    """A Translator into capital letters that remembers what it was asked."""

    pairs: tuple[Pair, ...] = (("ru", "ba"),)

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[str]:
        self.asked += [(text, earlier) for text in texts]
        return [text.upper() for text in texts]


@pytest.fixture
def shouting() -> Shouting:
    return Shouting()


def test_a_sentence_is_translated_once(shouting: Shouting) -> None:
    translating = Translating(shouting)
    assert translating.unfinished("Где болит? Скаж", "", "ru", "ba") == "ГДЕ БОЛИТ?"
    assert translating.unfinished("Где болит? Скажите мне", "", "ru", "ba") == "ГДЕ БОЛИТ?"
    assert translating.whole("Где болит? Скажите мне.", "ru", "ba") == "ГДЕ БОЛИТ? СКАЖИТЕ МНЕ."
    assert [text for text, _ in shouting.asked] == ["Где болит?", "Скажите мне."]


def test_the_tail_is_translated_on_demand_with_its_earlier_translation(shouting: Shouting) -> None:
    translating = Translating(shouting)
    assert translating.unfinished("Где болит? А", "у вас", "ru", "ba") == "ГДЕ БОЛИТ? А У ВАС"
    assert translating.unfinished("Где болит? А у", "вас что", "ru", "ba") == (
        "ГДЕ БОЛИТ? А У ВАС ЧТО"
    )
    assert shouting.asked == [("Где болит?", ""), ("А у вас", ""), ("А у вас что", "А У ВАС")]


def test_the_next_utterance_begins_without_hints(shouting: Shouting) -> None:
    translating = Translating(shouting)
    translating.unfinished("", "да", "ru", "ba")
    translating.forget()
    translating.unfinished("", "нет", "ru", "ba")
    assert shouting.asked == [("да", ""), ("нет", "")]


def test_a_hint_is_for_its_own_sentence_and_languages(shouting: Shouting) -> None:
    translating = Translating(shouting)
    translating.unfinished("Где болит", "спина", "ru", "ba")
    translating.unfinished("Где болит спина? Давно", "это", "ru", "ba")
    translating.unfinished("", "әйе", "ba", "ru")
    assert shouting.asked == [
        ("Где болит спина", ""),
        ("Где болит спина?", ""),
        ("Давно это", ""),
        ("әйе", ""),
    ]


def test_lines_are_kept(shouting: Shouting) -> None:
    assert Translating(shouting).whole("Да.\n\nНет.", "ru", "ba") == "ДА.\n\nНЕТ."
    text = "- да.\r\n\t1) нет. пусть!\r\nимя\tгород\n"
    assert Translating(shouting).whole(text, "ru", "ba") == text.upper()


def test_without_a_translator_there_is_no_route() -> None:
    with pytest.raises(UsageError):
        Translating(None).whole("Да.", "ru", "ba")
