"""The conversation as a list of cards, one an utterance.

A card's identity is (session, utterance): unconfirmed words, text, translation, a repeated
recognition and a replay after a crash change the same row, so nothing stands there twice. Words
that may still change never take the place of those that are final, and what a person wrote gives
way to nothing but a repetition that was asked for.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from tolmach.controllers.conversation.amendments import Amendment, amendments
from tolmach.controllers.conversation.inquiry import Inquiry
from tolmach.core.samples import seconds
from tolmach.core.transcript import SURE, Segment
from tolmach.core.translation import Flag, doubts_of, has_trial, least
from tolmach.protocol.messages import Cut, Failed, Joined, Recognized, Translated, Unconfirmed
from tolmach.sessions.record import failed, joined, recognized, reopened, translated
from tolmach.terms.glossary import TermMatch

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Key: TypeAlias = tuple[str, int]

CARD = int(Qt.ItemDataRole.UserRole)
NOWHERE = QModelIndex()


class CardState(Enum):
    """What is known of an utterance."""

    SPEAKING = auto()  # somebody is still saying it
    RECOGNISING = auto()  # it is complete, and its text is being made for good
    POSTPONED = auto()  # its sound is kept for later
    CERTAIN = auto()
    UNCERTAIN = auto()  # recognised, but perhaps it was the other language
    FAILED = auto()  # `failure` says why


OPEN = (CardState.SPEAKING, CardState.RECOGNISING)


@dataclass(frozen=True, slots=True)
class Card:
    """One utterance as the window shows it: its segment, and what only the screen knows."""

    session: str
    segment: Segment  # its text is empty while somebody speaks
    said_at: datetime
    state: CardState = CardState.RECOGNISING
    committed: str = ""  # the beginning of what seems to be said; will not change
    tail: str = ""  # the rest of it; may change
    draft: Translated | None = None  # stands for a translation that is still to come
    amendments: tuple[Amendment, ...] = ()  # of words that were shown before the text was final
    terms: tuple[TermMatch, ...] = ()  # a person's own terms in the text
    inquiry: Inquiry | None = None  # what they asked about it last

    @property
    def key(self) -> Key:
        """The card's identity."""
        return self.session, self.segment.utterance

    @property
    def spoken(self) -> str:
        """What was said, as far as it is known."""
        return self.segment.text or " ".join(filter(None, (self.committed, self.tail)))

    @property
    def translation(self) -> str:
        """What it means, as far as it is known."""
        return self.draft.text if self.draft else self.segment.translation

    @property
    def target(self) -> str:
        """The language of the translation, "" while there is none."""
        return self.draft.target if self.draft else self.segment.target

    @property
    def trial(self) -> bool:
        """Whether the translation is one: see quality/trial.py."""
        return has_trial((self.draft or self.segment).sentences)

    @property
    def settled(self) -> bool:
        """Whether a person may change the text: nobody is still making it."""
        return bool(self.segment.text) and self.state not in OPEN

    @property
    def translated(self) -> bool:
        """Whether there is a translation for good."""
        return self.settled and bool(self.segment.translation) and not self.draft

    @property
    def trust(self) -> float:
        """The least confidence in the sentences that a model translated, UNKNOWN without one."""
        sentences = self.segment.sentences
        return least(sentence.confidence for sentence in sentences if not sentence.origin)

    @property
    def doubts(self) -> tuple[Flag, ...]:
        """What to ask about the translation, of each sentence the gravest first."""
        return doubts_of(self.segment.sentences)

    @property
    def open_inquiry(self) -> Inquiry | None:
        """What was asked about these very words."""
        inquiry, texts = self.inquiry, (self.segment.text, self.translation)
        return inquiry if inquiry and (inquiry.text, inquiry.translation) == texts else None

    @property
    def plain(self) -> str:
        """Both texts, a line each."""
        return "\n".join(filter(None, (self.spoken, self.translation)))


