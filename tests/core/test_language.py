"""The language registry: complete, consistent, and forgiving about what people type."""

import unicodedata

import pytest

from tolmach.core.errors import UsageError
from tolmach.core.language import find, language, languages


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
    assert bashkir.verified == {"names", "autonym", "letters"}


def test_name_falls_back_to_russian() -> None:
    assert language("ba").name("en") == "Bashkir"
    assert language("ba").name("tt") == "башкирский"


@pytest.mark.parametrize("entry", languages(), ids=lambda entry: entry.code)
def test_entry_is_consistent(entry) -> None:
    assert set(entry.names) == {"ru", "en"}
    assert entry.script in {"Cyrl", "Latn", "Armn", "Geor"}
    texts = (entry.autonym, *entry.names.values(), *(lower for lower, _ in entry.letters))
    for text in texts:
        assert text
        assert text == text.strip() == unicodedata.normalize("NFC", text)
    lowers = [lower for lower, _ in entry.letters]
    assert len(set(lowers)) == len(lowers)
    for lower, upper in entry.letters:
        # Georgian has no capitals in use; Armenian և and Turkic ı are Unicode's own special cases
        assert upper in (lower, lower.upper(), lower.capitalize())


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
