"""What a Russian reader is asked to say for Tatar and Bashkir words, and which hypothesis wins."""

import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def phones() -> ModuleType:
    sys.path.insert(0, str(REPOSITORY / "models" / "recipes"))
    from adaptation import phones

    return phones


@pytest.fixture(scope="module")
def rescoring() -> ModuleType:
    sys.path.insert(0, str(REPOSITORY / "models" / "recipes"))
    from adaptation import rescoring

    return rescoring


@pytest.mark.parametrize(
    ("word", "spoken"),
    [
        ("Ул", "uu l"),
        ("Көз", "kk oo zz"),  # consonants beside a front vowel are soft
        ("Юл", "j uu l"),
        ("Ҡыҙ", "k yy z"),
        ("Һин", "hh ii nn"),
    ],
)
def test_phones_of_a_word(phones: ModuleType, word: str, spoken: str) -> None:
    assert phones.phones(word, random.Random(1)) == ["pau", *spoken.split(), "pau"]


def test_pauses_stand_where_the_signs_do(phones: ModuleType) -> None:
    sounds = phones.phones("Көз, ул.", random.Random(1))
    assert sounds == ["pau", "kk", "oo", "zz", "pau", "uu", "l", "pau"]


def test_letters_that_follow_one_another_win(rescoring: ModuleType) -> None:
    model = rescoring.LetterModel(["Сәлам.", "Рәхмәт.", "Сәлам, дуслар."])
    assert model.log_probability("сәлам") > model.log_probability("салям")
    hypotheses = [(" Салям.", -1.0), (" Сәлам.", -1.5)]
    assert rescoring.best(hypotheses, model, 0.3, 1.0) == " Сәлам."
    assert rescoring.best(hypotheses, model, 0.0, 0.0) == " Салям."
