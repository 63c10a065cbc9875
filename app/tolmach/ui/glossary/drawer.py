"""The glossary beside the texts: terms of the two languages, found, changed, exchanged."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QWidget,
)

from tolmach.controllers.glossary.term_table import TermTable
from tolmach.controllers.glossary.terms import Terms
from tolmach.controllers.preferences import Preferences
from tolmach.formats.terms import clean
from tolmach.terms.glossary import Term
from tolmach.ui.glossary.term_form import TermForm
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of
from tolmach.ui.look.theme import sized
from tolmach.ui.translation import autonym
from tolmach.ui.widgets.choice_button import ChoiceButton
from tolmach.ui.widgets.file_filter import file_filter
from tolmach.ui.widgets.flow import FlowLayout
from tolmach.ui.widgets.icon_widgets import IconButton
from tolmach.ui.widgets.words import Label, Words

WIDTH = 22  # of average letters
WIDEST = 16_777_215  # px, Qt's own
_NEW = "\n"  # no project has this name: it stands for one that is to be named


class GlossaryDrawer(Adaptive, QFrame):
    """Inline, not a window; Escape closes it."""

    closed = Signal()

    def __init__(self, terms: Terms, preferences: Preferences) -> None:
        super().__init__()
        self._terms = terms
        self._preferences = preferences
        self._projects: Sequence[str] = ()
        self._removed: Term | None = None
        self.table = TermTable()
        self.view = QTableView()
        self.form = TermForm()
        self._pages = QStackedWidget()  # the list, or the form of one term
        self.search, self.new_project = QLineEdit(), QLineEdit()
        self.project = ChoiceButton()
        self.close_button = IconButton("close", "icon", pixels=16)
        self.add, self.edit, self.undo = QPushButton(), QPushButton(), QPushButton()
        self.remove = IconButton("clear", "icon")
        self.import_, self.export = IconButton("open", "icon"), IconButton("save", "icon")
        self._title, self._pair, self._report = Label(), Label(), Words()
        self._build()
        self._connect()
        self.refresh()

    def open_form(self, source: str = "") -> None:
        """Add a term that begins with these words."""
        self.show()
        self._pages.setCurrentWidget(self.form)
        self.form.open(self._languages(), self._preferences.settings.project, source)

    @property
    def needed(self) -> int:
        """How wide it is beside the texts, px."""
        return self.fontMetrics().averageCharWidth() * WIDTH + 136

    def fill(self, fills: bool) -> None:
        """Take all the room there is, or only what is needed beside the texts."""
        self.setMinimumWidth(0 if fills else self.needed)
        self.setMaximumWidth(WIDEST if fills else self.needed)

    def refresh(self, *_: object) -> None:
        """Speak the interface language, of the languages as they are."""
        self._title.setText(self.tr("Глоссарий"))
        self._pair.setText(" — ".join(map(autonym, self._languages())))
        self.close_button.explain(self.tr("Закрыть"), "Esc")
        for field, text in (
            (self.search, self.tr("Найти термин")),
            (self.new_project, self.tr("Название проекта")),
        ):
            field.setPlaceholderText(text)
            field.setAccessibleName(text)
        for button, text in (
            (self.add, self.tr("Добавить")),
            (self.edit, self.tr("Изменить")),
            (self.undo, self.tr("Вернуть")),
        ):
            button.setText(text)
        self.remove.explain(self.tr("Удалить"), "Del")
        self.import_.explain(self.tr("Загрузить из файла…"))
        self.export.explain(self.tr("Выгрузить в файл…"))
        for part in (self.view, *self.view.findChildren(QAbstractButton)):
            part.setAccessibleName(self._title.text())
        project = self._preferences.settings.project
        names = dict.fromkeys((*self._projects, *filter(None, (project,))))
        items = [("", self.tr("Для всех текстов")), *((name, name) for name in names)]
        items.append((_NEW, self.tr("Новый проект…")))
        self.project.offer(self.tr("Проект"), items, project, self._choose_project)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the terms as they are now: the command line changes them, too."""
        super().showEvent(event)
        self._terms.list_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the form, then the drawer; Delete and Enter are for the chosen term."""
        if event.key() == Qt.Key.Key_Escape:
            (self.form.cancel if self.form.isVisible() else self.close_button).click()
        elif event.key() == Qt.Key.Key_Delete and self.view.hasFocus():
            self._remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.view.hasFocus():
            self._edit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setObjectName("drawer")
        self.fill(False)
        self._title.setFont(sized("", 15, bold=True))
        self._pair.setProperty("role", "muted")
        self._build_view()
        listing = QWidget()
        # Absolute, because a choice's own direction is from right to left.
        alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        find = row_of(None, self.search, self.import_, self.export, spacing=4)
        buttons = _flow(self.undo, self.add, self.edit, self.remove)
        above = (self.project, alignment), self.new_project, find
        parts = *above, (self.view, 1), self._report, buttons
        column_of(listing, *parts, spacing=8, margins=NO_MARGINS)
        self._pages.addWidget(listing)
        self._pages.addWidget(self.form)
        head = row_of(None, self._title, 0, self.close_button)
        column_of(self, head, self._pair, (self._pages, 1), spacing=8, margins=(16, 8, 16, 8))
        self.new_project.hide()
        self.undo.hide()

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self.table)
        view.setShowGrid(False)
        view.setFrameShape(QTableView.Shape.NoFrame)
        view.horizontalHeader().hide()
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.verticalHeader().hide()
        # Every row is as high as the first: none of ten thousand is asked for its height.
        view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setMinimumHeight(64)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self._close)
        self.search.textChanged.connect(self.table.search)
        self.table.modelReset.connect(self._on_selection)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.doubleClicked.connect(self._edit)
        self.add.clicked.connect(lambda: self.open_form())
        self.edit.clicked.connect(self._edit)
        self.remove.clicked.connect(self._remove)
        self.undo.clicked.connect(self._undo)
        self.form.saved.connect(self._terms.keep)
        self.form.closed.connect(self._on_form_closed)
        self.new_project.returnPressed.connect(self._name_project)
        self.import_.clicked.connect(self._import)
        self.export.clicked.connect(self._export)
        self._terms.changed.connect(self._terms.list_all)
        self._terms.listed.connect(self._on_listed)
        self._terms.exchanged.connect(self._on_exchanged)
        self._preferences.changed.connect(self.refresh)
        self._on_selection()

    def _languages(self) -> tuple[str, str]:
        return self._preferences.settings.text_source, self._preferences.settings.text_target

    def _chosen(self) -> Term | None:
        rows = self.view.selectionModel().selectedRows()
        return self.table.term(rows[0].row()) if rows else None

    def _on_form_closed(self) -> None:
        self._pages.setCurrentIndex(0)
        self.search.setFocus()

    def _on_selection(self, *_: object) -> None:
        chosen = self._chosen() is not None
        self.edit.setEnabled(chosen)
        self.remove.setEnabled(chosen)

    def _on_listed(self, terms: Sequence[Term], projects: Sequence[str]) -> None:
        self._projects = projects
        self.table.show_terms(terms)
        self.refresh()

    def _edit(self, *_: QModelIndex) -> None:
        term = self._chosen()
        if term:
            self._pages.setCurrentWidget(self.form)
            self.form.open(self._languages(), term.project, old=term)

    def _remove(self) -> None:
        self._removed = self._chosen()
        if self._removed:
            self._terms.remove(self._removed)
            self._tell(self.tr("Удалено: {term}").format(term=self._removed.source[0]))
            self.undo.show()

    def _undo(self) -> None:
        if self._removed:
            self._terms.keep(self._removed)
        self._tell("")

    def _tell(self, text: str) -> None:
        self.undo.hide()
        self._report.show_words(text)

    def _on_exchanged(self, task: str, count: object) -> None:
        if task == "imported":
            self._tell(self.tr("Загружено: {count}").format(count=count))
        elif task == "exported":
            self._tell(self.tr("Выгружено: {count}").format(count=count))

    def _choose_project(self, project: str) -> None:
        self.new_project.setVisible(project == _NEW)
        if project == _NEW:
            self.new_project.setFocus()
            self.refresh()
        else:
            self._preferences.change(replace(self._preferences.settings, project=project))

    def _name_project(self) -> None:
        name = clean(self.new_project.text())
        self.new_project.clear()
        self.new_project.hide()
        if name:
            self._preferences.change(replace(self._preferences.settings, project=name))

    def _import(self) -> None:
        title, suffixes = self.import_.accessibleName(), file_filter("terms")
        name, _ = QFileDialog.getOpenFileName(self, title, "", suffixes)
        if name:
            self._terms.bring_in(Path(name))

    def _export(self) -> None:
        title, proposed = self.export.accessibleName(), f"{'-'.join(self._languages())}.tbx"
        name, _ = QFileDialog.getSaveFileName(self, title, proposed, file_filter("terms"))
        if name:
            self._terms.take_out(Path(name))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


def _flow(*buttons: QAbstractButton) -> QWidget:
    """Return the buttons in a line, or in several where there is little room."""
    line = QWidget()
    flow = FlowLayout(line, spacing=8)
    for button in buttons:
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        flow.addWidget(button)
    return line
