"""Cards: one an utterance, whatever happens."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.controllers.conversation.amendments import Amendment
from tolmach.controllers.conversation.cards import CARD, Card, CardList, CardState
from tolmach.controllers.conversation.inquiry import Inquiry, InquiryKind
from tolmach.core.transcript import Segment, Transcript
from tolmach.core.translation import UNKNOWN, Flag, Sentence
from tolmach.protocol.messages import Cut, Failed, Joined, Recognized, Translated, Unconfirmed
from tolmach.sessions.record import record
from tolmach.terms.glossary import TermMatch

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=5)))


def recognized(number: int, text: str = "да", confidence: float = 1.0) -> Recognized:
    return Recognized("s", number, 2.5, 3.5, "ru", confidence, text)


def unconfirmed(committed: str, tail: str, language: str = "ru", sure: float = 1.0) -> Unconfirmed:
    return Unconfirmed("s", 0, 2.5, 3.0, language, sure, committed, tail)


def correct(cards: CardList, text: str, translation: str) -> None:
    card = cards.cards[0]
    cards.correct(card, replace(card.segment, text=text, translation=translation))


@pytest.fixture
def cards() -> CardList:
    result = CardList()
    result.begin("s", NOON)
    return result


def test_one_row_from_cut_to_translation(cards: CardList) -> None:
    cards.apply(Cut("s", 0, 40_000, 56_000))
    assert cards.cards[0].state is CardState.RECOGNISING
    assert cards.cards[0].said_at == NOON + timedelta(seconds=2.5)
    cards.apply(recognized(0, " Как дела? "))
    cards.apply(Translated("s", 0, "ru", "ba", "Хәлдәр нисек?"))
    assert cards.rowCount() == 1
    card = cards.index(0).data(CARD)
    assert (card.state, card.segment.text, card.target) == (CardState.CERTAIN, "Как дела?", "ba")
    assert cards.index(0).data() == "Как дела?\nХәлдәр нисек?"


def test_words_settle_in_one_row(cards: CardList) -> None:
    cards.apply(unconfirmed("", "как"))
    assert cards.cards[0].said_at == NOON + timedelta(seconds=2.5)
    cards.apply(unconfirmed("как", " дела "))
    [card] = cards.cards
    assert (card.state, card.committed, card.tail) == (CardState.SPEAKING, "как", "дела")
    assert (card.segment.text, card.plain) == ("", "как дела")
    cards.apply(Cut("s", 0, 40_000, 56_000))
    assert (cards.cards[0].state, cards.cards[0].spoken) == (CardState.RECOGNISING, "как дела")
    cards.apply(recognized(0, "Как дела?"))
    [card] = cards.cards
    assert (card.state, card.spoken, card.committed, card.tail) == (
        CardState.CERTAIN,
        "Как дела?",
        "",
        "",
    )


def test_words_that_were_nothing_leave_no_card(cards: CardList) -> None:
    cards.apply(unconfirmed("", "э"))
    cards.apply(unconfirmed("", ""))
    assert cards.cards == []
    cards.apply(unconfirmed("", "э"))
    cards.apply(Cut("s", 0, 0, 512))
    cards.apply(recognized(0, ""))
    assert cards.cards == []


@pytest.mark.parametrize(
    "final",
    [recognized(0), Failed("s", "recognition-failed", {"detail": "x"}, 0, 2.5, 3.5)],
    ids=["text", "failure"],
)
@pytest.mark.parametrize("words", ["нет", ""], ids=["words", "nothing"])
def test_unconfirmed_words_never_take_the_place_of_what_is_final(
    cards: CardList, final: Recognized | Failed, words: str
) -> None:
    cards.apply(final)
    before = list(cards.cards)
    cards.apply(unconfirmed(words, words))
    assert cards.cards == before


def test_a_repetition_keeps_its_text_while_it_runs(repeated: CardList) -> None:
    repeated.apply(unconfirmed("нет", ""))
    [card] = repeated.cards
    assert (card.state, card.spoken, card.translation) == (CardState.RECOGNISING, "да", "эйе")


def test_a_card_changes_its_side_only_when_the_language_is_sure(cards: CardList) -> None:
    languages = []
    for language, sure in (("ru", 0.5), ("ba", 0.7), ("ba", 0.9), ("ru", 0.6)):
        cards.apply(unconfirmed("да", "", language, sure))
        languages.append(cards.cards[0].segment.language)
    assert languages == ["ru", "ru", "ba", "ba"]


def test_a_translation_so_far_stays_until_the_final_one(cards: CardList) -> None:
    cards.apply(unconfirmed("да", ""))
    cards.apply(Translated("s", 0, "ru", "ba", "эй", final=False))
    cards.apply(Translated("s", 0, "ru", "ba", "", final=False))
    cards.apply(recognized(0))
    [card] = cards.cards
    assert (card.translation, card.draft is not None) == ("эй", True)
    cards.apply(Translated("s", 0, "ru", "ba", "эйе"))
    cards.apply(Translated("s", 0, "ru", "ba", "э", final=False))  # late
    [card] = cards.cards
    assert (card.translation, card.draft is not None) == ("эйе", False)


def test_a_translation_so_far_of_another_language_is_forgotten(cards: CardList) -> None:
    cards.apply(unconfirmed("да", ""))
    cards.apply(Translated("s", 0, "ru", "ba", "эйе", final=False))
    cards.apply(Recognized("s", 0, 2.5, 3.5, "ba", 1.0, "дә"))
    assert (cards.cards[0].translation, cards.cards[0].draft is not None) == ("", False)


def test_what_was_stopped_at_once_waits_and_goes_on(cards: CardList) -> None:
    cards.apply(unconfirmed("да", ""))
    cards.apply(recognized(1))
    cards.postpone("s")
    assert [card.state for card in cards.cards] == [CardState.POSTPONED, CardState.CERTAIN]
    cards.apply(Cut("s", 0, 40_000, 56_000))
    assert cards.cards[0].state is CardState.RECOGNISING


@pytest.mark.parametrize(
    ("confidence", "state"), [(0.5, CardState.UNCERTAIN), (1.0, CardState.CERTAIN)]
)
def test_a_repetition_that_was_stopped_at_once_leaves_the_text(
    cards: CardList, confidence: float, state: CardState
) -> None:
    cards.apply(recognized(0, confidence=confidence))
    cards.again(("s", 0))
    cards.postpone("s")
    assert cards.cards[0].state is state


def test_what_is_written_down_later_stands_where_it_was_said(cards: CardList) -> None:
    inserted: list[int] = []
    cards.rowsInserted.connect(lambda _, first, last: inserted.extend((first, last)))
    cards.apply(recognized(0, "старое"))
    cards.begin("t", NOON + timedelta(minutes=30))
    cards.apply(Recognized("t", 0, 1.0, 2.0, "ru", 1.0, "новое"))
    cards.apply(Recognized("s", 1, 60.0, 62.0, "ru", 1.0, "дописано"))
    assert [(card.segment.text, card.said_at - NOON) for card in cards.cards] == [
        ("старое", timedelta(seconds=2.5)),
        ("дописано", timedelta(seconds=60)),
        ("новое", timedelta(minutes=30, seconds=1)),
    ]
    assert inserted == [0, 0, 1, 1, 1, 1]
    cards.apply(Translated("t", 0, "ru", "ba", "яңы"))
    assert cards.cards[2].translation == "яңы"


def test_no_speech_leaves_no_card(cards: CardList) -> None:
    for number in range(3):
        cards.apply(Cut("s", number, 0, 512))
    cards.apply(recognized(1, "  "))
    cards.apply(recognized(2, "позже"))
    assert [(c.segment.utterance, c.segment.text) for c in cards.cards] == [(0, ""), (2, "позже")]


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
    assert [(c.segment.text, c.translation) for c in repeated.cards] == [("дә", "")]


def test_a_repeated_recognition_that_hears_nothing_takes_nothing_away(repeated: CardList) -> None:
    repeated.apply(Recognized("s", 0, 2.5, 3.5, "ba", 1.0, " "))
    [card] = repeated.cards
    assert (card.state, card.segment.language) == (CardState.UNCERTAIN, "ru")
    assert (card.segment.text, card.translation) == ("да", "эйе")


def test_a_repeated_recognition_that_fails_takes_nothing_away(repeated: CardList) -> None:
    repeated.apply(Failed("s", "recognition-failed", {"detail": "x"}, 0, 2.5, 3.5))
    [card] = repeated.cards
    assert (card.state, card.segment.failure) == (CardState.FAILED, "recognition-failed")
    assert (card.segment.text, card.translation) == ("да", "эйе")


def test_a_repetition_of_nothing_that_hears_nothing_leaves_no_card(cards: CardList) -> None:
    cards.apply(Failed("s", "worker-crashed-on-utterance", {}, 0))
    cards.again(("s", 0))
    assert (cards.cards[0].state, cards.cards[0].segment.failure) == (CardState.RECOGNISING, "")
    cards.apply(recognized(0, ""))
    assert cards.cards == []


def test_a_failure_names_its_code_and_is_forgotten_when_it_works(cards: CardList) -> None:
    cards.apply(Failed("s", "recognition-failed", {"detail": "x"}, 0, 2.5, 3.5))
    assert (cards.cards[0].state, cards.cards[0].segment.failure) == (
        CardState.FAILED,
        "recognition-failed",
    )
    cards.apply(recognized(0))
    assert (cards.cards[0].state, cards.cards[0].segment.failure) == (CardState.CERTAIN, "")


def test_a_failed_translation_keeps_what_was_said(cards: CardList) -> None:
    cards.apply(recognized(0, "да"))
    cards.apply(Failed("s", "translation-failed", {}, 0))
    assert (cards.cards[0].state, cards.cards[0].segment.text) == (CardState.FAILED, "да")


def test_a_failed_session_leaves_nothing_waiting(cards: CardList) -> None:
    cards.apply(Cut("s", 0, 0, 512))
    cards.apply(recognized(1))
    cards.apply(Cut("other", 0, 0, 512))
    cards.apply(Unconfirmed("s", 2, 9.0, 9.5, "ru", 1.0, "да", ""))
    cards.fail_waiting(Failed("s", "worker-does-not-start", {"exit_code": "1"}))
    assert [c.state for c in cards.cards] == [
        CardState.FAILED,
        CardState.CERTAIN,
        CardState.FAILED,
        CardState.RECOGNISING,
    ]


def test_translations_of_unknown_utterances_are_ignored(cards: CardList) -> None:
    cards.apply(Translated("s", 7, "ru", "ba", "эйе"))
    assert cards.rowCount() == 0


CardEvent = Unconfirmed | Cut | Recognized | Translated | Failed

KINDS = ["words", "nothing", "cut", "text", "silence", "draft", "target", "failed"]
EVENTS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(KINDS)), max_size=40)


def event_of(number: int, kind: str) -> CardEvent:
    possible: dict[str, CardEvent] = {
        "words": Unconfirmed("s", number, 0.0, 0.5, "ru", 1.0, "да", "нет"),
        "nothing": Unconfirmed("s", number, 0.0, 0.5, "", 0.0, "", ""),
        "cut": Cut("s", number, 0, 512),
        "draft": Translated("s", number, "ru", "ba", "эй", final=False),
        "text": recognized(number),
        "silence": recognized(number, ""),
        "target": Translated("s", number, "ru", "ba", "эйе"),
        "failed": Failed("s", "recognition-failed", {}, number),
    }
    return possible[kind]


@given(EVENTS)
def test_nothing_stands_there_twice(events: list[tuple[int, str]]) -> None:
    cards = CardList()
    viewed: list[tuple[str, int]] = []  # what a view holds that only hears signals
    cards.rowsInserted.connect(lambda _, first, last: viewed.insert(first, cards.cards[first].key))
    cards.rowsRemoved.connect(lambda _, first, last: viewed.pop(first))
    for number, kind in events:
        cards.apply(event_of(number, kind))
    keys = [card.key for card in cards.cards]
    assert len(keys) == len(set(keys))
    assert keys == viewed


@pytest.fixture
def halves(cards: CardList) -> CardList:
    """Two cards that are one sentence, and another one."""
    for number, text in enumerate(("Мама мыла.", "Раму вечером.", "Да.")):
        cards.apply(replace(recognized(number, text), start=2.5 + number, end=3.5 + number))
        cards.apply(Translated("s", number, "ru", "ba", f"{number}."))
    return cards


WHOLE = Joined(
    "s",
    0,
    1,
    Recognized("s", 0, 2.5, 4.5, "ru", 0.9, "Мама мыла рану вечером."),
    Translated("s", 0, "ru", "ba", "Әсәй йыуҙы."),
)


def test_two_that_are_one_sentence_become_one_card(halves: CardList) -> None:
    first, _, third = halves.cards
    assert halves.join(WHOLE)
    card, last = halves.cards
    assert (card.key, card.said_at, last) == (first.key, first.said_at, third)
    assert card.segment == Segment(
        0, 2.5, 4.5, "Мама мыла рану вечером.", "ru", 0.9, "ba", "Әсәй йыуҙы."
    )
    assert (card.state, card.draft) == (CardState.CERTAIN, None)
    assert [card.segment.text[a.start : a.end] for a in card.amendments] == ["рану"]
    assert [a.misheard for a in card.amendments] == ["Раму"]


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(
    "act",
    [
        lambda cards, card: cards.correct(card, replace(card.segment, text="Иначе.")),
        lambda cards, card: cards.update(
            replace(
                card, inquiry=Inquiry(InquiryKind.VERSIONS, card.segment.text, card.translation)
            )
        ),
        lambda cards, card: cards.take_in_hand(card.key, True),
        lambda cards, card: cards.again(card.key),
        lambda cards, card: cards.apply(replace(recognized(card.key[1]), language="ba")),
    ],
    ids=["corrected", "asked about", "being written in", "heard again", "another"],
)
def test_what_somebody_has_done_something_with_stays_apart(
    halves: CardList, act: Callable[[CardList, Card], None], number: int
) -> None:
    act(halves, halves.cards[number])
    before = list(halves.cards)
    assert not halves.join(WHOLE)
    assert halves.cards == before


def test_what_was_put_out_of_hand_is_joined(halves: CardList) -> None:
    halves.take_in_hand(("s", 0), True)
    halves.take_in_hand(("s", 0), False)
    assert halves.join(WHOLE)


@pytest.mark.parametrize(
    "event",
    [
        replace(WHOLE, tail=7),
        replace(WHOLE, utterance=7),
        replace(WHOLE, session="t"),
        replace(WHOLE, recognized=replace(WHOLE.recognized, text=" ")),
    ],
    ids=["no second", "no first", "another session", "no words"],
)
def test_what_is_not_there_is_not_joined(halves: CardList, event: Joined) -> None:
    before = list(halves.cards)
    assert not halves.join(event)
    assert halves.cards == before


@given(EVENTS)
def test_cards_show_the_segments_of_the_transcript(events: list[tuple[int, str]]) -> None:
    cards, transcript = CardList(), Transcript("s")
    for number, kind in events:
        event = event_of(number, kind)
        cards.apply(event)
        record(transcript, event)
    segments = [card.segment for card in cards.cards if card.segment.text]
    assert segments == [segment for segment in transcript.ordered() if segment.text]


def test_what_to_think_of_a_translation_reaches_the_card(cards: CardList) -> None:
    doubt = Flag("number-lost", "2")
    own = Sentence(0, 3, 0, 4, origin="correction")
    sentences = (own, Sentence(4, 9, 5, 10, 0.3, (doubt,)), Sentence(10, 12, 11, 13, 0.7))
    cards.apply(recognized(0, "Да. Нет 2. Ну."))
    assert (cards.cards[0].trust, cards.cards[0].doubts) == (UNKNOWN, ())
    cards.apply(Translated("s", 0, "ru", "ba", "Эйе. Юҡ ул. Йә.", True, sentences))
    [card] = cards.cards
    assert card.segment.sentences == sentences
    assert (card.trust, card.doubts) == (0.3, (doubt,))
    cards.apply(recognized(0, "Нет."))
    assert cards.cards[0].segment.sentences == ()


@pytest.mark.parametrize(
    "late",
    [
        recognized(0, "нет"),
        Translated("s", 0, "ru", "ba", "Юҡ"),
        Failed("s", "worker-crashed-on-utterance", {}, 0),
        Unconfirmed("s", 0, 2.5, 3.0, "ru", 1.0, "не", "т"),
        Cut("s", 0, 40_000, 56_000),
    ],
    ids=lambda event: type(event).__name__,
)
def test_nothing_late_takes_back_what_a_person_wrote(cards: CardList, late: CardEvent) -> None:
    cards.apply(recognized(0))
    correct(cards, "да.", "Эйе.")
    before = cards.cards[0]
    cards.apply(late)
    assert cards.cards == [before]


def test_a_repetition_that_was_asked_for_does(cards: CardList) -> None:
    cards.apply(recognized(0))
    changed: list[tuple[str, Segment]] = []
    cards.corrected.connect(lambda *change: changed.append(change))
    correct(cards, "да.", "Эйе.")
    assert changed == [("s", cards.cards[0].segment)]
    assert changed[0][1].corrected
    cards.again(("s", 0))
    assert (cards.cards[0].state, cards.cards[0].spoken) == (CardState.RECOGNISING, "да.")
    cards.apply(recognized(0, "нет"))
    cards.apply(Translated("s", 0, "ru", "ba", "Юҡ"))
    assert (cards.cards[0].segment.text, cards.cards[0].translation) == ("нет", "Юҡ")


def test_an_answer_about_other_words_is_not_shown(cards: CardList) -> None:
    cards.apply(recognized(0))
    cards.update(replace(cards.cards[0], inquiry=Inquiry(InquiryKind.VERSIONS, "да", "")))
    assert cards.cards[0].open_inquiry is not None
    cards.apply(Translated("s", 0, "ru", "ba", "Эйе"))
    assert cards.cards[0].open_inquiry is None


def test_terms_belong_to_the_text_they_were_found_in(cards: CardList) -> None:
    cards.apply(recognized(0))
    cards.update(replace(cards.cards[0], terms=(TermMatch(0, 2, ()),)))
    cards.apply(recognized(0))
    assert cards.cards[0].terms
    cards.apply(recognized(0, "нет"))
    assert cards.cards[0].terms == ()


def test_what_the_final_puts_right_is_known(cards: CardList) -> None:
    cards.apply(unconfirmed("У меня болеет", "голова"))
    cards.apply(recognized(0, "У меня болит голова."))
    (card,) = cards.cards
    assert card.amendments == (Amendment(7, 12, "болеет"),)
    cards.correct(card, replace(card.segment, text="У меня болит спина."))
    assert cards.cards[0].amendments == ()
