"""The conversation as a list of cards, one an utterance.

A card's identity is (session, utterance): unconfirmed words, text, translation, a repeated
recognition and a replay after a crash change the same row, so nothing stands there twice. Words
that may still change never take the place of those that are final, and what a person wrote gives
way to nothing but a repetition that was asked for.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from tolmach.controllers.conversation.inquiry import Aside
from tolmach.core.samples import seconds
from tolmach.core.translation import Flag, Sentence, doubts_of, has_trial, least
from tolmach.protocol.messages import Cut, Failed, Recognized, Translated, Unconfirmed
from tolmach.terms.glossary import TermMatch

Index: TypeAlias = QModelIndex | QPersistentModelIndex
Key: TypeAlias = tuple[str, int]

CARD = int(Qt.ItemDataRole.UserRole)
SURE = 0.8  # below this the language was guessed, and the card says so
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
    """One utterance as the window shows it."""

    session: str
    utterance: int
    said_at: datetime
    state: CardState = CardState.RECOGNISING
    language: str = ""
    confidence: float = 1.0
    committed: str = ""  # the beginning of what seems to be said; will not change
    tail: str = ""  # the rest of it; may change
    text: str = ""  # what was said, for good; empty while somebody speaks
    doubtful: bool = False  # of the text
    target: str = ""
    translation: str = ""
    provisional: bool = False  # the translation may still change
    trial: bool = False  # the translation is one: see quality/trial.py
    sentences: tuple[Sentence, ...] = ()  # of text and translation, once both are final
    terms: tuple[TermMatch, ...] = ()  # a person's own terms in the text
    corrected: bool = False  # a person changed it
    aside: Aside | None = None  # what they asked about it last
    failure: str = ""  # error code
    params: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """The card's identity."""
        return self.session, self.utterance

    @property
    def said(self) -> str:
        """What was said, as far as it is known."""
        return self.text or " ".join(filter(None, (self.committed, self.tail)))

    @property
    def settled(self) -> bool:
        """Whether a person may change the text: nobody is still making it."""
        return bool(self.text) and self.state not in OPEN

    @property
    def translated(self) -> bool:
        """Whether there is a translation for good."""
        return self.settled and bool(self.translation) and not self.provisional

    @property
    def trust(self) -> float:
        """The least confidence in the sentences that a model translated, UNKNOWN without one."""
        return least(one.confidence for one in self.sentences if not one.origin)

    @property
    def doubts(self) -> tuple[Flag, ...]:
        """What to ask about the translation, of each sentence the gravest first."""
        return doubts_of(self.sentences)

    @property
    def asked(self) -> Aside | None:
        """What was asked about these very words."""
        aside = self.aside
        here = aside and (aside.text, aside.translation) == (self.text, self.translation)
        return aside if here else None

    @property
    def plain(self) -> str:
        """Both texts, for the clipboard."""
        return "\n".join(filter(None, (self.said, self.translation)))


class CardList(QAbstractListModel):
    """All cards in the order in which they were spoken."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[Card] = []
        self._rows: dict[Key, int] = {}
        self._began: dict[str, datetime] = {}  # sessions, the oldest first

    @property
    def cards(self) -> list[Card]:
        """The cards from the oldest to the newest; read only."""
        return self._cards

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
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

    def change(self, key: Key, **values: Any) -> None:
        """Set fields of a card by name, if it is still there."""
        card = self.card(key)
        if card is not None:
            self._put(replace(card, **values))

    def apply(self, event: Unconfirmed | Cut | Recognized | Translated | Failed) -> None:
        """Change the card that the event is about, or add it."""
        card = self.card((event.session, event.utterance))
        if card is not None and card.corrected:  # told again, or late: not of these words
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

    def again(self, key: Key) -> None:
        """Show that an utterance is being recognised once more; what is known of it is kept.

        But it gives way to what will be heard, even what a person wrote.
        """
        state = CardState.RECOGNISING
        self.change(key, state=state, corrected=False, aside=None, failure="", params={})

    def fail_waiting(self, failed: Failed) -> None:
        """The session failed: whatever was still being recognised failed with it."""
        for card in self._open(failed.session):
            self._on_failed(replace(failed, utterance=card.utterance))

    def postpone(self, session: str) -> None:
        """The session was stopped at once: what was still being recognised waits.

        What was only being recognised again has its text.
        """
        for card in self._open(session):
            known = CardState.CERTAIN if card.confidence >= SURE else CardState.UNCERTAIN
            self._put(replace(card, state=known if card.text else CardState.POSTPONED))

    def _open(self, session: str) -> list[Card]:
        return [card for card in self._cards if card.session == session and card.state in OPEN]

    def _on_unconfirmed(self, event: Unconfirmed) -> None:
        card = self._card(event.session, event.utterance, event.start)
        if card.text or card.failure:  # told again after a crash; what stands there is final
            return
        committed, tail = event.committed.strip(), event.tail.strip()
        if not committed and not tail:
            self._remove(card.key)
            return
        sure = event.confidence >= SURE or not card.language  # else it keeps its side
        self._put(
            replace(
                card,
                state=CardState.SPEAKING,
                language=event.language if sure else card.language,
                confidence=event.confidence,
                committed=committed,
                tail=tail,
            )
        )

    def _on_cut(self, event: Cut) -> None:
        card = self._card(event.session, event.utterance, seconds(event.first))
        if not card.text and not card.failure:
            self._put(replace(card, state=CardState.RECOGNISING))

    def _on_recognized(self, event: Recognized) -> None:
        if not event.text.strip():
            self._on_silence((event.session, event.utterance))
            return
        card = self._card(event.session, event.utterance, event.start)
        if not (card.provisional and card.language == event.language):  # else it is still true
            card = replace(card, target="", translation="", sentences=(), provisional=False)
        sure, text = event.confidence >= SURE, event.text.strip()
        self._put(
            replace(
                card,
                state=CardState.CERTAIN if sure else CardState.UNCERTAIN,
                language=event.language,
                confidence=event.confidence,
                committed="",
                tail="",
                text=text,
                terms=card.terms if text == card.text else (),
                doubtful=event.doubtful,
                failure="",
                params={},
            )
        )

    def _on_silence(self, key: Key) -> None:
        """No speech leaves no card, but a repetition that heard nothing takes no text away."""
        card = self.card(key)
        if card is not None and card.text:
            self._put(replace(card, state=CardState.UNCERTAIN))
        else:
            self._remove(key)

    def _on_translated(self, event: Translated) -> None:
        card, text = self.card((event.session, event.utterance)), event.text.strip()
        if card is None:
            return
        known = card.translation and not card.provisional
        if event.final or (text and not known):
            self._put(
                replace(
                    card,
                    target=event.target,
                    translation=text,
                    sentences=event.sentences if event.final else (),
                    provisional=not event.final,
                    trial=has_trial(event.sentences),
                )
            )

    def _on_failed(self, event: Failed) -> None:
        self._put(
            replace(
                self._card(event.session, event.utterance, event.start),
                state=CardState.FAILED,
                failure=event.code,
                params=event.params,
            )
        )

    def _card(self, session: str, utterance: int, start: float) -> Card:
        known = self.card((session, utterance))
        if known is not None:
            return known
        began = self._began.setdefault(session, datetime.now().astimezone())
        return Card(session, utterance, began + timedelta(seconds=start))

    def _put(self, card: Card) -> None:
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


def _before(one: Card, other: Card, order: dict[str, int]) -> bool:
    """Whether one card was spoken before another; by number, for a clock may be set back."""
    return (order[one.session], one.utterance) < (order[other.session], other.utterance)
