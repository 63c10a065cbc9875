"""What a person sees of doubt on a card, and what they do about it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QTextEdit

from tests.ui.conftest import Stage, labels
from tests.ui.test_looks import SCREENS, clipped, larger_fonts
from tolmach.controllers.conversation.inquiry import InquiryKind
from tolmach.core import paths
from tolmach.core.settings import Settings
from tolmach.core.translation import Candidate, Flag, Sentence
from tolmach.history.terms import term_store
from tolmach.protocol.messages import Failed, Offered, Returned, Translated
from tolmach.terms.glossary import Term
from tolmach.ui.conversation.card import CardWidget
from tolmach.ui.conversation.card_column import SHOWN
from tolmach.ui.look.theme import DARK, LIGHT, Colours
from tolmach.ui.widgets.words import Words
from tolmach.ui.window import SMALLEST

__all__ = ["larger_fonts"]  # a fixture, used by its name

SAID = "Давно болит? Примите 2 таблетки."
MEANING = "Күптән ауыртамы? Дарыу эсегеҙ."
LOST = Flag("number-lost", "2")
LOST_WORDS = "Числа 2 в переводе нет. Переспросите, сколько."
BETTER = "Күптән ауыртамы? Ике төймә эсегеҙ."


@pytest.fixture(autouse=True)
def worker_waits(stage: Stage) -> None:
    """Answers are what the test says."""
    stage.asking.waits = True


def say(stage: Stage, text: str = SAID, meaning: str = MEANING, **spoken: str) -> CardWidget:
    """Have a doubtful translation; return its card."""
    if not stage.sessions.opened:
        stage.listen()
    number = stage.conversation.cards.rowCount()
    source = spoken.get("language", "ru")
    stage.session.recognized(number, text, source)
    sentences = Sentence(0, 12, 0, 16, 0.9), Sentence(13, 32, 17, 30, 0.32, (LOST,))
    target = "ba" if source == "ru" else "ru"
    stage.session.translated(number, meaning, source, target, sentences=sentences)
    stage.wait(lambda: meaning in labels(stage.window))
    stage.qtbot.wait(20)
    return stage.cards[-1]


def test_what_is_being_written_is_not_joined_to_another_card(stage: Stage) -> None:
    card = say(stage, "Мама мыла.", "Әсәй.")
    say(stage, "Раму вечером.", "Киске.")
    card.edit()
    stage.session.joined(0, "Мама мыла раму вечером.", "Әсәй йыуҙы.")
    stage.session.progress(speaking=True)
    stage.wait(lambda: stage.conversation.speaking)
    assert len(stage.cards) == 2
    assert card.field is not None
    QTest.keyClick(card.field, Qt.Key.Key_Escape)
    stage.session.joined(0, "Мама мыла раму вечером.", "Әсәй йыуҙы.")
    stage.wait(lambda: len(stage.cards) == 1)


def test_a_joined_card_has_the_keyboard_that_its_second_half_had(stage: Stage) -> None:
    first = say(stage, "Мама мыла.", "Әсәй.")
    enter(stage, say(stage, "Раму вечером.", "Киске."))
    stage.session.joined(0, "Мама мыла раму вечером.", "Әсәй йыуҙы.")
    stage.wait(lambda: len(stage.cards) == 1)
    assert stage.cards == [first]
    assert first.hasFocus()
    assert {"Мама мыла раму вечером.", "Әсәй йыуҙы."} <= set(labels(stage.window))


def enter(stage: Stage, card: CardWidget) -> None:
    """Bring the keyboard into a card."""
    card.setFocus()
    stage.wait(card.hasFocus)


def painted(label: QLabel) -> QTextDocument:
    document = label.findChild(QTextDocument)
    assert document is not None
    return document


def underlined(label: QLabel) -> list[tuple[str, str, str]]:
    """Return the underlined parts of a label as it paints them: text, colour, kind of line."""
    document = painted(label)
    cursor = QTextCursor(document)
    parts: list[tuple[str, str, str]] = []
    for place in range(document.characterCount() - 1):
        cursor.setPosition(place)
        cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
        form = cursor.charFormat()
        kind = form.underlineColor().name(), form.underlineStyle().name
        if form.underlineStyle().value == 0:
            continue
        if parts and parts[-1][1:] == kind:
            parts[-1] = (parts[-1][0] + cursor.selectedText(), *kind)
        else:
            parts.append((cursor.selectedText(), *kind))
    return parts


def words(card: CardWidget, text: str) -> Words:
    [label] = [label for label in card.findChildren(Words) if label.words == text]
    return label


def button(card: CardWidget, name: str) -> QAbstractButton:
    [match] = [
        button
        for button in card.findChildren(QAbstractButton)
        if button.isVisible() and name in (button.accessibleName(), button.text())
    ]
    return match


def fields(card: CardWidget) -> list[QTextEdit]:
    return [field for field in card.findChildren(QTextEdit) if field.isVisible()]


def questions_asked(stage: Stage, number: int = 1) -> Callable[[], bool]:
    return lambda: len(stage.asking.questions) == number


def test_doubts_stand_below_the_translation(stage: Stage) -> None:
    card = say(stage)
    texts = labels(card)
    assert "Перевод, скорее всего, неточен — 32 %" in texts
    assert LOST_WORDS in texts
    assert LOST_WORDS in card.accessibleName()
    places = [words(card, text).mapTo(card, QPoint(0, 0)).y() for text in (MEANING, LOST_WORDS)]
    assert places == sorted(places)


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_the_doubted_sentence_has_a_soft_line(stage: Stage, theme: str, colours: Colours) -> None:
    card = say(stage)
    stage.preferences.change(replace(stage.preferences.settings, theme=theme))
    label = words(card, MEANING)
    assert underlined(label) == [("Дарыу эсегеҙ.", colours.doubt, "SingleUnderline")]


def test_what_may_change_is_not_doubted_yet(stage: Stage) -> None:
    stage.listen()
    stage.session.recognized(0, SAID)
    sentences = (Sentence(0, 32, 0, 6, 0.2, (LOST,)),)
    stage.session.translated(0, "Күптән", final=False, sentences=sentences)
    stage.wait(lambda: "Күптән" in labels(stage.window))
    assert LOST_WORDS not in labels(stage.window)


def test_no_percentage_that_nobody_measured(stage: Stage) -> None:
    stage.listen()
    stage.session.recognized(0, "Да.")
    stage.session.translated(0, "Эйе.", sentences=[Sentence(0, 3, 0, 4)])
    stage.wait(lambda: "Эйе." in labels(stage.window))
    assert not any("%" in text for text in labels(stage.cards[0]))


def test_nothing_in_a_doubted_sentence_is_markup(stage: Stage) -> None:
    evil = '<b>a</b> & <img src="x">'
    stage.listen()
    stage.session.recognized(0, evil)
    spans = [Sentence(0, 5, 0, 8, doubts=(LOST,)), Sentence(0, 5, -7, 99, doubts=(LOST,))]
    stage.session.translated(0, evil, sentences=spans)
    stage.wait(lambda: LOST_WORDS in labels(stage.window))
    [label] = [
        label for label in stage.cards[0].findChildren(QLabel) if "underline" in label.text()
    ]
    assert painted(label).toPlainText() == evil
    assert [text for text, *_ in underlined(label)] == ["<b>a</b>"]


def test_a_person_knows_their_own_translation(stage: Stage) -> None:
    stage.listen()
    for number, sentences in enumerate(
        ([Sentence(0, 12, 0, 16, origin="correction"), Sentence(13, 32, 17, 30)],) * 2
    ):
        stage.session.recognized(number, SAID)
        stage.session.translated(number, MEANING, sentences=sentences[: 2 - number])
    stage.wait(lambda: len(stage.cards) == 2)
    stage.wait(lambda: "ваш перевод" in labels(stage.cards[1]))
    assert "ваш перевод: «Күптән ауыртамы?»" in labels(stage.cards[0])


def test_terms_are_dotted_and_explained(stage: Stage) -> None:
    term_store(paths.terms_file()).add_terms([Term("ru", "ba", ("таблетка",), ("<i>төймә",))])
    card = say(stage)
    label = words(card, SAID)
    stage.wait(lambda: underlined(label) != [])
    [(text, _, line)] = underlined(label)
    assert (text, line) == ("таблетки", "DotLine")
    assert label.toolTip() == "<span>таблетки — &lt;i&gt;төймә</span>"


def test_what_the_final_put_right_is_underlined_and_explained(stage: Stage) -> None:
    stage.listen()
    stage.session.unconfirmed(0, "Давно болеет?", "Примите")
    stage.wait(lambda: "Давно болеет? Примите" in labels(stage.window))
    stage.session.recognized(0, SAID)
    stage.wait(lambda: SAID in labels(stage.window))
    label = words(stage.cards[0], SAID)
    [(text, _, line)] = underlined(label)
    assert (text, line) == ("болит?", "SingleUnderline")
    assert label.toolTip() == "<span>«болит?» — сначала слышалось «болеет?»</span>"


@pytest.mark.parametrize("letter", ["v", "м"])
def test_other_versions_by_a_letter_of_either_keyboard(stage: Stage, letter: str) -> None:
    card = say(stage)
    enter(stage, card)
    pressed = QKeyEvent.Type.KeyPress, ord(letter.upper()), Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(card, QKeyEvent(*pressed, letter))
    stage.wait(lambda: "Ищу другие варианты…" in labels(card))
    stage.wait(questions_asked(stage))
    stage.asking.answer(Offered("texts", 0, (Candidate(BETTER, -1.0, 0.41),)))
    stage.wait(lambda: "Другие варианты" in labels(card))
    assert "скорее всего, неточен — 41 %" in labels(card)
    choice = button(card, f"{BETTER}. скорее всего, неточен — 41 %")
    choice.setFocus()
    stage.press(Qt.Key.Key_Return)
    stage.wait(lambda: BETTER in labels(card) and "Другие варианты" not in labels(card))
    assert "ваш перевод: «Ике төймә эсегеҙ.»" in labels(card)
    assert LOST_WORDS not in labels(card)


def test_no_other_version_is_said(stage: Stage) -> None:
    card = say(stage)
    card.inquiring.emit((stage.session.id, 0), InquiryKind.VERSIONS)
    stage.wait(questions_asked(stage))
    stage.asking.answer(Offered("texts", 0, (Candidate(MEANING, -1.0),)))
    stage.wait(lambda: "Других вариантов нет" in labels(card))


@pytest.mark.parametrize(
    ("similarity", "verdict"),
    [
        (88.0, "Обратный перевод почти тот же"),
        (52.0, "Обратный перевод похож, сравните"),
        (12.0, "Обратный перевод сильно отличается"),
    ],
)
def test_a_check_is_judged_in_words(stage: Stage, similarity: float, verdict: str) -> None:
    card = say(stage)
    enter(stage, card)
    button(card, "Проверить обратным переводом").click()
    stage.wait(questions_asked(stage))
    stage.asking.answer(Returned("texts", 0, "Давно болит? <b>Пейте.", similarity))
    stage.wait(lambda: verdict in labels(card))
    assert "Давно болит? <b>Пейте." in labels(card)
    enter(stage, card)
    stage.press(Qt.Key.Key_Escape)
    assert verdict not in labels(card)


def test_a_worker_that_cannot_answer_says_why(stage: Stage) -> None:
    card = say(stage)
    card.inquiring.emit((stage.session.id, 0), InquiryKind.CHECK)
    stage.wait(questions_asked(stage))
    stage.asking.answer(Failed("texts", "no-route", {"source": "ba", "target": "ru"}, 0))
    stage.wait(lambda: any("нечем" in text for text in labels(card)))


def test_who_speaks_the_interface_language_can_be_asked(stage: Stage) -> None:
    card = say(stage)
    button(card, "Переспросить").click()
    stage.wait(questions_asked(stage))
    stage.asking.answer(Returned("texts", 0, "Давно болит? Пейте лекарство.", 50.0))
    stage.wait(lambda: "Верно ли: «Давно болит? Пейте лекарство»?" in labels(card))


@pytest.mark.parametrize(
    ("language", "settings"),
    [("ba", Settings()), ("ru", Settings(interface="en"))],
    ids=["another language", "another interface"],
)
def test_nobody_is_asked_in_words_that_nobody_here_knows(stage: Stage, language: str) -> None:
    card = say(stage, language=language)
    assert not any(
        button.isVisible() and button.text() in ("Переспросить", "Ask again")
        for button in card.findChildren(QAbstractButton)
    )


def test_a_corrected_text_is_translated_anew(stage: Stage) -> None:
    card = say(stage)
    enter(stage, card)
    stage.press(Qt.Key.Key_E)
    text, meaning = fields(card)
    assert (text.toPlainText(), meaning.toPlainText()) == (SAID, MEANING)
    assert QApplication.focusWidget() is text
    text.insertPlainText(" Ясно?")
    stage.press(Qt.Key.Key_Return)
    assert fields(card) == []
    assert f"{SAID} Ясно?" in labels(card)
    assert "Перевожу заново…" in labels(card)
    stage.wait(questions_asked(stage))
    stage.asking.answer(Translated("texts", 0, "ru", "ba", f"{MEANING} Аңланығыҙмы?"))
    stage.wait(lambda: f"{MEANING} Аңланығыҙмы?" in labels(card))
    assert QApplication.focusWidget() is card


def test_a_corrected_translation_survives_a_replay(stage: Stage) -> None:
    card = say(stage)
    card.edit()
    _, meaning = fields(card)
    meaning.setPlainText(BETTER)
    stage.qtbot.keyClick(meaning, Qt.Key.Key_Enter)
    assert BETTER in labels(card)
    stage.session.recognized(0, SAID)
    stage.session.translated(0, MEANING)
    stage.qtbot.wait(20)
    assert BETTER in labels(card)
    stage.conversation.again((stage.session.id, 0), "ru")
    stage.session.recognized(0, SAID)
    stage.session.translated(0, MEANING)
    stage.wait(lambda: MEANING in labels(card))


def test_escape_gives_up(stage: Stage) -> None:
    card = say(stage)
    card.edit()
    text, _ = fields(card)
    text.setPlainText("другое")
    stage.qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert fields(card) == []
    assert SAID in labels(card)
    assert stage.asking.questions == []


def test_keys_stay_in_the_fields(stage: Stage) -> None:
    card = say(stage)
    state = stage.conversation.state
    card.edit()
    text, _ = fields(card)
    stage.qtbot.keyClicks(text, " vpe")
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Down):
        stage.qtbot.keyClick(text, key)
    assert text.toPlainText() == f"{SAID} vpe "
    assert (stage.conversation.state, stage.asking.questions) == (state, [])
    assert QApplication.focusWidget() is text


def test_what_is_being_written_is_not_lost(stage: Stage) -> None:
    card = say(stage)
    card.edit()
    fields(card)[0].setPlainText("Примите")
    stage.say(*(f"фраза {number}" for number in range(SHOWN + 3)))
    assert stage.cards[0].draft == ("Примите", MEANING)
    stage.preferences.change(replace(stage.preferences.settings, theme="dark", interface="en"))
    stage.preferences.change(replace(stage.preferences.settings, interface="ru"))
    stage.wait(lambda: len(fields(stage.cards[0])) == 2)
    assert [card.draft for card in stage.cards if card.draft] == [("Примите", MEANING)]
    [text, _] = fields(stage.cards[0])
    assert text.mapTo(stage.window, QPoint(0, 0)).y() > 0
    stage.qtbot.keyClick(text, Qt.Key.Key_Return)
    assert "Примите" in labels(stage.cards[0])


def test_after_writing_the_column_follows_again(stage: Stage) -> None:
    card = say(stage)
    column = stage.window.conversation_page.column
    card.edit()
    stage.say(*(f"фраза {number}" for number in range(9)))
    text, _ = fields(card)
    place = text.mapTo(column, QPoint(0, 0)).y()
    assert 0 <= place < column.height()
    stage.qtbot.keyClick(text, Qt.Key.Key_Escape)
    bar = column.verticalScrollBar()
    stage.wait(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())


def test_tab_goes_from_one_version_to_the_next(stage: Stage) -> None:
    card = say(stage)
    card.inquiring.emit((stage.session.id, 0), InquiryKind.VERSIONS)
    stage.wait(questions_asked(stage))
    texts = ("Бер.", "Ике.")
    stage.asking.answer(Offered("texts", 0, tuple(Candidate(text, -1.0) for text in texts)))
    stage.wait(lambda: "Ике." in labels(card))
    enter(stage, card)
    button(card, "Убрать").setFocus()
    names = []
    for _ in texts:
        stage.window.focusNextChild()
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName())
    assert names == ["Бер.", "Ике."]


def test_the_menu_says_in_words_what_the_buttons_do(stage: Stage) -> None:
    card = say(stage)
    stage.session.recognized(0, SAID, "ba", confidence=0.6)
    stage.session.translated(0, MEANING, "ba", "ru")
    stage.window.resize(*SMALLEST)
    stage.wait(lambda: "Башҡортса — 60 %" in labels(card))
    enter(stage, card)
    stage.qtbot.wait(20)
    button(card, "Что с этим сделать").click()
    [menu] = [menu for menu in card.findChildren(QMenu) if menu.isVisible()]
    names = [action.text() for action in menu.actions()]
    assert names[0] == "Варианты перевода (V)"
    assert len(names) == 4
    menu.actions()[2].trigger()
    assert len(fields(card)) == 2
    menu.close()


@pytest.mark.parametrize(("larger_fonts", "size"), SCREENS, indirect=["larger_fonts"])
@pytest.mark.parametrize("interface", ["ru", "en"])
@pytest.mark.usefixtures("larger_fonts")
def test_nothing_of_it_is_clipped(stage: Stage, size: tuple[int, int], interface: str) -> None:
    stage.preferences.change(
        replace(stage.preferences.settings, interface=interface, font="system")
    )
    stage.window.resize(*size)
    card = say(stage)
    card.inquiring.emit((stage.session.id, 0), InquiryKind.VERSIONS)
    stage.wait(questions_asked(stage))
    versions = (Candidate(BETTER * 3, -1.0, 0.2), Candidate("Эс.", -1.0))
    stage.asking.answer(Offered("texts", 0, versions))
    stage.qtbot.wait(50)
    enter(stage, card)
    stage.qtbot.wait(20)
    assert clipped(stage.window) == []
    card.edit()
    stage.qtbot.wait(50)
    assert clipped(stage.window) == []
    assert all(field.verticalScrollBar().maximum() == 0 for field in fields(card))
