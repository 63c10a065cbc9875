"""The language registry: complete, consistent, and forgiving about what people type."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from string import ascii_lowercase

import pytest

from tests.conftest import REPOSITORY
from tests.language.orthography_report import lines
from tolmach.core.errors import UsageError
from tolmach.core.paths import resources
from tolmach.language import registry
from tolmach.language.orthography.repair import repair
from tolmach.language.registry import Language, find, language, languages
from tolmach.language.scripts import COMMON, script_of

CHOSEN = {"code", "keyboard", "verified"}  # by the program: there is nothing to verify
every_language = pytest.mark.parametrize("entry", languages(), ids=lambda entry: entry.code)


def test_fifty_two_languages_russian_first_and_english_to_pivot_through() -> None:
    codes = [entry.code for entry in languages()]
    assert len(set(codes) - {"en"}) == 52
    assert "en" in codes
    assert languages()[0].code == "ru"


def test_bashkir_is_whole() -> None:
    bashkir = language("ba")
    assert (bashkir.code, bashkir.autonym, bashkir.script) == ("ba", "башҡортса", "Cyrl")
    assert bashkir.names == {"ru": "башкирский", "en": "Bashkir"}
    assert "".join(lower for lower, _ in bashkir.letters) == "ғҙҡңҫүһәө"
    assert bashkir.keyboard == tuple("ғҙҡңҫүһәө")
    assert (bashkir.quotes, bashkir.decimal, bashkir.grouping) == (
        ("«", "»", "„", "“"),
        ",",
        "\xa0",
    )
    assert bashkir.lookalikes["ə"] == "ә"
    assert bashkir.verified == {
        *("names", "autonym", "scripts", "letters", "decimal", "grouping", "sentence_marks")
    }


def test_russian_abbreviations_come_along_unless_they_are_words() -> None:
    assert {"һ.б.", "тыс.", "т.е."} <= set(language("ba").abbreviations)
    assert not {"ул.", "тел."} & set(language("ba").abbreviations)  # "he" and "tongue"
    assert "ул." in language("ru").abbreviations
    assert "ул." not in language("uk").abbreviations


def test_name_falls_back_to_russian() -> None:
    assert language("ba").name("en") == "Bashkir"
    assert language("ba").name("tt") == "башкирский"


@every_language
def test_entry_is_consistent(entry: Language) -> None:
    assert set(entry.names) == {"ru", "en"}
    assert set(entry.scripts) <= {"Cyrl", "Latn", "Armn", "Geor"}
    assert len(set(entry.scripts)) == len(entry.scripts) > 0
    assert set(entry.more_letters) <= set(entry.scripts[1:])
    assert len(set(entry.abbreviations)) == len(entry.abbreviations)
    assert entry.verified <= {field.name for field in fields(Language)} - CHOSEN
    texts = (
        *(entry.autonym, *entry.names.values(), *entry.quotes, *entry.sentence_marks),
        *(*entry.abbreviations, *entry.lookalikes.values(), *entry.keyboard),
    )
    for text in texts:
        assert text
        assert text == text.strip() == unicodedata.normalize("NFC", text)


def test_what_is_unverified_is_told_in_the_docs() -> None:
    text = (REPOSITORY / "docs" / "languages.md").read_text(encoding="utf-8")
    row = re.compile(r"^\| `(\w+)` \| (\d+) of (\d+) \| (all|not|only)(?:: ([a-z ]+))? \|$", re.M)
    rows = row.findall(text)
    assert {name for name, *_ in rows} == {field.name for field in fields(Language)} - CHOSEN
    codes = {entry.code for entry in languages()}
    for name, count, total, which, listed in rows:
        verified = {entry.code for entry in languages() if name in entry.verified}
        assert int(count) == len(verified), name
        if which == "all":
            assert count == total, name
        else:
            assert set(listed.split()) == (verified if which == "only" else codes - verified), name


def test_folders_are_of_languages_and_their_files_are_described() -> None:
    """A file with a slip in its name would be read by nobody."""
    text = (REPOSITORY / "docs" / "languages.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+\.json)` \|", text, re.MULTILINE))
    files = list((resources() / "languages").glob("*/*"))
    assert {file.name for file in files} == described
    assert {file.parent.name for file in files} <= {entry.code for entry in languages()}


@every_language
def test_letters_are_of_their_script_and_know_their_capitals(entry: Language) -> None:
    for script, letters in {entry.script: entry.letters, **entry.more_letters}.items():
        lowers = [lower for lower, _ in letters]
        assert len(set(lowers)) == len(lowers)
        dotted = "ı" in lowers
        assert dotted == ("i" in lowers)  # a language with one i has not two
        for lower, upper in letters:
            assert lower == unicodedata.normalize("NFC", lower)
            assert upper == _capital(lower, dotted=dotted)
            assert {script_of(character) for character in lower + upper} <= {script, COMMON}


def _capital(lower: str, *, dotted: bool) -> str:
    if script_of(lower[0]) == "Geor":  # one case: what Unicode calls capitals is for headlines
        return lower
    if dotted:
        return {"i": "İ", "ı": "I"}.get(lower, lower.upper())
    return "Եվ" if lower == "և" else lower.capitalize()  # and Oʻ; Unicode's ԵՒ is the old spelling


@every_language
def test_marks_are_usable(entry: Language) -> None:
    assert len(entry.quotes) == 4
    assert entry.decimal in {",", "."}
    assert entry.grouping in {"\xa0", ",", "."} - {entry.decimal}
    assert not set(entry.sentence_marks) & {*entry.quotes, ","}
    for abbreviation in entry.abbreviations:
        assert abbreviation.endswith(".")
        assert not any(character.isspace() for character in abbreviation)
    for wrong, right in entry.lookalikes.items():
        assert wrong != right
        assert right not in entry.lookalikes  # repairing what is repaired changes nothing
        written = {lower for lower, _ in entry.letters} | set(entry.keyboard)
        assert wrong not in written
        assert right in written | {"i", "”"}  # Nenets, Chukchi: ” is a letter


@every_language
def test_keyboard_has_every_letter_once(entry: Language) -> None:
    assert set(entry.keyboard) >= {lower for lower, _ in entry.letters}
    assert len(set(entry.keyboard)) == len(entry.keyboard)
    signs = set(entry.keyboard) - {lower for lower, _ in entry.letters}
    assert all(len(sign) == 1 and not sign.isspace() for sign in signs)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: entry.pop("quotes"),
        lambda entry: entry.update(decimals=","),
        lambda entry: entry.update(quotes=["«", "»"]),
        lambda entry: entry.update(decimal=""),
        lambda entry: entry.update(letters=["ә", "Ә", 1]),
        lambda entry: entry.update(lookalikes=[]),
        lambda entry: entry.update(abbreviations="һ.б."),
        lambda entry: entry.update(quotes="«»"),
    ],
)
def test_a_spoiled_entry_is_refused(
    spoil: Callable[[dict[str, object]], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = json.loads((resources() / "languages.json").read_text(encoding="utf-8"))
    spoil(raw["ba"])
    (tmp_path / "languages.json").write_text(json.dumps(raw), encoding="utf-8")
    monkeypatch.setattr(registry, "resources", lambda: tmp_path)
    with pytest.raises(ValueError, match=r"languages\.json: ba|not enough values"):
        registry._registry.__wrapped__()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ba", "ba"),
        ("башкирский", "ba"),
        (" Башкирский ", "ba"),
        ("BASHKIR", "ba"),
        ("башҡортса", "ba"),
        ("якутский", "sah"),
        ("саха", "sah"),
        ("Sakha", "sah"),
        ("Якутский (Саха)", "sah"),
        ("къырымтатарджа", "crh"),
        ("oʻzbekcha", "uz"),
        ("украі\u0308нська", "uk"),  # ї in two pieces, as a Mac types it
    ],
)
def test_find_accepts_codes_and_names(typed: str, code: str) -> None:
    assert find(typed).code == code


def test_no_name_means_two_languages() -> None:
    for entry in languages():
        for name in (entry.code, entry.autonym, *entry.names.values()):
            assert find(name) is entry


@pytest.mark.parametrize("typed", ["", " ", "(", "клингонский", "b", "ba-RU", "бa"])
def test_unknown_language_is_told(typed: str) -> None:
    for search in (find, language):
        with pytest.raises(UsageError) as raised:
            search(typed)
        assert raised.value.code == "unknown-language"
        assert raised.value.params == {"language": typed}


def test_a_code_is_not_a_name() -> None:
    with pytest.raises(UsageError):
        language("башкирский")


@every_language
def test_letters_and_lookalikes_are_those_of_the_collected_data(
    entry: Language, shared: Path
) -> None:
    collected = json.loads((shared / "languages.json").read_text(encoding="utf-8"))["languages"]
    described = {record["code"]: record for record in collected}.get(entry.code)
    if described is None:
        pytest.skip("nothing was collected about English")
    letters = [lower for lower, _ in entry.letters]
    special = [lower for lower, _ in described["special_letters"]]
    assert letters == special + (["i"] if "ı" in special else [])  # there İ is a capital of its own
    wrong = dict(described["substitutions"] or {})
    wrong.pop("Ә", None)  # capitals follow from the small letters
    assert entry.lookalikes == wrong
    assert set(entry.keyboard) == set(letters) | set(described["extra_symbols"] or ())


def test_the_keyboard_row_has_every_letter_that_real_text_needs(shared: Path) -> None:
    """Letters that a Russian or English keyboard lacks, but for rare ones of foreign words."""
    letters: dict[str, Counter[str]] = {entry.code: Counter() for entry in languages()}
    begun: Counter[str] = Counter()
    for code, _, line in lines(shared):
        if code in letters and begun[code] < 3000:
            begun[code] += 1
            letters[code].update(repair(line, code).lower())
    for code, counts in letters.items():
        entry = language(code)
        typeable = {*"абвгдеёжзийклмнопрстуфхцчшщъыьэюя", *ascii_lowercase}
        typeable |= {*"".join(entry.keyboard)}
        own = Counter({c: n for c, n in counts.items() if script_of(c) == entry.script})
        lacking = {c for c, n in own.items() if c not in typeable and n > 2e-4 * own.total()}
        assert not lacking, code
    assert sum(counts.total() > 5000 for counts in letters.values()) > 35
