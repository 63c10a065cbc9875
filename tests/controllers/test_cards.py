"""Cards: one an utterance, whatever happens."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.controllers.cards import CARD, CardList, CardState
from tolmach.worker.protocol import Cut, Failed, Recognized, Translated

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=5)))


def recognized(number: int, text: str = "да", confidence: float = 1.0) -> Recognized:
    return Recognized("s", number, 2.5, 3.5, "ru", confidence, text)


@pytest.fixture
def cards() -> CardList:
    result = CardList()
    result.begin(NOON)
    return result


def test_one_row_from_cut_to_translation(cards: CardList) -> None:
    cards.apply(Cut("s", 0, 40_000, 56_000))
    assert cards.cards[0].state is CardState.RECOGNISING
    assert cards.cards[0].said_at == NOON + timedelta(seconds=2.5)
    cards.apply(recognized(0, " Как дела? "))
    cards.apply(Translated("s", 0, "ru", "ba", "Хәлдәр нисек?"))
    assert cards.rowCount() == 1
    card = cards.index(0).data(CARD)
    assert (card.state, card.text, card.target) == (CardState.CERTAIN, "Как дела?", "ba")
    assert cards.index(0).data() == "Как дела?\nХәлдәр нисек?"


def test_no_speech_leaves_no_card(cards: CardList) -> None:
    for number in range(3):
        cards.apply(Cut("s", number, 0, 512))
    cards.apply(recognized(1, "  "))
    cards.apply(recognized(2, "позже"))
    assert [(c.utterance, c.text) for c in cards.cards] == [(0, ""), (2, "позже")]


@pytest.mark.parametrize(
    ("confidence", "state"), [(0.79, CardState.UNCERTAIN), (0.8, CardState.CERTAIN)]
)
def test_a_guessed_language_is_marked(cards: CardList, confidence: float, state: CardState) -> None:
    cards.apply(recognized(0, confidence=confidence))
    assert cards.cards[0].state is state


@pytest.fixture
def repeated(cards: CardList) -> CardList:
    """A card that is being recognised as another language."""
    cards.apply(recognized(0, confidence=0.5))
    cards.apply(Translated("s", 0, "ru", "ba", "эйе"))
    cards.again(("s", 0))
    return cards


def test_a_repeated_recognition_forgets_the_old_translation(repeated: CardList) -> None:
    assert repeated.cards[0].state is CardState.RECOGNISING
    repeated.apply(Recognized("s", 0, 2.5, 3.5, "ba", 1.0, "дә"))
    assert [(c.text, c.translation) for c in repeated.cards] == [("дә", "")]


def test_a_repeated_recognition_that_hears_nothing_takes_nothing_away(repeated: CardList) -> None:
    repeated.apply(Recognized("s", 0, 2.5, 3.5, "ba", 1.0, " "))
    [card] = repeated.cards
    assert (card.state, card.language) == (CardState.UNCERTAIN, "ru")
    assert (card.text, card.translation) == ("да", "эйе")


def test_a_repeated_recognition_that_fails_takes_nothing_away(repeated: CardList) -> None:
    repeated.apply(Failed("s", "recognition-failed", {"detail": "x"}, 0, 2.5, 3.5))
    [card] = repeated.cards
    assert (card.state, card.failure) == (CardState.FAILED, "recognition-failed")
    assert (card.text, card.translation) == ("да", "эйе")


def test_a_repetition_of_nothing_that_hears_nothing_leaves_no_card(cards: CardList) -> None:
    cards.apply(Failed("s", "worker-crashed-on-utterance", {}, 0))
    cards.again(("s", 0))
    assert (cards.cards[0].state, cards.cards[0].failure) == (CardState.RECOGNISING, "")
    cards.apply(recognized(0, ""))
    assert cards.cards == []


def test_a_failure_names_its_code_and_is_forgotten_when_it_works(cards: CardList) -> None:
    cards.apply(Failed("s", "recognition-failed", {"detail": "x"}, 0, 2.5, 3.5))
    assert (cards.cards[0].state, cards.cards[0].failure) == (
        CardState.FAILED,
        "recognition-failed",
    )
    cards.apply(recognized(0))
    assert (cards.cards[0].state, cards.cards[0].failure) == (CardState.CERTAIN, "")


def test_a_failed_translation_keeps_what_was_said(cards: CardList) -> None:
    cards.apply(recognized(0, "да"))
    cards.apply(Failed("s", "translation-failed", {}, 0))
    assert (cards.cards[0].state, cards.cards[0].text) == (CardState.FAILED, "да")


def test_a_failed_session_leaves_nothing_waiting(cards: CardList) -> None:
    cards.apply(Cut("s", 0, 0, 512))
    cards.apply(recognized(1))
    cards.apply(Cut("other", 0, 0, 512))
    cards.fail_waiting(Failed("s", "worker-does-not-start", {"exit_code": "1"}))
    assert [c.state for c in cards.cards] == [
        CardState.FAILED,
        CardState.CERTAIN,
        CardState.RECOGNISING,
    ]


def test_translations_of_unknown_utterances_are_ignored(cards: CardList) -> None:
    cards.apply(Translated("s", 7, "ru", "ba", "эйе"))
    assert cards.rowCount() == 0


EVENTS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["cut", "text", "silence", "target", "failed"])),
    max_size=40,
)


@given(EVENTS)
def test_nothing_stands_there_twice(events: list[tuple[int, str]]) -> None:
    cards = CardList()
    shown: list[tuple[str, int]] = []  # what a view holds that only hears signals
    cards.rowsInserted.connect(lambda _, first, last: shown.insert(first, cards.cards[first].key))
    cards.rowsRemoved.connect(lambda _, first, last: shown.pop(first))
    for number, kind in events:
        cards.apply(
            {
                "cut": Cut("s", number, 0, 512),
                "text": recognized(number),
                "silence": recognized(number, ""),
                "target": Translated("s", number, "ru", "ba", "эйе"),
                "failed": Failed("s", "recognition-failed", {}, number),
            }[kind]
        )
    keys = [card.key for card in cards.cards]
    assert len(keys) == len(set(keys))
    assert keys == shown
