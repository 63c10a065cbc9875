"""The right letters: cases, traps, every tenth line of real text, and random text."""

import re
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.forms import PROMISED
from tests.language.orthography_report import changes, different, lines
from tolmach.language.casing import lower, upper
from tolmach.language.orthography.repair import Suggestion, repair, suggest
from tolmach.language.orthography.spelling import spelling
from tolmach.language.registry import languages
from tolmach.language.scripts import COMMON, script_of

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "orthography"
CASES = {
    path.stem: [
        tuple(line.split("\t")) for line in path.read_text(encoding="utf-8").splitlines()[1:]
    ]
    for path in sorted(GOLDEN.glob("*.tsv"))
}
# Where there are fewer than twenty real misspellings in the data, every one of them is a case.
ALL_THERE_ARE = {"az": 0, "udm": 1, "crh": 14, "mhr": 17}
CODES = [language.code for language in languages()] + ["uz-Cyrl", "crh-Cyrl", "be-tarask", "de"]
ALPHABET = (
    "аоеурхсктнвАОЕТНВиіїєўғқҙҫӑӗӕәөүһҥңѳӊҧӱӏӀцщщэы"
    "aoepxyckthAOEPXYHBTMIilhjwăĕçÿæəǝɵöüïéñğşıİγοΑ"
    "0123489|!'’‘`ʼʻ \n.,:/-@_$%<>[]{}²\u0301\u0306\u0307\u0308\u0327"
)
TEXTS = st.text(st.sampled_from(ALPHABET)) | st.text()


@pytest.mark.parametrize("language", PROMISED)
def test_misspellings_are_repaired(language: str) -> None:
    cases = [(wrong, right) for wrong, right, _ in CASES[language] if wrong != right]
    assert len(dict(cases)) >= 20
    assert {wrong: repair(wrong, language) for wrong, _ in cases} == dict(cases)


@pytest.mark.parametrize("language", PROMISED)
def test_cases_are_real_as_far_as_there_are_real_ones(language: str) -> None:
    kinds = [source.split(":")[0] for wrong, right, source in CASES[language] if wrong != right]
    assert set(kinds) <= {"found", "notes"}  # README.md beside the lists says what they are
    real = kinds.count("found")
    assert real == ALL_THERE_ARE[language] if language in ALL_THERE_ARE else real >= 20


@pytest.mark.parametrize("language", PROMISED)
def test_right_words_stay(language: str) -> None:
    rights = [unicodedata.normalize("NFC", right) for _, right, _ in CASES[language]]
    assert [repair(right, language) for right in rights] == rights


@pytest.mark.parametrize("language", PROMISED)
def test_traps_stay_even_beside_misspellings(language: str) -> None:
    wrong = CASES[language][0][0]  # so that the text is looked at word by word
    traps = [trap for trap, _, source in CASES[language] if source.startswith("trap")]
    assert len(set(traps)) >= 20
    for trap in traps:
        after = repair(f"{wrong} {trap} {wrong}", language)
        assert wrong not in after
        assert f" {trap} " in after


def test_what_was_found_is_where_its_source_says(shared: Path) -> None:
    where = {
        (language, source.split("found: ")[1]): wrong
        for language, rows in CASES.items()
        for wrong, _, source in rows
        if "found: " in source
    }
    few: dict[str, set[str]] = {language: set() for language in ALL_THERE_ARE}
    for code, source, line in lines(shared):
        language = "crh" if code == "crh-Latn" else code
        wrong = where.get((language, source))
        if wrong and wrong in unicodedata.normalize("NFC", line):
            del where[language, source]
        if language in few:
            few[language] |= different(changes(line, repair(line, language)))
    assert not where
    for language, misspelt in few.items():
        cases = {w for w, _, source in CASES[language] if source.startswith("found")}
        assert misspelt == cases


def test_a_tenth_of_real_text_is_repaired_once_and_only_where_it_is_wrong(shared: Path) -> None:
    assert _repaired(shared, lambda source: zlib.crc32(source.encode()) % 10 == 0) > 50_000


@pytest.mark.soak
def test_every_line_of_real_text_is_repaired_once_and_only_where_it_is_wrong(shared: Path) -> None:
    assert _repaired(shared, lambda source: True) > 600_000


