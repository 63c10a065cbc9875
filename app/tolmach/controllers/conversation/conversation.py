"""The conversation: starts and stops sessions and turns what they report into cards and notices.

Updates come on background threads and cross into the GUI thread through one queued signal.
Nothing here waits, but for `close`: opening a device or reading a disk happens on `_work`.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject, Qt, Signal

from tolmach.controllers.background import Background, Fail, Job
from tolmach.controllers.conversation.cards import CardList, Key
from tolmach.controllers.conversation.session_notices import SessionNotices
from tolmach.controllers.library import LibraryWatch
from tolmach.controllers.preferences import Preferences
from tolmach.core.settings import Settings
from tolmach.core.transcript import Segment
from tolmach.protocol.messages import (
    Cut,
    Failed,
    Joined,
    Progress,
    Recognized,
    Translated,
    Unconfirmed,
)
from tolmach.protocol.plan import Plan
from tolmach.sessions.session import Session
from tolmach.sessions.updates import (
    Draining,
    Lag,
    Level,
    Postponed,
    State,
    StateChanged,
    Update,
)

log = logging.getLogger(__name__)

MakeSession: TypeAlias = Callable[[Settings, Callable[[Update], None]], Session]
ListMicrophones: TypeAlias = Callable[[], Sequence[str]]

KEPT = 20  # finished sessions whose sound stays at hand for "it was the other language"
PATIENCE = 5.0  # seconds for the microphone to close; a device that is gone may hang for ever
RUNNING = (State.LOADING, State.LISTENING, State.RECORDING)


class Conversation(QObject):
    """State machine of the screen; every signal is emitted in the GUI thread."""

    state_changed = Signal(object)  # State
    level_changed = Signal(float, float)  # rms, peak
    lag_changed = Signal(float, float)  # seconds behind, seconds captured
    draining_changed = Signal(float, float)  # seconds of sound to be written down still, in all
    language_changed = Signal(str)
    speaking_changed = Signal(bool)
    restart_changed = Signal(bool)
    microphones_found = Signal(object)  # list of names
    installed_changed = Signal()
    _arrived = Signal(object)
    _listed = Signal(object)
    _unserved = Signal()
    _began = Signal(str, object)  # a session, and when

    def __init__(
        self,
        make_session: MakeSession,
        list_microphones: ListMicrophones,
        preferences: Preferences,
        library: LibraryWatch,
    ) -> None:
        """Both functions are called on a background thread and may raise AppError."""
        super().__init__()
        self.cards = CardList()
        self.state = State.IDLE
        self.speaking = False
        self.language = ""  # of who pressed a button of their own, "" if there is one for all
        self.restarting = False  # a new session begins after the last words of this one
        self.stuck = False  # a device hangs and will never close
        self._make_session = make_session
        self._list_microphones = list_microphones
        self._preferences = preferences
        self.installed = library.installed  # a session goes on with what it began with
        self._library = library
        self._notices = SessionNotices(preferences.notices)
        self._sessions: dict[str, Session] = {}  # the newest last
        self._active: Session | None = None  # the one that runs; used on `_work` only
        self._postponed: dict[str, float] = {}  # sessions that wait -> seconds of their sound
        self._work = Background("devices")
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._listed.connect(self.microphones_found, Qt.ConnectionType.QueuedConnection)
        self.cards.corrected.connect(self._on_corrected)
        self._began.connect(self.cards.begin, Qt.ConnectionType.QueuedConnection)
        self._unserved.connect(self._begin_anew, Qt.ConnectionType.QueuedConnection)
        preferences.changed.connect(self._on_preferences)
        library.changed.connect(self._take_installed)

    @property
    def running(self) -> bool:
        """Whether the person may speak now."""
        return self.state in RUNNING

    @property
    def two_buttons(self) -> bool:
        """Whether each person needs a button: both speak, and nothing here hears which of them."""
        settings = self._preferences.settings
        return not _spoken(settings) and self.installed.needs_buttons(settings)

    def start(self, language: str = "") -> None:
        """Begin to listen; where there are two buttons, to who speaks this language.

        While the last words are being finished, begin after them; where nothing is recognised any
        more, try it anew. What goes wrong becomes a notice.
        """
        if self.state is State.RECORDING:
            self._set_restarting(True)
            self._submit(self._stop_active)
        if self.running:
            return
        self._library.look()  # a pack that was added a moment ago is used
        anybody = self._preferences.settings.left_language if self.two_buttons else ""
        self._set_language(language or anybody)
        if self.state is State.PROCESSING:
            self._set_restarting(True)
            return
        self._set_restarting(False)
        self._notices.begin(self._preferences.settings, self.installed)
        self._set(State.LOADING)
        self._submit(partial(self._open, self._chosen()), self._opening_failed)

    def speak(self, language: str) -> None:
        """From now on the person who speaks this language has the word."""
        if self.running and language != self.language:
            self._set_language(language)
            self._submit(partial(self._hand_over, language))

    def stop(self) -> None:
        """Stop listening; what was said is still recognised and translated."""
        self._set_restarting(False)
        if self.running:
            self._submit(self._stop_active)

    def stop_now(self) -> None:
        """Do not wait for the last words: their sound is kept for `resume`."""
        self._submit(self._stop_active_now)

    def take_smaller(self, recognizer: str) -> None:
        """Listen on with this recognizer at once; what the other one is behind with waits."""
        self._preferences.change(replace(self._preferences.settings, recognizer=recognizer))
        if self.restarting:
            self.stop_now()

    def resume(self) -> None:
        """Write down what was postponed, the oldest first, unless somebody speaks."""
        if self.state in (State.IDLE, State.FAILED) and self._postponed:
            name = next(iter(self._postponed))
            length = self._postponed.pop(name)
            self._notices.resume()
            self._set(State.PROCESSING)  # at once: nothing else may begin meanwhile
            self._submit(partial(self._resume, name, length))

    def again(self, key: Key, language: str) -> None:
        """Recognise the kept sound of a card as this language, into the other one of today."""
        name, utterance = key
        session = self._sessions.get(name)
        if session is not None:
            self.cards.again(key)
            target = self._preferences.settings.other_side(language)
            self._submit(
                partial(session.again, utterance, language, target),
                partial(session.refuse, utterance),
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
        self._submit(self._stop_active)
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

    def _chosen(self) -> Settings:
        """Return the settings, the speaker being who pressed the button."""
        settings = self._preferences.settings
        side = {settings.left_language: "left", settings.right_language: "right"}.get(self.language)
        return replace(settings, speaker=side) if side else settings

    def _open(self, settings: Settings) -> None:
        session = self._active = self._make_session(settings, self._arrived.emit)
        self._sessions[session.id] = session
        complete = [name for name in self._sessions if name not in self._postponed]
        for name in complete[:-KEPT]:
            self._sessions.pop(name).close()
        self._began.emit(session.id, datetime.now().astimezone())
        session.start()

    def _hand_over(self, language: str) -> None:
        if self._active and _serves(self._active.plan, language):
            self._active.speak(language)
        else:
            self._unserved.emit()

    def _resume(self, name: str, length: float) -> None:
        self._active = self._sessions[name]
        if not self._active.resume():
            self._arrived.emit(Postponed(name, length))
            self._arrived.emit(StateChanged(State.IDLE))

    def _stop_active(self) -> None:
        if self._active:
            self._active.stop()

    def _stop_active_now(self) -> None:
        if self._active:
            self._active.stop_now()

    def _let_go(self) -> None:
        with ExitStack() as closing:  # each, whatever another one raises
            for session in self._sessions.values():
                closing.callback(session.close)

    def _take(self, update: Update) -> None:
        self._notices.take(update)
        match update:
            case StateChanged():
                self._set(update.state)
            case Level():
                self.level_changed.emit(update.rms, update.peak)
            case Lag():
                self.lag_changed.emit(update.seconds, update.captured)
            case Draining():
                self.draining_changed.emit(update.remaining, update.total)
            case Postponed():
                self._on_postponed(update)
            case Progress():
                self._set_speaking(update.speaking and self.running)
            case Unconfirmed() | Cut() | Recognized() | Translated():
                self.cards.apply(update)
            case Joined():
                self._on_joined(update)
            case Failed():
                self._on_failed(update)

    def _set(self, state: State) -> None:
        if state is self.state:
            return
        self.state = state
        self._take_installed()
        if not self.running:
            self._set_speaking(False)
            self.level_changed.emit(0.0, 0.0)
        self.state_changed.emit(state)
        if state is State.IDLE:
            if self.restarting:
                self.start(self.language)
            else:
                self._offer_postponed()

    def _take_installed(self) -> None:
        """Work with the packs that are there now, unless a session goes on with what it has."""
        fresh = self._library.installed
        if self.installed is not fresh and self.state in (State.IDLE, State.FAILED):
            self.installed = fresh
            self._notices.forget_packs()
            self.installed_changed.emit()

    def _offer_postponed(self) -> None:
        if self._postponed:
            self._notices.offer_postponed(sum(self._postponed.values()))

    def _set_language(self, language: str) -> None:
        if language != self.language:
            self.language = language
            self.language_changed.emit(language)

    def _set_speaking(self, speaking: bool) -> None:
        if speaking != self.speaking:
            self.speaking = speaking
            self.speaking_changed.emit(speaking)

    def _set_restarting(self, restarting: bool) -> None:
        if restarting != self.restarting:
            self.restarting = restarting
            self.restart_changed.emit(restarting)

    def _on_postponed(self, update: Postponed) -> None:
        self._postponed[update.session] = update.seconds
        self.cards.postpone(update.session)
        if self.state is State.FAILED:
            self._offer_postponed()

    def _on_failed(self, update: Failed) -> None:
        if update.utterance >= 0:
            self.cards.apply(update)
        elif update.session:
            self.cards.fail_waiting(update)
            if self.state is not State.RECORDING:
                self._set(State.FAILED)

    def _on_joined(self, update: Joined) -> None:
        """Only who shows the cards knows whether a person has done something with them."""
        session = self._sessions.get(update.session)
        if self.cards.join(update) and session is not None:
            session.join(update)

    def _on_corrected(self, name: str, segment: Segment) -> None:
        session = self._sessions.get(name)
        if session is not None:
            session.correct(segment)

    def _on_preferences(self, before: Settings) -> None:
        """A change takes effect at once; for another language or model the session begins anew."""
        settings = self._preferences.settings
        if settings.sides != before.sides:
            self._notices.forget_languages()
        if not self.two_buttons or self.language not in settings.sides:
            self._set_language("")
        if self.running and _needs(settings) != _needs(before):
            self._begin_anew()
        elif self.running and _spoken(settings) != _spoken(before):
            self._submit(partial(self._hand_over, _spoken(settings)))

    def _begin_anew(self) -> None:
        if self.running:
            self.stop()
            self._set_restarting(True)


def _needs(settings: Settings) -> tuple[object, ...]:
    """Return what a running session cannot change; swapping the sides changes nothing of it."""
    translated = settings.ahead, settings.on_request
    return (
        frozenset(settings.sides),
        settings.microphone,
        settings.recognizer,
        settings.beam,
        translated,
    )


def _spoken(settings: Settings) -> str:
    """Return the language of the one who speaks, "" if both do."""
    return {"left": settings.left_language, "right": settings.right_language}.get(
        settings.speaker, ""
    )


def _serves(plan: Plan, language: str) -> bool:
    """Whether a session with this plan can listen to this language from now on, "" for both."""
    if not language:
        return len(plan.languages) > 1
    return any(language in recognizer.languages for recognizer in plan.recognizers)
