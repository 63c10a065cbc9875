"""Beside a trial translation: that it is one, and the way to a real translator."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import row_of
from tolmach.ui.widgets.icon_widgets import IconLabel
from tolmach.ui.widgets.words import Words


class TrialNote(Adaptive, QFrame):
    """One line, or more where there is little room."""

    invited = Signal()  # to install a real translator

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._invite = Words(), QPushButton()
        self.setProperty("role", "trial")
        self._invite.setProperty("role", "quiet")
        self._invite.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._invite.clicked.connect(self.invited)
        parts = IconLabel("warning", 20), (self._words, 1), self._invite
        row_of(self, *parts, spacing=8, margins=(12, 2, 4, 2))
        self.refresh()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.words

    def refresh(self) -> None:
        """Speak the interface language."""
        self._words.show_words(self.tr("Пробный перевод: может быть совсем неверным"))
        self._invite.setText(self.tr("Установить настоящий…"))
