"""Files of other programs: what was exported is read again; what is damaged is said so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.core.errors import StorageError, UsageError
from tolmach.formats.suffixes import suffixes
from tolmach.formats.terms import (
    clean,
    entries_from,
    entries_to,
    terms_from,
    terms_to,
)
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry

CODES = st.sampled_from(["ru", "ba", "tt", "ce", "sah", "en"])
TEXT = st.text(max_size=30).map(clean)
WORDS = st.one_of(TEXT, st.sampled_from(['"Те"', "a|b\\", "\\t", "=1+1", "а\tб\nв", "<b>&amp;"]))
FILLED = WORDS.filter(bool)
FORMS = st.lists(FILLED, min_size=1, max_size=3, unique=True).map(tuple)
PAIRS = st.tuples(CODES, CODES).filter(lambda pair: pair[0] != pair[1])
TERMS = st.builds(lambda pair, *rest: Term(*pair, *rest), PAIRS, FORMS, FORMS, TEXT, WORDS)
DATES = st.datetimes().map(lambda when: f"{when:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0"))
ENTRIES = st.builds(
    lambda pair, *rest: MemoryEntry(*pair, *rest), PAIRS, FILLED, FILLED, FILLED, DATES, WORDS
)

BOMB = b"""<?xml version="1.0"?><!DOCTYPE tbx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<tbx><text><body><conceptEntry><langSec xml:lang="ru"><termSec><term>&b;</term></termSec></langSec>
</conceptEntry></body></text></tbx>"""
OUTSIDE = BOMB.replace(
    b'<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">', b'<!ENTITY b SYSTEM "/etc/x">'
)
MARTIF = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body><termEntry>
<descrip type="definition">x</descrip>
<langSet xml:lang="ru-RU"><ntig><termGrp><term>язык</term></termGrp></ntig></langSet>
<langSet xml:lang="ba"><tig><term>тел</term></tig><tig><term>лөғәт</term></tig></langSet>
<langSet xml:lang="tt"><tig><term>тел</term></tig></langSet></termEntry></body></text></martif>"""
TMX = """<?xml version="1.0" encoding="utf-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="RU-ru" datatype="xml"/><body>
<tu changedate="20240102T030405Z"><tuv xml:lang="ba"><seg>Ҡара <bpt i="1">&lt;b></bpt>китап\
<ept i="1"></ept>тар</seg></tuv><tuv xml:lang="ru-RU"><seg>Чёрные <hi>книги</hi></seg></tuv></tu>
<tu><tuv xml:lang="ru"><seg>Одна</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize("kind", suffixes("glossary"))
@given(terms=st.lists(TERMS, min_size=1, max_size=5))
def test_terms_come_back(kind: str, terms: list[Term]) -> None:
    assert terms_from(terms_to(terms, f"файл.{kind}"), f"файл.{kind}") == terms


@pytest.mark.parametrize("kind", suffixes("memory"))
@given(entries=st.lists(ENTRIES, min_size=1, max_size=5))
def test_the_memory_comes_back(kind: str, entries: list[MemoryEntry]) -> None:
    assert entries_from(entries_to(entries, f"файл.{kind}"), f"файл.{kind}") == entries


@given(st.binary(), st.sampled_from([*suffixes("glossary"), *suffixes("memory")]))
def test_any_bytes_are_terms_or_a_sentence(data: bytes, kind: str) -> None:
    read = terms_from if kind in suffixes("glossary") else entries_from
    with pytest.raises(StorageError):
        read(data, f"файл.{kind}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("line", ["Русский;Чеченский", "ru,ce", "ru\tce"])
def test_a_table_of_two_languages_in_any_encoding(encoding: str, line: str) -> None:
    sign = next(c for c in ";,\t" if c in line)
    data = f"{line}\r\nязык{sign}мотт|меттан\r\n\r\n".encode(encoding)
    assert terms_from(data, "x.csv") == [Term("ru", "ce", ("язык",), ("мотт", "меттан"))]


def test_a_spreadsheet_may_quote_a_tsv() -> None:
    data = 'ru\tba\n"сказал ""да"""\t«әйе» тине\n"он\tба\n'.encode()
    assert [term.source[0] for term in terms_from(data, "x.tsv")] == ['сказал "да"', '"он']


def test_columns_may_be_in_another_order_and_more() -> None:
    data = "id,target,source,target_language,source_language\n1,тел,язык,ba,ru-RU\n".encode()
    assert terms_from(data, "x.csv") == [Term("ru", "ba", ("язык",), ("тел",))]


def test_the_older_tbx_is_read_and_three_languages_are_three_terms() -> None:
    assert terms_from(MARTIF.encode(), "x.tbx") == [
        Term("ru", "ba", ("язык",), ("тел", "лөғәт")),
        Term("ru", "tt", ("язык",), ("тел",)),
        Term("ba", "tt", ("тел", "лөғәт"), ("тел",)),
    ]


def test_a_tmx_of_another_program_is_read() -> None:
    (entry,) = entries_from(TMX.encode("utf-16"), "чужая.tmx")
    assert (entry.source_language, entry.source) == ("ru", "Чёрные книги")
    assert (entry.target_language, entry.target) == ("ba", "Ҡара китаптар")
    assert (entry.origin, entry.date) == ("чужая.tmx", "2024-01-02T03:04:05Z")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (BOMB, "x.tbx", "terms-dangerous"),
        (OUTSIDE, "x.tbx", "terms-dangerous"),
        (BOMB, "x.tmx", "terms-dangerous"),
        (MARTIF.encode()[:-20], "x.tbx", "terms-not-xml"),
        (b"", "x.tmx", "terms-not-xml"),
        (b"<tbx/>", "x.tbx", "terms-none"),
        (b"\x00\x01\x02", "x.csv", "terms-encoding"),
        (b"", "x.csv", "terms-columns"),
        ("слово,перевод\nа,б".encode(), "x.csv", "terms-columns"),
        (b"ru\nx", "x.tsv", "terms-columns"),
        ("ru,ba\nязык,\n".encode(), "x.csv", "terms-row"),
        ('ru,ba\n"язык,тел\n'.encode(), "x.csv", "terms-table"),
        (b"ru,ba\n", "x.csv", "terms-none"),
    ],
)
def test_a_bad_file_says_what_is_wrong(data: bytes, name: str, code: str) -> None:
    read = entries_from if name.endswith(".tmx") else terms_from
    with pytest.raises(StorageError) as caught:
        read(data, name)
    assert caught.value.code == code


def test_the_row_and_the_line_are_named() -> None:
    with pytest.raises(StorageError) as caught:
        terms_from("ru,ba\nда,эйе\nнет,\n".encode(), "x.csv")
    assert caught.value.params == {"name": "x.csv", "row": "3"}
    with pytest.raises(StorageError) as caught:
        entries_from(b"<tmx>\n<body>\n</tmx>", "x.tmx")
    assert caught.value.params["line"] == "3"


def test_an_unknown_format_is_named_with_those_that_are_known() -> None:
    with pytest.raises(UsageError) as caught:
        terms_from(b"", "x.xlsx")
    assert caught.value.params == {"format": "xlsx", "known": "csv, tbx, tsv"}
