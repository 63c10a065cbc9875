"""Below the texts: the sentence one looks at, what to think of it and what can be done about it."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLayout,
    QPushButton,
    QScrollArea,
    QWidget,
)

from tolmach.controllers.text.sentence_help import SentenceHelp
from tolmach.core.translation import UNKNOWN
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import column_of, row_of
from tolmach.ui.look.theme import restyle
from tolmach.ui.messages import sentence
from tolmach.ui.shortcuts import Shortcut
from tolmach.ui.text.suggestion_row import SuggestionRow
from tolmach.ui.widgets import sentence_words
from tolmach.ui.widgets.doubt_list import DoubtList
from tolmach.ui.widgets.flow import FlowLayout
from tolmach.ui.widgets.icon_widgets import IconButton
from tolmach.ui.widgets.words import Label, Words


class SentenceStrip(Adaptive, QFrame):
    """Not a window of its own: it is always there, and scrolls when there is much to say."""

    chosen = Signal(str)  # a translation to put in the place of this one
    term_wanted = Signal()
    copied = Signal()

    def __init__(self, help_: SentenceHelp) -> None:
        super().__init__()
        self._help = help_
        self.suggestions: list[SuggestionRow] = []  # that can be taken now
        self._hint, self._judgement = Label(), Label()
        self._terms, self._failure = Words(), Words()
        self._returned, self._meaning = Words(), Words()
        self.doubts = DoubtList()
        self.alternatives, self.check, self.remember = QPushButton(), QPushButton(), QPushButton()
        self.term, self.copy = QPushButton(), IconButton("copy", "icon")
        self._scroll = QScrollArea()
        self._answers: object = None  # whose answers stand at the top
        self._build()
        self.alternatives.clicked.connect(help_.ask_alternatives)
        self.check.clicked.connect(help_.check)
        self.remember.clicked.connect(help_.remember)
        self.term.clicked.connect(self.term_wanted)
        self.copy.clicked.connect(self.copied)
        help_.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the sentence as it is, in the interface language."""
        help_ = self._help
        pair = help_.pair
        self._name_buttons()
        for button in (self.alternatives, self.check):
            button.setEnabled(pair is not None and not help_.busy)
        self.copy.setEnabled(pair is not None)
        self.remember.setVisible(pair is not None and pair.edited)
        self.remember.setEnabled(not help_.remembered)
        self.doubts.show_doubts(
            pair.doubts if pair else (),
            pair.sentence.confidence if pair and not pair.edited else UNKNOWN,
        )
        self._hint.setVisible(pair is None)
        self._judge()
        self._terms.show_words(self._told_terms())
        self._failure.show_words(sentence(*help_.failure) if help_.failure else "")
        self._show_returned()
        self._show_offers()
        answers = pair and pair.source, help_.returned, help_.candidates
        if answers != self._answers:
            self._answers = answers
            self._scroll.verticalScrollBar().setValue(0)  # what was asked for is seen

    def show_stacked(self, stacked: bool) -> None:
        """The texts stand one above the other: so do what is told and what is offered."""
        way = QBoxLayout.Direction
        self._columns.setDirection(way.BottomToTop if stacked else way.LeftToRight)

    def _build(self) -> None:
        self.setObjectName("strip")
        inner = QWidget()
        inner.setObjectName("column")
        notes = column_of(None, self._hint, self.doubts, self._terms, self._failure, 0, spacing=8)
        self._offered = column_of(None, self._returned, self._meaning, 0, spacing=8)
        self._columns = row_of(None, (notes, 1), (self._offered, 1), spacing=16)
        column_of(inner, self._columns, 1, margins=(24, 0, 24, 12))
        for label in (self._hint, self._judgement, self._returned):
            label.setProperty("role", "muted")
            label.setWordWrap(True)
        scroll = self._scroll
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumHeight(1)  # or Qt's own minimum would take the buttons' room
        scroll.setWidget(inner)
        column_of(self, self._head(), (scroll, 1), spacing=8, margins=(0, 12, 0, 0))

    def _head(self) -> QLayout:
        """Return the line with the buttons and, at its end, how sure the translation is."""
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=8)
        for button in (self.alternatives, self.check, self.remember, self.term, self.copy):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            flow.addWidget(button)
        self.term.hide()
        self._judgement.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return row_of(None, (buttons, 2), (self._judgement, 1), spacing=16, margins=(24, 0, 24, 0))

    def _name_buttons(self) -> None:
        remembered = self.tr("Запомнено") if self._help.remembered else self.tr("Запомнить")
        again, check = self.tr("Сказать иначе"), self.tr("Перевести обратно и сравнить")
        keep, word = self.tr("Переводить так и впредь"), self.tr("Выделенное слово")
        for button, text, tip, key in (
            (self.alternatives, self.tr("Варианты"), again, Shortcut.ALTERNATIVES),
            (self.check, self.tr("Проверить"), check, Shortcut.CHECK_SENTENCE),
            (self.remember, remembered, keep, Shortcut.REMEMBER),
            (self.term, self.tr("В глоссарий…"), word, Shortcut.TERM),
        ):
            button.setText(text)
            button.setToolTip(f"{tip} ({key.keys})")
        self._hint.setText(
            self.tr("Поставьте курсор на предложение — здесь появится, что с ним можно сделать")
        )
        self.copy.explain(self.tr("Копировать перевод предложения"))

    def _judge(self) -> None:
        pair = self._help.pair
        judgement = (
            sentence_words.judgement(pair) if pair and not self.doubts.isVisibleTo(self) else ""
        )
        if self._help.busy:
            judgement = self.tr("Спрашиваю…")
        exact = next((hit for hit in self._help.memory if pair and hit.target == pair.target), None)
        if pair and pair.sentence.origin and exact and not pair.edited:
            judgement = sentence_words.origin(exact.origin, exact.date)
        self._judgement.setText(judgement[:1].upper() + judgement[1:])
        self._judgement.setVisible(bool(judgement))

    def _told_terms(self) -> str:
        terms = sentence_words.terms(self._help.terms) if self._help.pair else ""
        return self.tr("Глоссарий: {terms}").format(terms=terms) if terms else ""

    def _show_returned(self) -> None:
        back = self._help.returned
        self._returned.show_words(sentence_words.returned(back.similarity) if back else "")
        self._meaning.show_words(back.text if back else "")
        differs = back is not None and back.similarity < sentence_words.SIMILAR
        restyle(self._returned, "role", "doubt" if differs else "muted")

    def _show_offers(self) -> None:
        for old in self.suggestions:
            old.hide()
            old.deleteLater()
        self.suggestions = list(self._rows())
        # Below what it means: that may be short, and would not be seen below many of them.
        for place, row in enumerate(self.suggestions, 2):
            self._offered.insertWidget(place, row)

    def _rows(self) -> Iterator[SuggestionRow]:
        """Yield the memory first, then other ways to say it; not what stands there already."""
        pair = self._help.pair
        if pair is None:
            return
        for hit in self._help.memory:
            if hit.target != pair.target:
                yield self._row(hit.target, sentence_words.remembered(hit))
        for candidate in self._help.candidates:
            if candidate.text != pair.target:
                yield self._row(candidate.text, sentence_words.confidence(candidate.confidence))

    def _row(self, text: str, origin: str) -> SuggestionRow:
        row = SuggestionRow(text, origin)
        row.clicked.connect(lambda: self.chosen.emit(text))
        return row
