"""The two texts side by side, or one above the other, and what passes between them.

Rule: the controller's paragraphs are the truth; both documents are written from them, and what the
person changes in a document is told to it at once.
"""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from tolmach.controllers.text.paragraphs import Paragraph
from tolmach.controllers.text.workspace import TextWorkspace
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.theme import TEXT_PT, sized
from tolmach.ui.messages import marked
from tolmach.ui.shortcuts import Shortcut
from tolmach.ui.text.editor import Editor
from tolmach.ui.text.highlighter import SourceHighlighter, TargetHighlighter
from tolmach.ui.text.pane import TextPane
from tolmach.ui.text.sentence_focus import SentenceFocus
from tolmach.ui.widgets.icon_widgets import IconButton, Role

LETTERS = 30  # in a line; shorter lines are hard to read
LINES = 12  # of both texts, one above the other
SETTLE_MS = 100  # after scrolling


class TextPair(Adaptive, QWidget):
    """Source and translation."""

    stacked_changed = Signal(bool)

    def __init__(self, workspace: TextWorkspace) -> None:
        super().__init__()
        self._text, self._terms = workspace.text, workspace.terms
        self.open, self.clear = _button("open"), _button("clear")
        self.save, self.copy = _button("save"), _button("copy")
        self.source_pane = TextPane(self.open, self.clear)
        self.target_pane = TextPane(self.save, self.copy, one_to_one=True)
        self.source, self.target = self.source_pane.editor, self.target_pane.editor
        self.target.outgoing = lambda text: marked(text) if workspace.text.trial else text
        self.sentence_focus = SentenceFocus(
            workspace.text, workspace.help, self.source, self.target
        )
        self.stacked = False
        self._scrolling = False  # one text follows the other
        self._source_highlighter = SourceHighlighter(self.source.document(), workspace.terms)
        self._target_highlighter = TargetHighlighter(self.target.document(), workspace.text)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._panes = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._panes.setContentsMargins(24, 12, 24, 12)
        self._panes.setSpacing(16)
        for pane in (self.source_pane, self.target_pane):
            self._panes.addWidget(pane, 1)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Speak the interface language."""
        self.source.setAccessibleName(self.tr("Исходный текст"))
        self.target.setAccessibleName(self.tr("Перевод"))
        self.source.setPlaceholderText(
            self.tr(
                "Пишите или вставьте текст: он переводится, пока вы пишете.\n"
                "Файл можно перетащить сюда."
            )
        )
        self.target.setPlaceholderText(
            self.tr("Здесь будет перевод. Его можно поправить.\nТекст не покидает этот компьютер.")
        )
        self.open.explain(self.tr("Открыть текст…"), Shortcut.OPEN.keys)
        self.clear.explain(self.tr("Очистить"))
        self.save.explain(self.tr("Сохранить перевод…"), Shortcut.SAVE.keys)
        self.copy.explain(self.tr("Копировать перевод"), Shortcut.COPY_ALL.keys)

    def use_font(self, family: str) -> None:
        """Read in this font."""
        for editor in (self.source, self.target):
            editor.setFont(sized(family, TEXT_PT))

    def recolour(self) -> None:
        """Draw in the colours of the new theme, when the texts have them, too."""
        QTimer.singleShot(0, self, self._redraw)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand one above the other where there is little width, if there is height."""
        super().resizeEvent(event)
        metrics = self.source.fontMetrics()
        narrow = (self.width() - 120) / 2 < LETTERS * metrics.averageCharWidth()
        high = self.height() - 160 > LINES * metrics.lineSpacing() / 2
        if (narrow and high) is not self.stacked:
            self.stacked = narrow and high
            direction = QBoxLayout.Direction
            self._panes.setDirection(
                direction.TopToBottom if self.stacked else direction.LeftToRight
            )
            self.stacked_changed.emit(self.stacked)
        self._settle.start()

    def _connect(self) -> None:
        self.source.edited.connect(self._on_source)
        self.target.edited.connect(self._on_target)
        self._text.source_replaced.connect(self._write_source)
        self._text.replaced.connect(self._write_target)
        self._text.marked.connect(self._mark)
        self._terms.hits_found.connect(self._on_hits)
        self._terms.changed.connect(self._settle.start)
        self._settle.timeout.connect(self._look)
        for editor, other in ((self.source, self.target), (self.target, self.source)):
            editor.verticalScrollBar().valueChanged.connect(
                lambda _, leading=editor, other=other: self._on_scroll(leading, other)
            )

    def _on_source(self, first: int, count: int, lines: Sequence[str]) -> None:
        paragraphs = self._text.paragraphs
        if len(paragraphs) - count + len(lines) != self.source.blockCount():  # it told too little
            first, count, lines = 0, len(paragraphs), self.source.lines
        self._text.edit_source(first, count, lines)
        self._settle.start()

    def _on_target(self, first: int, count: int, lines: Sequence[str]) -> None:
        """Tell each paragraph; what joined or parted paragraphs is put right."""
        if self.target.blockCount() != len(self._text.paragraphs):
            several = len(lines)
            own_lines = list(lines[: count - 1])
            rest = lines[count - 1 :]
            lines = (
                [*own_lines, "\u2028".join(rest)]
                if rest
                else [*own_lines, *[""] * (count - len(own_lines))]
            )
            self.target.write(first, several, lines)
        for number, line in enumerate(lines[: len(self._text.paragraphs) - first], first):
            self._text.edit_target(number, line)

    def _write_source(self, lines: Sequence[str]) -> None:
        self.source.write(0, self.source.blockCount(), lines)
        self._settle.start()

    def _write_target(self, first: int, count: int, lines: Sequence[str]) -> None:
        """Write what was translated; it can be undone only where a person's words are at stake."""
        self.target.write(first, count, lines, undo=self._text.is_corrected)
        if not (self.target.hasFocus() or self.target.underMouse()):
            self._lead(self.source, self.target)  # what was written may be longer than what was not

    def _mark(self, first: int, last: int) -> None:
        _rehighlight(self._target_highlighter, self.target, range(first, last))
        self.sentence_focus.refresh(first, last)

    def _on_hits(self, lines: Sequence[str]) -> None:
        looked_up, (first, last) = set(lines), self.source.view
        visible = range(first, min(last + 1, len(self._text.paragraphs)))
        numbers = [n for n in visible if self._text.paragraphs[n].source in looked_up]
        _rehighlight(self._source_highlighter, self.source, numbers)

    def _redraw(self) -> None:
        self._source_highlighter.rehighlight()
        self._target_highlighter.rehighlight()
        self.sentence_focus.redraw()

    def _on_scroll(self, leading: Editor, other: Editor) -> None:
        """The same paragraph is uppermost in both texts."""
        if not self._scrolling and (leading.hasFocus() or leading.underMouse()):
            self._lead(leading, other)
        self._settle.start()

    def _lead(self, leading: Editor, other: Editor) -> None:
        first = leading.firstVisibleBlock().blockNumber()
        if other.firstVisibleBlock().blockNumber() != first:
            self._scrolling = True
            block = other.document().findBlockByNumber(first)
            other.verticalScrollBar().setValue(block.firstLineNumber())
            self._scrolling = False

    def _look(self) -> None:
        """Translate first, and find the terms of, what is in view."""
        first, last = self.source.view
        self._text.attend(first)
        visible: list[Paragraph] = self._text.paragraphs[first : last + 1]
        self._terms.look_up([paragraph.source for paragraph in visible if paragraph.source.strip()])


def _rehighlight(
    highlighter: SourceHighlighter | TargetHighlighter,
    editor: Editor,
    numbers: Sequence[int] | range,
) -> None:
    for number in numbers:
        highlighter.rehighlightBlock(editor.document().findBlockByNumber(number))


def _button(icon: str) -> IconButton:
    return IconButton(icon, "icon", colour=Role.PlaceholderText)
