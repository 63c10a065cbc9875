"""One language in two scripts: published examples, case, what stays, and random text."""

import json
import re
import unicodedata
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.round_trips import SOURCES, lines, trip
from tolmach.core.paths import resources
from tolmach.language.registry import language
from tolmach.language.scripts import script_of
from tolmach.language.transliteration import possible, script_in, transliterate

LANGUAGES = ("tt", "kk", "uz", "az", "crh", "tk")
SIGNS = re.compile("[^\\W\\d_]|[\u0300-\u036f‘’'`ʻʼ]")  # letters, accents, apostrophes
directions = pytest.mark.parametrize("to", ["Cyrl", "Latn"])
every_language = pytest.mark.parametrize("code", LANGUAGES)


@pytest.mark.parametrize(
    ("code", "cyrillic", "latin"),
    [
        # the rules of 1995 and examples of an Uzbek textbook
        ("uz", "Ўзбекистон шаҳар чиқиш", "Oʻzbekiston shahar chiqish"),
        ("uz", "етти Низоев қаерда келин тер", "yetti Nizoyev qayerda kelin ter"),
        ("uz", "ёрқин юлдуз яхши яшил йўл", "yorqin yulduz yaxshi yashil yoʻl"),
        ("uz", "федерация лицей конституция", "federatsiya litsey konstitutsiya"),
        ("uz", "маъно санъат Исҳоқ эълон", "maʼno sanʼat Isʼhoq eʼlon"),
        ("uz", "объект кетса айтсин", "obyekt ketsa aytsin"),
        # the table of 2012 and well-known words
        ("tt", "Татарстан Әлмәт җәй көз", "Tatarstan Älmät cäy köz"),
        ("tt", "авыл вакыт тау тавы дәү", "awıl waqıt taw tawı däw"),
        ("tt", "халык балык кыш китап", "xalıq balıq qış kitap"),
        ("tt", "шәфкать сәгать игътибар мәгънә", "şäfqät säğät iğtibar mäğnä"),
        ("tt", "ел елга егет ерак", "yıl yılğa yeget yıraq"),
        ("tt", "яңа ярдәм яшь дөнья төньяк", "yaña yärdäm yäş dönya tönyaq"),
        ("tt", "гыйлем кыйммәт тәэмин", "ğilem qimmät täʼmin"),
        # the sample of the alphabet of January 2021
        ("kk", "Бұрыңғы өткен заманда", "Būryñğy ötken zamanda"),
        ("kk", "қазысының үйіне келіп қоныпты", "qazysynyñ üiıne kelıp qonypty"),
        ("kk", "шаһарының сый беріп қалайын", "şaharynyñ syi berıp qalaiyn"),
        ("kk", "Қазақстан Ислам Іле аяқ", "Qazaqstan İslam Ile aiaq"),
        # the table of the Crimean Tatar alphabet
        ("crh", "Къырым татар тили агъа", "Qırım tatar tili ağa"),
        ("crh", "джан аджеба тадж чобан топчу", "can aceba tac çoban topçu"),
        ("crh", "эгер джумаэртеси келе", "eger cumaertesi kele"),
        ("crh", "козь кунь учь дёрт сёз юрт", "köz kün üç dört söz yurt"),
        ("crh", "тиль кельген денъиз селям", "til kelgen deñiz selâm"),
        # the table of the Estonian language institute
        ("tk", "Айсолтан Аннагулыева Беллиев", "Aýsoltan Annagulyýewa Belliýew"),
        ("tk", "Егенназар Өрәев Ёлдашов", "Ýegennazar Öräýew Ýoldaşow"),
        ("tk", "Даңатар Маралҗык Җерен", "Daňatar Maraljyk Jeren"),
        ("az", "Азәрбајҹан дили ҝөзәл Бакы", "Azərbaycan dili gözəl Bakı"),
        ("az", "Илһам Гарабағ чај", "İlham Qarabağ çay"),
    ],
)
def test_published_words_both_ways(code: str, cyrillic: str, latin: str) -> None:
    assert transliterate(cyrillic, code, "Latn") == latin
    assert transliterate(latin, code, "Cyrl") == cyrillic


@pytest.mark.parametrize(
    ("code", "to", "text", "result"),
    [
        ("uz", "Latn", "цирк концерт альбом сентябрь", "sirk konsert albom sentabr"),
        ("uz", "Latn", "МЧЖ ШАҲАР Ш.", "MCHJ SHAHAR Sh."),
        ("uz", "Cyrl", "O'zbek o`g‘il bog‘ ma’no go'zal", "Ўзбек ўғил боғ маъно гўзал"),
        ("tt", "Latn", "ЩИ Щит ГЫЙЛЕМ Я", "ŞÇİ Şçit ĞİLEM Ya"),
        ("tt", "Latn", "Иске ИСКЕ ыш ЫШ", "İske İSKE ış IŞ"),
        ("az", "Cyrl", "İŞIQ ışıq", "ИШЫГ ышыг"),
        ("crh", "Cyrl", "CAN Can QIRIM", "ДЖАН Джан КЪЫРЫМ"),
        ("kk", "Latn", "цирк чек борщ", "tsirk tşek borştş"),
    ],
)
def test_one_way(code: str, to: str, text: str, result: str) -> None:
    assert transliterate(text, code, to) == result


