"""Above the cards: the two languages, swap, and who speaks."""

from functools import partial

from PySide6.QtWidgets import QWidget

from tolmach.controllers.conversation.conversation import Conversation
from tolmach.controllers.preferences import Preferences
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import row_of
from tolmach.ui.shortcuts import Shortcut
from tolmach.ui.translation import autonym
from tolmach.ui.widgets.choice_button import ChoiceButton
from tolmach.ui.widgets.icon_widgets import IconButton


class TopBar(Adaptive, QWidget):
    """Who talks with whom."""

    def __init__(self, preferences: Preferences, conversation: Conversation) -> None:
        super().__init__()
        self._preferences = preferences
        self._conversation = conversation
        self.left_language, self.right_language, self.speaker = (
            ChoiceButton(),
            ChoiceButton(),
            ChoiceButton(),
        )
        self.swap = IconButton("swap", "icon", pixels=24)
        parts = self.left_language, self.swap, self.right_language, 0, self.speaker
        row_of(self, *parts, spacing=8, margins=(24, 12, 24, 12))
        self.swap.clicked.connect(preferences.swap)
        preferences.changed.connect(self.refresh)
        conversation.installed_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the choice as it is, in the interface language."""
        settings, choose = self._preferences.settings, self._preferences.choose
        languages = [(code, autonym(code)) for code in self._conversation.installed.languages]
        self.left_language.offer(
            self.tr("Язык слева"), languages, settings.left_language, partial(choose, "left")
        )
        self.right_language.offer(
            self.tr("Язык справа"), languages, settings.right_language, partial(choose, "right")
        )
        self.swap.explain(self.tr("Поменять местами"), Shortcut.SWAP.keys)
        speakers = [
            ("auto", self.tr("Говорят оба")),
            ("left", autonym(settings.left_language)),
            ("right", autonym(settings.right_language)),
        ]
        self.speaker.offer(
            self.tr("Кто говорит"),
            speakers,
            settings.speaker,
            self._preferences.let_speak,
        )
