"""One button or two: pressed, pressed again, held."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeSessions, installed_packs, watch
from tolmach.controllers.conversation import push_to_talk
from tolmach.controllers.conversation.conversation import Conversation
from tolmach.controllers.conversation.push_to_talk import PushToTalk
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.core.settings import Settings
from tolmach.sessions.updates import State


@pytest.fixture
def sessions() -> FakeSessions:
    return FakeSessions()


@pytest.fixture
def preferences() -> Preferences:
    return Preferences(Settings(), lambda settings: None, Notices())


@pytest.fixture
def two_buttons() -> bool:
    return False


@pytest.fixture
def conversation(
    sessions: FakeSessions, preferences: Preferences, qtbot: QtBot, two_buttons: bool
) -> Iterator[Conversation]:
    result = Conversation(sessions, list, preferences, watch(installed_packs(buttons=two_buttons)))
    yield result
    result.close()


@pytest.fixture
def button(conversation: Conversation, preferences: Preferences) -> PushToTalk:
    return PushToTalk(conversation, preferences.notices)


@pytest.fixture
def always_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """However short it is."""
    monkeypatch.setattr(push_to_talk, "HOLD", 0.0)


@pytest.fixture
def never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow this computer is."""
    monkeypatch.setattr(push_to_talk, "HOLD", 1e9)


@pytest.mark.usefixtures("never_held")
def test_one_press_starts_and_the_next_one_stops(
    conversation: Conversation, button: PushToTalk, qtbot: QtBot
) -> None:
    button.press()
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)  # before it is let go
    button.release()
    button.press()
    assert conversation.state is State.LISTENING
    button.release()
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)


@pytest.mark.usefixtures("always_held")
def test_held_it_listens_until_it_is_let_go(
    conversation: Conversation,
    sessions: FakeSessions,
    preferences: Preferences,
    button: PushToTalk,
    qtbot: QtBot,
) -> None:
    button.press()
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)
    button.release()
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    button.release()  # of nothing
    assert preferences.notices.standing == []
    button.press()
    assert conversation.restarting
    button.release()  # before the last words were finished: it does not begin again, and says so
    assert [notice.code for notice in preferences.notices.standing] == ["still-writing"]
    sessions.newest.drained()
    qtbot.waitUntil(lambda: conversation.state is State.IDLE)
    assert len(sessions.opened) == 1


@pytest.mark.usefixtures("never_held")
def test_a_second_press_while_the_last_words_are_finished_means_stop(
    conversation: Conversation, sessions: FakeSessions, button: PushToTalk, qtbot: QtBot
) -> None:
    conversation.start()
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)
    conversation.stop()
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    for restarting in (True, False):
        button.press()
        button.release()
        assert conversation.restarting is restarting


@pytest.mark.usefixtures("never_held")
@pytest.mark.parametrize("two_buttons", [True])
def test_each_has_a_button(
    conversation: Conversation, sessions: FakeSessions, button: PushToTalk, qtbot: QtBot
) -> None:
    button.press("ba")
    button.press("ru")  # at the same time: the first one counts
    button.release()
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)
    assert (conversation.language, sessions.newest.settings.speaker) == ("ba", "right")
    button.press("ru")
    button.release()
    qtbot.waitUntil(lambda: sessions.newest.speakers == ["ru"])
    assert (conversation.language, conversation.state) == ("ru", State.LISTENING)
    button.press("ru")
    button.release()
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    assert len(sessions.opened) == 1


@pytest.mark.usefixtures("always_held")
@pytest.mark.parametrize("two_buttons", [True])
def test_holding_ones_button_takes_the_word_and_ends_with_it(
    conversation: Conversation, sessions: FakeSessions, button: PushToTalk, qtbot: QtBot
) -> None:
    conversation.start("ru")
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)
    button.press("ba")
    qtbot.waitUntil(lambda: sessions.newest.speakers == ["ba"])
    button.release()
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)


@pytest.mark.parametrize("two_buttons", [True])
def test_who_speaks_in_the_settings_takes_the_buttons_away(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    conversation.start("ba")
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)
    preferences.change(replace(preferences.settings, speaker="left"))
    assert not conversation.two_buttons
    assert conversation.language == ""
    qtbot.waitUntil(lambda: sessions.newest.speakers == ["ru"])


@pytest.mark.parametrize("two_buttons", [True])
def test_a_new_session_goes_on_with_the_one_who_spoke(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    conversation.start("ba")
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)
    preferences.change(replace(preferences.settings, recognizer="small"))
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    sessions.newest.drained()
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)
    assert (conversation.language, sessions.newest.settings.speaker) == ("ba", "right")
