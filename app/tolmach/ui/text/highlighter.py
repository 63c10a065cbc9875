"""What is drawn into the texts: terms in the source; doubts and what is not yet translated.

Rule: the documents are plain text; colours and underlines are the highlighter's, never theirs.
"""

from PySide6.QtGui import QPalette, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QApplication

from tolmach.controllers.glossary.terms import Terms
from tolmach.controllers.text.paragraphs import SentencePair
from tolmach.controllers.text.text import Text
from tolmach.core.translation import LOW
from tolmach.ui.text.offsets import to_qt

Role = QPalette.ColorRole
LineStyle = QTextCharFormat.UnderlineStyle


class SourceHighlighter(QSyntaxHighlighter):
    """Underlines terms of the glossary with dots."""

    def __init__(self, document: QTextDocument, terms: Terms) -> None:
        super().__init__(document)
        self._terms = terms

    def highlightBlock(self, text: str) -> None:
        """Qt's own name: mark one line."""
        look = _underlined(LineStyle.DotLine, Role.Accent)
        for hit in self._terms.hits(text):
            start, end = to_qt(text, hit.start), to_qt(text, hit.end)
            self.setFormat(start, end - start, look)


class TargetHighlighter(QSyntaxHighlighter):
    """Waves under doubtful sentences; grey for what belongs to another source."""

    def __init__(self, document: QTextDocument, text: Text) -> None:
        super().__init__(document)
        self._text = text

    def highlightBlock(self, text: str) -> None:
        """Qt's own name: mark one line."""
        number = self.currentBlock().blockNumber()
        if number >= len(self._text.paragraphs):
            return
        paragraph = self._text.paragraphs[number]
        if paragraph.waits:
            grey = QTextCharFormat()
            grey.setForeground(QApplication.palette().color(Role.PlaceholderText))
            self.setFormat(0, len(text) * 2, grey)
        elif paragraph.outdated:
            self.setFormat(0, len(text) * 2, _underlined(LineStyle.DashUnderline, Role.LinkVisited))
        look = _underlined(LineStyle.WaveUnderline, Role.LinkVisited)
        for pair in paragraph.sentence_pairs:
            if is_doubtful(pair):
                start = to_qt(text, pair.sentence.begin)
                self.setFormat(start, to_qt(text, pair.sentence.until) - start, look)


def is_doubtful(pair: SentencePair) -> bool:
    """Whether the person should look at it."""
    return bool(pair.doubts) or (not pair.edited and 0 <= pair.sentence.confidence < LOW)


def _underlined(style: QTextCharFormat.UnderlineStyle, role: QPalette.ColorRole) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setUnderlineStyle(style)
    look.setUnderlineColor(QApplication.palette().color(role))
    return look
