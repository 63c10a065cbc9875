"""The screen that opens first: two people, two languages, and the words between them."""

from functools import partial

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from tolmach.controllers.conversation.card_review import CardReview
from tolmach.controllers.conversation.conversation import Conversation
from tolmach.controllers.preferences import Preferences
from tolmach.core.settings import Settings
from tolmach.sessions.updates import State
from tolmach.ui.conversation.card_column import CardColumn
from tolmach.ui.conversation.controls import Controls
from tolmach.ui.conversation.invitation import Invitation
from tolmach.ui.conversation.top_bar import TopBar
from tolmach.ui.look import fonts
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import NO_MARGINS, column_of
from tolmach.ui.translation import autonym
from tolmach.ui.widgets.notice_bar import NoticeBar


class ConversationPage(Adaptive, QWidget):
    """Languages above, cards in the middle, the button below."""

    def __init__(
        self,
        conversation: Conversation,
        review: CardReview,
        preferences: Preferences,
    ) -> None:
        super().__init__()
        self._conversation = conversation
        self._preferences = preferences
        self.top = TopBar(preferences, conversation)
        self.notice_bar = NoticeBar(preferences.notices)
        self.column = CardColumn(conversation, review, preferences)
        self.controls = Controls(conversation, preferences)
        self._invitation = Invitation()
        self._middle = QStackedWidget()
        self._build()
        conversation.cards.rowsInserted.connect(self._choose_middle)
        conversation.cards.rowsRemoved.connect(self._choose_middle)
        conversation.state_changed.connect(self.refresh)
        conversation.installed_changed.connect(self.refresh)
        preferences.changed.connect(self._on_preferences)
        self.choose_font()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Speak the interface language."""
        if self._conversation.state in (State.LISTENING, State.RECORDING):
            wish = self.tr("Говорите")
        elif self._conversation.two_buttons:
            wish = self.tr("Нажмите кнопку своего языка и говорите")
        else:
            wish = self.tr("Нажмите пробел и говорите")
        promise = self.tr(
            "{left} — {right}\n"
            "Tolmach запишет сказанное и переведёт.\n"
            "Ничто не покидает этот компьютер."
        )
        left_name, right_name = map(autonym, self._sides())
        self._invitation.say(wish, promise.format(left=left_name, right=right_name))

    def _build(self) -> None:
        self._middle.addWidget(self._invitation)
        self._middle.addWidget(self.column)
        header = QFrame()
        header.setObjectName("header")
        dense = partial(column_of, spacing=0, margins=NO_MARGINS)
        dense(header, self.top, self.notice_bar)
        dense(self, header, (self._middle, 1), self.controls)

    def _sides(self) -> tuple[str, str]:
        return self._preferences.settings.sides

    def _choose_middle(self) -> None:
        self._middle.setCurrentIndex(1 if self._conversation.cards.rowCount() else 0)

    def _on_preferences(self, before: Settings) -> None:
        if before.sides != self._sides():
            self.choose_font()
        self.refresh()

    def choose_font(self) -> None:
        """Read in a font that has every letter of both languages; the application's if it has."""
        notices = self._preferences.notices
        self.column.family = fonts.family_for(self._sides(), self.font().family(), notices)
        self.column.rebuild()
