"""CSV and TSV: a cell with words is a unit.

Rule: a cell is a span of the file, and only those that changed are written anew. Read here and not
by the csv module, which takes all rows after a quote that nobody closes for one cell, and drops
quotes that stand amid words: decision 55.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from string import ascii_uppercase

from tolmach.core.errors import StorageError, UsageError
from tolmach.formats.documents.document import Document, Unit, has_words, quoted, text_writer
from tolmach.formats.documents.lines import lines_of
from tolmach.formats.documents.places import Place, rewritten
from tolmach.formats.encoding import text_of

_SEPARATORS = ",;\t|"
_SAMPLE = 50  # lines that show what separates cells
_LONGEST = 131_072  # characters of a cell, as for the csv module
_FORMULA = re.compile(r"\s*(?:=|[+@-](?:\$?[A-Z]+\$?\d|[A-Z]+\())")
_STRING = re.compile('"([^"]*)"')
_QUOTED = re.compile(r'"[^"]*(?:""[^"]*)*"')
_CELL = r"{quoted}(?=[{sign}\r\n]|\Z)|[^{sign}\r\n]*"
_LINE_END = re.compile("\r\n|\n|\r")
_EXCEL = re.compile(r'"?sep=(.)"?(?:\r\n?|\n|\Z)', re.I)  # names what separates cells; is no row


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell where it stands: text[start:end], quotes included."""

    start: int
    end: int
    raw: str

    @property
    def is_quoted(self) -> bool:
        """Whether its quotes are none of its words; a quote that is never closed is one of them."""
        return _QUOTED.fullmatch(self.raw) is not None

    @property
    def words(self) -> str:
        """What a spreadsheet shows."""
        return self.raw[1:-1].replace('""', '"') if self.is_quoted else self.raw


def opened(data: bytes, name: str, columns: Collection[str] = ()) -> Document:
    """Open a table; `columns`: titles of the first row, or letters; without any, all.

    Raises StorageError "document-encoding" or "document-table", UsageError "document-column".
    """
    text, encoding, remarks = text_of(data, name)
    excel = _EXCEL.match(text)
    is_tabbed = name.lower().endswith((".tsv", ".tab"))
    separator = excel[1] if excel else "\t" if is_tabbed else _separator(text)
    records = list(_records(text, separator, excel.end() if excel else 0))
    chosen = _chosen(records, columns)
    places = []
    for row, record in enumerate(records, 1):
        for column, cell in enumerate(record):
            if len(cell.raw) > _LONGEST:
                line = text.count("\n", 0, cell.start) + 1
                raise StorageError("document-table", name=name, line=str(line))
            if (chosen is None or column in chosen) and _is_words(cell.words):
                unit = Unit(_text(cell.words), context=f"{letters(column)}{row}")
                write = partial(_written, cell, separator)
                places.append(Place(cell.start, cell.end, unit, write))
    formulas = (cell.words for record in records for cell in record if _FORMULA.match(cell.words))
    strings = (match[1] for formula in formulas for match in _STRING.finditer(formula))
    if parts := quoted(strings):
        remarks += (StorageError("document-unread-formulas", name=name, parts=parts),)
    write_all = text_writer(partial(rewritten, text, places), encoding)
    return Document(tuple(place.unit for place in places), data, write_all, remarks)


def letters(column: int) -> str:
    """Return what a spreadsheet calls a column: 0 is A, 26 is AA."""
    before, last = divmod(column, len(ascii_uppercase))
    return (letters(before - 1) if before else "") + ascii_uppercase[last]


def _records(text: str, separator: str, start: int = 0) -> Iterator[list[_Cell]]:
    """Yield the rows. Quotes around a cell must begin and end it; all others are words."""
    pattern = re.compile(_CELL.format(quoted=_QUOTED.pattern, sign=re.escape(separator)))
    record: list[_Cell] = []
    at = start
    while at < len(text):
        cell = pattern.match(text, at)
        end = cell.end() if cell else at
        record.append(_Cell(at, end, text[at:end]))
        newline = _LINE_END.match(text, end)
        at = newline.end() if newline else end + 1
        if newline or end == len(text):
            yield record
            record = []
    if record:  # a separator ends the file
        yield record


def _separator(text: str) -> str:
    """Return the sign that cuts most of the first records into equally many cells."""
    sample = "".join(line + end for line, end in lines_of(text)[:_SAMPLE])

    def regularity(separator: str) -> tuple[int, int]:
        widths = Counter(map(len, _records(sample, separator)))
        width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]), default=(0, 0))
        return (count, width) if width > 1 else (0, 0)

    return max(_SEPARATORS, key=regularity)


def _chosen(records: Sequence[Sequence[_Cell]], columns: Collection[str]) -> set[int] | None:
    """Return the numbers of the columns asked for; None for all."""
    if not columns:
        return None
    titles = [cell.words.strip().casefold() for cell in records[0]] if records else []
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
    return has_words(cell) and not _FORMULA.match(cell)


def _text(cell: str) -> str:
    return cell.strip().replace("\r\n", "\n")


def _written(cell: _Cell, separator: str, unit: Unit) -> str:
    """Return a translation with the quotes and the white space that the cell had."""
    words = cell.words
    text = unit.text.replace("\n", "\r\n") if "\r\n" in words else unit.text
    text = words[: len(words) - len(words.lstrip())] + text + words[len(words.rstrip()) :]
    # Quotes that a spreadsheet took for words in the original it takes for words again.
    same = words.startswith('"') and text.count('"') == words.count('"')
    is_ambiguous = text.startswith('"') and not (same and not _QUOTED.fullmatch(text))
    if cell.is_quoted or is_ambiguous or separator in text or re.search("[\r\n]", text):
        return '"' + text.replace('"', '""') + '"'
    return text
