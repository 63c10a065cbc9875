"""The column of cards, newest at the bottom.

It follows the newest card until the person scrolls up. At most SHOWN cards are widgets, so that
an eight-hour session costs no more than its first minutes; earlier ones come back by a button.
"""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QScrollArea,
    QWidget,
)

from tolmach.controllers.conversation.card_review import CardReview
from tolmach.controllers.conversation.cards import Card, Key
from tolmach.controllers.conversation.conversation import Conversation
from tolmach.controllers.notices import Gravity
from tolmach.controllers.preferences import Preferences
from tolmach.ui.conversation.card import CardWidget
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of

SHOWN = 40  # cards that are widgets; each one more makes a change of any one slower
STEP = 40  # how many earlier ones a click brings back
CARD_SHARE = 9  # times as wide as the room left free at its other side
WIDEST = 1080  # px; longer lines are hard to read
LOWEST = 40  # px; in the smallest window notices may take the rest
AT_THE_END = 8  # px from the bottom that still count as following


class CardColumn(Adaptive, QScrollArea):
    """Shows the newest cards of the conversation."""

    def __init__(
        self, conversation: Conversation, review: CardReview, preferences: Preferences
    ) -> None:
        super().__init__()
        self.family = self.font().family()
        self._conversation = conversation
        self._review = review
        self._preferences = preferences
        self._rows: dict[Key, _Row] = {}  # oldest first
        self._first = 0  # the model's row of the oldest card shown
        self._following = True
        self._from_end: int | None = None
        self._earlier, self._newest = QPushButton(), QPushButton(self)
        self._build()
        self._connect()
        self.refresh()

    @property
    def following(self) -> bool:
        """Whether the newest card is kept in view."""
        return self._following

    @property
    def visible_cards(self) -> list[CardWidget]:
        """The cards that are widgets now, oldest first."""
        return [row.card for row in self._rows.values()]

    def follow(self) -> None:
        """Go to the newest card and stay there."""
        self._following = True
        self._newest.hide()
        cards = self._conversation.cards.cards
        if cards and cards[-1].key not in self._rows:
            self.rebuild()
        self._trim()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def show_earlier(self) -> None:
        """Bring back cards that had left the column."""
        bar = self.verticalScrollBar()
        self._from_end = bar.maximum() - bar.value()  # what is being read stays where it is
        cards = self._conversation.cards.cards
        before, self._first = self._first, max(0, self._first - STEP)
        later = self._rows
        self._rows = {}
        for position, card in enumerate(cards[self._first : before]):
            self._insert(position, card)
        self._rows.update(later)
        self._earlier.setVisible(self._first > 0)

    def rebuild(self) -> None:
        """Make all widgets anew: the sides or the font changed. What is being written stays."""
        drafts = {key: row.card.draft for key, row in self._rows.items() if row.card.draft}
        for key in list(self._rows):
            self._drop(key)
        cards = self._conversation.cards.cards
        written = [row for row, card in enumerate(cards) if card.key in drafts]
        self._first = min([max(0, len(cards) - SHOWN), *written])
        for card in cards[self._first :]:
            self._insert(len(self._rows), card)
        for key, draft in drafts.items():
            self._rows[key].card.edit(draft)
        self._earlier.setVisible(self._first > 0)
        self._mark_newest()

    def refresh(self) -> None:
        """Speak the interface language."""
        self._earlier.setText(self.tr("Показать более ранние"))
        self._newest.setText(self.tr("К последнему"))
        self.setAccessibleName(self.tr("Разговор"))
        self._place_button()
        self.rebuild()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button in its place."""
        super().resizeEvent(event)
        self._place_button()

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(LOWEST)
        self._newest.setProperty("role", "float")
        for button in (self._earlier, self._newest):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.hide()
        inner = QWidget()
        inner.setMaximumWidth(WIDEST)
        # The stretch takes what the cards do not need: they keep open for words.
        parts = (self._earlier, Qt.AlignmentFlag.AlignHCenter), 1
        self._layout = column_of(inner, *parts, spacing=12, margins=(24, 16, 24, 16))
        outer = QWidget()
        outer.setObjectName("column")
        row_of(
            outer, 1, (inner, 1000), 1, margins=NO_MARGINS
        )  # all the room there is, up to WIDEST
        self.setWidget(outer)

    def _connect(self) -> None:
        cards = self._conversation.cards
        cards.rowsInserted.connect(self._on_inserted)
        cards.dataChanged.connect(self._on_changed)
        cards.rowsAboutToBeRemoved.connect(self._on_removed)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range)
        bar.valueChanged.connect(self._on_scrolled)
        self._newest.clicked.connect(self.follow)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        self._earlier.clicked.connect(self.show_earlier)

    def _on_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        del parent
        for row in range(first, last + 1):
            position, count = row - self._first, len(self._rows)
            if position < 0:
                self._first += 1
            elif position < count or (position == count and (self._following or count < 2 * SHOWN)):
                self._insert(position, self._conversation.cards.cards[row])
            elif self._following:  # after those that came while the person read earlier ones
                self.rebuild()
        if self._following:
            self._trim()
        self._mark_newest()

    def _on_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for card in self._conversation.cards.cards[first.row() : last.row() + 1]:
            if card.key in self._rows:
                self._show(self._rows[card.key], card)
                if card.open_inquiry and not self._following:  # the answer stands at the card's end
                    QTimer.singleShot(0, self._rows[card.key], partial(self._reveal, card.key))

    def _reveal(self, key: Key) -> None:
        if key in self._rows:
            self.ensureWidgetVisible(self._rows[key])

    def _on_removed(self, parent: QModelIndex, first: int, last: int) -> None:
        del parent
        for row in range(first, last + 1):
            card = self._conversation.cards.cards[row]
            if card.key in self._rows:
                self._hand_focus_on(card.key)
                self._drop(card.key)
            elif row < self._first:
                self._first -= 1
        self._mark_newest()

    def _hand_focus_on(self, key: Key) -> None:
        """Give the keyboard to the card before this one, which has its words now."""
        focus = QApplication.focusWidget()
        if focus is not None and self._rows[key].isAncestorOf(focus):
            self._move_focus(key, -1)

    def _insert(self, position: int, card: Card) -> None:
        """Add a card's widget at this position among those shown."""
        settings = self._preferences.settings
        widget = CardWidget(settings.sides, self.family)
        widget.again.connect(self._conversation.again)
        widget.moved.connect(self._move_focus)
        widget.writing.connect(self._conversation.cards.take_in_hand)
        widget.inquiring.connect(self._review.ask)
        widget.dismissed.connect(self._review.dismiss)
        widget.chosen.connect(self._review.choose)
        widget.corrected.connect(self._review.correct)
        widget.invited.connect(self._invite)
        row = _Row(widget)
        rows = list(self._rows.items())
        self._rows = dict([*rows[:position], (card.key, row), *rows[position:]])
        self._show(row, card)
        self._layout.insertWidget(1 + position, row)  # after the button, before the stretch

    def _invite(self) -> None:
        self._preferences.notices.show("real-translator", gravity=Gravity.INFO)

    def _show(self, row: "_Row", card: Card) -> None:
        row.card.show_card(card, repeatable=self._conversation.can_repeat(card.key))
        row.fit()

    def _drop(self, key: Key) -> None:
        row = self._rows.pop(key)
        self._layout.removeWidget(row)
        row.deleteLater()

    def _mark_newest(self) -> None:
        """Tab goes to the newest card only, and the arrow keys on from there."""
        *_, before, newest = (None, None, *self.visible_cards)
        if before:
            before.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if newest:
            newest.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        for widget in (old, new):
            for card in self.visible_cards:
                if widget and (widget is card or card.isAncestorOf(widget)):
                    card.show_buttons()

    def _trim(self) -> None:
        while len(self._rows) > SHOWN and not next(iter(self._rows.values())).card.draft:
            self._drop(next(iter(self._rows)))
            self._first += 1
        self._earlier.setVisible(self._first > 0)

    def _move_focus(self, key: Key, step: int) -> None:
        keys = list(self._rows)
        place = keys.index(key) + step
        if 0 <= place < len(keys):
            row = self._rows[keys[place]]
            row.card.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(row)

    def _on_range(self, lowest: int, highest: int) -> None:
        del lowest
        bar = self.verticalScrollBar()
        written = next((card for card in self.visible_cards if card.draft), None)
        if written is not None:  # nobody can write in what moves away
            self.ensureWidgetVisible(written)
            self.ensureWidgetVisible(written.field or written)
        elif self._following:
            bar.setValue(highest)
        elif self._from_end is not None:
            bar.setValue(highest - self._from_end)
            self._from_end = None

    def _on_scrolled(self, value: int) -> None:
        if not any(card.draft for card in self.visible_cards):  # else what follows has to wait
            self._following = value >= self.verticalScrollBar().maximum() - AT_THE_END
            self._newest.setVisible(not self._following)
        self._place_button()

    def _place_button(self) -> None:
        self._newest.adjustSize()
        self._newest.move(
            (self.width() - self._newest.width()) // 2, self.height() - self._newest.height() - 12
        )
        self._newest.raise_()


class _Row(QWidget):
    """A card at its side of the column: the other language's side stays free."""

    def __init__(self, card: CardWidget) -> None:
        super().__init__()
        self.card = card
        self._line = row_of(self, (card, CARD_SHARE), 1, spacing=0, margins=NO_MARGINS)

    def fit(self) -> None:
        """Put the card to its language's side."""
        place = 1 if self.card.property("side") == "right" else 0
        if self._line.indexOf(self.card) != place:
            self._line.removeWidget(self.card)
            self._line.insertWidget(place, self.card, CARD_SHARE)
