"""What one presses to speak and to stop, and what the bottom of the window says meanwhile."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.fakes import installed_packs, recognizer
from tests.ui.conftest import Stage, labels
from tolmach.controllers.conversation import push_to_talk
from tolmach.packs.installed import InstalledPacks
from tolmach.sessions.updates import Draining, FallingBehind, Lag, State
from tolmach.ui.widgets.words import Words

TWO = pytest.mark.parametrize("able", [installed_packs(buttons=True)], ids=["two buttons"])


@pytest.fixture
def always_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """However short it is."""
    monkeypatch.setattr(push_to_talk, "HOLD", 0.0)


def visible(stage: Stage, text: str) -> QAbstractButton:
    """Return the button with this text or name."""
    [match] = [
        button
        for button in stage.window.findChildren(QAbstractButton)
        if button.isVisible() and text in (button.text(), button.accessibleName())
    ]
    return match


def test_the_lag_is_coloured_when_it_is_long(stage: Stage) -> None:
    stage.listen()
    lag = stage.window.conversation_page.controls.lag
    for seconds, role in ((3.0, "muted"), (3.1, "doubt"), (0.4, "muted")):
        stage.session.report(Lag(seconds, 60.0 + seconds))
        text = f"отставание {seconds} с".replace(".", ",")
        stage.wait(lambda: lag.text() == text)  # noqa: B023 - waited for here
        assert lag.property("role") == role


def test_a_slow_computer_offers_the_smaller_model(stage: Stage) -> None:
    stage.listen()
    stage.session.report(FallingBehind(8.4, "small"))
    bar = stage.window.conversation_page.notice_bar
    stage.wait(bar.isVisible)
    assert bar.sentences == [
        "Компьютер не успевает: текст отстаёт на 8 с. Звук сохраняется, ничего не пропадёт."
    ]
    visible(stage, "Взять модель поменьше").click()
    assert stage.saved[-1].recognizer == "small"
    assert stage.conversation.restarting


def test_where_no_model_is_smaller_none_is_offered(stage: Stage) -> None:
    stage.listen()
    stage.session.report(FallingBehind(8.4, ""))
    bar = stage.window.conversation_page.notice_bar
    stage.wait(bar.isVisible)
    buttons = [button for button in bar.findChildren(QAbstractButton) if button.isVisible()]
    assert [button.accessibleName() for button in buttons] == ["Убрать"]
    buttons[0].click()
    assert not bar.isVisible()


def test_the_last_words_can_be_left_for_later(stage: Stage) -> None:
    stage.listen()
    controls = stage.window.conversation_page.controls
    assert not controls.stop_now.isVisible()
    stage.conversation.stop()
    stage.wait(controls.stop_now.isVisible)
    for seconds, text in ((84.2, "1:25"), (11.6, "12 с")):
        stage.session.report(Draining(seconds, 90.0))
        line = f"Дописываю: осталось {text} звука"
        stage.wait(lambda: controls.state.text() == line)  # noqa: B023 - waited for here
    stage.conversation.start()
    assert controls.state.text() == "Пока не слушаю: дописываю прошлое, осталось 12 с"
    stage.conversation.stop()
    controls.stop_now.click()
    stage.wait(lambda: stage.conversation.state is State.IDLE)
    assert not controls.stop_now.isVisible()
    bar = stage.window.conversation_page.notice_bar
    assert bar.sentences == ["Звук сохранён, но 1:12 из него ещё не записано словами."]
    visible(stage, "Дописать").click()
    stage.wait(lambda: stage.conversation.state is State.PROCESSING)
    assert bar.sentences == []


def test_space_starts_wherever_one_has_clicked(stage: Stage) -> None:
    stage.listen()
    stage.say("да")
    stage.conversation.stop()
    stage.session.drained()
    stage.wait(lambda: stage.conversation.state is State.IDLE)
    for widget in (stage.cards[0], *stage.cards[0].findChildren(Words)):
        stage.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        sessions = len(stage.sessions.opened)
        stage.press(Qt.Key.Key_Space)
        stage.wait(lambda: len(stage.sessions.opened) == sessions + 1)  # noqa: B023 - waited for
        stage.wait(lambda: stage.conversation.state is State.LISTENING)
        stage.press(Qt.Key.Key_Space)
        stage.wait(lambda: stage.conversation.state is State.PROCESSING)
        stage.session.drained()
        stage.wait(lambda: stage.conversation.state is State.IDLE)


@pytest.mark.usefixtures("always_held")
def test_space_held_is_push_to_talk(stage: Stage) -> None:
    stage.qtbot.keyPress(stage.window, Qt.Key.Key_Space)
    stage.wait(lambda: stage.conversation.state is State.LISTENING)
    again = QKeyEvent(
        QEvent.Type.KeyRelease, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", True
    )
    QApplication.sendEvent(stage.window, again)  # as the keyboard repeats it
    assert stage.listening
    stage.qtbot.keyRelease(stage.window, Qt.Key.Key_Space)
    stage.wait(lambda: stage.conversation.state is State.PROCESSING)


@pytest.mark.usefixtures("always_held")
def test_a_hand_that_trembles_off_the_button_still_holds_it(stage: Stage) -> None:
    record = stage.window.conversation_page.controls.record
    outside = record.rect().bottomRight() + QPoint(9, 9)
    stage.qtbot.mousePress(record, Qt.MouseButton.LeftButton)
    stage.wait(lambda: stage.conversation.state is State.LISTENING)
    stage.qtbot.mouseMove(record, outside)
    stage.qtbot.wait(20)
    assert stage.listening
    stage.qtbot.mouseRelease(record, Qt.MouseButton.LeftButton, pos=outside)
    stage.wait(lambda: stage.conversation.state is State.PROCESSING)


@pytest.mark.usefixtures("always_held")
def test_a_key_that_comes_up_in_another_window_is_let_go(stage: Stage) -> None:
    stage.qtbot.keyPress(stage.window, Qt.Key.Key_Space)
    stage.wait(lambda: stage.conversation.state is State.LISTENING)
    stage.window.keys.show()
    stage.window.keys.activateWindow()
    stage.wait(lambda: stage.conversation.state is State.PROCESSING)


def test_one_button_where_languages_can_be_told_apart(stage: Stage) -> None:
    left_button, right = stage.window.conversation_page.controls.talk.buttons
    assert left_button.isVisible()
    assert not right.isVisible()
    stage.press(Qt.Key.Key_F10)  # the right person has no button
    assert stage.conversation.state is State.IDLE


@TWO
def test_each_language_has_its_button(stage: Stage, able: InstalledPacks) -> None:
    left_button, right = stage.window.conversation_page.controls.talk.buttons
    assert "Нажмите кнопку своего языка и говорите" in labels(stage.window)
    assert right.accessibleName() == "Башҡортса: начать слушать"
    assert "F10" in right.toolTip()
    stage.qtbot.mouseClick(right, Qt.MouseButton.LeftButton)
    stage.wait(lambda: stage.conversation.state is State.LISTENING)
    assert stage.session.settings.speaker == "right"
    assert right.accessibleName() == "Башҡортса: остановить"
    assert left_button.accessibleName() == "Русский: начать слушать"
    stage.press(Qt.Key.Key_F9)
    stage.wait(lambda: stage.session.speakers == ["ru"])
    assert left_button.accessibleName() == "Русский: остановить"
    stage.press(Qt.Key.Key_Space)  # is the left one's, too
    stage.wait(lambda: stage.conversation.state is State.PROCESSING)


@TWO
def test_one_who_speaks_alone_has_one_button(stage: Stage, able: InstalledPacks) -> None:
    left_button, right = stage.window.conversation_page.controls.talk.buttons
    assert right.isVisible()
    stage.preferences.change(replace(stage.preferences.settings, speaker="right"))
    assert not right.isVisible()
    assert left_button.accessibleName() == "Начать слушать"
    stage.preferences.change(replace(stage.preferences.settings, speaker="auto"))
    stage.preferences.swap()
    assert left_button.accessibleName() == "Башҡортса: начать слушать"


def test_settings_of_text_and_translation(stage: Stage) -> None:
    choices = stage.window.settings_page.choices
    assert not choices["recognizer"].isVisibleTo(stage.window.settings_page)  # there is but one
    choices["beam"].menu().actions()[2].trigger()
    choices["ahead"].menu().actions()[1].trigger()
    assert (stage.saved[-1].beam, stage.saved[-1].ahead) == (5, True)
    assert (choices["beam"].text(), choices["ahead"].text()) == (
        "Точнее",
        "Не дожидаясь конца фразы",
    )
    choices["ahead"].menu().actions()[0].trigger()
    assert stage.saved[-1].ahead is False


@pytest.mark.parametrize(
    "able",
    [installed_packs(recognizer("large", "ru", "ba"), recognizer("small", "ru", "ba"))],
    ids=["two"],
)
def test_settings_tell_who_hears_which_language(stage: Stage, able: InstalledPacks) -> None:
    page = stage.window.settings_page
    stage.window.pages.setCurrentWidget(page)
    memory = "Памяти для речи: 0 МБ"
    assert f"Русский — Модель large\nБашҡортса — Модель large\n{memory}" in labels(page)
    stage.preferences.change(replace(stage.preferences.settings, recognizer="small"))
    assert f"Русский — Модель small\nБашҡортса — Модель small\n{memory}" in labels(page)


@pytest.mark.parametrize(
    "able",
    [installed_packs(recognizer("large", "ru", "ba"), recognizer("small", "ru", "ba"))],
    ids=["two"],
)
def test_the_larger_model_can_be_taken_back(stage: Stage, able: InstalledPacks) -> None:
    choice = stage.window.settings_page.choices["recognizer"]
    assert choice.isVisibleTo(stage.window.settings_page)
    stage.preferences.change(replace(stage.preferences.settings, recognizer="small"))
    assert choice.text() == "Модель small"
    choice.menu().actions()[0].trigger()
    assert stage.saved[-1].recognizer == ""
