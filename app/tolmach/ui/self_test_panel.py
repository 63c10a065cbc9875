"""The part of the settings that tries whether the program works: a button, and a line a check."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from tolmach.controllers.self_test import CheckedLine, SelfTest
from tolmach.ui import translation
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of
from tolmach.ui.look.theme import restyle, sized
from tolmach.ui.widgets.icon_widgets import IconLabel
from tolmach.ui.widgets.words import Label

ICONS = {"ok": "check", "warning": "warning", "failed": "close", "died": "close"}


class SelfTestPanel(Adaptive, QWidget):
    """Below everything else of the settings."""

    def __init__(self, self_test: SelfTest) -> None:
        super().__init__()
        self._self_test = self_test
        self._title, self._about = Label(), Label()
        self.start, self.copy, self.dismiss = QPushButton(), QPushButton(), QPushButton()
        self.headline = Label()
        self.rows: list[Label] = []
        self._grid = QGridLayout()
        self._strip = QFrame()
        self._build()
        self_test.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how far it is, in the interface language."""
        test = self._self_test
        self._title.setText(self.tr("Проверка программы"))
        self._about.setText(
            self.tr(
                "Пробует всё, что нужно для работы: файлы, звук, модели, окно. Меньше минуты, без "
                "сети; ваших записей и текстов не касается."
            )
        )
        self.start.setText(
            self.tr("Остановить проверку") if test.running else self.tr("Проверить программу")
        )
        self.copy.setText(self.tr("Скопировать"))
        self.copy.setToolTip(self.tr("Скопировать результат, чтобы показать его тому, кто поможет"))
        self.dismiss.setText(self.tr("Убрать"))
        for button in (self.copy, self.dismiss):
            button.setVisible(not test.running)
        self._strip.setVisible(test.running or bool(test.lines))
        restyle(self._strip, "gravity", "ERROR" if test.passed is False else "INFO")
        self.headline.setText(self._headline())
        self._strip.setAccessibleName(self.headline.text())
        self._show(test.lines)

    def _build(self) -> None:
        self._title.setFont(sized("", 15, bold=True))
        self._about.setProperty("role", "muted")
        for label in (self._about, self.headline):
            label.setWordWrap(True)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._strip.setProperty("role", "notice")
        buttons = row_of(None, self.copy, self.dismiss, 0, spacing=8)
        column_of(
            *(self._strip, self.headline, self._grid, buttons),
            spacing=8,
            margins=(16, 12, 16, 12),
        )
        column_of(
            *(self, self._title, self._about, row_of(None, self.start, 0), self._strip),
            spacing=12,
            margins=NO_MARGINS,
        )
        self.start.clicked.connect(self._press)
        self.copy.clicked.connect(self._copy)
        self.dismiss.clicked.connect(self._self_test.dismiss)

    def _headline(self) -> str:
        test = self._self_test
        if test.running:
            return self.tr("Проверяю: {name}").format(name=test.next_title or "…")
        if test.passed is None:
            return self.tr("Проверка остановлена")
        return test.message or self.tr("Проверка оборвалась. Установите программу заново.")

    def _show(self, lines: list[CheckedLine]) -> None:
        """Add rows for the lines that are new; begin anew where there are fewer than before."""
        if len(lines) < len(self.rows):
            while item := self._grid.takeAt(0):
                if widget := item.widget():
                    widget.deleteLater()
            self.rows = []
        for line in lines[len(self.rows) :]:
            row = len(self.rows)
            text = Label(self._row(line))
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAccessibleName(f"{self._status(line)}. {text.text()}")
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(IconLabel(ICONS.get(line.status, "close"), 20), row, 0, top)
            self._grid.addWidget(text, row, 1)
            self.rows.append(text)

    def _row(self, line: CheckedLine) -> str:
        if line.status == "died":
            return self.tr("{name}: программа аварийно завершилась").format(name=line.title or "…")
        return f"{line.title}: {line.detail}"

    def _status(self, line: CheckedLine) -> str:
        """Say in a word what the icon says."""
        if line.status == "ok":
            return self.tr("В порядке")
        return self.tr("Внимание") if line.status == "warning" else self.tr("Не работает")

    def _press(self) -> None:
        if self._self_test.running:
            self._self_test.stop()
        else:
            self._self_test.start(translation.current())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._self_test.report())
