"""A label for what was said: what may still change of it is grey.

What was said is never markup. Only here is a text with two colours made, and only from escaped
words; a text of one colour stays plain.
"""

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel


class Words(QLabel):
    """A text whose end may be grey. Hidden while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._sure, self._unsure = "", ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    @property
    def words(self) -> str:
        """All of the text."""
        return " ".join(filter(None, (self._sure, self._unsure)))

    def show_words(self, sure: str, unsure: str = "") -> None:
        """Show what stays and, after it in grey, what may change."""
        if (sure, unsure) != (self._sure, self._unsure):
            self._sure, self._unsure = sure, unsure
            self._write()
        self.setVisible(bool(sure or unsure))

    def changeEvent(self, event: QEvent) -> None:
        """Take the grey of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._unsure:
            self._write()

    def _write(self) -> None:
        if not self._unsure:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._sure)
            return
        grey = QApplication.palette().color(QPalette.ColorRole.PlaceholderText).name()
        between = " " if self._sure else ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(
            f'<span style="white-space: pre-wrap">{escape(self._sure)}{between}'
            f'<span style="color: {grey}">{escape(self._unsure)}</span></span>'
        )
