"""The review of a card: asked of a worker that the test plays, kept on a real disk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeTextQuestions
from tolmach.controllers.background import Background
from tolmach.controllers.conversation.card_review import CardReview
from tolmach.controllers.conversation.cards import Card, CardList, CardState
from tolmach.controllers.conversation.inquiry import Inquiry, InquiryKind
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.core import paths
from tolmach.core.settings import Settings
from tolmach.core.translation import Candidate, Flag, Sentence
from tolmach.history.terms import term_store
from tolmach.protocol.messages import Failed, Offered, Recognized, Returned, Translated
from tolmach.terms.correction import CORRECTION
from tolmach.terms.glossary import Term

KEY = ("s", 0)
SAID = "Примите 2 таблетки."
MEANING = "Дарыу эсегеҙ."
LOST = Flag("number-lost", "2")


class Table:
    """The controllers, and the strings to pull."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.asking = FakeTextQuestions(waits=True)
        self.store = term_store(paths.terms_file())
        self.cards = CardList()
        self.notices = Notices()
        preferences = Preferences(Settings(), lambda settings: None, self.notices)
        self.review = CardReview(self.cards, self.asking, preferences, Background("test"))

    @property
    def card(self) -> Card:
        return self.cards.cards[0]

    def say(self, text: str = SAID, translation: str = MEANING) -> None:
        self.cards.apply(Recognized("s", 0, 0.0, 1.0, "ru", 1.0, text))
        spans = (0, len(text), 0, len(translation))
        sentences = (Sentence(*spans, 0.4, (LOST,)),)
        self.cards.apply(Translated("s", 0, "ru", "ba", translation, True, sentences))

    def ask(self, ask: InquiryKind) -> None:
        before = len(self.asking.questions)
        self.review.ask(KEY, ask)
        self.wait(lambda: len(self.asking.questions) > before)

    @property
    def inquiry(self) -> Inquiry:
        assert self.card.open_inquiry is not None
        return self.card.open_inquiry

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition)

    def remembered(self) -> list[tuple[str, str, str, str, str]]:
        return [
            (e.source_language, e.target_language, e.source, e.target, e.origin)
            for e in self.store.memory()
        ]


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[Table]:
    result = Table(qtbot)
    yield result
    result.review.close()


def test_other_versions_come_with_their_own_doubts(table: Table) -> None:
    table.say()
    table.ask(InquiryKind.VERSIONS)
    assert table.asking.questions == [("alternatives", SAID, "ru", "ba")]
    assert table.card.open_inquiry is not None
    assert table.inquiry.waiting
    texts = (MEANING, "Ике төймә эсегеҙ.", "Төймә эсегеҙ.")
    table.asking.answer(Offered("texts", 0, tuple(Candidate(text, -1.0) for text in texts)))
    table.wait(lambda: not table.inquiry.waiting)
    offered = [(version.text, version.doubts) for version in table.inquiry.versions]
    assert offered == [("Ике төймә эсегеҙ.", ()), ("Төймә эсегеҙ.", (LOST,))]


def test_a_choice_stays_and_is_remembered(table: Table) -> None:
    table.say()
    table.ask(InquiryKind.VERSIONS)
    table.asking.answer(Offered("texts", 0, (Candidate("Ике төймә эсегеҙ.", -1.0),)))
    table.wait(lambda: not table.inquiry.waiting)
    table.review.choose(KEY, "Ике төймә эсегеҙ.")
    assert (table.card.translation, table.card.doubts) == ("Ике төймә эсегеҙ.", ())
    assert table.card.open_inquiry is None
    assert [sentence.origin for sentence in table.card.segment.sentences] == [CORRECTION]
    table.wait(lambda: table.remembered() != [])
    assert table.remembered() == [("ru", "ba", SAID, "Ике төймә эсегеҙ.", CORRECTION)]
    [entry] = table.store.memory()
    assert datetime.fromisoformat(entry.date).utcoffset() is not None
    table.say("Примите", "Эсегеҙ")  # a replay
    assert (table.card.segment.text, table.card.translation) == (SAID, "Ике төймә эсегеҙ.")


def test_only_the_changed_sentence_is_remembered(table: Table) -> None:
    table.say("Давно болит? Примите 2 таблетки.", "Күптән ауыртамы? Дарыу эсегеҙ.")
    segment = replace(table.card.segment, sentences=())
    table.cards.update(replace(table.card, segment=segment))
    table.review.correct(KEY, table.card.segment.text, "Күптән ауыртамы?  Ике төймә\nэсегеҙ. ")
    assert table.card.translation == "Күптән ауыртамы? Ике төймә эсегеҙ."
    table.wait(lambda: table.remembered() != [])
    assert table.remembered() == [
        ("ru", "ba", "Примите 2 таблетки.", "Ике төймә эсегеҙ.", CORRECTION)
    ]


