"""F1: every key, in a small window that does not stand in the way."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QStyle, QVBoxLayout, QWidget

from tolmach.ui.widgets.words import Label


class Keys(QDialog):
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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as large as the list, or as the screen allows."""
        super().showEvent(event)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        wanted = self._list.sizeHint() + QSize(bar, 4)
        self.resize(wanted.boundedTo(self.screen().availableSize() - QSize(0, 64)))

    def retranslate(self) -> None:
        """Write the list in the interface language."""
        self.setWindowTitle(self.tr("Клавиши"))
        for old in self.findChildren(Label):
            self._grid.removeWidget(old)
            old.deleteLater()
        for row, (key, does) in enumerate(
            (
                (self.tr("Пробел"), self.tr("начать и остановить; можно держать, пока говорите")),
                ("F9, F10", self.tr("то же для левой и правой кнопки, когда их две")),
                ("Ctrl+W", self.tr("поменять языки местами")),
                ("Ctrl+1", self.tr("говорят оба, язык определяется сам")),
                ("Ctrl+2", self.tr("говорит тот, чей язык слева")),
                ("Ctrl+3", self.tr("говорит тот, чей язык справа")),
                ("Tab", self.tr("к следующей кнопке, к последней карточке")),
                (self.tr("стрелки"), self.tr("от карточки к карточке")),
                ("Ctrl+C", self.tr("копировать карточку")),
                ("V", self.tr("другие варианты перевода карточки")),
                ("P", self.tr("проверить карточку обратным переводом")),
                ("E", self.tr("исправить карточку: Enter — сохранить, Esc — отменить")),
                ("Ctrl+T", self.tr("письменный перевод")),
                ("Ctrl+E", self.tr("сказать предложение иначе")),
                ("Ctrl+B", self.tr("проверить предложение обратным переводом")),
                ("Ctrl+M", self.tr("запомнить исправленное предложение")),
                ("Ctrl+G", self.tr("выделенное — в глоссарий")),
                ("Ctrl+Shift+C", self.tr("копировать весь перевод")),
                ("End", self.tr("к последнему")),
                ("F1", self.tr("этот список")),
            )
        ):
            name = Label(key)
            name.setProperty("role", "key")
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(Label(does), row, 1)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new interface language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
