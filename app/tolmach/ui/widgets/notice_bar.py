"""What stands above the cards: problems, what to do about each, and the button that does it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from tolmach.controllers.notices import Gravity, Notice, Notices
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import column_of, row_of
from tolmach.ui.messages import action, sentence
from tolmach.ui.widgets.icon_widgets import IconButton, IconLabel
from tolmach.ui.widgets.words import Label


class NoticeBar(Adaptive, QWidget):
    """All notices that stand now, one below the other."""

    acted = Signal(object, object)  # Action, params of the notice

    def __init__(self, notices: Notices) -> None:
        super().__init__()
        self._notices = notices
        self._strips: list[QFrame] = []
        self._layout = column_of(self, spacing=8, margins=(24, 0, 24, 12))
        notices.changed.connect(self.refresh)
        self.refresh()

    @property
    def sentences(self) -> list[str]:
        """What is shown now."""
        return [sentence(notice.code, notice.params) for notice in self._notices.standing]

    def refresh(self) -> None:
        """Show the notices as they are, in the interface language."""
        for strip in self._strips:
            strip.hide()
            strip.deleteLater()
        self._strips = [self._strip(notice) for notice in self._notices.standing]
        for strip in self._strips:
            self._layout.addWidget(strip)
        self.setVisible(bool(self._strips))

    def _strip(self, notice: Notice) -> QFrame:
        strip = QFrame()
        strip.setProperty("role", "notice")
        strip.setProperty("gravity", notice.gravity.name)
        text = Label(sentence(notice.code, notice.params))
        text.setWordWrap(True)
        strip.setAccessibleName(text.text())
        icon = IconLabel("info" if notice.gravity is Gravity.INFO else "warning", 20)
        layout = row_of(strip, icon, (text, 1), spacing=12, margins=(16, 8, 8, 8))
        act = action(notice.code, notice.params)
        if act is not None:
            button = QPushButton(act.label)
            button.clicked.connect(lambda: self.acted.emit(act, notice.params))
            layout.addWidget(button)
        close = IconButton("close", "icon", pixels=16)
        close.explain(self.tr("Убрать"))
        close.clicked.connect(lambda: self._notices.withdraw(notice.code))
        layout.addWidget(close)
        return strip