def test_a_corrected_text_is_translated_anew(table: Table) -> None:
    table.say()
    segment = replace(table.card.segment, doubtful=True)
    table.cards.update(replace(table.card, segment=segment))
    changed: list[tuple[str, str]] = []
    table.cards.corrected.connect(
        lambda session, segment: changed.append((segment.text, segment.translation))
    )
    table.review.correct(KEY, "Примите 3 таблетки.", MEANING)
    assert (table.card.segment.text, table.card.segment.doubtful) == ("Примите 3 таблетки.", False)
    assert (table.card.translation, table.card.translated) == (MEANING, False)
    assert table.card.doubts == ()
    table.wait(lambda: table.asking.questions != [])
    assert table.asking.questions == [("translate", "Примите 3 таблетки.", "ru", "ba")]
    table.review.ask(KEY, InquiryKind.VERSIONS)  # the translation is waited for
    table.review.dismiss(KEY)
    sentences = (Sentence(0, 19, 0, 16),)
    table.asking.answer(Translated("texts", 0, "ru", "ba", "Өс төймә эсегеҙ.", True, sentences))
    table.wait(lambda: table.card.translation == "Өс төймә эсегеҙ.")
    assert (table.card.draft, table.card.open_inquiry) == (None, None)
    assert table.card.segment.sentences == sentences
    assert changed == [
        ("Примите 3 таблетки.", ""),  # the old translation is of other words
        ("Примите 3 таблетки.", "Өс төймә эсегеҙ."),
    ]
    assert table.remembered() == []
    assert len(table.asking.questions) == 1


def test_a_text_that_cannot_be_translated_keeps_no_translation_of_another(table: Table) -> None:
    table.say()
    table.review.correct(KEY, "Примите 3 таблетки.", "")
    table.wait(lambda: table.asking.questions != [])
    table.asking.answer(Failed("texts", "no-route", {"source": "ru", "target": "ba"}, 0))
    table.wait(lambda: not table.inquiry.waiting)
    assert (table.card.segment.text, table.card.translation) == ("Примите 3 таблетки.", "")
    assert table.inquiry.failure == "no-route"


def test_both_texts_corrected_ask_nobody(table: Table) -> None:
    table.say()
    table.review.correct(KEY, "Примите 3 таблетки.", "Өс төймә эсегеҙ.")
    assert (table.card.segment.text, table.card.translation) == (
        "Примите 3 таблетки.",
        "Өс төймә эсегеҙ.",
    )
    table.wait(lambda: table.remembered() != [])
    assert table.remembered()[0][2:4] == ("Примите 3 таблетки.", "Өс төймә эсегеҙ.")
    assert table.asking.questions == []


@pytest.mark.parametrize(("text", "translation"), [(SAID, MEANING), ("", " "), (f" {SAID}", "")])
def test_nothing_changed_changes_nothing(table: Table, text: str, translation: str) -> None:
    table.say()
    before = table.card
    table.review.correct(KEY, text, translation)
    assert table.card == before


def test_a_check_is_put_away_by_asking_again(table: Table) -> None:
    table.say()
    table.ask(InquiryKind.CHECK)
    assert table.asking.questions == [("back", SAID, MEANING, "ru", "ba")]
    table.asking.answer(Returned("texts", 0, "Выпейте лекарство.", 31.0))
    table.wait(lambda: not table.inquiry.waiting)
    assert (table.inquiry.back, table.inquiry.similarity) == ("Выпейте лекарство.", 31.0)
    table.review.ask(KEY, InquiryKind.CHECK)
    assert table.card.open_inquiry is None


def test_an_answer_that_comes_too_late_is_dropped(table: Table) -> None:
    table.say()
    table.ask(InquiryKind.CHECK)
    table.cards.again(KEY)
    table.asking.answer(Returned("texts", 0, "Выпейте лекарство.", 31.0))
    table.say("Примите две.", "Икене эсегеҙ.")
    table.qtbot.wait(20)
    assert table.card.inquiry is None


def test_nothing_is_asked_while_somebody_speaks(table: Table) -> None:
    table.say()
    table.cards.again(KEY)
    for ask in (InquiryKind.VERSIONS, InquiryKind.CHECK, InquiryKind.CONFIRM):
        table.review.ask(KEY, ask)
    table.review.choose(KEY, "Ике")
    table.review.correct(KEY, "Две", "Ике")
    assert table.card.state is CardState.RECOGNISING
    assert (table.card.segment.text, table.card.translation, table.card.inquiry) == (
        SAID,
        MEANING,
        None,
    )
    assert table.asking.questions == []


def test_terms_are_found_in_every_form(table: Table) -> None:
    table.store.add_terms([Term("ru", "ba", ("таблетка",), ("төймә",))])
    table.say()
    table.wait(lambda: table.card.terms != ())
    [hit] = table.card.terms
    assert (SAID[hit.start : hit.end], hit.terms[0].target) == ("таблетки", ("төймә",))
    table.review.correct(KEY, "Примите сразу 2 таблетки.", MEANING)
    table.wait(lambda: table.card.terms != ())
    assert table.card.segment.text[table.card.terms[0].start :] == "таблетки."


def test_without_terms_nothing_is_written(table: Table) -> None:
    table.say()
    table.review.close()
    assert not paths.terms_file().exists()
    assert table.card.terms == ()


def test_a_disk_that_refuses_is_told_and_the_correction_stands(table: Table) -> None:
    paths.terms_file().parent.mkdir(parents=True, exist_ok=True)
    paths.terms_file().write_text("это не база " * 1000, encoding="utf-8")
    table.say()
    table.wait(lambda: [notice.code for notice in table.notices.standing] == ["database-damaged"])
    table.notices.withdraw("database-damaged")
    table.cards.apply(Recognized("s", 1, 4.0, 5.0, "ru", 1.0, "да"))
    table.review.correct(KEY, SAID, "Ике төймә эсегеҙ.")
    table.wait(lambda: table.notices.standing != [])
    assert table.card.translation == "Ике төймә эсегеҙ."
