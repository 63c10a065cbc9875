"""Plain text: lines, paragraphs broken to a width, encodings."""

import codecs

from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents.making import changed, texts, upper
from tolmach.formats.documents import plain
from tolmach.formats.documents.document import Document, Unit

WRAPPED = """\
   Утром к пристани подошёл старый пароход, и все дети, которые
жили на нашей улице, побежали его встречать. Никто из них раньше
не видел такой большой трубы, и капитан долго отвечал на вопросы,
пока не пришло время обеда.

   К вечеру пароход ушёл вверх по реке, туда, где за лесом
начинаются холмы, а мы ещё долго стояли на берегу и слушали, как
вдали затихает его гудок.
"""
LINES = "Снег лежит на крыше.\nКот сидит в тепле\nи глядит на улицу сквозь стекло.\nТихо и темно.\n"


def opened(text: str, encoding: str = "utf-8") -> Document:
    return plain.opened(text.encode(encoding), "т.txt")


def test_a_line_is_a_unit_and_its_surroundings_stay() -> None:
    document = opened("Глава первая\r\n\r\n\t- Раз  \r\n12\r\nДва")
    assert texts(document) == ["Глава первая", "- Раз", "Два"]
    assert upper(document).decode() == "ГЛАВА ПЕРВАЯ\r\n\r\n\t- РАЗ  \r\n12\r\nДВА"


def test_text_broken_to_a_width_is_joined_and_broken_again() -> None:
    document = opened(WRAPPED)
    assert [len(text) for text in texts(document)] == [219, 146]
    written = upper(document).decode()
    assert written == WRAPPED.upper()
    longer = changed(document, lambda text: text + " и ещё").decode().splitlines()
    assert max(map(len, longer)) <= max(map(len, WRAPPED.splitlines()))
    assert longer[-1].endswith("гудок. и ещё")


def test_verses_and_lists_stay_as_they_are() -> None:
    assert len(opened(LINES).units) == 4
    items = "".join(
        f"- пункт номер {at}, довольно длинный, чтобы занять строку\n" for at in range(9)
    )
    assert len(opened(items).units) == 9


def test_an_encoding_without_the_letters_becomes_utf_8() -> None:
    document = opened("Раз\nДва", "cp1251")
    assert document.written([Unit("Икс"), None]) == "Икс\nДва".encode("cp1251")
    assert document.written([Unit("Бәр"), None]) == codecs.BOM_UTF8 + "Бәр\nДва".encode()


def test_byte_order_marks_stay() -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert upper(opened("Раз", encoding)) == "РАЗ".encode(encoding)


@given(st.text(st.characters(exclude_categories=["C"], include_characters="\n\r\t")))
def test_nothing_changes_unless_it_is_told(text: str) -> None:
    document = opened(text)
    assert document.written([None] * len(document.units)) == text.encode()
    again = changed(document, str)
    if all("\n" not in unit.text for unit in document.units):
        assert texts(plain.opened(again, "т.txt")) == texts(document)
