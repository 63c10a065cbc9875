"""A language that nobody speaks is added as data alone, and the program knows it everywhere."""

import argparse
import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polib
import pytest

from tests.language.forms import inflects, is_form
from tolmach.cli import languages as command
from tolmach.core.paths import resources
from tolmach.core.translation import Flag
from tolmach.formats.documents import catalogue
from tolmach.formats.documents.document import Unit
from tolmach.language import numerals, registry
from tolmach.language.casing import lower, upper
from tolmach.language.orthography.repair import repair, suggest
from tolmach.language.registry import find, languages, own_table
from tolmach.language.sentences import sentences
from tolmach.language.transliteration import possible, transliterate
from tolmach.quality.normalization import normalise
from tolmach.quality.translation_doubts import bounds, doubts

CODE = "qaa"  # ISO 639 gives it to nobody
ENTRY = {
    "names": {"ru": "выдуманный", "en": "Invented"},
    "autonym": "ӧрдум",
    "scripts": ["Cyrl", "Latn"],
    "letters": [["ӧ", "Ӧ"], ["ӏ", "Ӏ"]],
    "more_letters": {"Latn": [["ö", "Ö"], ["ı", "I"], ["i", "İ"]]},
    "quotes": "«»„“",
    "decimal": ",",
    "grouping": " ",
    "sentence_marks": ".?!",
    "abbreviations": ["ыр.", "дук."],
    "last_abbreviations": ["дук."],
    "lookalikes": {"ö": "ӧ", "1": "ӏ", "'": "’"},
    "keyboard": ["ӧ", "ӏ", "’"],
    "plurals": "nplurals=1; plural=0;",
    "verified": [],
}
FOLDER: Mapping[str, Mapping[str, object]] = {
    "orthography": {
        "palochka": {"after": "к", "alone": False},
        "offers": [["", "(?<=б)е", "ӧ"]],
    },
    "suffixes": {
        "vowels": "аоӧ",
        "signs": {},
        "slots": {"plural": ["зор"], "case": ["ду"]},
        "chain": "plural? case?",
        "changes": [],
    },
    "numerals": {
        "numbers": {"3": "тум", "40": "долк"},
        "scales": {"100": "жоз"},
        "half": "жарк",
        "quarter": "чирк",
        "joins": [],
        "unless": "(?!)",
    },
    "transliteration": {
        to: {"classes": {}, "rules": rules, "letters": letters}
        for to, rules, letters in (
            ("Latn", [["ӏ", ""]], dict(zip("ӧрдумыи", "ördumıi", strict=True))),
            ("Cyrl", [], dict(zip("ördumıi", "ӧрдумыи", strict=True))),
        )
    },
    "doubts": {
        "lengths": [0.9, 1.1],
        "alike": ["tt"],
        "negation": {"surely": r"\bмукк\b", "perhaps": "мукк"},
        "usual": ["зонд"],
    },
}


@pytest.fixture(autouse=True)
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Add an entry and a folder to a copy of the resources; nothing else."""
    entries = json.loads((resources() / "languages.json").read_text(encoding="utf-8"))
    text = json.dumps(entries | {CODE: ENTRY}, ensure_ascii=False)
    (tmp_path / "languages.json").write_text(text, encoding="utf-8")
    shutil.copytree(resources() / "languages", tmp_path / "languages")
    own = tmp_path / "languages" / CODE
    own.mkdir()
    for subject, table in FOLDER.items():
        (own / f"{subject}.json").write_text(json.dumps(table), encoding="utf-8")
    monkeypatch.setattr(registry, "resources", lambda: tmp_path)
    for name in ("_registry", "_spoken_names"):
        monkeypatch.setattr(registry, name, cache(getattr(registry, name).__wrapped__))


def codes(text: str, translation: str, source: str, target: str) -> list[str]:
    return [flag.code for flag in doubts(text, translation, source, target)]


def test_it_is_listed_and_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert [entry.code for entry in languages()][-1] == CODE
    assert find("выдуманный").code == find("Invented").code == find("ӧрдум").code == CODE
    assert command.run(argparse.Namespace()) == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == [CODE, "ӧрдум", "выдуманный"]


def test_it_has_its_capitals() -> None:
    assert upper("ӧiı", CODE) == "ӦII"
    assert upper("öiı", f"{CODE}-Latn") == "ÖİI"
    assert lower("İI", f"{CODE}-Latn") == "iı"
    assert normalise("ДУМ' ӦРД", CODE) == "дум' ӧрд"  # the sign is a letter


def test_its_spelling_is_repaired() -> None:
    assert repair("öрдум к1рд", CODE) == "ӧрдум кӏрд"
    assert [suggestion.replacement for suggestion in suggest("беду", CODE)] == ["бӧду"]


def test_an_abbreviation_ends_a_sentence_where_the_entry_says_so() -> None:
    assert sentences("Дум ыр. Ӧрд дук. Рум.", CODE) == ["Дум ыр. Ӧрд дук.", "Рум."]


def test_its_words_are_inflected() -> None:
    assert inflects(CODE)
    assert is_form("думзорду", "дум", CODE)
    assert not is_form("думзор", "дум", "udm-x")


def test_its_numbers_are_read() -> None:
    assert numerals.knows(CODE)
    assert list(numerals.values("тум жоз долк тум дум", CODE)) == [343]
    assert codes("тум дум", "раз дум", CODE, "ru") == ["number-lost"]


def test_it_is_written_in_its_other_script() -> None:
    assert possible(CODE, "Latn")
    assert transliterate("Ӧрдум ИЫ", CODE, "Latn") == "Ördum İI"
    assert transliterate("Ördum İI", CODE, "Cyrl") == "Ӧрдум ИЫ"


def test_its_words_raise_doubts() -> None:
    assert bounds("ru", CODE) == (0.9, 1.1)
    assert codes("Ӧрд мукк рум дум.", "Я его очень люблю.", CODE, "ru") == ["negation-lost"]
    alike = "ордум дурду мурду"
    assert codes(f"Ӧ {alike}", alike, CODE, "tt") == codes(f"Ӧ {alike}", alike, "tt", CODE) == []
    assert codes(f"Ӧ {alike}", alike, CODE, "ba") == ["untranslated"]
    names = doubts("дум Зондум Каррум", "дум дум другого", CODE, "ru")
    assert names == (Flag("name-lost", "Каррум"),)


def test_its_plural_forms_are_written() -> None:
    body = 'msgid ""\nmsgstr ""\n\nmsgid "%d"\nmsgid_plural "раз"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    document = catalogue.opened(body.encode(), "к.po")
    written = polib.pofile(document.written([Unit("дум")], CODE).decode())
    assert written.metadata["Plural-Forms"] == ENTRY["plurals"]
    assert written[0].msgstr_plural == {0: "дум"}


def test_a_folder_without_an_entry_is_no_language(tmp_path: Path) -> None:
    (tmp_path / "languages" / "qab").mkdir()
    (tmp_path / "languages" / "qab" / "numerals.json").write_text('{"numbers": {}}')
    assert own_table("qab", "numerals") == {}
    assert own_table("../languages/tt", "numerals") == {}
    assert not numerals.knows("qab")
