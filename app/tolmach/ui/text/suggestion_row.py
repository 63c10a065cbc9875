"""A row that can be taken: a translation, and below it in grey where it comes from."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy

from tolmach.ui.look.layouts import column_of
from tolmach.ui.widgets.row_button import RowButton
from tolmach.ui.widgets.words import Label


class SuggestionRow(RowButton):
    """A translation, and where it comes from."""

    def __init__(self, text: str, source: str = "") -> None:
        super().__init__("suggestion", text, source)
        self.suggestion = text
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._words = column_of(self, spacing=0, margins=(12, 6, 12, 6))
        for words, role in ((text, ""), (source, "muted")):
            if words:
                label = Label(words)
                label.setWordWrap(True)
                label.setProperty("role", role)
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                self._words.addWidget(label)

    def sizeHint(self) -> QSize:
        """Return what the words need."""
        return self._words.sizeHint()
