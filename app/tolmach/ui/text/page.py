"""The text screen: languages above, two texts, and below them the sentence one looks at."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from tolmach.controllers.notices import Gravity
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text.workspace import TextWorkspace
from tolmach.ui.glossary.drawer import GlossaryDrawer
from tolmach.ui.look import fonts
from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of
from tolmach.ui.messages import marked
from tolmach.ui.shortcuts import Scope, Shortcut, wire
from tolmach.ui.text.bar import TextBar
from tolmach.ui.text.document_bar import DocumentBar
from tolmach.ui.text.pair import TextPair
from tolmach.ui.text.sentence_strip import SentenceStrip
from tolmach.ui.text.status_line import StatusLine
from tolmach.ui.widgets.file_filter import file_filter
from tolmach.ui.widgets.notice_bar import NoticeBar
from tolmach.ui.widgets.trial_note import TrialNote

STRIP_SHARE = 0.3  # of the room below the header
STRIP_HEIGHT = (64, 216)  # px at least and at most
ROOM = 60  # characters that the texts need beside the glossary


class TextPage(QWidget):
    """Everything of the screen."""

    def __init__(self, workspace: TextWorkspace, preferences: Preferences) -> None:
        super().__init__()
        self._workspace = workspace
        self._preferences = preferences
        self.bar = TextBar(workspace, preferences)
        self.notice_bar = NoticeBar(workspace.text.notices)
        self.document_bar = DocumentBar(workspace.document)
        self.pair = TextPair(workspace)
        self.note, self._noted = TrialNote(), QWidget()
        self.status = StatusLine(workspace.text)
        self.strip = SentenceStrip(workspace.help)
        self.drawer = GlossaryDrawer(workspace.terms, preferences)
        self._header, self._texts = QFrame(), QWidget()
        self._build()
        self._connect()
        self._add_shortcuts()
        self._on_preferences()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._written = self.pair.source  # where the person wrote last
        workspace.take_up_draft()

    def begin(self) -> None:
        """The page was opened: one can write at once."""
        self.pair.source.setFocus()

    def add_term(self) -> None:
        """Open the glossary with the selected words of the source, or with what they mean."""
        cursor = self.pair.source.textCursor()
        self._show_drawer(is_open=True)
        self.drawer.open_form(" ".join(cursor.selectedText().split()))

    def take_file(self, path: Path) -> None:
        """A file was dropped: it is translated as a document."""
        self._workspace.document.start(path)

    def changeEvent(self, event: QEvent) -> None:
        """A larger font needs another arrangement."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.choose_font()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give everything its part of the room."""
        super().resizeEvent(event)
        self._share_room()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A click beside the texts, or on a button, leaves the keyboard where it was."""
        super().focusInEvent(event)
        self._written.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome anywhere on the page."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.take_file(Path(files[0]))

    def _build(self) -> None:
        self.setAcceptDrops(True)
        header = self._header
        header.setObjectName("header")
        dense = partial(column_of, spacing=0, margins=NO_MARGINS)
        dense(header, self.bar, self.notice_bar, self.document_bar)
        row_of(self._noted, self.note, margins=(24, 0, 24, 12))
        dense(self._texts, (self.pair, 1), self._noted, self.status, self.strip)
        dense(self, header, (row_of(None, (self._texts, 1), self.drawer, spacing=0), 1))
        self.drawer.hide()

    def _connect(self) -> None:
        text, pair = self._workspace.text, self.pair
        self.notice_bar.acted.connect(lambda *_: text.retry())
        text.advanced.connect(self._on_text)
        pair.stacked_changed.connect(self.bar.show_stacked)
        pair.stacked_changed.connect(self.strip.show_stacked)
        pair.source.selectionChanged.connect(self._on_selection)
        text.notices.changed.connect(self._share_room)
        pair.open.clicked.connect(self._open)
        pair.clear.clicked.connect(self._workspace.clear)
        pair.save.clicked.connect(self._save)
        pair.copy.clicked.connect(self._copy_all)
        self.bar.documents.clicked.connect(self._open_document)
        self.bar.glossary.clicked.connect(lambda is_open: self._show_drawer(is_open=is_open))
        self.drawer.closed.connect(lambda: self._show_drawer(is_open=False))
        self.strip.chosen.connect(pair.sentence_focus.take)
        self.strip.term_wanted.connect(self.add_term)
        self.strip.copied.connect(self._copy_sentence)
        invite = partial(self._workspace.text.notices.show, "real-translator", gravity=Gravity.INFO)
        self.note.invited.connect(lambda: invite())
        for editor in (pair.source, pair.target):
            editor.dropped.connect(self.take_file)
            editor.entered.connect(partial(setattr, self, "_written", editor))
        self._preferences.changed.connect(self._on_preferences)
        self._on_text()

    def _add_shortcuts(self) -> None:
        actions = {
            Shortcut.TERM: self.add_term,
            Shortcut.ALTERNATIVES: self.strip.alternatives.click,
            Shortcut.CHECK_SENTENCE: self.strip.check.click,
            Shortcut.REMEMBER: self.strip.remember.click,
            Shortcut.COPY_ALL: self._copy_all,
            Shortcut.OPEN: self._open,
            Shortcut.SAVE: self._save,
        }
        wire(self, Scope.TEXT, actions)

    def _on_text(self) -> None:
        self._noted.setVisible(self._workspace.text.trial)
        blank = self._workspace.text.blank
        self.strip.setVisible(not blank)
        for button in (self.pair.clear, self.pair.save, self.pair.copy):
            button.setEnabled(not blank)

    def _on_selection(self) -> None:
        self.strip.term.setVisible(self.pair.source.textCursor().hasSelection())

    def _on_preferences(self, *_: object) -> None:
        sides = self._workspace.text.languages
        self.pair.source_pane.show_language(sides[0])
        self.pair.target_pane.show_language(sides[1])
        self.choose_font()

    def choose_font(self) -> None:
        """Read in a font that has every letter of both languages; the application's if it has."""
        text = self._workspace.text
        self.pair.use_font(fonts.family_for(text.languages, self.font().family(), text.notices))

    def _show_drawer(self, *, is_open: bool) -> None:
        self.drawer.setVisible(is_open)
        self.bar.glossary.setChecked(is_open)
        self._share_room()
        (self.drawer.search if is_open else self.pair.source).setFocus()

    def _share_room(self) -> None:
        """Where there is no room for both, the glossary stands in the place of the texts."""
        needed = self.fontMetrics().averageCharWidth() * ROOM + self.drawer.needed
        beside = self.width() >= needed
        self._texts.setVisible(beside or self.drawer.isHidden())
        self.drawer.fill(not beside)
        # The strip keeps still: its height is the page's business, not its words'.
        least, most = STRIP_HEIGHT
        room = self.height() - self._header.sizeHint().height()
        self.strip.setFixedHeight(max(least, min(most, int(room * STRIP_SHARE))))

    def _open(self) -> None:
        title, suffixes = self.tr("Открыть текст…"), file_filter("text")
        name, _ = QFileDialog.getOpenFileName(self, title, "", suffixes)
        if name:
            self._workspace.open_file(Path(name))

    def _open_document(self) -> None:
        title, suffixes = self.bar.documents.accessibleName(), file_filter("document")
        name, _ = QFileDialog.getOpenFileName(self, title, "", suffixes)
        if name:
            self._workspace.document.start(Path(name))

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Сохранить перевод…"), "", "*.txt")
        if name:
            path = Path(name)
            self._workspace.save_file(path if path.suffix else path.with_suffix(".txt"))

    def _copy_all(self) -> None:
        self._to_clipboard(self._workspace.text.copied)

    def _copy_sentence(self) -> None:
        pair = self._workspace.help.pair
        if pair:
            trial = pair.sentence.trial and not pair.edited
            self._to_clipboard(marked(pair.target) if trial else pair.target)

    def _to_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text.replace("\u2028", "\n"))
