"""The conversation between sessions and the window."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeSession, FakeSessions, installed_packs, watch
from tolmach.audio.microphone import (
    MicrophoneLost,
    MicrophoneMuted,
    MicrophoneRestored,
    Overflowed,
)
from tolmach.controllers.conversation import conversation as conversation_module
from tolmach.controllers.conversation.cards import CardState
from tolmach.controllers.conversation.conversation import KEPT, Conversation
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.core.errors import AudioError, PackError, StorageError
from tolmach.core.pack import Pair
from tolmach.core.settings import Settings
from tolmach.protocol.messages import Ready, WorkerLost
from tolmach.protocol.plan import Plan
from tolmach.sessions.session import Session
from tolmach.sessions.updates import Draining, FallingBehind, Lag, Level, Postponed, State, Update

Listener = Callable[[Update], None]


@pytest.fixture
def sessions() -> FakeSessions:
    return FakeSessions()


@pytest.fixture
def preferences() -> Preferences:
    return Preferences(Settings(), lambda settings: None, Notices())


@pytest.fixture
def conversation(
    sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> Iterator[Conversation]:
    result = Conversation(sessions, lambda: ["Гарнитура"], preferences, watch())
    yield result
    result.close()


def listen(conversation: Conversation, qtbot: QtBot) -> None:
    conversation.start()
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)


def codes(preferences: Preferences) -> list[str]:
    return [notice.code for notice in preferences.notices.standing]


def test_from_start_to_drained(
    conversation: Conversation, sessions: FakeSessions, qtbot: QtBot
) -> None:
    states: list[State] = []
    conversation.state_changed.connect(states.append)
    listen(conversation, qtbot)
    conversation.stop()
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    sessions.newest.drained()
    qtbot.waitUntil(lambda: conversation.state is State.IDLE)
    assert states == [State.LOADING, State.LISTENING, State.PROCESSING, State.IDLE]
    assert len(sessions.opened) == 1


def test_two_that_are_one_become_one_in_the_session_too(
    conversation: Conversation, sessions: FakeSessions, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    session = sessions.newest
    for number, text in enumerate(("Мама мыла.", "Раму.", "Да.", "Нет.")):
        session.recognized(number, text)
    session.joined(0, "Мама мыла раму.")
    qtbot.waitUntil(lambda: conversation.cards.rowCount() == 3)
    assert [event.tail for event in session.joins] == [1]
    card = conversation.cards.cards[1]
    conversation.cards.correct(card, replace(card.segment, text="Угу."))
    session.joined(2, "Да, нет.")
    session.recognized(4, "Пока.")
    qtbot.waitUntil(lambda: conversation.cards.rowCount() == 4)
    assert [event.tail for event in session.joins] == [1]  # the person's word stays theirs


def test_nothing_waits_for_a_slow_device(preferences: Preferences, qtbot: QtBot) -> None:
    release = threading.Event()
    sessions = FakeSessions()

    def slow(settings: Settings, listener: Listener) -> Session:
        release.wait(30)
        return sessions(settings, listener)

    conversation = Conversation(slow, list, preferences, watch())
    conversation.start()
    assert conversation.state is State.LOADING
    assert sessions.opened == []
    conversation.start()  # impatience opens nothing twice
    release.set()
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)
    assert len(sessions.opened) == 1
    conversation.close()


def test_updates_arrive_in_the_gui_thread(
    conversation: Conversation, sessions: FakeSessions, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    arrived: list[tuple[float, float, int]] = []
    conversation.lag_changed.connect(lambda *lag: arrived.append((*lag, threading.get_ident())))
    conversation.level_changed.connect(
        lambda *level: arrived.append((*level, threading.get_ident()))
    )

    def reader() -> None:
        sessions.newest.report(Lag(0.5, 12.0))
        sessions.newest.report(Level(0.1, 0.4))

    background = threading.Thread(target=reader)
    background.start()
    background.join()
    qtbot.waitUntil(lambda: len(arrived) == 2)
    thread = threading.get_ident()
    assert arrived == [(0.5, 12.0, thread), (0.1, 0.4, thread)]


def test_a_device_that_does_not_open_is_a_notice(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    sessions.failure = AudioError("no-microphone")
    conversation.start()
    qtbot.waitUntil(lambda: codes(preferences) == ["no-microphone"])
    assert conversation.state is State.FAILED
    sessions.failure = None
    listen(conversation, qtbot)
    assert codes(preferences) == []


@pytest.mark.log_warnings
def test_a_defect_in_the_background_is_a_notice_too(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    sessions.failure = ZeroDivisionError("oops")
    conversation.start()
    qtbot.waitUntil(lambda: codes(preferences) == ["unexpected"])
    assert preferences.notices.standing[0].params["detail"] == "ZeroDivisionError('oops')"


def test_a_lost_worker_is_told_until_another_one_is_ready(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    sessions.newest.report(WorkerLost(sessions.newest.id, -9))
    qtbot.waitUntil(lambda: codes(preferences) == ["worker-restarting"])
    assert conversation.state is State.LISTENING
    sessions.newest.report(Ready(sessions.newest.id))
    qtbot.waitUntil(lambda: codes(preferences) == [])


def test_a_lost_microphone_is_told_until_it_returns(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    sessions.newest.report(MicrophoneLost("USB"))
    qtbot.waitUntil(lambda: codes(preferences) == ["microphone-lost"])
    assert preferences.notices.standing[0].params == {"name": "USB"}
    sessions.newest.report(MicrophoneRestored("USB"))
    qtbot.waitUntil(lambda: codes(preferences) == ["microphone-restored"])
    sessions.newest.report(Overflowed(512))
    qtbot.waitUntil(lambda: codes(preferences) == ["microphone-restored", "sound-overflowed"])


def test_where_nothing_is_recognised_any_more_the_microphone_goes_on(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    recording = sessions.newest
    recording.only_record()
    recording.failed("worker-does-not-start", exit_code="1")
    qtbot.waitUntil(lambda: codes(preferences) == ["recording-only", "worker-does-not-start"])
    assert conversation.state is State.RECORDING
    assert conversation.running

    conversation.start()  # try again
    qtbot.waitUntil(lambda: sessions.newest is not recording)
    assert conversation.state in (State.LOADING, State.LISTENING)
    assert "recording-only" not in codes(preferences)


def test_a_muted_microphone_is_told_until_it_is_heard(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    sessions.newest.report(MicrophoneMuted("USB"))
    qtbot.waitUntil(lambda: codes(preferences) == ["microphone-muted"])
    sessions.newest.report(MicrophoneMuted("USB", muted=False))
    qtbot.waitUntil(lambda: codes(preferences) == [])


def test_a_failed_session_stops_and_leaves_no_card_waiting(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    sessions.newest.cut(0)
    sessions.newest.failed("worker-does-not-start", exit_code="1")
    qtbot.waitUntil(lambda: conversation.state is State.FAILED)
    assert conversation.cards.cards[0].state is CardState.FAILED
    assert codes(preferences) == ["worker-does-not-start"]


def test_another_language_begins_a_new_session(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    preferences.choose("right", "tt")
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    sessions.newest.drained()
    qtbot.waitUntil(lambda: len(sessions.opened) == 2)
    assert sessions.newest.settings.right_language == "tt"
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)


def test_swapping_the_sides_interrupts_nobody(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    preferences.change(replace(preferences.settings, speaker="left"))
    listen(conversation, qtbot)
    preferences.swap()
    preferences.change(replace(preferences.settings, theme="dark"))
    assert conversation.state is State.LISTENING
    assert len(sessions.opened) == 1


def test_stopping_after_a_change_of_language_means_stop(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    preferences.choose("right", "tt")
    conversation.stop()
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    sessions.newest.drained()
    qtbot.waitUntil(lambda: conversation.state is State.IDLE)
    assert len(sessions.opened) == 1


def test_it_was_the_other_language(
    conversation: Conversation, sessions: FakeSessions, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    sessions.newest.recognized(0, "дә", confidence=0.5)
    qtbot.waitUntil(lambda: conversation.cards.rowCount() == 1)
    key = conversation.cards.cards[0].key
    assert conversation.can_repeat(key)
    conversation.again(key, "ba")
    assert conversation.cards.cards[0].state is CardState.RECOGNISING
    qtbot.waitUntil(lambda: sessions.newest.asked_again == [(0, "ba", "ru")])


def test_what_a_person_changes_reaches_the_record_of_its_session(
    conversation: Conversation, sessions: FakeSessions, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    first = sessions.newest
    first.recognized(0, "дә")
    qtbot.waitUntil(lambda: conversation.cards.rowCount() == 1)
    card = conversation.cards.cards[0]
    stop_at_once(conversation, qtbot)
    listen(conversation, qtbot)
    conversation.cards.correct(card, replace(card.segment, text="да"))
    assert [(segment.utterance, segment.text) for segment in first.corrections] == [(0, "да")]
    assert sessions.newest.corrections == []


@pytest.mark.parametrize(
    ("language", "target"), [("ru", "tt"), ("tt", "ru"), ("ba", "ru")], ids=lambda code: code
)
def test_the_target_of_a_repetition_is_the_other_side_of_today(
    conversation: Conversation,
    sessions: FakeSessions,
    preferences: Preferences,
    qtbot: QtBot,
    language: str,
    target: str,
) -> None:
    listen(conversation, qtbot)
    first = sessions.newest
    preferences.choose("right", "tt")  # the session began with Bashkir there
    conversation.again((first.id, 0), language)
    qtbot.waitUntil(lambda: first.asked_again == [(0, language, target)])


def test_damaged_settings_with_one_language_give_no_target(
    sessions: FakeSessions, qtbot: QtBot
) -> None:
    same = Preferences(
        Settings(left_language="ru", right_language="ru"), lambda settings: None, Notices()
    )
    conversation = Conversation(sessions, list, same, watch())
    listen(conversation, qtbot)
    conversation.again((sessions.newest.id, 0), "ru")
    qtbot.waitUntil(lambda: sessions.newest.asked_again == [(0, "ru", "")])
    conversation.close()


@pytest.mark.log_warnings
@pytest.mark.parametrize(
    ("failure", "code"),
    [(StorageError("not-readable", path="1.wav"), "not-readable"), (OSError("?"), "unexpected")],
    ids=["told", "unforeseen"],
)
def test_sound_that_cannot_be_read_fails_its_card_and_no_other(
    conversation: Conversation,
    sessions: FakeSessions,
    preferences: Preferences,
    qtbot: QtBot,
    failure: Exception,
    code: str,
) -> None:
    listen(conversation, qtbot)
    sessions.newest.recognized(0, "дә")
    sessions.newest.cut(1)
    qtbot.waitUntil(lambda: conversation.cards.rowCount() == 2)
    sessions.newest.failure = failure
    conversation.again(conversation.cards.cards[0].key, "ba")
    qtbot.waitUntil(lambda: conversation.cards.cards[0].segment.failure == code)
    repeated, other = conversation.cards.cards
    assert (repeated.state, repeated.segment.text) == (CardState.FAILED, "дә")
    assert other.state is CardState.RECOGNISING
    assert conversation.state is State.LISTENING
    assert codes(preferences) == []


def test_sound_of_old_sessions_is_let_go(
    conversation: Conversation, sessions: FakeSessions, qtbot: QtBot
) -> None:
    for _ in range(KEPT + 1):
        listen(conversation, qtbot)
        conversation.stop()
        qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
        sessions.newest.drained()
        qtbot.waitUntil(lambda: conversation.state is State.IDLE)
    assert [session.closed for session in sessions.opened] == [True] + [False] * KEPT
    assert not conversation.can_repeat((sessions.opened[0].id, 0))


def test_closing_stops_and_lets_go(
    sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    conversation = Conversation(sessions, list, preferences, watch())
    listen(conversation, qtbot)
    conversation.close()
    assert sessions.newest.state is State.PROCESSING
    assert sessions.newest.closed


@pytest.mark.log_warnings
def test_every_recording_is_let_go_whatever_another_one_does(
    sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    class Broken(FakeSession):
        def close(self) -> None:
            super().close()
            raise StorageError("disk-full", path="D:")

    def make(settings: Settings, listener: Listener) -> Session:
        sessions.opened.append(Broken(settings, listener))
        return sessions.newest

    conversation = Conversation(make, list, preferences, watch())
    for _ in range(2):
        listen(conversation, qtbot)
        conversation.stop()
        qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
        sessions.newest.drained()
        qtbot.waitUntil(lambda: conversation.state is State.IDLE)
    conversation.close()
    assert [session.closed for session in sessions.opened] == [True, True]
    assert not conversation.stuck


@pytest.mark.log_warnings
def test_a_device_that_hangs_does_not_keep_the_window(
    preferences: Preferences, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation_module, "PATIENCE", 0.1)
    release = threading.Event()

    def hanging(settings: Settings, listener: Listener) -> Session:
        release.wait()
        return FakeSession(settings, listener)

    conversation = Conversation(hanging, list, preferences, watch())
    conversation.start()
    conversation.close()
    assert conversation.stuck
    release.set()


def test_microphones_are_looked_for_in_the_background(
    conversation: Conversation, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(conversation.microphones_found) as answer:
        conversation.look_for_microphones()
    assert answer.args == [["Гарнитура"]]


def test_no_portaudio_is_a_notice_and_no_failed_session(
    sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    def none() -> list[str]:
        raise AudioError("portaudio-missing")

    conversation = Conversation(sessions, none, preferences, watch())
    conversation.look_for_microphones()
    qtbot.waitUntil(lambda: codes(preferences) == ["portaudio-missing"])
    assert conversation.state is State.IDLE
    conversation.close()


def test_no_list_of_microphones_while_loading_stops_nothing(
    sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    release = threading.Event()

    def none() -> list[str]:
        release.wait(30)
        raise AudioError("portaudio-missing")

    states: list[State] = []
    conversation = Conversation(sessions, none, preferences, watch())
    conversation.state_changed.connect(states.append)
    conversation.look_for_microphones()
    conversation.start()
    release.set()  # fails while the session is LOADING
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)
    assert codes(preferences) == ["portaudio-missing"]
    assert states == [State.LOADING, State.LISTENING]
    conversation.close()


def test_a_session_that_cannot_be_made_has_failed(preferences: Preferences, qtbot: QtBot) -> None:
    def none(settings: Settings, listener: Listener) -> Session:
        raise PackError("no-recognizer-installed")

    conversation = Conversation(none, list, preferences, watch())
    conversation.start()
    qtbot.waitUntil(lambda: conversation.state is State.FAILED)
    assert codes(preferences) == ["no-recognizer-installed"]
    conversation.close()


def stop_at_once(conversation: Conversation, qtbot: QtBot) -> None:
    conversation.stop()
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    conversation.stop_now()
    qtbot.waitUntil(lambda: conversation.state is State.IDLE)


def test_what_is_stopped_at_once_can_be_written_down_later(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    sessions.newest.unconfirmed(0, "да")
    stop_at_once(conversation, qtbot)
    [notice] = preferences.notices.standing
    assert (notice.code, notice.params) == ("sound-postponed", {"time": "1:12"})
    assert conversation.cards.cards[0].state is CardState.POSTPONED
    conversation.resume()
    qtbot.waitUntil(lambda: sessions.newest.state is State.PROCESSING)
    assert codes(preferences) == []
    sessions.newest.recognized(0, "Да.")
    sessions.newest.drained()
    qtbot.waitUntil(lambda: conversation.state is State.IDLE)
    assert codes(preferences) == []
    assert [card.segment.text for card in conversation.cards.cards] == ["Да."]


def test_postponed_sound_waits_for_those_who_speak_and_for_one_another(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    for _ in range(2):
        listen(conversation, qtbot)
        assert codes(preferences) == []
        conversation.resume()  # not while somebody speaks
        stop_at_once(conversation, qtbot)
    first, second = sessions.opened
    assert preferences.notices.standing[0].params == {"time": "2:24"}
    conversation.resume()
    qtbot.waitUntil(lambda: first.state is State.PROCESSING)
    assert second.state is State.IDLE
    conversation.stop_now()  # reaches the one that runs, not the newest
    qtbot.waitUntil(lambda: conversation.state is State.IDLE)
    assert preferences.notices.standing[0].params == {"time": "2:24"}


def test_start_right_after_resuming_waits_for_the_resumed_session(
    conversation: Conversation, sessions: FakeSessions, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    stop_at_once(conversation, qtbot)
    conversation.resume()
    conversation.start()
    assert conversation.state is State.PROCESSING
    assert conversation.restarting
    qtbot.waitUntil(lambda: sessions.newest.state is State.PROCESSING)
    assert len(sessions.opened) == 1
    sessions.newest.drained()
    qtbot.waitUntil(lambda: len(sessions.opened) == 2)


def test_sound_that_cannot_be_resumed_still_waits(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    stop_at_once(conversation, qtbot)
    sessions.newest.resumable = False
    conversation.resume()
    assert codes(preferences) == []
    qtbot.waitUntil(lambda: codes(preferences) == ["sound-postponed"])
    assert conversation.state is State.IDLE


def test_a_resumption_that_failed_is_offered_again(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    stop_at_once(conversation, qtbot)
    conversation.resume()
    qtbot.waitUntil(lambda: sessions.newest.state is State.PROCESSING)
    sessions.newest.failed("worker-does-not-start", exit_code="1")
    sessions.newest.report(Postponed(sessions.newest.id, 72.0))
    qtbot.waitUntil(lambda: codes(preferences) == ["worker-does-not-start", "sound-postponed"])
    sessions.newest.state = State.FAILED
    conversation.resume()
    qtbot.waitUntil(lambda: sessions.newest.state is State.PROCESSING)
    assert codes(preferences) == []


def test_the_smaller_model_listens_at_once_and_the_rest_waits(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    conversation.take_smaller("small")
    qtbot.waitUntil(lambda: len(sessions.opened) == 2)  # nobody has drained the first one
    qtbot.waitUntil(lambda: conversation.state is State.LISTENING)
    assert sessions.newest.settings.recognizer == "small"
    assert codes(preferences) == []
    conversation.stop()
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    sessions.newest.drained()
    qtbot.waitUntil(lambda: codes(preferences) == ["sound-postponed"])


def test_the_smaller_model_while_nobody_speaks_stops_nothing(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    conversation.stop()
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    conversation.take_smaller("small")
    qtbot.wait(20)
    assert sessions.newest.state is State.PROCESSING
    assert preferences.settings.recognizer == "small"


def test_sound_that_waits_is_not_let_go(
    conversation: Conversation, sessions: FakeSessions, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    stop_at_once(conversation, qtbot)
    for _ in range(KEPT + 1):
        listen(conversation, qtbot)
        conversation.stop()
        qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
        sessions.newest.drained()
        qtbot.waitUntil(lambda: conversation.state is State.IDLE)
    assert [session.closed for session in sessions.opened] == [False, True] + [False] * KEPT


def test_draining_is_told(conversation: Conversation, sessions: FakeSessions, qtbot: QtBot) -> None:
    listen(conversation, qtbot)
    with qtbot.waitSignal(conversation.draining_changed) as draining:
        sessions.newest.report(Draining(12.0, 31.0))
    assert draining.args == [12.0, 31.0]


def test_a_slow_computer_is_told_of_until_the_session_ends(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    sessions.newest.report(FallingBehind(8.4, "small"))
    qtbot.waitUntil(lambda: codes(preferences) == ["falling-behind"])
    assert preferences.notices.standing[0].params == {"seconds": "8", "smaller": "small"}
    preferences.change(replace(preferences.settings, recognizer="small"))
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    sessions.newest.drained()
    qtbot.waitUntil(lambda: len(sessions.opened) == 2)
    assert sessions.newest.settings.recognizer == "small"
    assert codes(preferences) == []


def test_another_speaker_interrupts_nobody(
    conversation: Conversation, sessions: FakeSessions, preferences: Preferences, qtbot: QtBot
) -> None:
    listen(conversation, qtbot)
    for speaker in ("right", "left", "auto"):
        preferences.change(replace(preferences.settings, speaker=speaker))
    qtbot.waitUntil(lambda: sessions.newest.speakers == ["ba", "ru", ""])
    assert conversation.state is State.LISTENING


@pytest.mark.parametrize(
    ("plan", "speaker"),
    [(Plan(("ru",)), "auto"), (Plan(("ru", "ba")), "right")],
    ids=["one language", "another recognizer"],
)
def test_a_speaker_whom_the_session_cannot_hear_begins_a_new_one(
    conversation: Conversation,
    sessions: FakeSessions,
    preferences: Preferences,
    qtbot: QtBot,
    plan: Plan,
    speaker: str,
) -> None:
    preferences.change(replace(preferences.settings, speaker="left"))
    listen(conversation, qtbot)
    sessions.newest.plan = plan
    preferences.change(replace(preferences.settings, speaker=speaker))
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    sessions.newest.drained()
    qtbot.waitUntil(lambda: len(sessions.opened) == 2)
    assert sessions.newest.settings.speaker == speaker
    assert sessions.opened[0].speakers == []


@pytest.mark.parametrize(
    ("pairs", "code"),
    [((("ba", "ru"), ("tt", "ru")), "text-only"), ((), "text-only-both")],
    ids=["one", "both"],
)
def test_a_direction_without_translator_is_told_once(
    sessions: FakeSessions,
    preferences: Preferences,
    qtbot: QtBot,
    pairs: tuple[Pair, ...],
    code: str,
) -> None:
    conversation = Conversation(sessions, list, preferences, watch(installed_packs(pairs=pairs)))
    listen(conversation, qtbot)
    assert codes(preferences) == [code]
    assert preferences.notices.standing[0].params == {"source": "ru", "target": "ba"}
    preferences.notices.withdraw(code)
    preferences.swap()
    stop_at_once(conversation, qtbot)
    listen(conversation, qtbot)
    assert codes(preferences) == []
    preferences.choose("left", "tt")
    assert codes(preferences) == []
    qtbot.waitUntil(lambda: conversation.state is State.PROCESSING)
    sessions.newest.drained()
    qtbot.waitUntil(lambda: codes(preferences)[-1:] == [code])
    conversation.close()
