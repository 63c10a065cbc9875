"""The conversation screen as a person uses it."""

import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from tests.fakes import FakeLibrary, installed_packs, recognizer
from tests.ui.conftest import Stage, labels
from tolmach.audio.microphone import MicrophoneLost
from tolmach.core.errors import AudioError
from tolmach.core.settings import Settings
from tolmach.packs.store import Progress
from tolmach.protocol.messages import Ready, WorkerLost
from tolmach.sessions.updates import Lag, State
from tolmach.ui.application import build_window
from tolmach.ui.conversation.card_column import SHOWN, STEP
from tolmach.ui.widgets.words import Words


def test_space_starts_and_stops(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Space)
    stage.wait(lambda: stage.conversation.state is State.LISTENING)
    record = stage.window.conversation_page.controls.record
    assert record.accessibleName() == "Остановить"
    stage.press(Qt.Key.Key_Space)
    stage.wait(lambda: stage.conversation.state is State.PROCESSING)
    stage.session.drained()
    stage.wait(lambda: record.accessibleName() == "Начать слушать")


def test_space_presses_the_button_that_the_keyboard_is_on(stage: Stage) -> None:
    stage.window.conversation_page.top.swap.setFocus(Qt.FocusReason.TabFocusReason)
    stage.press(Qt.Key.Key_Space)
    assert stage.preferences.settings.left_language == "ba"
    assert stage.conversation.state is State.IDLE


def test_the_mouse_leaves_space_to_the_round_button(stage: Stage) -> None:
    stage.qtbot.mouseClick(stage.window.conversation_page.top.swap, Qt.MouseButton.LeftButton)
    assert stage.preferences.settings.left_language == "ba"
    stage.press(Qt.Key.Key_Space)
    assert stage.conversation.state is State.LOADING


def test_a_card_grows_in_place(stage: Stage) -> None:
    stage.listen()
    stage.session.cut(0)
    stage.wait(lambda: len(stage.cards) == 1)
    card = stage.cards[0]
    assert "Распознаю…" in labels(card)
    stage.session.recognized(0, "Как дела?")
    stage.session.translated(0, "Хәлдәр нисек?")
    stage.wait(lambda: "Хәлдәр нисек?" in labels(card))
    assert stage.cards == [card]
    assert labels(card)[1:] == ["Русский", "Как дела?", "Хәлдәр нисек?"]
    assert card.accessibleName().endswith("Русский. Как дела?. Хәлдәр нисек?")


def test_each_language_has_its_side(stage: Stage) -> None:
    stage.listen()
    stage.session.recognized(0, "да")
    stage.session.recognized(1, "эйе", "ba")
    stage.wait(lambda: len(stage.cards) == 2)
    assert [card.property("side") for card in stage.cards] == ["left", "right"]
    stage.preferences.swap()
    assert [card.property("side") for card in stage.cards] == ["right", "left"]


def test_a_guessed_language_says_so_and_can_be_corrected(stage: Stage) -> None:
    stage.listen()
    stage.session.recognized(0, "дә", confidence=0.62)
    stage.wait(lambda: len(stage.cards) == 1)
    assert "Русский — 62 %" in labels(stage.cards[0])
    [again] = [
        button
        for button in stage.cards[0].findChildren(QAbstractButton)
        if button.isVisible() and button.accessibleName() == "Это был другой язык"
    ]
    again.click()
    stage.wait(lambda: stage.session.asked_again == [(0, "ba", "ru")])


def test_a_repetition_that_hears_nothing_gives_the_text_back(stage: Stage) -> None:
    stage.listen()
    stage.say("дә")
    card = stage.cards[0]
    stage.conversation.again(stage.conversation.cards.cards[0].key, "ba")
    assert labels(card)[1:] == ["Распознаю…", "дә", "ДӘ"]
    stage.session.recognized(0, "", "ba")
    stage.wait(lambda: labels(card)[1:] == ["Русский", "дә", "ДӘ"])


def test_space_during_the_last_words_says_that_it_begins_again(stage: Stage) -> None:
    stage.listen()
    stage.conversation.stop()
    status = stage.window.conversation_page.controls.state
    stage.wait(lambda: status.text() == "Дописываю последнее")
    stage.press(Qt.Key.Key_Space)
    assert status.text() == "Пока не слушаю: дописываю прошлое и начну"
    stage.session.drained()
    stage.wait(lambda: len(stage.sessions.opened) == 2)
    stage.conversation.stop()
    stage.wait(lambda: status.text() == "Дописываю последнее")


