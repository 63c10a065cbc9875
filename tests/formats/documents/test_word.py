"""Word documents: what is text, what is kept, and what is refused."""

import io
import tracemalloc
from pathlib import Path

import docx as oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents.making import (
    W,
    changed,
    docx,
    packed,
    part,
    run,
    styled,
    texts,
    unpacked,
    upper,
)
from tolmach.core.errors import StorageError
from tolmach.formats.documents import word
from tolmach.formats.documents.document import Document, Style, Unit

PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>шесть</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def opened(body: str, **others: str) -> Document:
    return word.opened(docx(body, others), "д.docx")


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def test_runs_of_one_look_are_one_and_others_are_styles() -> None:
    body = paragraph(run("Всё это ") + run("очень ", "<w:b/>") + run("важ", "<w:b/>") + run("но."))
    document = opened(body)
    (unit,) = document.units
    assert (unit.text, styled(unit)) == ("Всё это очень важно.", ["очень важ"])
    written = part(document.written([Unit("Был мөһим.", (Style(4, 9, 0),))], "ba"))
    assert "<w:b/><w:lang" in written
    assert written.index("Был ") < written.index(">мөһим<") < written.index(">.<")


def test_python_docx_reads_what_is_written() -> None:
    table = f"<w:tr><w:tc>{paragraph(run('Ячейка'))}</w:tc></w:tr>"
    table = f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{table}</w:tbl>"
    data = upper(opened(paragraph(run("Один", "<w:i/>")) + table + paragraph(run("Два"))), "ba")
    read = oracle.Document(io.BytesIO(data))
    assert [paragraph.text for paragraph in read.paragraphs] == ["ОДИН", "ДВА"]
    assert read.paragraphs[0].runs[0].italic
    assert read.tables[0].cell(0, 0).text == "ЯЧЕЙКА"


def test_everything_with_text_is_found_once() -> None:
    box = paragraph(run("В рамке"))
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{box}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{box}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('Внутри'))}</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph(run('Снаружи'))}{inner}</w:tc></w:tr></w:tbl>"
    document = opened(
        paragraph(run("Текст") + shape + run(" дальше")) + table,
        header1=paragraph(run("Шапка")),
        footer2=paragraph(run("Подвал")),
        footnotes=f"<w:footnote w:id='1'>{paragraph(run('Сноска'))}</w:footnote>",
        endnotes=f"<w:endnote w:id='1'>{paragraph(run('Примечание'))}</w:endnote>",
    )
    assert texts(document) == [
        *("Текст дальше", "В рамке", "Снаружи", "Внутри", "Шапка", "Подвал", "Сноска"),
        "Примечание",
    ]
    data = upper(document)
    assert part(data).count("В РАМКЕ") == 2
    assert "В рамке" not in part(data)
    assert "ШАПКА" in part(data, "word/header1.xml")


def test_breaks_stay_in_units_and_tabs_and_pages_divide_them() -> None:
    mixed = (
        "<w:r><w:rPr><w:b/></w:rPr><w:t>Раз</w:t><w:br/><w:t>два</w:t><w:tab/><w:t>три</w:t>"
        '<w:br w:type="page"/><w:t>четыре</w:t></w:r>'
    )
    document = opened(paragraph(mixed))
    assert texts(document) == ["Раз\nдва", "три", "четыре"]
    assert document.units[0].styles == ()
    written = part(upper(document))
    for tag in ("<w:br/>", "<w:tab/>", '<w:br w:type="page"/>'):
        assert written.count(tag) == 1
    assert written.index("РАЗ") < written.index("ДВА") < written.index("<w:tab/>")
    assert written.count("<w:b/>") == 5  # three texts, the tab and the page


def test_white_space_in_the_xml_is_no_line_break() -> None:
    words = "<w:t>Раз\n\tдва</w:t><w:softHyphen/><w:t>жды</w:t><w:noBreakHyphen/><w:t>три</w:t>"
    assert texts(opened(paragraph(f"<w:r>{words}</w:r>"))) == ["Раз  дважды-три"]


