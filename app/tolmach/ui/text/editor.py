"""A field of plain text that tells which of its lines changed and where the person looks.

Rule: nothing that is pasted or dropped is ever markup.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit

from tolmach.controllers.text.paragraphs import shorter_lines
from tolmach.ui.text.offsets import from_qt, to_qt

DWELL_MS = 400  # the mouse must rest on a sentence before more is told of it
LOWEST = 48  # px


class Editor(QPlainTextEdit):
    """One of the two texts."""

    edited = Signal(int, int, object)  # first line, how many there were, the lines that are there
    pointed = Signal(int, int)  # the cursor: line and character
    hovered = Signal(int, int)  # the mouse: line and character, -1 where it left
    rested = Signal(int, int)  # the mouse stayed
    dropped = Signal(object)  # Path of a file
    entered = Signal()  # the keyboard is here now

    def __init__(self, *, one_to_one: bool) -> None:
        """`one_to_one`: Enter begins a new line within the paragraph, as in the translation."""
        super().__init__()
        self.outgoing: Callable[[str], str] = str  # makes what is copied of what was selected
        self._one_to_one = one_to_one
        self._count = 1  # lines before the change that comes next
        self._changes: list[tuple[int, int, int]] = []  # since they were told: Qt's own three
        self._writing = False
        self._over = (-1, 0)
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(lambda: self.rested.emit(*self._over))
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(LOWEST)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(0)
        self.document().contentsChange.connect(self._on_change)
        self.textChanged.connect(self._tell)
        self.cursorPositionChanged.connect(self._point)

    @property
    def lines(self) -> list[str]:
        """All lines."""
        blocks, block = [], self.document().begin()
        while block.isValid():
            blocks.append(block.text())
            block = block.next()
        return blocks

    @property
    def place(self) -> tuple[int, int]:
        """Where the cursor is: line and character."""
        return self._place(self.textCursor())

    @property
    def view(self) -> tuple[int, int]:
        """The first line in view and the last."""
        first = self.firstVisibleBlock().blockNumber()
        bottom = QPoint(0, self.viewport().height() - 1)
        return first, self.cursorForPosition(bottom).blockNumber()

    def write(self, first: int, count: int, lines: Sequence[str], *, undo: bool = True) -> None:
        """Have these lines instead of `count` others, at least one; the program's own change."""
        cursor = self._selected(first, count)
        with self._own_change():
            cursor.insertText("\n".join(lines))
            if not undo:
                self.document().clearUndoRedoStacks()

    def replace_span(self, line: int, start: int, end: int, text: str) -> None:
        """Replace characters of a line as if the person had typed it."""
        cursor = self._span(line, start, end)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def highlight(self, spans: Sequence[tuple[int, int, int]]) -> None:
        """Tint these spans: line, first character, the one after the last."""
        selections = []
        for line, start, end in spans:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._span(line, start, end)
            selection.format.setBackground(
                QColor(QApplication.palette().color(QPalette.ColorRole.AlternateBase))
            )
            selections.append(selection)
        self.setExtraSelections(selections)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the paragraphs of the two texts stay side by side whatever is pressed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            cursor = self.textCursor()
            cursor.insertText("\u2028" if self._one_to_one else "\n")
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        elif not (self._one_to_one and self._joins(event)):
            super().keyPressEvent(event)

    def _joins(self, event: QKeyEvent) -> bool:
        """Whether the key would join paragraphs; empties the selected part of each instead."""
        cursor = self.textCursor()
        back, forth = event.key() == Qt.Key.Key_Backspace, event.key() == Qt.Key.Key_Delete
        if not cursor.hasSelection():
            return (back and cursor.atBlockStart()) or (forth and cursor.atBlockEnd())
        cuts = event.matches(QKeySequence.StandardKey.Cut)
        pastes = event.matches(QKeySequence.StandardKey.Paste)
        writes = event.text().isprintable() and event.text() != ""
        if "\u2029" in cursor.selectedText() and (back or forth or cuts or pastes or writes):
            if cuts:
                self.copy()
            self._empty(cursor)
            return not (pastes or writes)
        return False

    def _empty(self, cursor: QTextCursor) -> None:
        """Remove what is selected, but no paragraph; one step to undo."""
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        block = self.document().findBlock(end)
        cursor.beginEditBlock()
        while block.isValid() and _end(block) >= start:
            cursor.setPosition(max(start, block.position()))
            cursor.setPosition(min(end, _end(block)), QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            block = block.previous()
        cursor.endEditBlock()
        cursor.setPosition(start)
        self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy plain text alone."""
        data = QMimeData()
        data.setText(self.outgoing(super().createMimeDataFromSelection().text()))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text and files are taken."""
        return source.hasText() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take text as text; a file is the page's business."""
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.dropped.emit(Path(files[0]))
        elif source.hasText():
            text = source.text() if self._one_to_one else shorter_lines(source.text())
            self.textCursor().insertText(text.replace("\n", "\u2028") if self._one_to_one else text)
            self.ensureCursorVisible()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell where the person writes."""
        super().focusInEvent(event)
        self.entered.emit()
        self._point()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell over which character the mouse is."""
        super().mouseMoveEvent(event)
        if not event.buttons():
            cursor = self.cursorForPosition(event.position().toPoint())
            over = self._place(cursor)
            inside = self.cursorRect(cursor).adjusted(-40, -4, 40, 4)
            if not inside.contains(event.position().toPoint()):
                over = (-1, 0)  # right of the words or below them
            self._hover(over)

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is elsewhere."""
        super().leaveEvent(event)
        self._dwell.stop()
        self._hover((-1, 0))

    def _hover(self, over: tuple[int, int]) -> None:
        if over != self._over:
            self._over = over
            self.hovered.emit(*over)
            self._dwell.start()

    def _point(self) -> None:
        self.pointed.emit(*self.place)

    def _place(self, cursor: QTextCursor) -> tuple[int, int]:
        block = cursor.block()
        return block.blockNumber(), from_qt(block.text(), cursor.positionInBlock())

    def _span(self, line: int, start: int, end: int) -> QTextCursor:
        block = self.document().findBlockByNumber(line)
        cursor = QTextCursor(block)
        for at, mode in (
            (start, QTextCursor.MoveMode.MoveAnchor),
            (end, QTextCursor.MoveMode.KeepAnchor),
        ):
            cursor.setPosition(min(block.position() + to_qt(block.text(), at), _end(block)), mode)
        return cursor

    def _selected(self, first: int, count: int) -> QTextCursor:
        """Return a cursor over whole lines."""
        cursor = QTextCursor(self.document().findBlockByNumber(first))
        last = self.document().findBlockByNumber(first + count - 1)
        cursor.setPosition(_end(last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    @contextmanager
    def _own_change(self) -> Iterator[None]:
        self._writing = True
        yield
        self._writing = False

    def _on_change(self, position: int, removed: int, added: int) -> None:
        self._changes.append((position, removed, added))

    def _tell(self) -> None:
        """Tell which lines changed; of several changes at once, all lines."""
        before, self._count = self._count, self.blockCount()
        changes, self._changes = self._changes, []
        if self._writing or not changes:
            return
        if len(changes) > 1:
            self.edited.emit(0, before, self.lines)
            return
        [(position, _, added)] = changes
        block = self.document().findBlock(position)
        first = block.blockNumber()
        end = self.document().findBlock(position + added)
        last = end.blockNumber() if end.isValid() else self._count - 1
        lines = []
        while block.isValid() and block.blockNumber() <= last:
            lines.append(block.text())
            block = block.next()
        self.edited.emit(first, max(1, len(lines) - self._count + before), lines)


def _end(block: QTextBlock) -> int:
    """Return the place after the last character of a line."""
    return block.position() + block.length() - 1
