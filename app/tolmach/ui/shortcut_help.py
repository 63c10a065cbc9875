"""F1: every key, in a small window that does not stand in the way."""

from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QStyle, QWidget

from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import NO_MARGINS, column_of
from tolmach.ui.shortcuts import Shortcut
from tolmach.ui.widgets.words import Label


class ShortcutHelp(Adaptive, QDialog):
    """The list of keys. Not modal; Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = QWidget()
        self._list.setObjectName("column")
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(24, 20, 24, 20)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._list)
        column_of(self, scroll, margins=NO_MARGINS)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as large as the list, or as the screen allows."""
        super().showEvent(event)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        needed = self._list.sizeHint() + QSize(bar, 4)
        self.resize(needed.boundedTo(self.screen().availableSize() - QSize(0, 64)))

    def refresh(self) -> None:
        """Write the list in the interface language."""
        self.setWindowTitle(self.tr("Клавиши"))
        for old in self.findChildren(Label):
            self._grid.removeWidget(old)
            old.deleteLater()
        names = {"Space": self.tr("Пробел"), "Up, Down": self.tr("стрелки")}
        for row, (purpose, shortcuts) in enumerate(groupby(Shortcut, lambda key: key.purpose)):
            keys = ", ".join(shortcut.keys for shortcut in shortcuts)
            name = Label(names.get(keys, keys))
            name.setProperty("role", "key")
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(Label(purpose), row, 1)