def test_links_are_kept_around_their_words() -> None:
    link = f'<w:hyperlink r:id="link" w:history="1">{run("ссылка", "<w:u/>")}</w:hyperlink>'
    document = opened(paragraph(run("Вот ") + link + run(" тут")))
    (unit,) = document.units
    assert styled(unit) == ["ссылка"]
    written = part(document.written([Unit("Һылтанма бында", (Style(0, 8, 0),))]))
    assert '<w:hyperlink r:id="link" w:history="1"><w:r' in written
    assert written.index("Һылтанма") < written.index("</w:hyperlink>") < written.index("бында")


def test_a_link_that_is_a_field_is_kept_around_its_words() -> None:
    field = PAGE.replace(" PAGE ", ' HYPERLINK "http://x.y" ')
    document = opened(paragraph(run("Стр. ") + field + run(" дальше")))
    (unit,) = document.units
    assert (unit.text, styled(unit)) == ("Стр. шесть дальше", ["шесть"])
    written = part(upper(document))
    places = ["СТР. ", '"begin"', "HYPERLINK", '"separate"', "ШЕСТЬ", '"end"', "ДАЛЬШЕ"]
    assert sorted(places, key=written.index) == places


def test_fields_are_not_touched() -> None:
    document = opened(paragraph(run("Страница ") + PAGE + run(" из многих")))
    (unit,) = document.units
    assert unit.text == "Страница  из многих"
    assert PAGE.replace("<w:r>", "")[:60].split(">")[0] in part(upper(document))
    assert "шесть" in part(upper(document))


def test_a_table_of_contents_over_paragraphs_is_not_touched() -> None:
    begin, end = PAGE.split("<w:r><w:t>шесть</w:t></w:r>")
    document = opened(
        paragraph(run("До") + begin + run("Глава один"))
        + paragraph(f"<w:hyperlink r:id='link'>{run('Глава два')}</w:hyperlink>")
        + paragraph(run("Глава три") + end + run("После"))
    )
    assert texts(document) == ["До", "После"]
    written = part(upper(document))
    places = ["ДО", '"begin"', "Глава один", "Глава два", "Глава три", '"end"', "ПОСЛЕ"]
    assert sorted(places, key=written.index) == places


def test_the_text_of_a_form_is_translated_and_an_empty_one_stays() -> None:
    form = PAGE.replace(" PAGE ", " FORMTEXT ")
    empty = form.replace("шесть", "\u2002\u2002")
    document = opened(paragraph(run("Имя: ") + form + run(" тоже ") + empty))
    assert texts(document) == ["Имя: шесть тоже"]
    written = part(upper(document))
    places = ["ИМЯ", '"begin"', "FORMTEXT", '"separate"', "ШЕСТЬ", '"end"', "ТОЖЕ", "\u2002\u2002"]
    assert sorted(places, key=written.index) == places
    assert written.count("FORMTEXT") == 2
    assert document.remarks == ()


