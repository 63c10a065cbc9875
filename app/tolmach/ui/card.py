"""One card: what was said and, under it and larger, what it means."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from tolmach.controllers.cards import SURE, Card, CardState
from tolmach.ui.icon_widgets import IconButton, Role
from tolmach.ui.messages import sentence
from tolmach.ui.theme import FAILURE_PT, TEXT_PT, TRANSLATION_PT, sized
from tolmach.ui.translation import autonym

DOUBTFUL = (CardState.UNCERTAIN, CardState.FAILED)  # these say at once what can be done


class CardWidget(QFrame):
    """A card in the column. Its buttons show while it is hovered or holds the focus."""

    again = Signal(object, str)  # key, language
    moved = Signal(object, int)  # key, -1 or +1: the arrow keys

    def __init__(self, sides: tuple[str, str], family: str) -> None:
        """`sides` are the languages of the conversation, left and right."""
        super().__init__()
        self._sides = sides
        self._card: Card | None = None
        self._repeatable = False
        self._time, self._language = QLabel(), QLabel()
        self._text, self._translation, self._failure = QLabel(), QLabel(), QLabel()
        self._copy = IconButton("copy", "icon", colour=Role.PlaceholderText)
        self._again = IconButton("again", "icon", colour=Role.PlaceholderText)
        self._build(family)

    def show_card(self, card: Card, *, repeatable: bool) -> None:
        """Show what is known of the utterance now; `repeatable` if its sound is at hand."""
        self._card, self._repeatable = card, repeatable
        waiting = card.state is CardState.RECOGNISING
        self._time.setText(f"{card.said_at:%H:%M}")
        self._show_language(card)
        _put(self._text, self.tr("Распознаю…") if waiting else card.text)
        _put(self._translation, "" if waiting else card.translation)
        _put(self._failure, sentence(card.failure, card.params) if card.failure else "")
        self._copy.setEnabled(bool(card.plain))
        self._offer_again(card)
        _restyle(self, "side", "right" if card.language == self._sides[1] else "left")
        self._name(card)

    def show_buttons(self) -> None:
        """Show the buttons while the mouse is over the card or the keyboard in it."""
        focus = QGuiApplication.focusObject()
        active = self.underMouse() or focus in (self, self._copy, self._again)
        doubtful = self._card is not None and self._card.state in DOUBTFUL
        self._copy.setVisible(active and self._copy.isEnabled())
        self._again.setVisible((active or doubtful) and self._again.isEnabled())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the buttons."""
        super().enterEvent(event)
        self.show_buttons()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the buttons, unless the keyboard is in this card."""
        super().leaveEvent(event)
        self.show_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from card to card, Ctrl+C copies."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if self._card and step is not None:
            self.moved.emit(self._card.key, step)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._to_clipboard()
        else:
            super().keyPressEvent(event)

    def _build(self, family: str) -> None:
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the column gives the newest one Tab
        for label, role, points in (
            (self._text, "soft", TEXT_PT),
            (self._translation, "strong", TRANSLATION_PT),
            (self._failure, "failure", FAILURE_PT),
        ):
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # what was said is never markup
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFont(sized(family, points))
        self._time.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        for label in (self._time, self._language):
            head.addWidget(label, alignment=Qt.AlignmentFlag.AlignVCenter)
        head.addStretch()
        for button in (self._copy, self._again):
            keep = button.sizePolicy()
            keep.setRetainSizeWhenHidden(True)  # or the card would jump under the mouse
            button.setSizePolicy(keep)
            button.hide()
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 4, 20, 16)
        layout.setSpacing(2)
        layout.addLayout(head)
        for label in (self._text, self._translation, self._failure):
            layout.addWidget(label)
        self._copy.clicked.connect(self._to_clipboard)
        self._again.clicked.connect(self._ask_other)
        self._again.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)

    def _offer_again(self, card: Card) -> None:
        """One click when it can only have been the other language, else a menu of both."""
        others = [side for side in self._sides if side != card.language]
        self._again.setEnabled(self._repeatable and card.state is not CardState.RECOGNISING)
        if len(others) == 1:
            self._again.setMenu(None)  # type: ignore[arg-type]  # Qt takes a null pointer here
            return
        menu = QMenu(self._again)
        for language in others:
            menu.addAction(autonym(language), partial(self.again.emit, card.key, language))
        self._again.setMenu(menu)

    def _ask_other(self) -> None:
        if self._card:
            left, right = self._sides
            self.again.emit(self._card.key, left if self._card.language == right else right)

    def _to_clipboard(self) -> None:
        if self._card:
            QGuiApplication.clipboard().setText(self._card.plain)

    def _show_language(self, card: Card) -> None:
        """Name the language, and how sure of it the recognizer is when it is not."""
        name = "" if card.state is CardState.RECOGNISING else autonym(card.language)
        doubt = card.state is CardState.UNCERTAIN and card.confidence < SURE
        if doubt:
            name = self.tr("{language} — {share} %").format(
                language=name, share=round(100 * card.confidence)
            )
        _restyle(self._language, "role", "doubt" if doubt else "muted")
        self._language.setText(name)
        self._language.setToolTip(self.tr("Язык определён неуверенно") if doubt else "")
        self._language.setVisible(bool(name))

    def _name(self, card: Card) -> None:
        self._copy.explain(self.tr("Копировать"), "Ctrl+C")
        known = card.language in self._sides and not card.failure
        if known:
            self._again.explain(self.tr("Это был другой язык"))
            self._again.setText(self.tr("Другой язык"))
        else:
            self._again.explain(self.tr("Распознать ещё раз"))
            self._again.setText(self.tr("Ещё раз"))
        self._again.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if card.state in DOUBTFUL
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        self.show_buttons()
        shown = (self._time, self._language, self._text, self._translation, self._failure)
        self.setAccessibleName(". ".join(label.text() for label in shown if label.text()))


def _restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at; it looks only when it polishes."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # paddings, too


def _put(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
