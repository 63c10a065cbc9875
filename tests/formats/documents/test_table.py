"""CSV and TSV: cells with words; records without a change letter for letter."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents.making import changed, texts, upper
from tolmach.core.errors import StorageError, UsageError
from tolmach.formats.documents import table
from tolmach.formats.documents.document import Unit

CSV = 'имя;цена;описание\r\nСтол;1 200,50;"Крепкий; из ""дуба"""\r\n;;\r\n7;12.05.2024;"=A1&Б1"\r\n'


def test_cells_with_words_are_units() -> None:
    document = table.opened(CSV.encode(), "т.csv")
    assert texts(document) == ["имя", "цена", "описание", "Стол", 'Крепкий; из "дуба"']
    assert [unit.context for unit in document.units][3:] == ["A2", "C2"]
    assert upper(document).decode() == CSV.replace(
        "имя;цена;описание", "ИМЯ;ЦЕНА;ОПИСАНИЕ"
    ).replace("Стол", "СТОЛ").replace('Крепкий; из ""дуба""', 'КРЕПКИЙ; ИЗ ""ДУБА""')


def test_only_the_columns_asked_for() -> None:
    for columns in (["C"], ["описание"], [" Описание "]):
        document = table.opened(CSV.encode(), "т.csv", columns)
        assert texts(document) == ["описание", 'Крепкий; из "дуба"']
    with pytest.raises(UsageError, match="document-column"):
        table.opened(CSV.encode(), "т.csv", ["нет такого"])


def test_records_without_a_change_stay_letter_for_letter() -> None:
    text = '"а" , б\r\n"в","г"\r\n'
    document = table.opened(text.encode(), "т.csv")
    *others, last = [None] * len(document.units)
    assert document.written([*others[:-1], Unit("ҙ"), last]) == '"а" , б\r\n"ҙ","г"\r\n'.encode()


def test_the_line_that_names_the_separator_is_no_row() -> None:
    for first in ("sep=;\r\n", "SEP=;\n", '"sep=;"\n'):
        document = table.opened(f"{first}имя, цена;день\r\n".encode(), "т.csv", ["день"])
        assert [(unit.text, unit.context) for unit in document.units] == [("день", "B1")]
        assert upper(document).decode() == f"{first}имя, цена;ДЕНЬ\r\n"


@pytest.mark.parametrize(
    "row",
    [
        '2;"Привет" сказал он',
        '2;"Привет',
        '2;Диагональ 5" экран',
        '2;Диагональ 5"',
        '2;"Он "тут" был"',
        '2;"слово"" ещё',
        '"2;Привет;"',
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_quote_that_is_not_closed_swallows_no_row(row: str, newline: str) -> None:
    text = newline.join(["id;текст", "1;Добрый день.", row, '3;"Он ""там"" был"', "4;Да", ""])
    document = table.opened(text.encode(), "т.csv")
    cells = "id", "текст", "Добрый день.", 'Он "там" был', "Да"
    assert set(cells) <= set(texts(document))
    assert upper(document).decode() == text.upper()


def test_what_a_spreadsheet_would_misread_is_quoted() -> None:
    document = table.opened('1;раз;"два" и\n'.encode(), "т.csv")
    for cell, again in (("а;б", '"а;б"'), ('"а" б', '"""а"" б"'), ('а "б"', 'а "б"')):
        assert document.written([Unit(cell), None]).decode() == f'1;{again};"два" и\n'
    for cell, again in (('"а" һәм', '"а" һәм'), ('"а"', '"""а"""'), ('һәм "а"', 'һәм "а"')):
        assert document.written([None, Unit(cell)]).decode() == f"1;раз;{again}\n"


def test_tabs_lines_in_cells_and_old_encodings() -> None:
    text = 'раз\t"два\r\nтри"\r\n'
    document = table.opened(text.encode("cp1251"), "т.tsv")
    assert texts(document) == ["раз", "два\nтри"]
    assert upper(document) == text.upper().encode("cp1251")
    assert document.written([Unit("бәр"), None]).decode("utf-8-sig") == text.replace("раз", "бәр")


def test_a_cell_that_is_no_cell_is_refused() -> None:
    for cell in ('"' + "а" * 200_000, "а" * 200_000):
        with pytest.raises(StorageError, match=r"document-table.*line=2"):
            table.opened(f"имя\n{cell}".encode(), "т.csv")


def test_a_sign_makes_no_formula_and_words_in_formulas_are_told() -> None:
    text = '+ доставка;-скидка;@все сразу;=A1+1;+СУММ;-SUM(A1);"=""Итого: ""&A1"\n'
    document = table.opened(text.encode(), "т.csv")
    assert texts(document) == ["+ доставка", "-скидка", "@все сразу", "+СУММ"]
    assert [remark.params["parts"] for remark in document.remarks] == ["1: «Итого:»"]


def test_names_of_columns() -> None:
    assert [table.letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


CELLS = st.text(st.sampled_from('абв 1;"\n\t='), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=6))
def test_cells_survive(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter="\t").writerows(rows)
    data = out.getvalue().encode()
    document = table.opened(data, "т.tsv")
    assert document.written([None] * len(document.units)) == data
    assert texts(table.opened(changed(document, str), "т.tsv")) == texts(document)
