"""A button that is a row of words: they may take several lines, which Qt's own buttons cannot."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QStyle, QStyleOption, QStylePainter


class RowButton(QAbstractButton):
    """Click, Space or Enter take it. The words are the layout of whoever inherits."""

    def __init__(self, role: str, *words: str) -> None:
        """`role` is for the style sheet; the words are what a screen reader says."""
        super().__init__()
        self.setProperty("role", role)
        self.setAccessibleName(". ".join(filter(None, words)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what the style sheet says."""
        del event
        option = QStyleOption()
        option.initFrom(self)
        QStylePainter(self).drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option)
