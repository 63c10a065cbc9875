"""PO catalogues: what is empty gets a fuzzy translation, unless that lost a place for a value."""

import polib
import pytest

from tests.formats.documents.making import changed, texts, upper
from tolmach.core.errors import StorageError
from tolmach.formats.documents import catalogue
from tolmach.formats.documents.document import Document, Unit

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={}\\n"\n{}\n'
PLURALS = '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n'
BODY = """\
# заметка
#: a.c:1
#, c-format
msgctxt "привет"
msgid "Привет, %s!\\n"
msgstr ""

msgid "Готово"
msgstr "Әҙер"

msgid "%d файл"
msgid_plural "%d файлов"
msgstr[0] ""
msgstr[1] ""

#~ msgid "Старое"
#~ msgstr ""
"""


def opened(body: str = BODY, head: str = HEAD.format("UTF-8", PLURALS)) -> Document:
    return catalogue.opened((head + body).encode(), "к.po")


def read(data: bytes) -> polib.POFile:
    return polib.pofile(data.decode())


def test_only_what_has_no_translation_is_translated() -> None:
    document = opened()
    assert texts(document) == ["Привет, %s!", "%d файл", "%d файлов"]
    assert document.units[0].context == "привет"
    written = read(changed(document, lambda text: text.replace("П", "Х").replace("ф", "х")))
    first, ready, plural, old = written
    assert (first.msgstr, first.flags) == ("Хривет, %s!\n", ["c-format", "fuzzy"])
    assert (first.comment, first.tcomment, first.occurrences) == ("", "заметка", [("a.c", "1")])
    assert (ready.msgstr, ready.flags) == ("Әҙер", [])
    assert plural.msgstr_plural == {0: "%d хайл", 1: "%d хайлов"}
    assert old.obsolete


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("sah", {0: "%d B"}),
        ("kk", {0: "%d A", 1: "%d B"}),
        ("ru", {0: "%d A", 1: "%d B", 2: "%d B"}),
    ],
)
def test_a_language_with_known_plurals_gets_them(language: str, forms: dict[int, str]) -> None:
    written = read(opened().written([None, Unit("%d A"), Unit("%d B")], language))
    assert written[2].msgstr_plural == forms
    assert written.metadata["Language"] == language
    assert written.metadata["Plural-Forms"].startswith(f"nplurals={len(forms)};")


@pytest.mark.parametrize("count", ["999999999", "11", "0" * 5000 + "9" * 5000])
def test_more_plural_forms_than_any_language_has_are_refused(count: str) -> None:
    text = HEAD.format("UTF-8", f'"Plural-Forms: nplurals={count}; plural=0;\\n"\n') + BODY
    with pytest.raises(StorageError, match="document-damaged"):
        catalogue.opened(text.encode(), "а.po")


@pytest.mark.parametrize("count", ["0", "00", "0002"])
def test_a_count_of_plural_forms_may_be_nothing_or_have_zeros(count: str) -> None:
    text = HEAD.format("UTF-8", f'"Plural-Forms: nplurals={count}; plural=0;\\n"\n') + BODY
    document = catalogue.opened(text.encode(), "а.po")
    written = read(document.written([None, Unit("%d A"), Unit("%d B")], "ba"))
    assert written[2].msgstr_plural == {0: "%d A", 1: "%d B"}


def test_other_languages_leave_the_header_as_it_is() -> None:
    written = read(opened().written([None, Unit("%d A"), Unit("%d B")], "ba"))
    assert written.metadata["Plural-Forms"] == "nplurals=INTEGER; plural=EXPRESSION;"
    assert written[2].msgstr_plural == {0: "%d A", 1: "%d B"}


@pytest.mark.parametrize(
    ("source", "good", "bad"),
    [
        ("Есть %s и %d", "%s һәм %d", "%d һәм %s"),
        ("Есть %1$s и %2$d", "%2$d һәм %1$s", "%1$s"),
        ("Файл", "Файлдар", "Файл %s"),
        ("Имя {name}", "Исем {name}", "Исем {исем}"),
        ("%(count)s раз", "%(count)s тапҡыр", "%(count) тапҡыр"),
        ("Файл %1 из %2", "%2 эсенән %1", "%1 файл"),
        ("Все 100%% тут", "100%% бында", "100% бында"),
        ("{0:.2f} рублей", "{0:.2f} һум", "{0} һум"),
    ],
)
def test_a_translation_that_lost_a_place_is_not_written(source: str, good: str, bad: str) -> None:
    document = opened(f'msgid "{source}"\nmsgstr ""\n')
    assert read(document.written([Unit(good)]))[0].msgstr == good
    (entry,) = read(document.written([Unit(bad)]))
    assert (entry.msgstr, entry.flags) == ("", ["fuzzy"])
    assert entry.tcomment.startswith("Перевод не записан: потеряно, лишнее или не на месте")


def test_encodings_and_line_ends() -> None:
    head = HEAD.format("CP1251", "")
    data = (head + BODY.replace("Әҙер", "Готово")).replace("\n", "\r\n").encode("cp1251")
    document = catalogue.opened(data, "к.po")
    assert document.written([None] * 3) == data
    assert "ПРИВЕТ, %S" not in upper(document).decode("cp1251")  # it lost the place
    written = document.written([Unit("Сәләм, %s!"), None, None]).decode()
    assert "charset=UTF-8" in written
    assert written.count("\r\n") == written.count("\n")


def test_a_damaged_catalogue_is_refused() -> None:
    with pytest.raises(StorageError, match="document-damaged"):
        opened("мусор\n")


def test_entries_stay_the_same() -> None:
    data = changed(opened(), lambda text: text.replace("П", "Х").replace("ф", "х"))
    assert texts(catalogue.opened(data, "к.po")) == []
    before, after = read((HEAD.format("UTF-8", PLURALS) + BODY).encode()), read(data)
    assert [entry.msgid for entry in before] == [entry.msgid for entry in after]
