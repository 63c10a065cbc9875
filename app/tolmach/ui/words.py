"""The window's labels: plain ones, and one for what was said, whose end may be grey.

Rule: nothing from outside is ever markup, so every label of the window is one of these. Only here
is a text with two colours made, and only from escaped words; all other text is plain.
"""

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel


class Label(QLabel):
    """A text without markup; QLabel itself would look for some."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


class Words(Label):
    """A text whose end may be grey. Hidden while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._sure, self._unsure = "", ""
        self.setWordWrap(True)
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
