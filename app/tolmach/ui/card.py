"""One card: what was said and, under it and larger, what it means.

While it is open, grey words settle into black and the card never shrinks: nobody can read what
jumps. A screen reader hears of the words once, when they are final.
"""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tolmach.controllers.cards import OPEN, SURE, Card, CardState
from tolmach.ui.icon_widgets import IconButton, Role
from tolmach.ui.messages import sentence
from tolmach.ui.theme import REMARK_PT, TEXT_PT, TRANSLATION_PT, restyle, sized
from tolmach.ui.translation import autonym
from tolmach.ui.words import Label, Words

REPEATABLE = (CardState.CERTAIN, CardState.UNCERTAIN, CardState.FAILED)


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
        self._least = 0  # px, the most that the open card's words have needed at this width
        self._time, self._language = Label(), Label()
        self._text, self._translation, self._remark = Words(), Words(), Words()
        self._copy = IconButton("copy", "icon", colour=Role.PlaceholderText)
        self._again = IconButton("again", "icon", colour=Role.PlaceholderText)
        self._build(family)

    def show_card(self, card: Card, *, repeatable: bool) -> None:
        """Show what is known of the utterance now; `repeatable` if its sound is at hand."""
        self._card, self._repeatable = card, repeatable
        self._time.setText(f"{card.said_at:%H:%M}")
        self._show_language(card)
        self._show_words(card)
        self._copy.setEnabled(bool(card.plain))
        if card.state not in OPEN:
            self._offer_again(card)
        restyle(self, "side", "right" if card.language == self._sides[1] else "left")
        self._name(card)
        self._keep_height(is_open=card.state in OPEN)

    def show_buttons(self) -> None:
        """Show the buttons while the mouse is over the card or the keyboard in it."""
        focus = QGuiApplication.focusObject()
        active = self.underMouse() or focus in (self, self._copy, self._again)
        card = self._card
        repeatable = self._repeatable and card is not None and card.state in REPEATABLE
        self._copy.setVisible(active and self._copy.isEnabled())
        self._again.setVisible(repeatable and (active or _asks(card)))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the buttons."""
        super().enterEvent(event)
        self.show_buttons()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the buttons, unless the keyboard is in this card."""
        super().leaveEvent(event)
        self.show_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._keep_height(is_open=False)

    def _keep_height(self, *, is_open: bool) -> None:
        needed = self.heightForWidth(self.width())
        self._least = max(self._least, needed) if is_open else 0
        self.setMinimumHeight(self._least)

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
            (self._text, "said", TEXT_PT),
            (self._translation, "meaning", TRANSLATION_PT),
            (self._remark, "remark", REMARK_PT),
        ):
            label.setProperty("role", role)
            label.setFont(sized(family, points))
        self._time.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        for name in (self._time, self._language):
            head.addWidget(name, alignment=Qt.AlignmentFlag.AlignVCenter)
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
        for label in (self._text, self._translation, self._remark):
            layout.addWidget(label)
        layout.addStretch(1)  # where an open card keeps its height, the words stay on top
        self._copy.clicked.connect(self._to_clipboard)
        self._again.clicked.connect(self._ask_other)
        self._again.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)

    def _show_words(self, card: Card) -> None:
        """Show what stays in black, and what may still change in grey."""
        repeated = card.text and card.state is CardState.RECOGNISING
        if card.text:
            words = ("", card.text) if repeated else (card.text, "")
        else:
            words = card.committed, card.tail or ("" if card.committed else self._wordless(card))
        self._text.show_words(*words)
        grey = card.provisional or card.state in OPEN
        self._translation.show_words(*("", card.translation) if grey else (card.translation,))
        self._remark.show_words(self._remarks(card))
        restyle(self._remark, "gravity", "ERROR" if card.failure else "WARNING")

    def _wordless(self, card: Card) -> str:
        """Return what stands in the place of words that are not known yet."""
        if card.state is CardState.POSTPONED:
            return self.tr("Звук сохранён, слова — потом")
        return self.tr("Распознаю…") if card.state is CardState.RECOGNISING else ""

    def _remarks(self, card: Card) -> str:
        if card.failure:
            return sentence(card.failure, card.params)
        doubtful = card.doubtful and card.state not in OPEN
        return self.tr("Неразборчиво — лучше переспросить") if doubtful else ""

    def _offer_again(self, card: Card) -> None:
        """One click when it can only have been the other language, else a menu of both."""
        others = [side for side in self._sides if card.doubtful or side != card.language]
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
        repeated = card.state is CardState.RECOGNISING and card.text
        name = self.tr("Распознаю…") if repeated else autonym(card.language)
        doubt = card.state is CardState.UNCERTAIN and card.confidence < SURE
        if doubt:
            name = self.tr("{language} — {share} %").format(
                language=name, share=round(100 * card.confidence)
            )
        restyle(self._language, "role", "doubt" if doubt else "muted")
        self._language.setText(name)
        self._language.setToolTip(self.tr("Язык определён неуверенно") if doubt else "")
        self._language.setVisible(bool(name))

    def _name(self, card: Card) -> None:
        """Say what the card and its buttons are, to those who hear it, too."""
        self._copy.explain(self.tr("Копировать"), "Ctrl+C")
        if card.language in self._sides and not card.failure and not card.doubtful:
            self._again.explain(self.tr("Это был другой язык"))
            self._again.setText(self.tr("Другой язык"))
        else:
            self._again.explain(self.tr("Распознать ещё раз"))
            self._again.setText(self.tr("Ещё раз"))
        self._again.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if _asks(card)
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        self.show_buttons()
        unread = self.tr("Идёт речь") if card.state in OPEN else ""
        for words in (self._text, self._translation):
            _call(words, unread)  # or each of its changes would be read out
        shown = (self._text.words, self._translation.words, self._remark.words)
        said = (unread,) if unread else (self._language.text(), *shown)
        _call(self, ". ".join(filter(None, (self._time.text(), *said))))


def _asks(card: Card | None) -> bool:
    """Whether the card says by itself what can be done about it."""
    return card is not None and (
        card.state in (CardState.UNCERTAIN, CardState.FAILED) or card.doubtful
    )


def _call(widget: QWidget, name: str) -> None:
    """Name it for screen readers, which hear of every naming."""
    if widget.accessibleName() != name:
        widget.setAccessibleName(name)
