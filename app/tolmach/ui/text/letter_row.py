"""The letters that a Russian or English keyboard lacks, under the field one writes in.

A click inserts at the cursor and leaves the focus where it is; with Shift it inserts the capital.
"""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from tolmach.core.errors import UsageError
from tolmach.language.casing import upper
from tolmach.language.registry import language
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.widgets.flow import FlowLayout

BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.OtherFocusReason)  # a letter is clicked


class LetterRow(Adaptive, QWidget):
    """One button a letter; hidden for a language that needs none."""

    typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self._capital = False
        self.buttons: list[QToolButton] = []
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def needed(self) -> bool:
        """Whether the language has letters that the keyboard lacks."""
        return bool(self.buttons)

    def show_language(self, code: str) -> None:
        """Have the letters of this language."""
        if code == self._code:
            return
        self._code = code
        for old in self.buttons:
            self._flow.removeWidget(old)
            old.deleteLater()
        self.buttons = [self._button(letter) for letter in _letters(code)]
        for button in self.buttons:
            self._flow.addWidget(button)
        self.show_capitals(self._capital)

    def show_capitals(self, capital: bool) -> None:
        """Show capitals while Shift is down."""
        self._capital = capital
        for button, letter in zip(self.buttons, _letters(self._code), strict=True):
            label = upper(letter, self._code) if capital else letter
            button.setText(label)
            button.setAccessibleName(self.tr("Буква {letter}").format(letter=label))

    def watch(self, field: QWidget) -> None:
        """Follow the Shift key of this field."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See Shift go down and come up; the field gets its keys all the same."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Shift:
            self.show_capitals(event.type() != QEvent.Type.KeyRelease)
        elif isinstance(event, QFocusEvent) and event.reason() not in BY_MOUSE:
            self.show_capitals(False)
        return super().eventFilter(watched, event)

    def refresh(self) -> None:
        """Name the letters in the interface language."""
        self.show_capitals(self._capital)

    def _button(self, letter: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "letter")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(partial(self._type, letter))
        return button

    def _type(self, letter: str, *_: bool) -> None:
        shift = QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self.typed.emit(upper(letter, self._code) if self._capital or shift else letter)


def _letters(code: str) -> tuple[str, ...]:
    try:
        return language(code).keyboard
    except UsageError:  # a language that a pack knows and our registry does not
        return ()
