"""The conversation: starts and stops sessions and turns what they report into cards and notices.

Updates come on background threads and cross into the GUI thread through one queued signal.
Nothing here waits: opening a device or loading a model happens on the `_work` thread.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal

from tolmach.audio.microphone import Lost as MicrophoneLost
from tolmach.audio.microphone import Overflowed
from tolmach.audio.microphone import Restored as MicrophoneRestored
from tolmach.controllers.cards import CardList, Key
from tolmach.controllers.notices import Gravity
from tolmach.controllers.preferences import Preferences
from tolmach.core.errors import AppError
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
RUNNING = (State.LOADING, State.LISTENING)


class Conversation(QObject):
    """State machine of the screen; every signal is emitted in the GUI thread."""

    state_changed = Signal(object)  # State
    level_changed = Signal(float, float)  # rms, peak
    lag_changed = Signal(float, float)  # seconds behind, seconds captured
    speaking_changed = Signal(bool)
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
        self._make_session = make_session
        self._list_microphones = list_microphones
        self._preferences = preferences
        self._notices = preferences.notices
        self._sessions: dict[str, LiveSession] = {}  # the newest last
        self._restart = False
        self._work = ThreadPoolExecutor(1, "conversation")
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
            self._restart = True
            return
        self._restart = False
        self._notices.withdraw_errors()
        self._notices.withdraw("microphone-lost", "microphone-restored", "sound-overflowed")
        self.cards.begin(datetime.now().astimezone())
        self._set(State.LOADING)
        self._submit(self._open, self._preferences.settings)

    def stop(self) -> None:
        """Stop listening; what was said is still recognised and translated."""
        self._restart = False
        if self.running:
            self._submit(self._stop_newest)

    def again(self, key: Key, language: str) -> None:
        """Recognise the kept sound of a card as another language."""
        session = self._sessions.get(key[0])
        if session is not None:
            self.cards.again(key, language)
            self._submit(session.again, key[1], language)

    def can_repeat(self, key: Key) -> bool:
        """Whether the sound of this card is still at hand."""
        return key[0] in self._sessions

    def look_for_microphones(self) -> None:
        """Ask which microphones there are now; `microphones_found` answers."""
        self._submit(lambda: self._listed.emit(list(self._list_microphones())))

    def close(self) -> None:
        """Stop and let the recordings go. Waits for the microphone, not for the recognizer."""
        self._submit(self._stop_newest)
        for session in self._sessions.values():
            self._submit(session.close)
        self._work.shutdown()

    def _submit(self, work: Callable[..., None], *arguments: object) -> None:
        self._work.submit(work, *arguments).add_done_callback(self._on_done)

    def _on_done(self, done: "Future[None]") -> None:
        """Report what background work raised; on the background thread."""
        error = done.exception()
        if isinstance(error, AppError):
            self._arrived.emit(Failed("", error.code, error.params))
        elif error is not None:
            log.error("background work failed", exc_info=error)
            self._arrived.emit(Failed("", "unexpected", {"detail": repr(error)}))

    def _open(self, settings: Settings) -> None:
        session = self._make_session(settings, self._arrived.emit)
        self._sessions[session.id] = session
        if len(self._sessions) > KEPT:
            self._sessions.pop(next(iter(self._sessions))).close()
        session.start()

    def _stop_newest(self) -> None:
        if self._sessions:
            self._sessions[next(reversed(self._sessions))].stop()

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
            if self._restart:
                self.start()

    def _set_speaking(self, speaking: bool) -> None:
        if speaking != self.speaking:
            self.speaking = speaking
            self.speaking_changed.emit(speaking)

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
        if update.session or self.state is State.LOADING:  # else: no microphones to list
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
            self._restart = True


def _heard(settings: Settings) -> tuple[object, ...]:
    """Return what a running session depends on; swapping the sides changes nothing of it."""
    spoken = {"left": settings.left, "right": settings.right}.get(settings.speaker)
    sides = frozenset((settings.left, settings.right))
    return sides, spoken, settings.microphone, settings.recognizer
