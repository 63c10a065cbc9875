"""One card: what was said and, under it and larger, what it means.

While it is open, grey words settle into black and the card never shrinks: nobody can read what
jumps. A screen reader hears of the words once, when they are final.
"""

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from tolmach.controllers.conversation.amendments import Amendment
from tolmach.controllers.conversation.cards import OPEN, Card, CardState
from tolmach.controllers.conversation.inquiry import InquiryKind
from tolmach.core.transcript import SURE
from tolmach.terms.glossary import TermMatch
from tolmach.ui.conversation.card_correction import CardCorrection, Texts
from tolmach.ui.conversation.card_tools import CardTools
from tolmach.ui.conversation.card_translation import CardTranslation
from tolmach.ui.conversation.inquiry_panel import InquiryPanel
from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of
from tolmach.ui.look.theme import REMARK_PT, TEXT_PT, restyle, sized
from tolmach.ui.messages import marked, sentence
from tolmach.ui.shortcuts import Shortcut, pressed
from tolmach.ui.translation import autonym
from tolmach.ui.widgets.words import Ink, Label, Underline, Words

_STEPS = {Shortcut.CARD_ABOVE: -1, Shortcut.CARD_BELOW: 1}
_ASKS = {Shortcut.VERSIONS: InquiryKind.VERSIONS, Shortcut.CHECK: InquiryKind.CHECK}


