"""The form of one term: the word, its translation or that it has none, and a note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from tolmach.formats.terms import clean
from tolmach.terms.glossary import Term
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of
from tolmach.ui.widgets.words import Label

_BETWEEN = " | "  # forms of one term in a field


class TermForm(Adaptive, QWidget):
    """Adds a term, or changes the one it was opened with."""

    saved = Signal(object, object)  # the term, the one it replaces or None
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._languages = "", ""
        self._project = ""
        self._old: Term | None = None
        self._title = Label()
        self.source, self.target, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.verbatim = QCheckBox()
        self.save, self.cancel = QPushButton(), QPushButton()
        self._build()
        self.refresh()

    def open(
        self,
        languages: tuple[str, str],
        project: str,
        source: str = "",
        old: Term | None = None,
    ) -> None:
        """Show the form for a new term beginning with `source`, or for changing `old`."""
        self._languages, self._project, self._old = languages, project, old
        self.source.setText(_BETWEEN.join(old.source) if old else source)
        self.verbatim.setChecked(old is not None and old.is_verbatim())
        self.target.setText(_BETWEEN.join(old.target) if old and not old.is_verbatim() else "")
        self.note.setText(old.note if old else "")
        self.refresh()
        (self.target if self.source.text() else self.source).setFocus()

    def refresh(self) -> None:
        """Speak the interface language."""
        self._title.setText(self.tr("Изменить термин") if self._old else self.tr("Новый термин"))
        for field, text in (
            (self.source, self.tr("Слово или выражение")),
            (self.target, self.tr("Перевод")),
            (self.note, self.tr("Примечание")),
        ):
            field.setPlaceholderText(text)
            field.setAccessibleName(text)
        self.verbatim.setText(self.tr("Не переводить"))
        self.save.setText(self.tr("Сохранить"))
        self.cancel.setText(self.tr("Отмена"))

    def _build(self) -> None:
        self._title.setProperty("role", "muted")
        self.save.setProperty("role", "primary")
        for button in (self.save, self.cancel):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAutoDefault(False)
        buttons = row_of(None, self.save, self.cancel, 0, spacing=8)
        fields = self._title, self.source, self.target, self.verbatim, self.note
        column_of(self, *fields, buttons, 0, spacing=8, margins=NO_MARGINS)
        self.verbatim.toggled.connect(self._check)
        for field in (self.source, self.target):
            field.textChanged.connect(self._check)
        for field in (self.source, self.target, self.note):
            field.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self._close)

    def _check(self) -> None:
        self.target.setEnabled(not self.verbatim.isChecked())
        self.save.setEnabled(self._term() is not None)

    def _term(self) -> Term | None:
        source = _forms(self.source.text())
        target = source[:1] if self.verbatim.isChecked() else _forms(self.target.text())
        if not (source and target):
            return None
        return Term(*self._languages, source, target, self._project, clean(self.note.text()))

    def _save(self) -> None:
        term = self._term()
        if term is not None:
            self.saved.emit(term, self._old)
            self._close()

    def _close(self) -> None:
        self.closed.emit()


def _forms(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean, text.split("|")))))
