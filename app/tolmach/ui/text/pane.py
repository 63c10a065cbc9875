"""One of the two texts with what belongs under it: the letters that the keyboard lacks, buttons."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tolmach.ui.look.spacing import NO_MARGINS, spaced
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
        foot = spaced(QHBoxLayout(), 4, NO_MARGINS)
        foot.addWidget(self.letters, 1)
        self._buttons = QWidget()
        row = spaced(QHBoxLayout(self._buttons), 4, NO_MARGINS)
        for button in buttons:
            row.addWidget(button)
        foot.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        layout = spaced(QVBoxLayout(self), 4, (20, 12, 8, 8))
        layout.addWidget(self.editor, 1)
        layout.addLayout(foot)
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