def test_words_that_are_not_translated_are_told() -> None:
    ruby = (
        "<w:r><w:ruby><w:rt><w:r><w:t>у-фа</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>Уфа</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    lists = (
        "<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText='Да' w:value='1'/>"
        f"</w:dropDownList></w:sdtPr><w:sdtContent>{run('Ответ')}</w:sdtContent></w:sdt>"
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:helpText w:val='Помощь'/><w:ddList>"
        "<w:default w:val='0'/><w:listEntry w:val='Нет'/></w:ddList></w:ffData></w:fldChar></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    begin, end = PAGE.split("<w:r><w:t>шесть</w:t></w:r>")
    fields = (
        paragraph(begin + run("Глава один"))
        + paragraph(f"<w:hyperlink>{run('Глава ')}{run('два', '<w:b/>')}</w:hyperlink>" + end)
        + paragraph(f"<w:fldSimple w:instr='REF x'>{run('Глава три')}</w:fldSimple>" + PAGE)
    )
    comment = f"<w:comments xmlns:w='{W}'>{paragraph(run('Не ') + run('так'))}</w:comments>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
    files = unpacked(docx(paragraph(ruby + run(" красивый город")) + paragraph(lists) + fields))
    override = f'<Override PartName="/word/comments.xml" ContentType="{kind}"/></Types>'.encode()
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace(b"</Types>", override)
    document = word.opened(packed({**files, "word/comments.xml": comment.encode()}), "д.docx")
    assert texts(document) == ["красивый город", "Ответ"]
    assert {remark.code: remark.params["parts"] for remark in document.remarks} == {
        "document-unread-fields": "4: «Глава один», «Глава два», «шесть», «Глава три»",
        "document-unread-choices": "3: «Да», «Помощь», «Нет»",
        "document-unread-parts": "2: «Уфа», «Не так»",
    }


def test_inserted_text_is_translated_and_deleted_text_left() -> None:
    changes = (
        f'<w:ins w:id="1" w:author="А">{run("новое ")}</w:ins>'
        '<w:del w:id="2" w:author="А"><w:r><w:delText>старое</w:delText></w:r></w:del>'
    )
    document = opened(paragraph(run("Это ") + changes + run("слово")))
    assert texts(document) == ["Это новое слово"]
    written = part(upper(document))
    assert "<w:delText>старое</w:delText>" in written
    assert written.index("<w:ins") < written.index("НОВОЕ") < written.index("</w:ins>")


def test_notes_pictures_bookmarks_and_comments_keep_their_order() -> None:
    marks = [
        '<w:bookmarkStart w:id="0" w:name="а"/>',
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
        '<w:commentRangeStart w:id="3"/>',
        "<w:r><w:drawing/></w:r>",
        '<w:bookmarkEnd w:id="0"/>',
    ]
    inner = "".join(run(f"слово{at} ") + mark for at, mark in enumerate(marks)) + run("конец")
    document = opened(paragraph(inner))
    (unit,) = document.units
    assert [style.start - style.end for style in unit.styles] == [0] * 5
    written = part(upper(document))
    places = [written.index(mark.replace("<w:r>", "")[:18]) for mark in marks]
    assert places == sorted(places)


def test_a_content_control_is_a_text_of_its_own() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('имя')}</w:sdtContent></w:sdt>"
    document = opened(paragraph(run("Дано: ") + control + run(" и дата")))
    assert texts(document) == ["Дано:", "имя", "и дата"]
    assert '<w:sdtContent><w:r><w:t xml:space="preserve">ИМЯ' in part(upper(document)).replace(
        '<w:r xmlns:w="', "<w:r"
    )


def test_unchanged_parts_are_the_same_bytes_and_changed_ones_say_the_same() -> None:
    data = docx(paragraph(run("Раз") + run(" 12 ")), {"header1": paragraph(run("Шапка"))})
    document = word.opened(data, "д.docx")
    assert document.written([None, None]) == data
    written = document.written([Unit("Бер"), None], "ba")
    assert part(written, "word/header1.xml") == part(data, "word/header1.xml")
    again = changed(document, str)
    assert texts(word.opened(again, "д.docx")) == texts(document)


def test_a_document_is_written_in_several_languages() -> None:
    document = opened(paragraph(run("Раз")))
    assert 'w:lang w:val="ba"' in part(document.written([Unit("Бер")], "ba"))
    assert 'w:lang w:val="cv"' in part(document.written([Unit("Пӗр")], "cv"))


def test_signs_that_xml_cannot_hold_are_written_as_spaces() -> None:
    document = opened(paragraph(run("Раз")))
    assert ">Бер  </w:t>" in part(document.written([Unit("Бер\x00\x0b")]))


BOMB = '<!DOCTYPE w [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"just text", "document-not-word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "document-old-word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "document-encrypted",
        ),
        (docx("")[:-40], "document-damaged"),
        (docx("")[:200], "document-damaged"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "document-not-word"),
        (docx("", extra={"word/vbaProject.bin": b"x"}), "document-macros"),
        (docx("</w:body>"), "document-damaged"),
        (
            packed({"[Content_Types].xml": BOMB.encode() + b"<w>&b;</w>"}),
            "document-dangerous",
        ),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(StorageError) as error:
        word.opened(data, "д.docx")
    assert error.value.code == code


