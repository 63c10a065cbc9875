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
from tolmach.language.registry import find
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry

KEY = ("source_language", "target_language", "source", "target")
TERM = (*KEY, "project", "note")
ENTRY = (*KEY, "origin", "date", "project")

_ESCAPED = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


def terms(rows: Sequence[Sequence[str]], name: str) -> list[Term]:
    """Return the terms of a table; raises StorageError "terms-columns" or "terms-row"."""
    found = []
    for number, cells in _records(rows, TERM, name):
        source, target = _forms(cells["source"]), _forms(cells["target"])
        if not (source and target):
            raise StorageError("terms-row", name=name, row=str(number))
        languages = (cells["source_language"], cells["target_language"])
        found.append(Term(*languages, source, target, cells["project"], cells["note"]))
    return found


def entries(rows: Sequence[Sequence[str]], name: str) -> list[MemoryEntry]:
    """Return the memory of a table; raises StorageError "terms-columns" or "terms-row"."""
    found = []
    for number, cells in _records(rows, ENTRY, name):
        if not (cells["source"].strip() and cells["target"].strip()):
            raise StorageError("terms-row", name=name, row=str(number))
        found.append(MemoryEntry(**cells))
    return found


def term_rows(found: Iterable[Term]) -> list[Sequence[str]]:
    """Return terms as a table with its first line."""
    rows: list[Sequence[str]] = [TERM]
    for t in found:
        forms = (_cell(t.source), _cell(t.target))
        rows.append((t.source_language, t.target_language, *forms, t.project, t.note))
    return rows


def entry_rows(found: Iterable[MemoryEntry]) -> list[Sequence[str]]:
    """Return the memory as a table with its first line."""
    return [ENTRY, *([getattr(entry, column) for column in ENTRY] for entry in found)]


def read_csv(text: str, name: str) -> list[list[str]]:
    """Return the cells; semicolons or tabs separate them if the first line has more of those."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise StorageError("terms-table", name=name) from error


def write_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return CSV with a byte order mark, without which spreadsheets take it for code page 1251."""
    buffer = io.StringIO(newline="")
    buffer.write("\ufeff")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def read_tsv(text: str, name: str) -> list[list[str]]:
    """Return the cells of lines ended by "\\n" or "\\r\\n"."""
    del name  # every text is a table
    lines = re.split(r"\r\n|\n|\r", text)
    return [[_bare(cell) for cell in line.split("\t")] for line in lines if line]


def write_tsv(rows: Iterable[Sequence[str]]) -> str:
    """Return TSV, lines ended by "\\n"."""
    return "".join("\t".join(map(_safe, row)) + "\n" for row in rows)


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


def _cell(forms: Sequence[str]) -> str:
    return "|".join(re.sub(r"([|\\])", r"\\\1", form) for form in forms)


def _safe(cell: str) -> str:
    """Return a TSV cell; one that looks quoted is quoted, because others write such ones."""
    for sign, value in reversed(_ESCAPED.items()):
        cell = cell.replace(value, sign)
    return '"' + cell.replace('"', '""') + '"' if cell.startswith('"') else cell


def _bare(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1].replace('""', ""):
        cell = cell[1:-1].replace('""', '"')
    return re.sub(r"\\[tnr\\]", lambda sign: _ESCAPED[sign[0]], cell)
