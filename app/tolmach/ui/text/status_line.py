"""Between the texts and the sentence: how far a long text is, and what the person has to decide."""

from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from tolmach.controllers.text.text import Text
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import column_of, row_of
from tolmach.ui.widgets.words import Label

MANY = 5  # paragraphs that wait; fewer are translated before anybody has read this line


class StatusLine(Adaptive, QWidget):
    """Hidden while there is nothing to tell."""

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text
        self.label, self.button = Label(), QPushButton()
        self.progress = QProgressBar()
        self._act = text.retry
        self._build()
        text.advanced.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Tell what is most urgent."""
        text = self._text
        outdated, waiting, failed = len(text.outdated), text.waiting, text.failed
        many = waiting > failed and (waiting >= MANY or text.paused) and text.goes_on
        every = len(text.paragraphs)
        self.progress.setVisible(many)
        self.progress.setMaximum(every)
        self.progress.setValue(every - waiting)
        if many:
            line = self.tr("Переведено {done} из {all} абзацев — сначала то, что на экране")
            line = line.format(done=every - waiting, all=every)
            button = self.tr("Дальше") if text.paused else self.tr("Пауза")
            self._act = self._toggle
        elif outdated:
            line = self.tr("Исходный текст изменился, а перевод исправлен вами")
            button = self.tr("Перевести заново")
            self._act = self._again
        elif failed:
            line, button = self.tr("Часть текста не переведена"), self.tr("Попробовать ещё раз")
            self._act = text.retry
        else:
            line, button = "", self.tr("Попробовать ещё раз")
        self.label.setText(line)
        self.button.setText(button)
        self.setVisible(bool(line))

    def _build(self) -> None:
        self.label.setProperty("role", "muted")
        self.label.setWordWrap(True)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        words = column_of(None, self.label, self.progress, spacing=4)
        row_of(self, (words, 1), self.button, spacing=12, margins=(24, 0, 24, 12))
        self.button.clicked.connect(lambda: self._act())

    def _toggle(self) -> None:
        self._text.pause(not self._text.paused)

    def _again(self) -> None:
        self._text.translate_again(self._text.outdated)