def _repaired(shared: Path, chosen: Callable[[str], bool]) -> int:
    """Demand it of the chosen lines and return how many they are."""
    count = 0
    for language, source, line in lines(shared):
        if not chosen(source):
            continue
        count += 1
        after = repair(line, language)
        assert repair(after, language) == after, source
        assert unicodedata.is_normalized("NFC", after), source
        right = [was for was, _ in changes(line, after) if not _may_be_wrong(was)]
        assert not right, source
    return count


def _may_be_wrong(word: str) -> bool:
    """Whether a word has letters of two scripts, an apostrophe, a digit, or letters of nobody."""
    scripts = {script_of(letter) for letter in word} - {COMMON}
    return (
        len(scripts) > 1
        or not unicodedata.is_normalized("NFC", word)
        or re.search("[1'’‘ʻ`і|!ѳӊӈ]", word.lower()) is not None
        or re.search("[ҧӱǝ]|і.*и|и.*і", word.lower()) is not None
    )


@given(TEXTS, st.sampled_from(CODES))
def test_any_text_is_repaired_once_for_all(text: str, language: str) -> None:
    after = repair(text, language)
    assert repair(after, language) == after
    assert unicodedata.is_normalized("NFC", after)
    before = unicodedata.normalize("NFC", text)
    assert len(before) <= 3 * len(after)
    assert len(after) <= 4 * len(before)


@given(st.from_regex(r"[a-zA-Z]{1,12}|[IVXLCDM]{1,8}|\d{1,9}([.,:-]\d{1,4})?", fullmatch=True))
@pytest.mark.parametrize("language", ["ba", "ce", "cv", "kk", "sah", "az", "uz", "be"])
def test_latin_words_and_numbers_stay_in_the_text(language: str, word: str) -> None:
    text = {"az": "qәdәr", "uz": "o'zbek"}.get(language, "мaма")
    after = repair(f"{text} {word} {text}", language)
    assert after != f"{text} {word} {text}"
    assert after.split()[1] == word


@given(st.from_regex(r"https?://[a-z]{1,8}\.[a-zа-я]{2,6}/[a-zа-я0-9/_'-]{0,12}", fullmatch=True))
def test_addresses_stay(address: str) -> None:
    for language in ("kk", "ce", "uz", "be"):
        assert repair(f"мaма {address} o'zbek", language).split()[1] == address


@pytest.mark.parametrize(
    "written",
    [
        *("нaталья@пoчта.рф", "mailto:нaталья@пoчта.рф", "o'zbek@mail.uz", "з'ява@пошта.бел"),
        *("сaйт.рф", "ftp://пoчта.рф/а1а", "пoчта.рф:8080/к1а", "#тeг", "@ивaн", "kerҫekten.com"),
        *("`пeременная`", "`к1ал = a1`", "`з'ява`", "`o'zbek`", "{пeр}", "${пeр}", "к1_пeр"),
        *("фaйл.txt", "/home/иван/фaйл", "C:\\Дoкументы\\фaйл.txt", "1\u00a0000", "<a href=пeр>"),
    ],
)
def test_addresses_files_and_code_stay_beside_misspellings(written: str) -> None:
    for language in PROMISED:
        wrong = CASES[language][0][0]
        after = repair(f"{wrong}: {written}, {wrong}", language)
        assert wrong not in after
        assert f": {written}," in after


def test_apostrophes_typed_as_grave_accents_are_no_code() -> None:
    assert repair("п`ять і п`ятий", "uk") == "пʼять і пʼятий"
    assert repair("o`zbek bo`ldi", "uz") == "oʻzbek boʻldi"


@pytest.mark.parametrize("language", PROMISED)
@given(data=st.data())
def test_words_of_the_language_stay_beside_misspellings(language: str, data: st.DataObject) -> None:
    """Whatever is written in the language's own letters is right, be it a word or not."""
    rules = spelling(language)
    assert rules is not None
    # Belarusian has no и: between і and ў it is the one letter that is surely wrong.
    wrong_there = {*"иИ"} if language == "be" else set()
    letters = sorted(c for c in rules.alphabets[0].own - wrong_there if c.isalpha())
    words = data.draw(st.lists(st.text(st.sampled_from(letters), min_size=1), max_size=5))
    wrong = CASES[language][0][0]
    text = unicodedata.normalize("NFC", f"«{', '.join(words)}» — ")
    after = repair(f"{text}{wrong}", language)
    assert after.startswith(text)
    assert wrong not in after


