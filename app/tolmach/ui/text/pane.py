"""One of the two texts with what belongs under it: the letters that the keyboard lacks, buttons."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of
from tolmach.ui.look.theme import restyle
from tolmach.ui.text.editor import Editor
from tolmach.ui.text.letter_row import LetterRow
from tolmach.ui.widgets.icon_widgets import IconButton

LOW = 200  # px


class TextPane(QFrame):
    """A card with a field to write in."""

    def __init__(self, *buttons: IconButton, one_to_one: bool = False) -> None:
        """See Editor for `one_to_one`."""
        super().__init__()
        self.editor = Editor(one_to_one=one_to_one)
        self.letters = LetterRow()
        self.letters.watch(self.editor)
        self.letters.typed.connect(self._type)
        self.setProperty("role", "pane")
        self._buttons = QWidget()
        row_of(self._buttons, *buttons, spacing=4, margins=NO_MARGINS)
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        foot = row_of(
            None, (self.letters, 1), (self._buttons, corner), spacing=4, margins=NO_MARGINS
        )
        column_of(self, (self.editor, 1), foot, spacing=4, margins=(20, 12, 8, 8))
        self.letters.hide()
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def show_language(self, code: str) -> None:
        """Write in this language from now on."""
        self.letters.show_language(code)
        before: QWidget = self.editor
        for button in self.letters.buttons:
            QWidget.setTabOrder(before, button)
            before = button
        self._on_focus(None, QApplication.focusWidget())

    def hasHeightForWidth(self) -> bool:
        """Both panes are of the same height, whatever their letters need."""
        return False

    def _on_focus(self, old: QObject | None, new: QWidget | None) -> None:
        del old
        inside = new is not None and self.isAncestorOf(new)
        restyle(self, "active", "true" if new is self.editor else "false")
        self.letters.setVisible(inside and self.letters.needed)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height may have room for more."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low window the letters stand in the place of the buttons, which have keys."""
        self._buttons.setVisible(self.letters.isHidden() or self.height() >= LOW)

    def _type(self, letter: str) -> None:
        self.editor.textCursor().insertText(letter)
        self.editor.ensureCursorVisible()
