"""What to doubt in a translation, one row a doubt, in the interface language."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tolmach.core.doubt_words import CONTEXT, SENTENCES
from tolmach.core.translation import UNKNOWN
from tolmach.core.translation_doubts import Flag
from tolmach.ui.icon_widgets import IconLabel, Role
from tolmach.ui.words import Label

DOUBTFUL = 0.5  # a confidence below this is told


class DoubtList(QWidget):
    """Hidden while there is nothing to doubt."""

    def __init__(self) -> None:
        super().__init__()
        self._flags: Sequence[Flag] = ()
        self._confidence = UNKNOWN
        self._rows: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.hide()

    def show_doubts(self, flags: Sequence[Flag], confidence: float = UNKNOWN) -> None:
        """Show these doubts and, before them, a low confidence; UNKNOWN is none."""
        if (tuple(flags), confidence) != (tuple(self._flags), self._confidence):
            self._flags, self._confidence = tuple(flags), confidence
            self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new interface language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write()

    def _write(self) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [_row(sentence) for sentence in self._sentences()]
        for row in self._rows:
            self._layout.addWidget(row)
        self.setVisible(bool(self._rows))

    def _sentences(self) -> list[str]:
        found = []
        if 0 <= self._confidence < DOUBTFUL:
            told = self.tr("Перевод, скорее всего, неточен — {share} %")
            found.append(told.format(share=round(100 * self._confidence)))
        for flag in self._flags:
            told = QCoreApplication.translate(CONTEXT, SENTENCES.get(flag.code, flag.code))
            found.append(told.replace("{detail}", flag.detail))
        return found


def _row(sentence: str) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    label = Label(sentence)
    label.setWordWrap(True)
    layout.addWidget(
        IconLabel("warning", 20, Role.LinkVisited), alignment=Qt.AlignmentFlag.AlignTop
    )
    layout.addWidget(label, 1)
    return row
