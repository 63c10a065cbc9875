"""CSV and TSV: a cell with words is a unit.

Rule: a record without a changed cell is written letter for letter; only the others go through the
csv module, quoted throughout where they were.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from tolmach.core.errors import StorageError, UsageError
from tolmach.formats.documents.document import Document, Unit, has_words, text_writer
from tolmach.formats.documents.lines import lines_of
from tolmach.formats.encoding import text_of

_SEPARATORS = ",;\t|"
_SAMPLE = 50  # records that show what separates cells
_FORMULA = "=+@"


@dataclass(frozen=True, slots=True)
class _Record:
    """A row, which may be several lines of the file."""

    raw: str  # without what ends it
    end: str
    cells: tuple[str, ...]


def opened(data: bytes, name: str, columns: Collection[str] = ()) -> Document:
    """Open a table; `columns`: titles of the first row, or letters; without any, all.

    Raises StorageError "document-encoding" or "document-table", UsageError "document-column".
    """
    text, encoding, remarks = text_of(data, name)
    separator = "\t" if name.lower().endswith((".tsv", ".tab")) else _separator(text)
    records = _records(text, separator, name)
    chosen = _chosen(records, columns)
    places = [
        (row, column)
        for row, record in enumerate(records)
        for column, cell in enumerate(record.cells)
        if (chosen is None or column in chosen) and _is_words(cell)
    ]
    units = tuple(
        Unit(_text(records[row].cells[column]), context=f"{letters(column)}{row + 1}")
        for row, column in places
    )

    def rewritten(texts: Sequence[Unit | None]) -> str:
        changed: dict[int, dict[int, str]] = {}
        for (row, column), unit in zip(places, texts, strict=True):
            if unit is not None:
                changed.setdefault(row, {})[column] = unit.text
        lines = [
            _written(record, changed[row], separator) if row in changed else record.raw
            for row, record in enumerate(records)
        ]
        return "".join(line + record.end for line, record in zip(lines, records, strict=True))

    return Document(units, data, text_writer(rewritten, encoding), remarks)


def letters(column: int) -> str:
    """Return what a spreadsheet calls a column: 0 is A, 26 is AA."""
    before, last = divmod(column, len(ascii_uppercase))
    return (letters(before - 1) if before else "") + ascii_uppercase[last]


def _records(text: str, separator: str, name: str) -> list[_Record]:
    lines = [line + end for line, end in lines_of(text)]
    reader = csv.reader(lines, delimiter=separator)
    records: list[_Record] = []
    first = 0
    try:
        for cells in reader:
            raw = "".join(lines[first : reader.line_num])
            content = raw.rstrip("\r\n")
            records.append(_Record(content, raw[len(content) :], tuple(cells)))
            first = reader.line_num
    except csv.Error as error:
        raise StorageError("document-table", name=name, line=str(reader.line_num)) from error
    return records


def _separator(text: str) -> str:
    """Return the sign that cuts most of the first records into equally many cells."""
    start = text[:4].lower()
    first, _, _ = text.partition("\n")
    if start == "sep=" and first.strip()[4:]:  # as Excel writes it
        return first[4]
    sample = [line + end for line, end in lines_of(text)[:_SAMPLE]]

    def regularity(separator: str) -> tuple[int, int]:
        try:
            widths = Counter(map(len, csv.reader(sample, delimiter=separator)))
        except csv.Error:
            return 0, 0
        width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]), default=(0, 0))
        return (count, width) if width > 1 else (0, 0)

    return max(_SEPARATORS, key=regularity)


def _chosen(records: Sequence[_Record], columns: Collection[str]) -> set[int] | None:
    """Return the numbers of the columns asked for; None for all."""
    if not columns:
        return None
    titles = [cell.strip().casefold() for cell in records[0].cells] if records else []
    names = {letters(number).casefold(): number for number in range(len(titles))}
    names |= {title: number for number, title in reversed(list(enumerate(titles))) if title}
    for column in columns:
        if column.strip().casefold() not in names:
            raise UsageError(
                "document-column", column=column, known=", ".join(filter(None, titles))
            )
    return {names[column.strip().casefold()] for column in columns}


def _is_words(cell: str) -> bool:
    """Whether a cell is text: no number, date or link, and no formula."""
    return has_words(cell) and not cell.lstrip().startswith(tuple(_FORMULA))


def _text(cell: str) -> str:
    return cell.strip().replace("\r\n", "\n")


def _written(record: _Record, changed: dict[int, str], separator: str) -> str:
    cells = [
        _in_place(cell, changed[column]) if column in changed else cell
        for column, cell in enumerate(record.cells)
    ]
    quoted = record.raw.count('"') >= 2 * len(cells) and record.raw.startswith('"')
    out = io.StringIO()
    dialect = csv.unix_dialect if quoted else csv.excel  # quotes all, or what needs it
    csv.writer(out, dialect, delimiter=separator, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n")


def _in_place(cell: str, text: str) -> str:
    """Return a translation with the white space that stood around the cell."""
    begin = len(cell) - len(cell.lstrip())
    if "\r\n" in cell:
        text = text.replace("\n", "\r\n")
    return cell[:begin] + text + cell[len(cell.rstrip()) :]
