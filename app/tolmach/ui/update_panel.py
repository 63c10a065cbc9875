"""The part of the settings about newer versions: two buttons, and what came of pressing them.

Rule: the address stands there before anything is opened, and what a signed file says is told before
it is installed.
"""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QWidget

from tolmach import __version__
from tolmach.controllers.update_search import Step, UpdateSearch
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of
from tolmach.ui.look.theme import restyle, sized
from tolmach.ui.messages import sentence
from tolmach.ui.widgets.words import Label
from tolmach.updates import installation, release


class UpdatePanel(Adaptive, QWidget):
    """Below the choices of the settings."""

    def __init__(self, search: UpdateSearch) -> None:
        super().__init__()
        self._search = search
        self._title, self._about = Label(), Label()
        self.check, self.choose = QPushButton(), QPushButton()
        self.text, self.notes, self.advice, self.command = Label(), Label(), Label(), Label()
        self.agree, self.download, self.install = QPushButton(), QPushButton(), QPushButton()
        self.copy, self.folder, self.cancel = QPushButton(), QPushButton(), QPushButton()
        self.finish = QPushButton()
        self._strip = QFrame()
        self._build()
        search.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show where the person is, in the interface language."""
        search = self._search
        self._title.setText(self.tr("Новая версия"))
        self._about.setText(self._introduction())
        self.check.setText(self.tr("Проверить…"))
        self.check.setVisible(search.possible and bool(search.address))
        self.choose.setText(self.tr("Из файла…"))
        self.choose.setVisible(search.possible)
        for button in (self.check, self.choose):
            button.setEnabled(not (search.running or search.step is Step.INSTALLED))
        self._strip.setVisible(search.step is not Step.IDLE)
        restyle(self._strip, "gravity", self._gravity())
        self.text.setText(self._headline())
        self._strip.setAccessibleName(self.text.text())
        for label, text in (
            (self.notes, self._notes()),
            (self.advice, self._advice()),
            (self.command, self._command()),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._refresh_buttons()

    def read(self, path: Path) -> None:
        """Check the file that the person chose."""
        self._search.read(path)

    def _refresh_buttons(self) -> None:
        search, download = self._search, self._search.download
        startable = search.update is not None and installation.can_start(search.update.file.name)
        ready = search.step is Step.READY
        self.agree.setText(self.tr("Спросить"))
        self.agree.setVisible(search.step is Step.AGREEING)
        self.download.setText(self.tr("Скачать в браузере"))
        self.download.setVisible(download is not None)
        self.download.setToolTip(download[1] if download else "")
        self.install.setText(self.tr("Установить"))
        self.install.setVisible(ready and startable)
        self.copy.setText(self.tr("Скопировать команду"))
        self.copy.setVisible(bool(self.command.text()))
        self.folder.setText(self.tr("Показать в папке"))
        self.folder.setVisible(ready and not startable)
        waiting = search.running or search.step is Step.AGREEING
        self.cancel.setText(self.tr("Отменить") if waiting else self.tr("Убрать"))
        self.cancel.setVisible(search.step not in (Step.INSTALLING, Step.INSTALLED))
        self.finish.setText(self.tr("Закрыть и обновить"))
        self.finish.setVisible(search.step is Step.INSTALLED and not self._is_windows)

    def _build(self) -> None:
        self._title.setFont(sized("", 15, bold=True))
        for label in (self._about, self.text, self.notes, self.advice, self.command):
            label.setWordWrap(True)
        self._about.setProperty("role", "muted")
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        selectable |= Qt.TextInteractionFlag.TextSelectableByKeyboard
        for label in (self.text, self.command):
            label.setTextInteractionFlags(selectable)
        self._strip.setProperty("role", "notice")
        answers = row_of(
            *(None, self.agree, self.install, self.download, self.copy, self.folder),
            *(self.finish, self.cancel, 0),
            spacing=8,
        )
        column_of(
            *(self._strip, self.text, self.notes, self.advice, self.command, answers),
            spacing=8,
            margins=(16, 12, 16, 12),
        )
        buttons = row_of(None, self.check, self.choose, 0, spacing=8)
        column_of(
            *(self, self._title, self._about, buttons, self._strip),
            spacing=12,
            margins=NO_MARGINS,
        )
        for button in (self.agree, self.install, self.download, self.finish):
            button.setProperty("role", "primary")
        self.check.clicked.connect(self._search.propose)
        self.choose.clicked.connect(self._choose)
        self.agree.clicked.connect(self._search.ask)
        self.install.clicked.connect(self._search.install)
        self.cancel.clicked.connect(self._search.dismiss)
        self.finish.clicked.connect(lambda: self.window().close())
        self.download.clicked.connect(self._open_download)
        self.folder.clicked.connect(self._open_folder)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.command.text()))

    def _introduction(self) -> str:
        version = self.tr("У вас версия {version}.").format(version=__version__)
        if not self._search.possible:
            return f"{version} {sentence('update-no-key', {})}"
        silent = self.tr("Сама программа о новых не спрашивает и сети не касается.")
        if not self._search.address:
            silent = self.tr("Новые приходят файлом, на носителе или скачанные: сети программа не "
                             "касается.")  # fmt: skip
        return f"{version} {silent}"

    def _gravity(self) -> str:
        search = self._search
        if search.step is Step.FAILED:
            return "ERROR"
        backwards = search.step is Step.READY and not search.newer
        return "WARNING" if backwards else "INFO"

    def _headline(self) -> str:
        search = self._search
        match search.step:
            case Step.AGREEING:
                return self.tr(
                    "Спросить, какая версия новейшая, по этому адресу?\n{address}\n"
                    "Там узнают только сетевой адрес, с которого вы выходите в сеть."
                ).format(address=search.address)
            case Step.ASKING:
                return self.tr("Спрашиваю {address}").format(address=search.address)
            case Step.READING:
                return self.tr("Проверяю подпись и файл {name}").format(name=search.name)
            case Step.INSTALLING:
                return self.tr("Распаковываю. Это может занять несколько минут.")
            case Step.FAILED:
                return sentence(*search.failure)
        return self._result()

    def _result(self) -> str:
        search = self._search
        if search.release is None:
            return ""
        versions = {"version": search.release.version, "current": __version__}
        if search.step is Step.INSTALLED:
            return sentence("update-started" if self._is_windows else "update-due", versions)
        if search.step is Step.READY and search.update:
            name = {"name": search.update.file.name}
            verified = sentence("update-verified", name)
            return f"{verified} {sentence(search.release.judgement, versions)}"
        if not search.newer:
            return sentence("update-newest", versions)
        return sentence(search.release.judgement, versions)

    @property
    def _is_windows(self) -> bool:
        """Whether an installer runs that closes the program itself."""
        update = self._search.update
        return update is not None and update.file.name.endswith(installation.INSTALLER)

    def _advice(self) -> str:
        search = self._search
        if search.download:
            return self.tr(
                "Скачайте её и откройте кнопкой «Из файла…»: так видно, что она настоящая."
            )
        if search.step is not Step.READY or search.update is None:
            return ""
        if search.update.file.name.endswith(installation.PORTABLE):
            return self.tr(
                "Закройте программу, удалите в её папке _internal и распакуйте архив поверх. "
                "Папку Tolmach data не трогайте: в ней всё ваше."
            )
        if self._command():
            return self.tr("Закройте программу и наберите в терминале команду:")
        return ""

    def _notes(self) -> str:
        search = self._search
        described = search.step is Step.READY or (search.step is Step.ANSWERED and search.newer)
        return search.release.notes.strip() if described and search.release else ""

    def _command(self) -> str:
        search = self._search
        if search.step is not Step.READY or search.update is None:
            return ""
        return installation.command(search.update.path)

    def _choose(self) -> None:
        endings = (release.ENDING, *installation.ENDINGS)
        kinds = f"Tolmach ({' '.join(f'*{ending}' for ending in endings)})"
        path, _ = QFileDialog.getOpenFileName(self, self.choose.text(), "", kinds)
        if path:
            self.read(Path(path))

    def _open_download(self) -> None:
        if self._search.download:
            QDesktopServices.openUrl(QUrl(self._search.download[1]))

    def _open_folder(self) -> None:
        if self._search.update:
            folder = self._search.update.path.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
