"""A document under way: its name, how far it is, and what became of it."""

from math import ceil
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QProgressBar,
    QPushButton,
    QWidget,
)

from tolmach.controllers.notices import duration
from tolmach.controllers.text.document_job import DocumentJob
from tolmach.core import files
from tolmach.sessions.document_translation import DocumentResult
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import column_of, row_of
from tolmach.ui.look.theme import restyle
from tolmach.ui.messages import sentence
from tolmach.ui.widgets.icon_widgets import IconButton, IconLabel
from tolmach.ui.widgets.words import Label


class DocumentBar(Adaptive, QWidget):
    """Inline, above the texts; hidden while there is no document."""

    def __init__(self, job: DocumentJob) -> None:
        super().__init__()
        self._job = job
        self.text, self.remaining = Label(), Label()
        self.progress = QProgressBar()
        self._icon = IconLabel("document", 20)
        self.cancel, self.open, self.folder = QPushButton(), QPushButton(), QPushButton()
        self.confirm = QPushButton()
        self.elsewhere = QPushButton()
        self.close_button = IconButton("close", "icon", pixels=16)
        self._strip = QFrame()
        self._build()
        job.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the document as it stands, in the interface language."""
        job = self._job
        self.setVisible(job.path is not None)
        trial = job.asking or (job.result is not None and job.result.trial)
        gravity = "ERROR" if job.failure else "WARNING" if trial else "INFO"
        restyle(self._strip, "gravity", gravity)
        warning = job.failure or trial
        self._icon.show_icon("warning" if warning else "check" if job.result else "document")
        self.text.setText(self._headline())
        self.setAccessibleName(self.text.text())
        self.remaining.setText(self._progress_text())
        self.remaining.setVisible(job.running)
        self.progress.setVisible(job.running)
        self.progress.setMaximum(job.all)  # 0: how much there is nobody knows yet
        self.progress.setValue(job.translated)
        self.cancel.setText(self.tr("Отменить"))
        self.open.setText(self.tr("Открыть"))
        self.folder.setText(self.tr("Показать в папке"))
        self.elsewhere.setText(self.tr("Выбрать папку…"))
        self.elsewhere.setVisible(job.failure is not None and job.failure[0] in files.UNWRITABLE)
        self.close_button.explain(self.tr("Убрать"))
        self.cancel.setVisible(job.running or job.asking)
        self.confirm.setText(self.tr("Всё равно перевести"))
        self.confirm.setVisible(job.asking)
        self.close_button.setVisible(not (job.running or job.asking))
        for button in (self.open, self.folder):
            button.setVisible(job.result is not None)

    def save_into(self, folder: Path) -> None:
        """Begin again, the translation coming into this folder."""
        if self._job.path:
            self._job.start(self._job.path, folder)

    def _build(self) -> None:
        self._strip.setProperty("role", "notice")
        self.text.setWordWrap(True)
        self.remaining.setProperty("role", "muted")
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        words = column_of(None, self.text, self.progress, spacing=4)
        buttons = self.confirm, self.cancel, self.open, self.folder, self.elsewhere
        parts = self._icon, (words, 1), self.remaining, *buttons, self.close_button
        row_of(self._strip, *parts, spacing=12, margins=(16, 8, 8, 8))
        column_of(self, self._strip, margins=(24, 0, 24, 12))
        self.confirm.clicked.connect(self._job.confirm)
        self.cancel.clicked.connect(self._job.dismiss)
        self.close_button.clicked.connect(self._job.dismiss)
        self.open.clicked.connect(lambda: self._show(folder=False))
        self.folder.clicked.connect(lambda: self._show(folder=True))
        self.elsewhere.clicked.connect(self._choose_folder)

    def _headline(self) -> str:
        job = self._job
        if job.path is None:
            return ""
        if job.failure:
            return sentence(*job.failure)
        if job.asking:
            return self.tr(
                "Переводчик пробный: перевод документа {name} может быть совсем неверным. "
                "Лучше установить настоящий."
            ).format(name=job.path.name)
        if job.result:
            return self._summary(job.result)
        return self.tr("Перевожу {name}").format(name=job.path.name)

    def _summary(self, result: DocumentResult) -> str:
        parts = [self.tr("Готово: {name}").format(name=result.path.name)]
        if result.trial:
            parts.append(self.tr("пробный перевод, может быть неверным"))
        if result.doubtful:
            doubtful = self.tr("сомнительных предложений — {doubtful} из {all}")
            parts.append(doubtful.format(doubtful=result.doubtful, all=result.sentences))
        if result.untranslated:
            parts.append(self.tr("частей без перевода — {left}").format(left=result.untranslated))
        return "\n".join(
            [" · ".join(parts), *(sentence(part.code, part.params) for part in result.remarks)]
        )

    def _progress_text(self) -> str:
        job = self._job
        if not job.all:
            return ""
        share = self.tr("{done} из {all}").format(done=job.translated, all=job.all)
        if job.remaining is None:
            return share
        remaining = self.tr("осталось {time}").format(time=duration(ceil(job.remaining)))
        return f"{share} · {remaining}"

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.elsewhere.text())
        if chosen:
            self.save_into(Path(chosen))

    def _show(self, *, folder: bool) -> None:
        if self._job.result:
            path = self._job.result.path
            target = path.parent if folder else path
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))