def test_a_type_with_macros_is_refused() -> None:
    types = part(docx(""), "[Content_Types].xml").replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    with pytest.raises(StorageError, match="document-macros"):
        word.opened(packed({"[Content_Types].xml": types.encode()}), "д.docx")


def test_what_unpacks_into_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx(paragraph(run("а" * 100_000)))
    monkeypatch.setattr(word, "MOST_BYTES", 50_000)
    with pytest.raises(StorageError, match="document-bomb"):
        word.opened(data, "д.docx")
    monkeypatch.setattr(word, "MOST_BYTES", 10**9)
    monkeypatch.setattr(word, "MOST_XML", 50_000)
    with pytest.raises(StorageError, match="document-bomb"):
        word.opened(data, "д.docx")
    monkeypatch.setattr(word, "MOST_ENTRIES", 2)
    with pytest.raises(StorageError, match="document-bomb"):
        word.opened(data, "д.docx")


def test_little_that_unpacks_into_much_is_refused_before_it_is_unpacked() -> None:
    zeros = bytes(2**20) * 80
    data = packed({"word/document.xml": zeros, "[Content_Types].xml": b""})
    assert len(data) < 2**20
    tracemalloc.start()
    with pytest.raises(StorageError, match="document-bomb"):
        word.opened(data, "д.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20


def test_a_picture_of_one_colour_is_no_bomb() -> None:
    data = docx(paragraph(run("Да")))
    names = ("[Content_Types].xml", "word/document.xml")
    files = {name: part(data, name).encode() for name in names}
    whole = packed(files | {"word/media/image1.bmp": bytes(2**24)})
    assert texts(word.opened(whole, "д.docx")) == ["Да"]


def test_entities_in_a_part_are_refused_and_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "тайна.txt"
    secret.write_text("тайна", encoding="utf-8")
    evil = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:hdr>&x;</w:hdr>'
    data = docx("", {"header1": ""})
    files = {
        name: part(data, name).encode() for name in ("[Content_Types].xml", "word/document.xml")
    }
    with pytest.raises(StorageError, match="document-dangerous"):
        word.opened(
            packed(files | {"word/header1.xml": evil.replace("w:hdr", "hdr").encode()}), "д"
        )


LINK = f'<w:hyperlink r:id="link">{run("ссылка ")}{run("тут", "<w:b/>")}</w:hyperlink>'
PIECES = st.lists(
    st.sampled_from(
        [
            *(run("слово "), run("да", "<w:b/>"), run(" "), run("12 ", "<w:i/>"), LINK, PAGE),
            *("<w:r><w:tab/><w:t>а</w:t><w:br/></w:r>", "<w:r/>", '<w:bookmarkStart w:id="1"/>'),
            *(f"<w:ins>{run('новое')}</w:ins>", f"<w:del>{run('старое')}</w:del>"),
            *(f"<w:sdt><w:sdtContent>{run('имя')}</w:sdtContent></w:sdt>", "</w:p><w:p>"),
            *(PAGE.replace("PAGE", "HYPERLINK"), "<w:proofErr/>", "<w:r><w:drawing/></w:r>"),
            *(f"<w:smartTag>{run('Уфа')}<w:smartTagPr/></w:smartTag>", PAGE[:45], PAGE[-43:]),
            *(
                f"<w:hyperlink><w:r><w:tab/></w:r>{run('да')}</w:hyperlink>",
                f"<w:dir>{LINK}</w:dir>",
            ),
        ]
    ),
    max_size=9,
)


@given(PIECES)
def test_what_is_written_is_read_as_it_was_meant(pieces: list[str]) -> None:
    document = opened(paragraph("".join(pieces)))
    again = word.opened(changed(document, str, "ba"), "д.docx")
    assert again.units == document.units
