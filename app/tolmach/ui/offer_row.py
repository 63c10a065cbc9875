"""A row that can be taken: a translation, and below it in grey where it comes from."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOption, QVBoxLayout

from tolmach.ui.words import Label


class OfferRow(QAbstractButton):
    """Click, Space or Enter take it. Its words wrap, as those of no button of Qt's do."""

    def __init__(self, text: str, source: str = "") -> None:
        super().__init__()
        self.offered = text
        self.setProperty("role", "offer")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(". ".join(filter(None, (text, source))))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._words = layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(0)
        for words, role in ((text, ""), (source, "muted")):
            if words:
                label = Label(words)
                label.setWordWrap(True)
                label.setProperty("role", role)
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                layout.addWidget(label)

    def sizeHint(self) -> QSize:
        """Return what the words need."""
        return self._words.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what the style sheet says."""
        del event
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.end()
