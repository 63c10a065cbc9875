"""The review of a card: how else to say it, whether it is right, and putting it right.

Disk and worker are asked on `_work`; answers come back through queued signals. What a person wrote
is on the card at once, whatever the disk says, and in the memory as soon as the disk has it.
"""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from tolmach.controllers.background import Background
from tolmach.controllers.conversation.cards import Card, CardList, Key
from tolmach.controllers.conversation.inquiry import Inquiry, InquiryKind, Version
from tolmach.controllers.notices import Gravity
from tolmach.controllers.preferences import Preferences
from tolmach.core import paths
from tolmach.core.pack import Pair
from tolmach.history.terms import current_terms, term_store
from tolmach.protocol.messages import Failed, Offered, Returned, Translated
from tolmach.sessions.questions import Answer, TextQuestions
from tolmach.sessions.record import translated
from tolmach.terms.correction import CORRECTION, corrected, doubts_about
from tolmach.terms.glossary import TermMatch
from tolmach.terms.memory import MemoryEntry

log = logging.getLogger(__name__)

PATIENCE = 5.0  # seconds for the disk to take the last correction


class CardReview(QObject):
    """Asks about cards and changes them; every method is called in the GUI thread."""

    _answered = Signal(object, object, object)  # key, the Inquiry that asked, Answer
    _terms_found = Signal(object, str, object)  # key, the text, its terms
    _failed = Signal(str, object)  # code and params

    def __init__(
        self, cards: CardList, asking: TextQuestions, preferences: Preferences, work: Background
    ) -> None:
        super().__init__()
        self._cards = cards
        self._asking = asking
        terms_file = paths.terms_file()
        self._current_terms, self._store = current_terms(terms_file), term_store(terms_file)
        self._preferences = preferences
        self._work = work
        self._looked: dict[Key, tuple[str, str]] = {}  # the text and language searched for terms
        self._terms_failed = False  # told once, not with every sentence
        self._answered.connect(self._on_answer, Qt.ConnectionType.QueuedConnection)
        self._terms_found.connect(self._on_terms_found, Qt.ConnectionType.QueuedConnection)
        self._failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        cards.rowsInserted.connect(self._on_inserted)
        cards.dataChanged.connect(self._on_changed)

    def ask(self, key: Key, kind: InquiryKind) -> None:
        """Ask something about a card; asking the same again puts the answer away."""
        card = self._cards.card(key)
        if card is None or not (card.settled if kind is InquiryKind.VERSIONS else card.translated):
            return
        if card.open_inquiry and (card.open_inquiry.kind is kind or card.open_inquiry.needed):
            self.dismiss(key)
        else:
            self._put_question(card, kind)

    def dismiss(self, key: Key) -> None:
        """Put away what was asked about a card."""
        card = self._cards.card(key)
        if card is not None and not (card.open_inquiry and card.open_inquiry.needed):
            self._cards.update(replace(card, inquiry=None))

    def choose(self, key: Key, translation: str) -> None:
        """Take one of the offered translations instead, now and for this sentence later on."""
        card = self._cards.card(key)
        if card is not None and card.settled:
            self._keep(card, card.segment.text, translation)

    def correct(self, key: Key, text: str, translation: str) -> None:
        """Take what a person wrote; an unchanged or blank text stands for what was there."""
        card = self._cards.card(key)
        if card is None or not card.settled:
            return
        text, translation = _line(text), _line(translation)
        reworded = text not in ("", _line(card.segment.text))
        if translation not in ("", _line(card.translation)):
            self._keep(card, text if reworded else card.segment.text, translation)
        elif reworded:
            self._translate_anew(card, text)

    def close(self) -> None:
        """Wait until the disk has every correction, PATIENCE seconds at most."""
        if not self._work.finish(PATIENCE):
            log.error("the last corrections are not on the disk yet; leaving")

    def _keep(self, card: Card, text: str, translation: str) -> None:
        """Show a person's translation, and remember which sentences of it are theirs."""
        pair = self._pair(card)
        segment = card.segment
        old = segment.text, card.translation
        sentences = corrected(text, translation, pair, segment.sentences, old)
        segment = replace(
            segment, text=text, translation=translation, target=pair[1], sentences=sentences
        )
        self._cards.correct(card, segment)
        origin = CORRECTION, datetime.now(UTC).isoformat(timespec="milliseconds")
        entries = [
            MemoryEntry(*pair, *sentence.texts(text, translation), *origin)
            for sentence in sentences
            if sentence.origin == CORRECTION
        ]
        self._work.submit(partial(self._store.remember, entries), self._failed.emit)

    def _translate_anew(self, card: Card, text: str) -> None:
        """Show the new text, and the old translation as one that will change."""
        segment, draft = card.segment, card.draft
        if segment.translation:
            content = segment.language, segment.target, segment.translation
            draft = Translated(*card.key, *content, final=False, sentences=segment.sentences)
        segment = replace(segment, text=text, translation="", sentences=())
        self._put_question(self._cards.correct(card, segment, draft), InquiryKind.ANEW)

    def _put_question(self, card: Card, kind: InquiryKind) -> None:
        text, translation = card.segment.text, card.translation
        inquiry = Inquiry(kind, text, translation)
        self._cards.update(replace(card, inquiry=inquiry))
        take = partial(self._answered.emit, card.key, inquiry)
        asking, pair = self._asking, self._pair(card)
        match kind:
            case InquiryKind.VERSIONS:
                job = partial(asking.alternatives, text, *pair, take)
            case InquiryKind.ANEW:
                job = partial(asking.translate, text, *pair, take)
            case _:
                job = partial(asking.back, text, translation, pair, take)
        self._work.submit(job, lambda code, params: take(Failed("", code, params)))

    def _pair(self, card: Card) -> Pair:
        """Return from which language into which a card goes."""
        language = card.segment.language
        return language, card.target or self._preferences.settings.other_side(language)

    def _on_answer(self, key: Key, inquiry: Inquiry, answer: Answer) -> None:
        card = self._cards.card(key)
        if card is None or card.open_inquiry != inquiry:  # put away, or of words that changed
            return
        match answer:
            case Translated():
                self._cards.correct(card, translated(card.segment, answer))
            case Offered():
                versions = self._versions(card, answer)
                self._show(card, replace(inquiry, versions=versions))
            case Returned():
                back, similarity = answer.text, answer.similarity
                self._show(card, replace(inquiry, back=back, similarity=similarity))
            case Failed():
                if inquiry.kind is InquiryKind.ANEW:  # the old one is of other words
                    card = replace(card, draft=None)
                    inquiry = replace(inquiry, translation="")
                self._show(card, replace(inquiry, failure=answer.code, params=answer.params))

    def _versions(self, card: Card, answer: Offered) -> tuple[Version, ...]:
        text, pair = card.segment.text, self._pair(card)
        return tuple(
            Version(candidate.text, candidate.confidence, doubts_about(text, candidate.text, pair))
            for candidate in answer.candidates
            if candidate.text != card.translation
        )

    def _show(self, card: Card, inquiry: Inquiry) -> None:
        self._cards.update(replace(card, inquiry=replace(inquiry, waiting=False)))

    def _on_failed(self, code: str, params: dict[str, str]) -> None:
        self._preferences.notices.show(code, params, Gravity.WARNING)

    def _on_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        del parent
        self._look_for_terms(first, last)

    def _on_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._look_for_terms(first.row(), last.row())

    def _look_for_terms(self, first: int, last: int) -> None:
        """Have the texts that are new searched for a person's terms."""
        for card in self._cards.cards[first : last + 1]:
            text, language = card.segment.text, card.segment.language
            if text and self._looked.get(card.key) != (text, language):
                self._looked[card.key] = (text, language)
                job = partial(self._find_terms, card.key, text, self._pair(card))
                self._work.submit(job, self._on_terms_failed)

    def _find_terms(self, key: Key, text: str, pair: Pair) -> None:
        hits = self._current_terms.glossary(*pair).hits(text)
        if hits:
            self._terms_found.emit(key, text, tuple(hits))

    def _on_terms_failed(self, code: str, params: dict[str, str]) -> None:
        if not self._terms_failed:
            self._terms_failed = True
            self._failed.emit(code, params)

    def _on_terms_found(self, key: Key, text: str, terms: tuple[TermMatch, ...]) -> None:
        card = self._cards.card(key)
        if card is not None and card.segment.text == text:
            self._cards.update(replace(card, terms=terms))


def _line(text: str) -> str:
    """Return a text in one line, as it is said."""
    return " ".join(text.split())