class CardWidget(QFrame):
    """A card in the column. Its buttons show while it is hovered or holds the focus."""

    again = Signal(object, str)  # key, language
    writing = Signal(object, bool)  # key, whether a person writes in it from now on
    moved = Signal(object, int)  # key, -1 or +1: the arrow keys
    inquiring = Signal(object, object)  # key, InquiryKind
    dismissed = Signal(object)  # key
    chosen = Signal(object, str)  # key, the translation to take
    corrected = Signal(object, str, str)  # key, what was said, what it means
    invited = Signal()  # to install a real translator

    def __init__(self, sides: tuple[str, str], family: str) -> None:
        """`sides` are the languages of the conversation, left and right."""
        super().__init__()
        self._sides = sides
        self._card: Card | None = None
        self._least = 0  # px, the most that the open card's words have needed at this width
        self._time, self._language = Label(), Label()
        self._tools = CardTools(sides)
        self._reading = QWidget()  # everything that stands under the head
        self._correction: CardCorrection | None = None  # instead of it
        self._text, self._remark = Words(), Words()
        self._meaning = CardTranslation(family)
        self._inquiry = InquiryPanel(family)
        self._build(family)
        self._connect()

    @property
    def field(self) -> QWidget | None:
        """Where a person is writing, None while they are not."""
        return self._correction.field if self._correction else None

    @property
    def draft(self) -> Texts | None:
        """What a person is writing here, None while they are not."""
        return self._correction.texts if self._correction else None

    def show_card(self, card: Card, *, repeatable: bool) -> None:
        """Show what is known of the utterance now; `repeatable` if its sound is at hand."""
        self._card = card
        self._time.setText(f"{card.said_at:%H:%M}")
        self._show_language(card)
        self._show_words(card)
        self._tools.show_card(card, repeatable=repeatable)
        self.show_buttons()
        self._inquiry.show_inquiry(card.open_inquiry)
        restyle(self, "side", "right" if card.segment.language == self._sides[1] else "left")
        self._name(card)
        self._keep_height(is_open=card.state in OPEN)

    def show_buttons(self) -> None:
        """Show the buttons while the mouse is over the card or the keyboard in it."""
        focus = QGuiApplication.focusObject()
        inside = focus is self or (isinstance(focus, QWidget) and self.isAncestorOf(focus))
        self._tools.show_buttons((self.underMouse() or inside) and self._correction is None)

    def edit(self, draft: Texts | None = None) -> None:
        """Let a person put the card right in its place, from what they had written of it."""
        card = self._card
        if card is None or not card.settled or self._correction:
            return
        names = self.tr("Что сказано"), self.tr("Перевод")
        fonts = self._text.font(), self._meaning.words.font()
        originals = card.segment.text, card.translation
        self._correction = form = CardCorrection(draft or originals, fonts, names)
        form.saved.connect(lambda *texts: self._save(originals, texts))
        form.cancelled.connect(self._end_edit)
        self.writing.emit(card.key, True)
        self._reading.hide()
        self._layout.insertWidget(1, form)
        form.show()  # now, not with the next event: it takes the keyboard
        form.begin()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the buttons."""
        super().enterEvent(event)
        self.show_buttons()

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the buttons, unless the keyboard is in this card."""
        super().leaveEvent(event)
        self.show_buttons()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer in words what the buttons do."""
        if self._correction is None:
            self._tools.show_menu(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._keep_height(is_open=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from card to card, Ctrl+C copies, letters ask, Escape puts away."""
        shortcut = pressed(event, *_STEPS, *_ASKS, Shortcut.CORRECT)
        if self._card and shortcut in _STEPS:
            self.moved.emit(self._card.key, _STEPS[shortcut])
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._to_clipboard()
        elif shortcut in _ASKS:
            self._ask(_ASKS[shortcut])
        elif shortcut is Shortcut.CORRECT:
            self.edit()
        elif event.key() == Qt.Key.Key_Escape and self._card and self._card.open_inquiry:
            self.dismissed.emit(self._card.key)
        else:
            super().keyPressEvent(event)

    def _keep_height(self, *, is_open: bool) -> None:
        needed = self.heightForWidth(self.width())
        self._least = max(self._least, needed) if is_open else 0
        self.setMinimumHeight(self._least)

    def _build(self, family: str) -> None:
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the column gives the newest one Tab
        for label, role, points in (
            (self._text, "said", TEXT_PT),
            (self._remark, "remark", REMARK_PT),
        ):
            label.setProperty("role", role)
            label.setFont(sized(family, points))
        self._time.setProperty("role", "muted")
        names = ((name, Qt.AlignmentFlag.AlignVCenter) for name in (self._time, self._language))
        head = row_of(None, *names, (self._tools, 1), spacing=8)
        parts = self._text, self._meaning, self._remark, self._inquiry
        column_of(self._reading, *parts, spacing=2, margins=NO_MARGINS)
        # The stretch: where an open card keeps its height, the words stay on top.
        self._layout = column_of(self, head, self._reading, 1, spacing=2, margins=(20, 4, 20, 16))

    def _connect(self) -> None:
        self._tools.inquiring.connect(self._ask)
        self._tools.correcting.connect(self.edit)
        self._tools.copying.connect(self._to_clipboard)
        self._tools.again.connect(lambda language: self._tell(self.again, language))
        self._meaning.note.invited.connect(self.invited)
        self._meaning.confirming.connect(lambda: self._ask(InquiryKind.CONFIRM))
        self._inquiry.dismissed.connect(lambda: self._tell(self.dismissed))
        self._inquiry.chosen.connect(lambda text: self._tell(self.chosen, text))

    def _tell(self, signal: SignalInstance, *values: object) -> None:
        if self._card:
            signal.emit(self._card.key, *values)

    def _ask(self, ask: InquiryKind) -> None:
        self._tell(self.inquiring, ask)

    def _save(self, originals: Texts, texts: Texts) -> None:
        """Hand on what was changed; what was not may have become better meanwhile."""
        self._end_edit()
        if self._card:
            present_texts = self._card.segment.text, self._card.translation
            text, meaning = (
                present if written == old else written
                for written, old, present in zip(texts, originals, present_texts, strict=True)
            )
            self._tell(self.corrected, text, meaning)

    def _end_edit(self) -> None:
        form, self._correction = self._correction, None
        if form is not None:
            self._tell(self.writing, False)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            form.hide()
            self._layout.removeWidget(form)
            form.deleteLater()
            self._reading.show()
            self.show_buttons()

    def _show_words(self, card: Card) -> None:
        """Show what stays in black, and what may still change in grey."""
        repeated = card.segment.text and card.state is CardState.RECOGNISING
        if card.segment.text:
            words = ("", card.segment.text) if repeated else (card.segment.text, "")
        else:
            words = card.committed, card.tail or ("" if card.committed else self._wordless(card))
        final = words[0] == card.segment.text
        terms, amendments = (card.terms, card.amendments) if final else ((), ())
        self._text.show_words(
            *words,
            [
                *(Underline(hit.start, hit.end, Ink.TERM) for hit in terms),
                *(Underline(change.start, change.end, Ink.AMENDED) for change in amendments),
            ],
        )
        self._text.explain(
            [_term(card.segment.text, hit) for hit in terms]
            + [self._amendment(card.segment.text, change) for change in amendments]
        )
        self._meaning.show_card(card)
        self._remark.show_words(self._remarks(card))
        restyle(self._remark, "gravity", "ERROR" if card.segment.failure else "WARNING")

    def _amendment(self, text: str, change: Amendment) -> str:
        return self.tr("«{words}» — сначала слышалось «{before}»").format(
            words=text[change.start : change.end], before=change.misheard or "…"
        )

    def _wordless(self, card: Card) -> str:
        """Return what stands in the place of words that are not known yet."""
        if card.state is CardState.POSTPONED:
            return self.tr("Звук сохранён, слова — потом")
        return self.tr("Распознаю…") if card.state is CardState.RECOGNISING else ""

    def _remarks(self, card: Card) -> str:
        if card.segment.failure:
            return sentence(card.segment.failure, card.segment.params)
        doubtful = card.segment.doubtful and card.state not in OPEN
        return self.tr("Неразборчиво — лучше переспросить") if doubtful else ""

    def _to_clipboard(self) -> None:
        if self._card:
            card, translation = self._card, self._card.translation
            texts = card.spoken, marked(translation) if card.trial else translation
            QGuiApplication.clipboard().setText("\n".join(filter(None, texts)))

    def _show_language(self, card: Card) -> None:
        """Name the language, and how sure of it the recognizer is when it is not."""
        segment = card.segment
        doubt = bool(segment.language) and segment.confidence < SURE
        name = autonym(segment.language)
        if card.state is CardState.RECOGNISING and segment.text:  # once more
            doubt, name = False, self.tr("Распознаю…")
        elif doubt and card.state in (*OPEN, CardState.POSTPONED):
            name = self.tr("Язык пока не ясен")
        elif doubt and card.state is CardState.UNCERTAIN:
            name = self.tr("{language} — {share} %").format(
                language=name, share=round(100 * segment.confidence)
            )
        restyle(self._language, "role", "doubt" if doubt else "muted")
        self._language.setText(name)
        self._language.setToolTip(self.tr("Язык определён неуверенно") if doubt else "")
        self._language.setVisible(bool(name))

    def _name(self, card: Card) -> None:
        """Say what the card is to those who hear it."""
        unread = self.tr("Идёт речь") if card.state in OPEN else ""
        for words in (self._text, self._meaning.words):
            _call(words, unread)  # or each of its changes would be read out
        visible = (self._text.words, *self._meaning.texts, self._remark.words)
        spoken = (unread,) if unread else (self._language.text(), *visible)
        _call(self, ". ".join(filter(None, (self._time.text(), *spoken))))


def _term(text: str, hit: TermMatch) -> str:
    """Return a term of the text, and how it is to be translated."""
    targets = dict.fromkeys(term.target[0] for term in hit.terms)
    return f"{text[hit.start : hit.end]} — {', '.join(targets)}"


def _call(widget: QWidget, name: str) -> None:
    """Name it for screen readers, which hear of every naming."""
    if widget.accessibleName() != name:
        widget.setAccessibleName(name)