def test_markup_in_speech_is_shown_as_it_was_said(stage: Stage) -> None:
    stage.listen()
    stage.say("<b>меньше</b>")
    formats = {
        label.textFormat()
        for label in stage.cards[0].findChildren(QLabel)
        if "меньше" in label.text()
    }
    assert formats == {Qt.TextFormat.PlainText}


def test_copy_by_keyboard(stage: Stage) -> None:
    stage.listen()
    stage.say("да")
    stage.cards[0].setFocus()
    stage.qtbot.keyClick(stage.cards[0], Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "да\nДА"


def test_arrow_keys_go_from_card_to_card(stage: Stage) -> None:
    stage.listen()
    stage.say("один", "два")
    stage.cards[1].setFocus()
    stage.press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is stage.cards[0]
    stage.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is stage.cards[1]


def test_following_stops_on_scrolling_up_and_resumes(stage: Stage) -> None:
    stage.listen()
    stage.say(*(f"фраза {number}" for number in range(12)))
    column = stage.window.conversation_page.column
    bar = column.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()
    bar.setValue(0)
    stage.say("новая")
    assert (bar.value(), column.following) == (0, False)
    [newest] = [b for b in column.findChildren(QAbstractButton) if b.text() == "К последнему"]
    assert newest.isVisible()
    newest.click()
    assert bar.value() == bar.maximum()
    assert not newest.isVisible()


def test_a_long_talk_keeps_few_widgets_and_loses_no_card(stage: Stage) -> None:
    stage.listen()
    stage.say(*(f"фраза {number}" for number in range(SHOWN + STEP + 10)))
    assert len(stage.cards) == SHOWN
    column = stage.window.conversation_page.column
    [earlier] = [
        b for b in column.findChildren(QAbstractButton) if b.text() == "Показать более ранние"
    ]
    earlier.click()
    assert len(stage.cards) == SHOWN + STEP
    earlier.click()
    assert len(stage.cards) == SHOWN + STEP + 10
    assert not earlier.isVisible()
    stage.qtbot.wait(20)
    assert [labels(card)[2] for card in stage.cards[:2]] == ["фраза 0", "фраза 1"]
    column.follow()
    assert len(stage.cards) == SHOWN


def test_a_lost_worker_is_told_and_the_notice_goes(stage: Stage) -> None:
    stage.listen()
    bar = stage.window.conversation_page.notice_bar
    assert not bar.isVisible()
    stage.session.report(WorkerLost(stage.session.id, -9))
    stage.wait(bar.isVisible)
    assert bar.sentences == [
        "Распознаватель остановился и перезапускается. Звук сохранён, говорите дальше."
    ]
    stage.session.report(Ready(stage.session.id))
    stage.wait(lambda: not bar.isVisible())


def test_a_lost_microphone_offers_another(stage: Stage) -> None:
    stage.listen()
    stage.session.report(MicrophoneLost("Гарнитура"))
    bar = stage.window.conversation_page.notice_bar
    stage.wait(bar.isVisible)
    [button] = [b for b in bar.findChildren(QAbstractButton) if b.text() == "Выбрать микрофон"]
    button.click()
    assert stage.window.pages.currentWidget() is stage.window.settings_page
    choice = stage.window.settings_page.choices["microphone"]
    stage.wait(lambda: len(choice.menu().actions()) == 2)
    choice.menu().actions()[1].trigger()
    assert stage.preferences.settings.microphone == "Гарнитура"
    assert stage.saved[-1].microphone == "Гарнитура"


def test_no_microphone_is_a_sentence_and_space_tries_again(stage: Stage) -> None:
    stage.sessions.failure = AudioError("portaudio-missing")
    stage.press(Qt.Key.Key_Space)
    stage.wait(lambda: stage.conversation.state is State.FAILED)
    assert len(stage.window.conversation_page.notice_bar.sentences) == 1
    stage.sessions.failure = None
    stage.press(Qt.Key.Key_Space)
    stage.wait(lambda: stage.conversation.state is State.LISTENING)
    assert stage.window.conversation_page.notice_bar.sentences == []


def test_honest_chips(stage: Stage) -> None:
    stage.listen()
    stage.session.report(Lag(0.84, 761.3))
    controls = stage.window.conversation_page.controls
    stage.wait(controls.saved.isVisible)
    assert controls.saved.text() == "звук сохранён 12:41"
    assert controls.lag.text() == "отставание 0,8 с"
    assert controls.offline.text() == "без сети"
    stage.session.report(Lag(0.0, 3723.0))
    stage.wait(lambda: controls.saved.text() == "звук сохранён 1:02:03")


def test_the_empty_screen_says_what_to_do(stage: Stage) -> None:
    assert "Нажмите пробел и говорите" in labels(stage.window.conversation_page)
    stage.listen()
    assert "Говорите" in labels(stage.window.conversation_page)
    stage.say("да")
    assert "Говорите" not in labels(stage.window.conversation_page)


def test_language_menus_offer_what_packs_can_do(stage: Stage) -> None:
    top = stage.window.conversation_page.top
    menu = top.right_language.menu()
    assert [action.text() for action in menu.actions()] == ["Русский", "Башҡортса", "Татарча"]
    menu.actions()[2].trigger()
    assert (top.right_language.text(), stage.preferences.settings.right_language) == (
        "Татарча",
        "tt",
    )
    assert [a.text() for a in top.speaker.menu().actions()] == ["Говорят оба", "Русский", "Татарча"]


def test_keys_choose_the_speaker(stage: Stage) -> None:
    for key, speaker in ((Qt.Key.Key_2, "left"), (Qt.Key.Key_3, "right"), (Qt.Key.Key_1, "auto")):
        stage.qtbot.keyClick(stage.window, key, Qt.KeyboardModifier.ControlModifier)
        assert stage.preferences.settings.speaker == speaker


def test_f1_shows_the_keys(stage: Stage) -> None:
    stage.press(Qt.Key.Key_F1)
    assert stage.window.keys.isVisible()
    assert not stage.window.keys.isModal()
    assert "говорит тот, чей язык слева" in labels(stage.window.keys)


def test_closing_stops_and_remembers_the_place(stage: Stage) -> None:
    stage.listen()
    stage.window.resize(900, 700)
    stage.window.close()
    assert stage.session.closed
    assert stage.saved[-1].geometry


@pytest.mark.parametrize(
    "settings", [Settings(geometry="не base64", left_language="xx", speaker="nobody")]
)
def test_damaged_settings_do_not_stop_the_window(stage: Stage) -> None:
    assert stage.window.isVisible()
    assert stage.window.conversation_page.top.left_language.text() == "xx"


def test_nothing_from_outside_is_markup(stage: Stage) -> None:
    evil = '<img src="file:////somewhere/x.png">'
    stage.listen()
    stage.session.recognized(0, evil, language=evil)
    stage.session.translated(0, evil)
    stage.preferences.notices.show("unexpected", {"detail": evil})
    stage.wait(lambda: len(stage.cards) == 1)
    assert sum(evil in text for text in labels(stage.window)) == 4
    formats = {label.textFormat() for label in stage.window.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


def test_what_is_written_down_later_stands_where_it_was_said(stage: Stage) -> None:
    stage.listen()
    first = stage.session
    stage.say("раз")
    stage.conversation.stop()
    stage.conversation.stop_now()
    stage.wait(lambda: stage.conversation.state is State.IDLE)
    stage.listen()
    stage.session.recognized(0, "три")
    stage.wait(lambda: len(stage.cards) == 2)
    first.recognized(1, "два")
    stage.wait(lambda: len(stage.cards) == 3)
    stage.qtbot.wait(20)  # the layout settles
    texts = [next(w.words for w in card.findChildren(Words) if w.words) for card in stage.cards]
    assert texts == ["раз", "два", "три"]
    tops = [card.mapTo(stage.window, QPoint(0, 0)).y() for card in stage.cards]
    assert tops == sorted(tops)


def test_a_recognizer_that_gets_ready_is_offered_without_a_restart(
    stage: Stage, qapp: QApplication
) -> None:
    go_on = threading.Event()
    library = FakeLibrary(installed_packs(buttons=True))

    def make(progress: Progress) -> None:
        go_on.wait()
        library.installed = installed_packs(recognizer("полная", "ru", "kk"))

    library.making = make
    window = build_window(qapp, stage.sessions, list, stage.preferences, library, stage.asking)
    standing, conversation = stage.preferences.notices, window.conversation
    assert [notice.code for notice in standing.standing] == ["recognizer-preparing"]
    conversation.start()
    stage.wait(lambda: conversation.state is State.LISTENING)
    go_on.set()
    stage.wait(lambda: not standing.standing)
    assert conversation.two_buttons  # the session goes on with what it began with
    conversation.stop()
    stage.wait(lambda: conversation.state is State.PROCESSING)
    stage.sessions.newest.drained()
    stage.wait(lambda: not conversation.two_buttons)
    menu = window.conversation_page.top.left_language.menu()
    assert [action.text() for action in menu.actions()] == ["Русский", "Қазақ тілі"]
    window.close()