@pytest.mark.parametrize(
    ("code", "to", "text"),
    [
        ("uz", "Cyrl", "Бугун Windows ва Google ишлади"),  # Latin names in a Cyrillic text
        ("uz", "Cyrl", "Windows"),
        ("uz", "Cyrl", "XIX"),
        ("uz", "Cyrl", "https://kun.uz/news www.daryo.uz salom@mail.uz"),
        ("tt", "Latn", "Ваҡыт"),  # ҡ is no Tatar letter
        ("tt", "Latn", "Qazan 2024, 15:30 — «»"),
        ("az", "Cyrl", ""),
    ],
)
def test_what_stays(code: str, to: str, text: str) -> None:
    assert transliterate(text, code, to) == text


def test_names_in_a_latin_text_stay_if_a_letter_betrays_them() -> None:
    assert transliterate("Windows va Google yangi", "uz", "Cyrl") == "Windows ва Гоогле янги"


def test_only_languages_with_tables() -> None:
    assert all(possible(code, to) for code in LANGUAGES for to in ("Cyrl", "Latn"))
    assert not possible("ba", "Latn")
    assert not possible("uz", "Arab")
    for code, to in (("ba", "Latn"), ("uz", "Arab")):
        with pytest.raises(ValueError, match=f"no table for {code} into {to}"):
            transliterate("а", code, to)


def test_script_in_is_that_of_most_letters() -> None:
    assert script_in("Салом dunyo, қалайсиз", ("Latn", "Cyrl")) == "Cyrl"
    assert script_in("Salom, дунё yaxshi", ("Latn", "Cyrl")) == "Latn"
    assert script_in("ქართული", ("Latn", "Cyrl")) is None
    assert script_in("12:30", ("Latn", "Cyrl")) is None


@every_language
@directions
def test_tables_are_whole(code: str, to: str) -> None:
    """Every letter of the alphabet has its rule, and all that a rule writes is in the alphabet."""
    tables = json.loads(
        (resources() / "languages" / code / "transliteration.json").read_text("utf-8")
    )
    assert set(tables[to]) == {"classes", "rules", "letters"}
    entry = language(code)
    letters = {entry.script: entry.letters, **entry.more_letters}
    source = {"Cyrl": "Latn", "Latn": "Cyrl"}[to]
    for lower, upper in letters.get(source, ()):
        assert script_in(transliterate(f"{lower} {upper}", code, to), (source, to)) in {to, None}
    written = {*tables[to]["letters"].values(), *(rule[1] for rule in tables[to]["rules"])}
    assert {script_of(character) for text in written for character in text} <= {to, "Zyyy"}
    assert all(text == unicodedata.normalize("NFC", text.lower()) for text in written)
    for rule in tables[to]["rules"]:
        assert len(rule) in {2, 3, 4}
        assert set(re.findall("<(.*?)>", "".join(rule[2:]))) <= {*tables[to]["classes"], "!ъ)"}


texts = st.one_of(
    st.text(),
    st.text(st.sampled_from("абвгғдеёжҗзийкқңөүўұһҳцчшщъыьэюяәӘАЕЦЩЬ qwaäeiıİIoʻgts'’ʼńñ1.")),
)


@every_language
@directions
@given(text=texts)
def test_any_text(code: str, to: str, text: str) -> None:
    """Nothing breaks, a second time changes nothing, and what is no letter stays in its place."""
    once = transliterate(text, code, to)
    assert once == unicodedata.normalize("NFC", once)
    assert transliterate(once, code, to) == once
    assert SIGNS.sub("", once) == SIGNS.sub("", unicodedata.normalize("NFC", text))


def test_a_word_without_end_is_left_alone() -> None:
    assert transliterate("к" * 100_000, "tt", "Latn") == "к" * 100_000


@pytest.mark.parametrize(("path", "code"), SOURCES.items())
def test_real_text_comes_back(shared: Path, path: str, code: str) -> None:
    """A tenth of the text; docs/languages.md has the figures for all of it."""
    words = 0
    for start in ("Cyrl", "Latn"):
        result = trip(islice(lines(shared, path), 0, None, 10), code, start)
        words += result.words
        if result.words >= 200:
            assert result.whole / result.words > 0.97
    assert words > 100
