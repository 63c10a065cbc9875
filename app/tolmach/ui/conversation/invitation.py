"""What stands in the place of cards before the first one; in little room it says less."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tolmach.ui.look.layouts import column_of, row_of
from tolmach.ui.look.theme import sized
from tolmach.ui.widgets.icon_widgets import IconLabel, Role
from tolmach.ui.widgets.words import Label

WIDEST = 600  # px; a longer line is hard to read


class Invitation(QWidget):
    """A picture, what to do, and what the program promises."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = IconLabel("conversation", 56, Role.Accent)
        self._wish, self._promise = Label(), Label()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._wish.setFont(sized("", 20, bold=True))
        self._promise.setFont(sized("", 12))
        self._promise.setProperty("role", "muted")
        for label in (self._wish, self._promise):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setMaximumWidth(WIDEST)
        # A text takes all the room there is, up to its greatest width.
        lines = (row_of(None, 1, (label, 1000), 1) for label in (self._wish, self._promise))
        picture = self._picture, Qt.AlignmentFlag.AlignHCenter
        column_of(self, 0, picture, *lines, 0, spacing=12, margins=(24, 8, 24, 8))

    def say(self, wish: str, promise: str) -> None:
        """Show these texts."""
        self._wish.setText(wish)
        self._promise.setText(promise)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = min(WIDEST, self.width() - 48)
        wish = self._wish.heightForWidth(width) + 40  # with the distances around it
        promise = self._promise.heightForWidth(width) + 12
        self._promise.setVisible(self.height() >= wish + promise)
        self._picture.setVisible(self.height() >= wish + promise + self._picture.height() + 12)
