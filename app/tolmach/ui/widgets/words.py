"""The window's labels: plain ones, and one for what was said, whose end may be grey.

Rule: nothing from outside is ever markup, so every label of the window is one of these. Only here
is a text with colours and underlines made, and only from escaped words; all other text is plain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel

from tolmach.ui.look.adaptive import Adaptive

Role = QPalette.ColorRole


class Ink(Enum):
    """Why a part of a text is underlined; the value is the colour's role in the palette."""

    DOUBT = Role.LinkVisited
    TERM = Role.Link  # dotted
    AMENDED = Role.PlaceholderText


@dataclass(frozen=True, slots=True)
class Underline:
    """An underline from one character to the one before another."""

    start: int
    end: int
    ink: Ink


class Label(QLabel):
    """A text without markup; QLabel itself would look for some."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


class Words(Adaptive, Label):
    """A text that may have underlines, and whose end may be grey. Hidden while it is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._sure, self._unsure = "", ""
        self._underlines: tuple[Underline, ...] = ()
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    @property
    def words(self) -> str:
        """All of the text."""
        return " ".join(filter(None, (self._sure, self._unsure)))

    def show_words(self, sure: str, unsure: str = "", underlines: Sequence[Underline] = ()) -> None:
        """Show what stays, with its underlines, and after it in grey what may change.

        Underlines may come from outside: what of them does not fit the text is left out.
        """
        content = sure, unsure, tuple(_fitting(underlines, len(sure)))
        if content != (self._sure, self._unsure, self._underlines):
            self._sure, self._unsure, self._underlines = content
            self._write()
        self.setVisible(bool(sure or unsure))

    def explain(self, lines: Sequence[str]) -> None:
        """Say more in the tooltip, which Qt would search for markup, too, and to who hears it."""
        self.setAccessibleDescription("; ".join(lines))
        self.setToolTip("<br>".join(f"<span>{escape(line)}</span>" for line in lines))

    def recolour(self) -> None:
        """Draw what is underlined or grey in the colours of the new theme."""
        if self._unsure or self._underlines:
            self._write()

    def _write(self) -> None:
        if not self._unsure and not self._underlines:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._sure)
            return
        between = " " if self._sure and self._unsure else ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(
            f'<span style="white-space: pre-wrap">{self._underlined()}{between}'
            f'<span style="color: {_colour(Role.PlaceholderText)}">{escape(self._unsure)}</span>'
            "</span>"
        )
        self._dot_terms()

    def _underlined(self) -> str:
        parts, at = [], 0
        for line in self._underlines:
            parts.append(escape(self._sure[at : line.start]))
            style = f"text-decoration: underline; text-decoration-color: {_colour(line.ink.value)}"
            parts.append(
                f'<span style="{style}">{escape(self._sure[line.start : line.end])}</span>'
            )
            at = line.end
        return "".join((*parts, escape(self._sure[at:])))

    def _dot_terms(self) -> None:
        """Make dots of lines: Qt's markup has none. Without the label's document lines stay."""
        self.sizeHint()  # only now does Qt write the text into the document
        document = self.findChild(QTextDocument)
        dotted = QTextCharFormat()
        dotted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        for underline in self._underlines:
            if document and underline.ink is Ink.TERM:
                cursor = QTextCursor(document)
                cursor.setPosition(_units(self._sure[: underline.start]))
                end = _units(self._sure[: underline.end])
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(dotted)


def _fitting(underlines: Sequence[Underline], length: int) -> Iterator[Underline]:
    """Yield the underlines inside a text, without overlaps."""
    at = 0
    for underline in sorted(underlines, key=lambda underline: underline.start):
        if at <= underline.start < underline.end <= length:
            yield underline
            at = underline.end


def _units(text: str) -> int:
    """Return how many UTF-16 units a text has: Qt counts in them."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _colour(role: Role) -> str:
    return QApplication.palette().color(role).name()
