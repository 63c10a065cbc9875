"""What the words of a card mean, and what to think of that.

A doubted sentence has a soft underline, one that a person translated says so, and below stands what
to ask. Whoever speaks the interface language can be asked by what the translation says, translated
back; for others nobody here knows the words of a question, so none is offered.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from tolmach.controllers.conversation.cards import OPEN, Card
from tolmach.core.translation import GRAVE, LOW, UNKNOWN
from tolmach.terms.correction import CORRECTION
from tolmach.ui import translation
from tolmach.ui.look.layouts import NO_MARGINS, column_of
from tolmach.ui.look.theme import REMARK_PT, TRANSLATION_PT, sized
from tolmach.ui.widgets.doubt_list import DoubtList
from tolmach.ui.widgets.trial_note import TrialNote
from tolmach.ui.widgets.words import Ink, Underline, Words


class CardTranslation(QWidget):
    """The translation with its doubts."""

    confirming = Signal()  # whoever said it is to be asked

    def __init__(self, family: str) -> None:
        super().__init__()
        self.words, self._own = Words(), Words()
        self.note = TrialNote()
        self._notes, self._doubts = QWidget(), DoubtList()
        self._confirm = QPushButton(self.tr("Переспросить"))
        self._confirm.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._confirm.clicked.connect(self.confirming)
        for label, role, points in (
            (self.words, "meaning", TRANSLATION_PT),
            (self._own, "muted", REMARK_PT),
        ):
            label.setProperty("role", role)
            label.setFont(sized(family, points))
        self._doubts.setFont(sized(family, REMARK_PT))
        confirm = self._confirm, Qt.AlignmentFlag.AlignLeft
        column_of(self._notes, self._doubts, confirm, spacing=8, margins=(0, 6, 0, 2))
        parts = self.words, self.note, self._own, self._notes
        column_of(self, *parts, spacing=6, margins=NO_MARGINS)

    @property
    def texts(self) -> list[str]:
        """Everything that it says, for those who hear it."""
        note = [] if self.note.isHidden() else [self.note.words]
        return [self.words.words, *note, self._own.words, *self._doubts.sentences]

    def show_card(self, card: Card) -> None:
        """Show the translation in grey while it may change, without doubts until it is final."""
        is_open = card.draft or card.state in OPEN
        words = ("", card.translation) if is_open else (card.translation, "")
        self.words.show_words(*words, [] if is_open else _underlines(card))
        self.note.setVisible(card.trial and bool(card.translation))
        self._show_own(card)
        flags = () if is_open else card.doubts
        self._doubts.show_doubts(flags, UNKNOWN if is_open else card.trust)
        native = card.segment.language == translation.current()
        grave = any(flag.code in GRAVE for flag in flags)
        self._confirm.setVisible(grave and native and card.translated)
        self._notes.setVisible(bool(self._doubts.sentences))

    def _show_own(self, card: Card) -> None:
        """Say which sentences a person translated, where they are not all of them."""
        own = [sentence for sentence in card.segment.sentences if sentence.origin]
        text = self.tr("ваш перевод") if own else ""
        if own and len(own) < len(card.segment.sentences):
            quoted = (f"«{card.translation[sentence.begin : sentence.until]}»" for sentence in own)
            text = f"{text}: {', '.join(quoted)}"
        self._own.show_words(text)
        self._own.explain(sorted({sentence.origin for sentence in own} - {CORRECTION}))


def _underlines(card: Card) -> list[Underline]:
    """Return the doubted sentences, also those that the model itself hardly believes."""
    return [
        Underline(sentence.begin, sentence.until, Ink.DOUBT)
        for sentence in card.segment.sentences
        if sentence.doubts or (not sentence.origin and UNKNOWN < sentence.confidence < LOW)
    ]
