"""What one hears is kept, what one does not hear is made equal."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tolmach.language.registry import languages
from tolmach.quality.normalization import normalise

CODES = [language.code for language in languages()]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Да́мка сказа́ла: «Й — не и!»", "ru", "дамка сказала й не и"),
        ("Мои\u0306 дом", "ru", "мой дом"),  # и and a breve
        ("Эве̄ды̄ турэ̄н", "evn", "эве̄ды̄ турэ̄н"),  # macrons are letters' own
        ("бик-бик, тиз–тиз", "tt", "бик-бик тиз тиз"),
        ("Oʻzbekiston, g’alaba, o'g'li", "uz", "o'zbekiston g'alaba o'g'li"),
        ("аб’ява, сям'я", "be", "аб'ява сям'я"),
        ("IŞIQ İstanbul", "az", "ışıq istanbul"),
        ("ISO", "tt", "iso"),
        ("Ăçта çÿреме", "cv", "ӑҫта ҫӳреме"),  # Latin letters that look alike
        ("Сəлəм, hава", "ba", "сәләм һава"),
        ("1аьрбаша, кIант, к|ант", "ce", "ӏаьрбаша кӏант кӏант"),
        ("1 кан, II век", "ru", "1 кан ii век"),  # no palochka there
        ("Ԑинчո՞ւ եկար։", "hy", "ԑинчու եկար"),
        ("12 000 руб., 3.5 кг, 1 100", "ru", "12000 руб 3,5 кг 1100"),
        ("ханӈа” ся’", "yrk", "ханӈа” ся'"),
        ("საქართველო!", "ka", "საქართველო"),
        ("", "ru", ""),
        ("— … !", "ru", ""),
    ],
)
def test_words(text: str, language: str, words: str) -> None:
    assert normalise(text, language) == words


def test_yo_both_ways() -> None:
    assert normalise("Ёлка ещё", "ru") == "ёлка ещё"
    assert normalise("Ёлка ещё", "ru", fold_yo=True) == "елка еще"


def test_no_letter_of_a_language_becomes_another() -> None:
    """Every letter of the registry stays what it is: й is not и, ӧ is not о."""
    for language in languages():
        for lower, upper in language.letters:
            if len(lower) == 1 and lower.isalpha():
                word = f"{lower}{lower}"
                assert normalise(word, language.code) == unicodedata.normalize("NFC", word)
                if len(upper) == 1:
                    assert normalise(f"{upper}{upper}", language.code) == word


@given(st.text("аәйҙнӈI1lоё -’'\u0301\u0306.,12", max_size=30), st.sampled_from(CODES))
@example("о\u0301\u0301", "ru")
def test_it_is_done_once(text: str, language: str) -> None:
    once = normalise(text, language)
    assert normalise(once, language) == once


@pytest.mark.parametrize("language", ["tt", "cv", "sah", "kk", "uk", "ab"])
def test_no_letter_of_real_text_is_lost(language: str, shared: Path) -> None:
    lines = (shared / "text" / "mono" / f"{language}.txt").read_text("utf-8").splitlines()
    for line in lines[::10]:
        letters = sum(map(str.isalnum, unicodedata.normalize("NFC", line).casefold()))
        assert sum(map(str.isalnum, normalise(line, language))) == letters
