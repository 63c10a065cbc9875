"""The conversation: starts and stops sessions and turns what they report into cards and notices.

Updates come on background threads and cross into the GUI thread through one queued signal.
Nothing here waits, but for `close`: opening a device or reading a disk happens on `_work`.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal

from tolmach.audio.microphone import Lost as MicrophoneLost
from tolmach.audio.microphone import Overflowed
from tolmach.audio.microphone import Restored as MicrophoneRestored
from tolmach.controllers.background import Background, Fail, Job
from tolmach.controllers.cards import CardList, Key
from tolmach.controllers.notices import Gravity
from tolmach.controllers.preferences import Preferences
from tolmach.core.settings import Settings
from tolmach.sessions.live import Lag, Level, LiveSession, State, StateChanged, Update
from tolmach.worker.protocol import (
    Cut,
    Failed,
    Lost,
    Progress,
    Ready,
    Recognized,
    Translated,
)

log = logging.getLogger(__name__)

MakeSession: TypeAlias = Callable[[Settings, Callable[[Update], None]], LiveSession]
ListMicrophones: TypeAlias = Callable[[], Sequence[str]]

KEPT = 20  # finished sessions whose sound stays at hand for "it was the other language"
PATIENCE = 5.0  # seconds for the microphone to close; a device that is gone may hang for ever
RUNNING = (State.LOADING, State.LISTENING)


class Conversation(QObject):
    """State machine of the screen; every signal is emitted in the GUI thread."""

    state_changed = Signal(object)  # State
    level_changed = Signal(float, float)  # rms, peak
    lag_changed = Signal(float, float)  # seconds behind, seconds captured
    speaking_changed = Signal(bool)
    restart_changed = Signal(bool)
    microphones_found = Signal(object)  # list of names
    _arrived = Signal(object)
    _listed = Signal(object)

    def __init__(
        self,
        make_session: MakeSession,
        list_microphones: ListMicrophones,
        preferences: Preferences,
    ) -> None:
        """Both functions are called on a background thread and may raise AppError."""
        super().__init__()
        self.cards = CardList()
        self.state = State.IDLE
        self.speaking = False
        self.restarting = False  # a new session begins after the last words of this one
        self.stuck = False  # a device hangs and will never close
        self._make_session = make_session
        self._list_microphones = list_microphones
        self._preferences = preferences
        self._notices = preferences.notices
        self._sessions: dict[str, LiveSession] = {}  # the newest last
        self._work = Background("conversation")
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._listed.connect(self.microphones_found, Qt.ConnectionType.QueuedConnection)
        preferences.changed.connect(self._on_preferences)
        self._takers: dict[type, Callable[[Any], None]] = {
            StateChanged: lambda update: self._set(update.state),
            Level: lambda update: self.level_changed.emit(update.rms, update.peak),
            Lag: lambda update: self.lag_changed.emit(update.seconds, update.captured),
            Progress: self._on_progress,
            **dict.fromkeys((Cut, Recognized, Translated), self.cards.apply),
            Failed: self._on_failed,
            Lost: lambda update: self._warn("worker-restarting"),
            Ready: lambda update: self._notices.withdraw("worker-restarting"),
            MicrophoneLost: self._on_microphone_lost,
            MicrophoneRestored: self._on_microphone_restored,
            Overflowed: lambda update: self._warn("sound-overflowed"),
        }

    @property
    def running(self) -> bool:
        """Whether the person may speak now."""
        return self.state in RUNNING

    def toggle(self) -> None:
        """Start, or stop; while the last words are being finished, start again after them."""
        if self.running:
            self.stop()
        else:
            self.start()

    def start(self) -> None:
        """Begin to listen. What goes wrong becomes a notice."""
        if self.running:
            return
        if self.state is State.PROCESSING:
            self._set_restarting(True)
            return
        self._set_restarting(False)
        self._notices.withdraw_errors()
        self._notices.withdraw("microphone-lost", "microphone-restored", "sound-overflowed")
        self.cards.begin(datetime.now().astimezone())
        self._set(State.LOADING)
        self._submit(partial(self._open, self._preferences.settings), self._opening_failed)

    def stop(self) -> None:
        """Stop listening; what was said is still recognised and translated."""
        self._set_restarting(False)
        if self.running:
            self._submit(self._stop_newest)

    def again(self, key: Key, language: str) -> None:
        """Recognise the kept sound of a card as this language, into the other one of today."""
        name, utterance = key
        session = self._sessions.get(name)
        if session is not None:
            self.cards.again(key)
            self._submit(
                partial(session.again, utterance, language, self._target(language)),
                lambda code, params: self._arrived.emit(Failed(name, code, params, utterance)),
            )

    def can_repeat(self, key: Key) -> bool:
        """Whether the sound of this card is still at hand."""
        return key[0] in self._sessions

    def look_for_microphones(self) -> None:
        """Ask which microphones there are now; `microphones_found` answers."""
        self._submit(lambda: self._listed.emit(list(self._list_microphones())))

    def close(self) -> None:
        """Stop and let the recordings go; `stuck` tells whether a device hangs.

        Waits for the microphone (PATIENCE seconds at most), not for the recognizer.
        """
        self._submit(self._stop_newest)
        self._submit(self._let_go)
        self.stuck = not self._work.finish(PATIENCE)
        if self.stuck:
            log.error("the microphone does not close; leaving it")

    def _submit(self, job: Job, fail: Fail | None = None) -> None:
        self._work.submit(job, fail or self._tell)

    def _tell(self, code: str, params: dict[str, str]) -> None:
        """Something beside the session failed; on the background thread."""
        self._arrived.emit(Failed("", code, params))

    def _opening_failed(self, code: str, params: dict[str, str]) -> None:
        self._tell(code, params)
        self._arrived.emit(StateChanged(State.FAILED))

    def _target(self, language: str) -> str:
        """Return the other side of the conversation for a language, "" if there is none."""
        sides = self._preferences.settings.left, self._preferences.settings.right
        return next((side for side in sides if side != language), "")

    def _open(self, settings: Settings) -> None:
        session = self._make_session(settings, self._arrived.emit)
        self._sessions[session.id] = session
        if len(self._sessions) > KEPT:
            self._sessions.pop(next(iter(self._sessions))).close()
        session.start()

    def _stop_newest(self) -> None:
        if self._sessions:
            self._sessions[next(reversed(self._sessions))].stop()

    def _let_go(self) -> None:
        with ExitStack() as closing:  # each, whatever another one raises
            for session in self._sessions.values():
                closing.callback(session.close)

    def _take(self, update: Update) -> None:
        taker = self._takers.get(type(update))
        if taker is not None:
            taker(update)

    def _set(self, state: State) -> None:
        if state is self.state:
            return
        self.state = state
        if not self.running:
            self._set_speaking(False)
            self.level_changed.emit(0.0, 0.0)
        self.state_changed.emit(state)
        if state is State.IDLE:
            self._notices.withdraw("worker-restarting")
            if self.restarting:
                self.start()

    def _set_speaking(self, speaking: bool) -> None:
        if speaking != self.speaking:
            self.speaking = speaking
            self.speaking_changed.emit(speaking)

    def _set_restarting(self, restarting: bool) -> None:
        if restarting != self.restarting:
            self.restarting = restarting
            self.restart_changed.emit(restarting)

    def _warn(self, code: str) -> None:
        self._notices.show(code, gravity=Gravity.WARNING)

    def _on_progress(self, update: Progress) -> None:
        self._notices.withdraw("worker-restarting")
        self._set_speaking(update.speaking and self.running)

    def _on_failed(self, update: Failed) -> None:
        if update.utterance >= 0:
            self.cards.apply(update)
            return
        self._notices.withdraw("worker-restarting")
        self._notices.show(update.code, update.params)
        if update.session:
            self.cards.fail_waiting(update)
            self._set(State.FAILED)

    def _on_microphone_lost(self, update: MicrophoneLost) -> None:
        self._notices.withdraw("microphone-restored")
        self._notices.show("microphone-lost", {"name": update.name}, Gravity.WARNING)

    def _on_microphone_restored(self, update: MicrophoneRestored) -> None:
        self._notices.withdraw("microphone-lost")
        self._notices.show("microphone-restored", {"name": update.name}, Gravity.INFO)

    def _on_preferences(self, before: Settings) -> None:
        """Another language or microphone takes effect at once: the session begins anew."""
        now = self._preferences.settings
        if self.running and _heard(now) != _heard(before):
            self.stop()
            self._set_restarting(True)


def _heard(settings: Settings) -> tuple[object, ...]:
    """Return what a running session depends on; swapping the sides changes nothing of it."""
    spoken = {"left": settings.left, "right": settings.right}.get(settings.speaker)
    sides = frozenset((settings.left, settings.right))
    return sides, spoken, settings.microphone, settings.recognizer
