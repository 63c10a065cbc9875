"""Words and their forms: the golden lists, and what holds for every word."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.forms import (
    LANGUAGES,
    PROMISED,
    golden,
    inflects,
    is_form,
    shares,
    supposed_forms,
    vocabularies,
)
from tolmach.language.stemming import fold, keys, matches


def test_there_are_enough_forms_to_judge_by() -> None:
    rows = [row for language in LANGUAGES for row in golden(language)]
    for kind in ("built", "held", "fresh", "unseen"):
        own = [row for row in rows if row["set"] == kind]
        assert sum(row["form"] == "yes" for row in own) >= 200
        assert sum(row["form"] == "no" for row in own) >= 200
    assert {language for language in LANGUAGES if inflects(language)} == set(LANGUAGES)
    assert {*PROMISED, "ru", "ky", "hy"} == set(LANGUAGES)


def test_words_of_real_text_are_rarely_taken_for_forms(shared: Path) -> None:
    """All the words that the tables take for forms, not only those that a list holds."""
    languages = set(LANGUAGES) - {"ba", "ru"}  # of which there is more text than time
    count, wrong = 0, []
    for language, words in vocabularies(shared, languages, half=1).items():
        rows = [row for row in golden(language) if row["set"] in ("unseen", "hit")]
        forms = {(r["term"], fold(r["word"], language)) for r in rows if r["form"] == "yes"}
        for term, hits in supposed_forms(rows, language, words).items():
            count += len(hits)
            wrong += [(language, term, word) for word in hits if (term, word) not in forms]
    assert count > 1000
    assert len(wrong) < 0.02 * count, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_found_and_other_words_are_not(language: str) -> None:
    # Of `hit` all were found: how many of them wrongly, the next test says.
    right, false = shares([row for row in golden(language) if row["set"] != "hit"], language)
    assert right >= 0.95
    assert false < 0.02


@pytest.mark.parametrize(
    ("language", "term", "word"),
    [
        ("tt", "китап", "китабыннан"),  # п becomes б
        ("tt", "туй", "туена"),  # й and ы are one letter
        ("ba", "халыҡ", "халҡыбыҙ"),  # a vowel falls out
        ("ba", "ҡала", "Ҡалалағы"),
        ("cv", "ту", "тӑвӑн"),
        ("cv", "утӑ", "уттӑн"),
        ("cv", "пӗлӳ", "пӗлĕвĕн"),  # Latin look-alikes
        ("sah", "үөрэх", "үөрэҕин"),
        ("sah", "кыыс", "кыыһа"),
        ("kk", "кітап", "кітаппен"),
        ("udm", "гурт", "гуртъёсысьтыз"),
        ("mhr", "йылме", "йылме-влакым"),
        ("os", "ӕвзаг", "æвзаджы"),
        ("ce", "мотт", "маттахь"),
        ("ru", "счёт", "счета"),
        ("ru", "рынок", "рынка"),
        ("hy", "քաղաք", "քաղաքում"),
        ("en", "city", "Cities"),
        ("en", "wolf", "wolves’"),
        ("az", "İRAN", "iran"),
        ("mns", "ма̄ньси", "Ма̄ньси"),
    ],
)
def test_stems_change(language: str, term: str, word: str) -> None:
    assert is_form(word, term, language)


@pytest.mark.parametrize(
    ("language", "term", "word"),
    [
        ("tt", "китап", "китапләр"),  # hard word, soft suffix
        ("tt", "китап", "китабка"),  # б only before a vowel
        ("kk", "бала", "балатар"),  # т only after a voiceless consonant
        ("ba", "халыҡ", "халыҡсан"),
        ("ru", "договор", "договориться"),
        ("en", "book", "bookish"),
        ("uk", "книга", "книги"),  # no grammar: as written only
    ],
)
def test_what_looks_like_a_form_is_none(language: str, term: str, word: str) -> None:
    assert not is_form(word, term, language)


def test_a_language_says_whether_it_inflects() -> None:
    assert inflects("ba")
    assert inflects("hy")
    assert not inflects("ka")


class CountingKeys:
    """Keys that count how often they are asked for."""

    def __init__(self, words: set[str]) -> None:
        self.words = words
        self.count = 0

    def __contains__(self, key: object) -> bool:
        self.count += 1
        return key in self.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_thousand_stems_are_asked_for_as_often_as_ten(language: str) -> None:
    words = [fold(row["word"], language) for row in golden(language)]
    letters = sorted(set("".join(words)))
    many = {key for n in range(10_000) for key in keys(f"{letters[n % 20]}{n}ъъ", language)}
    assert len(many) >= 10_000
    for word in words:
        few, all_of_them = CountingKeys(set()), CountingKeys(many)
        assert not list(matches(word, language, few))
        assert not list(matches(word, language, all_of_them))
        assert all_of_them.count == few.count <= 2 * len(word)


def test_a_text_without_a_space_costs_no_more_than_a_long_word() -> None:
    terms = CountingKeys(set(keys("аб", "ba")))
    assert not list(matches("а" * 100_000, "ba", terms))
    assert terms.count < 200
    long = "аб" * 100
    assert is_form(long, long, "ba")


@pytest.mark.parametrize("language", LANGUAGES)
def test_endings_without_end_are_read_once(language: str) -> None:
    """A suffix repeated to ten thousand letters, as no pattern may read it again and again."""
    rows = [row for row in golden(language) if row["form"] == "yes"][:100]
    for row in rows:
        ending = row["word"][len(row["term"]) :] or "а"
        word = row["term"] + ending * (10_000 // len(ending))
        assert not is_form(word, row["term"], language)


def texts() -> Iterator[st.SearchStrategy[str]]:
    yield st.text(alphabet="абвгдеийклмнопрстуыэюяәөүҡғҙҫңһӑӗҫӳҕҥқұіӝӟӥӧӵӱӕӏьъ-", min_size=1)


@given(st.one_of(*texts()), st.sampled_from([*LANGUAGES, "en", "ka"]))
def test_every_word_is_a_form_of_itself(word: str, language: str) -> None:
    assert is_form(word, word, language)
    assert is_form(word.upper(), word, language)


@given(st.text(), st.text(), st.sampled_from([*LANGUAGES, "az"]))
def test_no_text_is_too_strange(word: str, term: str, language: str) -> None:
    assert is_form(word, term, language) in (True, False)
