"""Putting a card right in its place: the text and the translation, each in a field.

Rule: Enter saves and Escape gives up, so a field never holds a line break; what is pasted in
becomes one line when it is saved.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QTextEdit, QWidget

from tolmach.ui.look.layouts import column_of, row_of
from tolmach.ui.look.theme import REMARK_PT, sized
from tolmach.ui.shortcuts import Shortcut, pressed
from tolmach.ui.widgets.words import Label

Texts = tuple[str, str]  # what was said, and what it means
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CardCorrection(QWidget):
    """Two fields over a card's words."""

    saved = Signal(str, str)
    cancelled = Signal()

    def __init__(self, texts: Texts, fonts: tuple[QFont, QFont], names: Texts) -> None:
        """`fonts` are those of the two texts, `names` what a screen reader calls the fields."""
        super().__init__()
        self.fields = [
            _Field(text, font, name) for text, font, name in zip(texts, fonts, names, strict=True)
        ]
        self._save, self._cancel = QPushButton(self.tr("Сохранить")), QPushButton()
        self._cancel.setText(self.tr("Отменить"))
        self._save.setProperty("role", "primary")
        hint = Label(
            self.tr(
                "Enter — сохранить, Esc — отменить. Исправленная фраза переводится заново, "
                "исправленный перевод запоминается."
            )
        )
        hint.setFont(sized("", REMARK_PT))
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        for button in (self._save, self._cancel):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons = row_of(None, self._save, self._cancel, 0, spacing=8)
        column_of(self, *self.fields, hint, buttons, spacing=8, margins=(0, 4, 0, 0))
        self._save.clicked.connect(self._on_save)
        self._cancel.clicked.connect(self.cancelled)

    @property
    def texts(self) -> Texts:
        """What stands in the fields now."""
        text, meaning = (field.toPlainText() for field in self.fields)
        return text, meaning

    @property
    def field(self) -> QWidget:
        """The field that the cursor is in."""
        return next((field for field in self.fields if field.hasFocus()), self.fields[0])

    def begin(self) -> None:
        """Put the cursor at the end of what was said."""
        self.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Escape gives up; other keys do not reach the card and the window.

        But the list of keys does, and those of the two talk buttons: one may go on speaking.
        """
        if event.key() in _ENTER:
            self._on_save()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif pressed(event, Shortcut.HELP, Shortcut.LEFT, Shortcut.RIGHT):
            super().keyPressEvent(event)

    def _on_save(self) -> None:
        self.saved.emit(*self.texts)


class _Field(QTextEdit):
    """A field of plain text, as high as its text."""

    def __init__(self, text: str, font: QFont, name: str) -> None:
        super().__init__()
        self.setFont(font)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)
        self.textChanged.connect(self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter and Escape to the card."""
        if event.key() in (*_ENTER, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes another height."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as the text is."""
        around = self.height() - self.viewport().height()
        return QSize(super().sizeHint().width(), round(self.document().size().height()) + around)

    def _fit(self) -> None:
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)
