"""A button that starts at one press and stops at the next; held, it is push-to-talk.

Listening begins when the button goes down, not when it is known to be held: the first word must
not be lost. Where it cannot begin, because the last words are still being finished, it says so.
"""

from time import monotonic

from tolmach.controllers.conversation.conversation import Conversation
from tolmach.controllers.notices import Gravity, Notices

HOLD = 0.4  # seconds that tell holding from pressing


class PushToTalk:
    """The buttons and keys of one window: one of them is down at a time."""

    def __init__(self, conversation: Conversation, notices: Notices) -> None:
        self._conversation = conversation
        self._notices = notices
        self._down_since: float | None = None
        self._began = False

    def press(self, language: str = "") -> None:
        """A button goes down; `language` is that of its person, "" if it is everybody's."""
        if self._down_since is not None:
            return
        self._down_since = monotonic()
        conversation = self._conversation
        listens = conversation.running or conversation.restarting
        self._began = not listens or language not in ("", conversation.language)
        if self._began and conversation.running:
            conversation.speak(language)
        elif self._began:
            conversation.start(language)

    def release(self) -> None:
        """The button came up; nothing happens if none was down."""
        if self._down_since is None:
            return
        is_held = monotonic() - self._down_since >= HOLD
        self._down_since = None
        if is_held and self._began and self._conversation.restarting:  # nobody has listened
            self._notices.show("still-writing", gravity=Gravity.INFO)
        if is_held or not self._began:
            self._conversation.stop()
