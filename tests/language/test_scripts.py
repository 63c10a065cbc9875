"""Which script a character is written in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.language.registry import Language, languages
from tolmach.language.scripts import _BLOCKS, COMMON, UNKNOWN, lie_between, script_of


@pytest.mark.parametrize(
    ("characters", "script"),
    [
        ("яЁәҗңһөүҡҙҫӑӗҕҥӷ", "Cyrl"),
        ("zÉğşıñäə", "Latn"),
        ("აჰⴀ", "Geor"),
        ("Ձև", "Armn"),
        ("Ωλ", "Grek"),
        ("אם", "Hebr"),
        ("عپ", "Arab"),
        ("한ㄱ", "Hang"),
        ("中", "Hani"),
        ("ひ", "Hira"),
        ("カ", "Kana"),
        ("ก", "Thai"),
        ("हि", "Deva"),
        (" 0٣.,!«»—№…♪☺🙂\u0301ʼ%\n", COMMON),
        ("ⲀᎣꙊᶅ\U00017000\ue000\ud800\U000e0080", UNKNOWN),
    ],
)
def test_a_character_has_its_script(characters: str, script: str) -> None:
    assert {character: script_of(character) for character in characters} == dict.fromkeys(
        characters, script
    )


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_every_letter_of_a_language_is_of_its_script(language: Language) -> None:
    letters = "".join(letter for pair in language.letters for letter in pair)
    assert {script_of(letter) for letter in letters} <= {language.script, COMMON}


@given(st.characters())
def test_every_character_has_exactly_one_answer(character: str) -> None:
    inside = [script for first, last, script in _BLOCKS if first <= ord(character) <= last]
    assert len(inside) <= 1
    assert script_of(character) in {COMMON, UNKNOWN, *inside}


@given(st.characters())
def test_only_letters_and_marks_have_a_script(character: str) -> None:
    if script_of(character) not in (COMMON, UNKNOWN):
        assert unicodedata.category(character)[0] in "LM"


@given(st.characters(), st.integers(0, 500), st.integers(0, 500))
def test_a_letter_lies_between_what_is_around_it(character: str, less: int, more: int) -> None:
    script = script_of(character)
    if script not in (COMMON, UNKNOWN):
        assert lie_between({script}, ord(character) - less, ord(character) + more)
        assert not lie_between(set(), ord(character) - less, ord(character) + more)


def test_nothing_lies_between_where_no_letters_are() -> None:
    assert not lie_between({"Cyrl", "Latn"}, 0x1000, 0x1FFF)
    assert lie_between({"Geor"}, 0x1000, 0x1FFF)
