"""CSV and TSV: tables that a spreadsheet opens.

The first line names the columns. Ours are `source_language`, `target_language`, `source`, `target`
and for terms `project`, `note`, for the memory `origin`, `date`, `project`. A table that a person
made may instead have two columns named after languages: "ru;ba" or "Русский,Башкирский".

Forms of one term stand in one cell with "|" between them; "\\|" is that sign itself. CSV is quoted
as RFC 4180 says and read with commas, semicolons or tabs. TSV has no quotes: a tab, a line break
and a backslash inside a cell are "\\t", "\\n" and "\\\\".
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from tolmach.core.errors import StorageError, UsageError
from tolmach.formats.encoding import UTF_8_MARKED, detected, legible
from tolmach.formats.registry import registered
from tolmach.formats.terms.registry import (
    ENTRY_READERS,
    ENTRY_WRITERS,
    TERM_READERS,
    TERM_WRITERS,
)
from tolmach.language.registry import find
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry

KEY = ("source_language", "target_language", "source", "target")
TERM = (*KEY, "project", "note")
ENTRY = (*KEY, "origin", "date", "project")

_SEPARATOR = re.compile(r"\A\ufeff?sep=.\r?\n", re.I)  # a line of Excel's own
_ESCAPED = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


@registered(TERM_READERS, "csv", "tsv")
def read_terms(data: bytes, name: str) -> list[Term]:
    """Return the terms of a table; raises StorageError "terms-…"."""
    terms = []
    for number, cells in _records(_rows(data, name), TERM, name):
        source, target = _forms(cells["source"]), _forms(cells["target"])
        if not (source and target):
            raise StorageError("terms-row", name=name, row=str(number))
        languages = (cells["source_language"], cells["target_language"])
        terms.append(Term(*languages, source, target, cells["project"], cells["note"]))
    return terms


@registered(ENTRY_READERS, "csv", "tsv")
def read_entries(data: bytes, name: str) -> list[MemoryEntry]:
    """Return the memory of a table; raises StorageError "terms-…"."""
    entries = []
    for number, cells in _records(_rows(data, name), ENTRY, name):
        if not (cells["source"].strip() and cells["target"].strip()):
            raise StorageError("terms-row", name=name, row=str(number))
        entries.append(MemoryEntry(**cells))
    return entries


@registered(TERM_WRITERS, "csv", "tsv")
def write_terms(terms: Iterable[Term], name: str) -> bytes:
    """Return terms as a table with its first line."""
    return _written(TERM, terms, name)


@registered(ENTRY_WRITERS, "csv", "tsv")
def write_entries(entries: Iterable[MemoryEntry], name: str) -> bytes:
    """Return the memory as a table with its first line."""
    return _written(ENTRY, entries, name)


def _rows(data: bytes, name: str) -> list[list[str]]:
    text, encoding = detected(data)
    if not encoding:
        raise StorageError("terms-encoding", name=name)
    text = _SEPARATOR.sub("", legible(text))
    if _is_tsv(name):
        lines = re.split(r"\r\n|\n|\r", text)
        return [[_bare(cell) for cell in line.split("\t")] for line in lines if line]
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise StorageError("terms-table", name=name) from error


def _written(columns: Sequence[str], pairs: Iterable[Term | MemoryEntry], name: str) -> bytes:
    """Return a table, CSV with a mark: without it spreadsheets take it for code page 1251."""
    rows = [columns, *([_cell(getattr(pair, column)) for column in columns] for pair in pairs)]
    if _is_tsv(name):
        return "".join("\t".join(map(_safe, row)) + "\n" for row in rows).encode()
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode(UTF_8_MARKED)


def _is_tsv(name: str) -> bool:
    return name.lower().endswith("tsv")


def _records(
    rows: Sequence[Sequence[str]], columns: Sequence[str], name: str
) -> Iterable[tuple[int, dict[str, str]]]:
    """Yield (number of the row, column -> cell); columns that are not ours are left out."""
    if not rows:
        raise StorageError("terms-columns", name=name)
    named, fixed = _columns([cell.strip().lower() for cell in rows[0]], name)
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < len(named):
            row = [*row, *[""] * (len(named) - len(row))]
        cells = dict.fromkeys(columns, "") | fixed
        cells |= {column: row[at] for column, at in named.items() if column in columns}
        yield number, cells


def _columns(first: Sequence[str], name: str) -> tuple[dict[str, int], dict[str, str]]:
    """Return where our columns are, and the languages if the first line names them instead."""
    if set(KEY) <= set(first):
        return {column: at for at, column in enumerate(first)}, {}
    try:
        codes = [find(cell).code for cell in first[:2]]
    except UsageError as error:
        raise StorageError("terms-columns", name=name) from error
    if len(codes) < 2:
        raise StorageError("terms-columns", name=name)
    return {"source": 0, "target": 1}, dict(zip(KEY[:2], codes, strict=True))


def _forms(cell: str) -> tuple[str, ...]:
    parts = re.findall(r"(?:\\.|[^|\\]|\\$)+", cell)
    forms = (re.sub(r"\\([|\\])", r"\1", part).strip() for part in parts)
    return tuple(form for form in forms if form)


def _cell(value: str | tuple[str, ...]) -> str:
    """Return a text as it is, and the forms of a term in one cell."""
    if isinstance(value, str):
        return value
    return "|".join(re.sub(r"([|\\])", r"\\\1", form) for form in value)


def _safe(cell: str) -> str:
    """Return a TSV cell; one that looks quoted is quoted, because others write such ones."""
    for sign, value in reversed(_ESCAPED.items()):
        cell = cell.replace(value, sign)
    return '"' + cell.replace('"', '""') + '"' if cell.startswith('"') else cell


def _bare(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', ""):
        cell = cell[1:-1].replace('""', '"')
    return re.sub(r"\\[tnr\\]", lambda sign: _ESCAPED[sign[0]], cell)
