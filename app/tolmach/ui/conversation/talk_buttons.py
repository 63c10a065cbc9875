"""The round button; two of them, one a language, where nothing can hear which of the two it is."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from tolmach.controllers.conversation.conversation import Conversation
from tolmach.controllers.conversation.push_to_talk import PushToTalk
from tolmach.controllers.preferences import Preferences
from tolmach.sessions.updates import State
from tolmach.ui.conversation.record_button import RecordButton
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import NO_MARGINS
from tolmach.ui.shortcuts import Shortcut
from tolmach.ui.translation import autonym
from tolmach.ui.widgets.words import Label


class TalkButtons(Adaptive, QWidget):
    """What one presses to speak."""

    def __init__(self, conversation: Conversation, preferences: Preferences) -> None:
        super().__init__()
        self._conversation = conversation
        self._preferences = preferences
        self._push = PushToTalk(conversation, preferences.notices)
        self.buttons = RecordButton(), RecordButton()  # left or only one, right
        self._names = Label(), Label()
        self._build()
        conversation.state_changed.connect(self.refresh)
        conversation.language_changed.connect(self.refresh)
        conversation.level_changed.connect(self._on_level)
        conversation.draining_changed.connect(self._on_draining)
        preferences.changed.connect(self.refresh)
        conversation.installed_changed.connect(self.refresh)
        self.refresh()

    def press(self, side: int = 0) -> None:
        """A button, 0 or 1, goes down, or its key does; the only button is number 0."""
        if self._conversation.two_buttons:
            self._push.press(self._sides()[side])
        elif side == 0:
            self._push.press()

    def release(self) -> None:
        """Whatever was down came up."""
        self._push.release()

    def refresh(self, *_: object) -> None:
        """Show as many buttons as are needed, each as its person stands."""
        conversation, two = self._conversation, self._conversation.two_buttons
        keys = (Shortcut.LEFT.keys, Shortcut.RIGHT.keys) if two else (self.tr("пробел"), "")
        for button, name, language, key in zip(
            self.buttons, self._names, self._sides(), keys, strict=True
        ):
            waits = two and conversation.running and language != conversation.language
            button.show_state(State.IDLE if waits else conversation.state)
            button.show_person(autonym(language) if two else "", key)
            name.setText(autonym(language))
            name.setVisible(two)
        self.buttons[1].setVisible(two)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(*NO_MARGINS)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        for side, (button, name) in enumerate(zip(self.buttons, self._names, strict=True)):
            grid.addWidget(button, 0, side, Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(name, 1, side, Qt.AlignmentFlag.AlignHCenter)
            button.pressed.connect(partial(self.press, side))
            button.released.connect(self.release)

    def _sides(self) -> tuple[str, str]:
        return self._preferences.settings.sides

    def _on_level(self, rms: float, peak: float) -> None:
        del peak
        for button in self.buttons:
            button.show_level(rms)

    def _on_draining(self, remaining: float, total: float) -> None:
        for button in self.buttons:
            button.show_written(1 - remaining / total if total else 1.0)