class CardList(QAbstractListModel):
    """All cards in the order in which they were spoken."""

    corrected = Signal(str, object)  # a session, and its segment as a person changed it

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] = []
        self._rows: dict[Key, int] = {}
        self._began: dict[str, datetime] = {}  # sessions, the oldest first
        self._in_hand: set[Key] = set()  # a person is writing in them

    @property
    def cards(self) -> list[Card]:
        """The cards from the oldest to the newest; read only."""
        return self._cards

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Card | str | None:
        """Return a Card under the role CARD, its text under DisplayRole."""
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == CARD:
            return card
        return card.plain if role == Qt.ItemDataRole.DisplayRole else None

    def begin(self, session: str, moment: datetime) -> None:
        """A session begins at this moment; its utterances count their seconds from here."""
        self._began[session] = moment

    def card(self, key: Key) -> Card | None:
        """Return the card of an utterance."""
        row = self._rows.get(key)
        return None if row is None else self._cards[row]

    def update(self, card: Card) -> None:
        """Show a card that is there as it is now."""
        if card.key in self._rows:
            self._show(card)

    def correct(self, card: Card, segment: Segment, draft: Translated | None = None) -> Card:
        """Change a card for good: nothing that was heard takes it back. Return it as it is now."""
        segment = replace(segment, corrected=True, failure="", params={})
        if segment.text != card.segment.text:
            segment = replace(segment, doubtful=False)
            card = replace(card, terms=(), amendments=())
        state = CardState.CERTAIN if card.state is CardState.FAILED else card.state
        card = replace(card, segment=segment, state=state, draft=draft, inquiry=None)
        self.update(card)
        self.corrected.emit(card.session, segment)
        return card

    def apply(self, event: Unconfirmed | Cut | Recognized | Translated | Failed) -> None:
        """Change the card that the event is about, or add it."""
        card = self.card((event.session, event.utterance))
        if card is not None and card.segment.corrected:  # told again, or late: not of these words
            return
        match event:
            case Unconfirmed():
                self._on_unconfirmed(event)
            case Cut():
                self._on_cut(event)
            case Recognized():
                self._on_recognized(event)
            case Translated():
                self._on_translated(event)
            case Failed():
                self._on_failed(event)

    def take_in_hand(self, key: Key, writing: bool) -> None:
        """A person begins to write in a card, or ends: meanwhile it stays a card of its own."""
        (self._in_hand.add if writing else self._in_hand.discard)(key)

    def join(self, event: Joined) -> bool:
        """Make one card of two, unless a person has done something with either."""
        segment = joined(event)
        cards = [self.card((event.session, number)) for number in (event.utterance, event.tail)]
        if segment is None or not all(card and self._joinable(card, segment) for card in cards):
            return False
        head, tail = [card for card in cards if card]
        texts = f"{head.segment.text} {tail.segment.text}"
        self._remove(tail.key)
        self._show(
            replace(
                head,
                segment=segment,
                state=_certainty(segment),
                amendments=amendments(texts, segment.text),
                draft=None,
                terms=(),
                inquiry=None,
            )
        )
        return True

    def _joinable(self, card: Card, segment: Segment) -> bool:
        """Whether a card is as the worker told it, so that one for it and its neighbour is true."""
        same = card.segment.language == segment.language and not card.segment.corrected
        return same and card.settled and not card.open_inquiry and card.key not in self._in_hand

    def again(self, key: Key) -> None:
        """Show that an utterance is being recognised once more; what is known of it is kept.

        But it gives way to what will be heard, even what a person wrote.
        """
        card = self.card(key)
        if card is not None:
            segment = reopened(card.segment)
            state = CardState.RECOGNISING
            self._show(replace(card, segment=segment, state=state, inquiry=None))

    def fail_waiting(self, failure: Failed) -> None:
        """The session failed: whatever was still being recognised failed with it."""
        for card in self._open(failure.session):
            self._on_failed(replace(failure, utterance=card.segment.utterance))

    def postpone(self, session: str) -> None:
        """The session was stopped at once: what was still being recognised waits.

        What was only being recognised again has its text.
        """
        for card in self._open(session):
            state = _certainty(card.segment) if card.segment.text else CardState.POSTPONED
            self._show(replace(card, state=state))

    def _open(self, session: str) -> list[Card]:
        return [card for card in self._cards if card.session == session and card.state in OPEN]

    def _on_unconfirmed(self, event: Unconfirmed) -> None:
        card = self._card(event.session, event.utterance, event.start)
        segment = card.segment
        if segment.text or segment.failure:  # told again after a crash; what stands there is final
            return
        committed, tail = event.committed.strip(), event.tail.strip()
        if not committed and not tail:
            self._remove(card.key)
            return
        sure = event.confidence >= SURE or not segment.language  # else it keeps its side
        language = event.language if sure else segment.language
        segment = replace(segment, language=language, confidence=event.confidence)
        state = CardState.SPEAKING
        self._show(replace(card, segment=segment, state=state, committed=committed, tail=tail))

    def _on_cut(self, event: Cut) -> None:
        card = self._card(event.session, event.utterance, seconds(event.first))
        if not card.segment.text and not card.segment.failure:
            self._show(replace(card, state=CardState.RECOGNISING))

    def _on_recognized(self, event: Recognized) -> None:
        card = self._card(event.session, event.utterance, event.start)
        segment = recognized(card.segment, event)
        if segment is None:
            self._remove(card.key)
        elif not event.text.strip():  # a repetition heard nothing
            self._show(replace(card, state=CardState.UNCERTAIN))
        else:
            self._show(
                replace(
                    card,
                    segment=segment,
                    state=_certainty(segment),
                    committed="",
                    tail="",
                    amendments=amendments(card.committed, segment.text),
                    draft=card.draft if card.segment.language == segment.language else None,
                    terms=card.terms if segment.text == card.segment.text else (),
                )
            )

    def _on_translated(self, event: Translated) -> None:
        card = self.card((event.session, event.utterance))
        if card is None:
            return
        if event.final:
            self._show(replace(card, segment=translated(card.segment, event), draft=None))
        elif event.text.strip() and not card.segment.translation:
            self._show(replace(card, draft=replace(event, text=event.text.strip())))

    def _on_failed(self, event: Failed) -> None:
        card = self._card(event.session, event.utterance, event.start)
        segment = failed(card.segment, event)
        self._show(replace(card, segment=segment, state=CardState.FAILED))

    def _card(self, session: str, utterance: int, start: float) -> Card:
        card = self.card((session, utterance))
        if card is not None:
            return card
        began = self._began.setdefault(session, datetime.now().astimezone())
        segment = Segment(utterance, start, start)
        return Card(session, segment, began + timedelta(seconds=start))

    def _show(self, card: Card) -> None:
        row = self._rows.get(card.key)
        if row is None:
            row = self._place(card)
            self.beginInsertRows(NOWHERE, row, row)
            self._cards.insert(row, card)
            self._number_rows(row)
            self.endInsertRows()
        elif self._cards[row] != card:
            self._cards[row] = card
            self.dataChanged.emit(self.index(row), self.index(row))

    def _remove(self, key: Key) -> None:
        row = self._rows.get(key)
        if row is None:
            return
        self.beginRemoveRows(NOWHERE, row, row)
        del self._rows[key], self._cards[row]
        self._number_rows(row)
        self.endRemoveRows()

    def _place(self, card: Card) -> int:
        """Return where a new card belongs: a session that goes on later is not the newest."""
        order = {session: number for number, session in enumerate(self._began)}
        row = len(self._cards)
        while row and _before(card, self._cards[row - 1], order):
            row -= 1
        return row

    def _number_rows(self, first: int) -> None:
        for row in range(first, len(self._cards)):
            self._rows[self._cards[row].key] = row


def _certainty(segment: Segment) -> CardState:
    return CardState.CERTAIN if segment.confidence >= SURE else CardState.UNCERTAIN


def _before(card: Card, other: Card, order: dict[str, int]) -> bool:
    """Whether one card was spoken before another; by number, for a clock may be set back."""
    place = order[card.session], card.segment.utterance
    return place < (order[other.session], other.segment.utterance)
