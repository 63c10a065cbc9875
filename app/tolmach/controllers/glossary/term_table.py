"""The terms of a pair as a table that a person searches; ten thousand of them are no burden."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from tolmach.terms.glossary import Term

_NOWHERE = QModelIndex()


class TermTable(QAbstractTableModel):
    """Two columns, the term and its translation; those with the searched letters are rows."""

    def __init__(self) -> None:
        super().__init__()
        self._search = ""
        self._all: list[tuple[str, Term]] = []  # what is searched, and the term
        self._visible: list[Term] = []

    @property
    def size(self) -> int:
        """How many terms there are, shown or not."""
        return len(self._all)

    def show_terms(self, terms: Sequence[Term]) -> None:
        """Have these terms, sorted by their first forms."""
        self._all = sorted(
            (
                ("\n".join((*term.source, *term.target, term.note)).casefold(), term)
                for term in terms
            ),
            key=lambda pair: pair[0],
        )
        self.search(self._search)

    def search(self, text: str) -> None:
        """Show the terms that have this text in a form or in the note."""
        self.beginResetModel()
        self._search = text.strip().casefold()
        self._visible = [term for searched, term in self._all if self._search in searched]
        self.endResetModel()

    def term(self, row: int) -> Term:
        """Return the term in a row."""
        return self._visible[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return how many terms are shown."""
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        """Return 2: a term, its translation."""
        return 0 if parent.isValid() else 2

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the first forms; as a tool tip all that is known."""
        term = self._visible[index.row()]
        forms = term.target if index.column() else term.source
        if role == Qt.ItemDataRole.DisplayRole:
            return forms[0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (" | ".join(forms), term.note, term.project)))
        return None
