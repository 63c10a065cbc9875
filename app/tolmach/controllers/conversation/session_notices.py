"""What is told of a session beside its words: what went wrong, what waits, what is missing.

Rule: a notice that no longer holds is withdrawn here, where it was shown.
"""

from tolmach.audio.microphone import (
    MicrophoneLost,
    MicrophoneMuted,
    MicrophoneRestored,
    Overflowed,
)
from tolmach.controllers.notices import Gravity, Notices, duration
from tolmach.core.settings import Settings
from tolmach.packs.installed import InstalledPacks
from tolmach.protocol.messages import Failed, Progress, Ready, WorkerLost
from tolmach.sessions.updates import FallingBehind, State, StateChanged, Update


class SessionNotices:
    """The notices of one conversation; used in the GUI thread."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._text_only: set[frozenset[str]] = set()  # languages without translators, told of

    def begin(self, settings: Settings, installed: InstalledPacks) -> None:
        """A session begins with these settings and packs."""
        self._notices.withdraw_errors()
        self._notices.withdraw("microphone-lost", "microphone-restored", "sound-overflowed")
        self._notices.withdraw("sound-postponed", "falling-behind", "still-writing")
        self._notices.withdraw("recording-only", "microphone-muted")
        self._tell_text_only(settings, installed)

    def resume(self) -> None:
        """A session goes on with what was postponed."""
        self._notices.withdraw_errors()
        self._notices.withdraw("sound-postponed")

    def offer_postponed(self, seconds: float) -> None:
        """So much sound waits to be written down."""
        self._notices.show("sound-postponed", {"time": duration(seconds)}, Gravity.INFO)

    def forget_languages(self) -> None:
        """Other languages are spoken now: what was told of the former ones does not hold."""
        self._notices.withdraw("text-only", "text-only-both", "text-only-on-request")

    def forget_packs(self) -> None:
        """Other packs are installed now: what is missing is told anew."""
        self._text_only.clear()
        self.forget_languages()

    def take(self, update: Update) -> None:
        """Tell of what a session reports, if it is to be told."""
        match update:
            case WorkerLost():
                self._warn("worker-restarting")
            case Ready() | Progress():
                self._notices.withdraw("worker-restarting")
            case StateChanged(state=State.RECORDING):
                self._notices.withdraw("worker-restarting", "falling-behind")
                self._warn("recording-only")
            case StateChanged(state=State.IDLE | State.FAILED):
                self._notices.withdraw("worker-restarting", "falling-behind", "recording-only")
                self._notices.withdraw("microphone-muted")
            case FallingBehind():
                seconds = str(round(update.seconds))
                self._warn("falling-behind", seconds=seconds, smaller=update.smaller)
            case Failed() if update.utterance < 0:
                self._notices.withdraw("worker-restarting")
                self._notices.show(update.code, update.params)
            case _:
                self._take_microphone(update)

    def _take_microphone(self, update: Update) -> None:
        match update:
            case MicrophoneLost():
                self._notices.withdraw("microphone-restored")
                self._warn("microphone-lost", name=update.name)
            case MicrophoneMuted(muted=True):
                self._warn("microphone-muted", name=update.name)
            case MicrophoneMuted():
                self._notices.withdraw("microphone-muted")
            case MicrophoneRestored():
                self._notices.withdraw("microphone-lost")
                self._notices.show("microphone-restored", {"name": update.name}, Gravity.INFO)
            case Overflowed():
                self._warn("sound-overflowed")

    def _warn(self, code: str, **params: str) -> None:
        self._notices.show(code, params, Gravity.WARNING)

    def _tell_text_only(self, settings: Settings, installed: InstalledPacks) -> None:
        """Say once for each two languages what will not be translated."""
        sides = frozenset(settings.sides)
        missing = () if sides in self._text_only else installed.missing_routes(settings)
        self._text_only.add(sides)
        if missing:
            source, target = missing[0]
            code = "text-only" if len(missing) == 1 else "text-only-both"
            if not settings.on_request and set(missing) <= set(installed.pairs_on_request):
                code = "text-only-on-request"
            self._notices.show(code, {"source": source, "target": target}, Gravity.INFO)