def test_what_has_no_space_is_read_once() -> None:
    """A long text of dots and no e-mail took hours: each letter may begin one."""
    text = "а." * 200_000
    assert suggest(text, "ba") == []
    assert repair(f"мaма {text}", "ba") == f"мама {text}"


@given(TEXTS, st.sampled_from(CODES))
def test_suggestions_lie_in_the_text_and_change_it(text: str, language: str) -> None:
    end = 0
    for suggestion in suggest(text, language):
        assert end <= suggestion.start < suggestion.end <= len(text)
        assert suggestion.replacement != text[suggestion.start : suggestion.end]
        end = suggestion.end


@pytest.mark.parametrize(
    ("text", "language", "replacement", "reason"),
    [
        ("ку ĕç пырать", "cv", "ӗҫ", "look-alike"),
        ("рахмат, paxкурзава", "lez", "рахкурзава", "look-alike"),
        ("Yгытэй хүн", "bxr", "Үгытэй", "look-alike"),
        ("Oppoның", "kk", "Орроның", "look-alike"),
        ("Қазақстан", "ba", "Ҡаҙаҡстан".replace("ҙ", "з"), "neighbour"),
        ("1а ву", "ce", "ӏа", "palochka"),
        ("мэктэп", "tt", "мәктәп", "fallback"),
        ("bõlim", "uz", "boʻlim", "fallback"),
        ("խոսել եւ լսել", "hy", "և", "fallback"),
    ],
)
def test_what_is_only_likely_is_offered(
    text: str, language: str, replacement: str, reason: str
) -> None:
    assert repair(text, language) == text
    (suggestion,) = suggest(text, language)
    assert suggestion == Suggestion(suggestion.start, suggestion.end, replacement, reason)


@pytest.mark.parametrize(
    ("wrong", "right", "language"),
    [
        ("щхьэк1э 1эмэпсымэ мац1 гьечІо", "щхьэкӏэ ӏэмэпсымэ мацӏ гьечӏо", "ce"),
        ("т|ехь т!ехь", "тӏехь тӏехь", "ce"),
        ("ГIАЛГIАЙ гIалгIай", "ГӀАЛГӀАЙ гӏалгӏай", "inh"),
        ("мацӀ ва мац1", "мацӀ ва мацӀ", "av"),  # as the text does it
        ("к1ант 1-ра, 11а, 1а, XI, ХIХ, 2к19", "кӏант 1-ра, 11а, 1а, XI, ХIХ, 2к19", "ce"),
        ("кӀ1", "кӀ1", "ce"),
        ("[[Проект|авторско]] {{A|ат|ета}}", "[[Проект|авторско]] {{A|ат|ета}}", "ce"),
        ("сім'я з’їзд м`яке 'яблуко' Д'Аламбер", "сімʼя зʼїзд мʼяке 'яблуко' Д'Аламбер", "uk"),
        ("'Kongo' va tog'", "'Kongo' va tog'", "uz"),  # which closes a quotation?
        ("мaктaб ўқув", "мактаб ўқув", "uz-Cyrl"),
        ("ҫ с\u0327 з\u0327", "ҫ ҫ з\u0327", "cv"),
        ("i\u0307l", "il", "az"),
    ],
)  # fmt: skip
def test_signs(wrong: str, right: str, language: str) -> None:
    assert repair(wrong, language) == right


def test_casing_has_two_i_where_the_language_has() -> None:
    for language in ("az", "crh", "tr", "tt-Latn", "kk-Latn"):
        assert upper("ilıq", language) == "İLIQ"
        assert lower("İLIQ I\u0307", language) == "ilıq i"
    for language in ("uz", "tk", "tt", "en"):
        assert upper("il", language) == "IL"
        assert lower("İL", language) == "il"
    assert upper("гӏалгӏай", "inh") == "ГӀАЛГӀАЙ"
    assert lower("ГӀАЛГӀАЙ", "inh") == "гӏалгӏай"


@given(st.text(), st.sampled_from(CODES))
def test_georgian_has_no_capitals(text: str, language: str) -> None:
    assert upper("ქართული", language) == "ქართული"
    assert lower("ᲥᲐᲠᲗᲣᲚᲘ", language) == "ქართული"
    assert not re.search("[\u1c90-\u1cbf]", upper(text, language))


def test_armenian_capitals_follow_the_spelling_of_armenia() -> None:
    assert upper("Երևան", "hy") == "ԵՐԵՎԱՆ"
