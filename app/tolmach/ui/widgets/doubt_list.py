"""What is doubtful in a translation: a row each, in words that say what to ask.

Rule: no row says a percentage that nobody measured, and an unknown code of the worker's shows
nothing rather than something.
"""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from tolmach.core.translation import GRAVEST_FIRST, LOW, UNKNOWN, Flag
from tolmach.messages.doubts import CONTEXT, SENTENCES
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of
from tolmach.ui.widgets.icon_widgets import IconLabel
from tolmach.ui.widgets.words import Words

SHOWN = 2  # doubts; a click shows the others


class DoubtList(Adaptive, QWidget):
    """The rows, the gravest first. Hidden while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._flags: tuple[Flag, ...] = ()
        self._confidence = UNKNOWN
        self._expanded = False
        self.setProperty("role", "doubts")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows, self._more = column_of(None, spacing=4), QPushButton()
        self._more.setProperty("role", "quiet")
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self._expand)
        below = row_of(None, self._more, 0, margins=(20, 0, 0, 0))  # where the sentences begin
        column_of(self, self._rows, below, spacing=4, margins=(12, 8, 12, 8))
        self.refresh()

    @property
    def sentences(self) -> list[str]:
        """All that there is to say, in the interface language."""
        low = UNKNOWN < self._confidence < LOW
        share = self.tr("Перевод, скорее всего, неточен — {share} %")
        lines = [share.format(share=round(100 * self._confidence))] if low else []
        return lines + [
            QCoreApplication.translate(CONTEXT, SENTENCES[flag.code]).replace(
                "{detail}", flag.detail
            )
            for flag in self._flags
        ]

    def show_doubts(self, flags: Sequence[Flag], confidence: float = UNKNOWN) -> None:
        """Show what to ask, and how likely the translation is right where that is low."""
        flags = [flag for flag in flags if flag.code in SENTENCES]
        ordered = tuple(sorted(flags, key=lambda flag: GRAVEST_FIRST.index(flag.code)))
        if (ordered, confidence) != (self._flags, self._confidence):
            self._flags, self._confidence, self._expanded = ordered, confidence, False
            self.refresh()

    def refresh(self) -> None:
        """Write the rows in the interface language."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        lines = self.sentences
        most = SHOWN + len(lines) - len(self._flags)  # the confidence is no doubt
        visible = lines if self._expanded else lines[:most]
        for sentence in visible:
            line = self._line(sentence)
            self._rows.addWidget(line)
            line.show()
        self._more.setText(self.tr("ещё {count}").format(count=len(lines) - len(visible)))
        self._more.setVisible(len(visible) < len(lines))
        self.setVisible(bool(lines))

    def _line(self, sentence: str) -> QWidget:
        line, words = QWidget(), Words()
        mark = IconLabel("warning", 20), Qt.AlignmentFlag.AlignTop
        row_of(line, mark, (words, 1), spacing=8, margins=NO_MARGINS)
        words.show_words(sentence)  # last: what has no parent would be shown as a window
        return line

    def _expand(self) -> None:
        self._expanded = True
        self.refresh()
