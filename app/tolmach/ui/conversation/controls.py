"""Below the cards: level and state, what one presses to speak, and three honest chips."""

from math import ceil

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QWidget,
)

from tolmach.controllers.conversation.conversation import Conversation
from tolmach.controllers.notices import duration
from tolmach.controllers.preferences import Preferences
from tolmach.sessions.updates import State
from tolmach.ui.conversation.level_meter import LevelMeter
from tolmach.ui.conversation.talk_buttons import TalkButtons
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of
from tolmach.ui.look.theme import restyle
from tolmach.ui.shortcuts import Shortcut
from tolmach.ui.widgets.icon_widgets import IconLabel, Role
from tolmach.ui.widgets.words import Label

LATE = 3.0  # seconds behind the speaker that are worth a colour


class Controls(Adaptive, QFrame):
    """What one presses and what one must know while speaking."""

    def __init__(self, conversation: Conversation, preferences: Preferences) -> None:
        super().__init__()
        self._conversation = conversation
        self._preferences = preferences
        self._behind, self._captured, self._remaining = 0.0, 0.0, 0.0
        self.talk = TalkButtons(conversation, preferences)
        self.record, _ = self.talk.buttons
        self.meter = LevelMeter()
        self.stop_now = QPushButton()
        self.state, self.lag, self.saved, self.offline = Label(), Label(), Label(), Label()
        self._saved_chip, self._lag_chip = _chip("sound", self.saved), _chip("lag", self.lag)
        self._offline_chip = _chip("offline", self.offline)
        self._build()
        self._connect()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show everything as it is, in the interface language."""
        self.state.setText(self._state_text())
        self.stop_now.setText(self.tr("Остановить сейчас"))
        self.stop_now.setToolTip(self.tr("Звук сохранится, дописать его можно позже"))
        locale = QLocale()
        self.lag.setText(
            self.tr("отставание {seconds} с").format(seconds=locale.toString(self._behind, "f", 1))
        )
        self.saved.setText(self.tr("звук сохранён {time}").format(time=duration(self._captured)))
        self.offline.setText(self.tr("без сети"))
        self._offline_chip.setToolTip(
            self.tr("Звук и текст не покидают этот компьютер: программа не выходит в сеть")
        )

    def _build(self) -> None:
        self.setObjectName("controls")
        state_side = column_of(None, 0, self.meter, self.state, 0, spacing=4)
        chips = self._saved_chip, self.stop_now, self._lag_chip, self._offline_chip
        aligned = ((chip, Qt.AlignmentFlag.AlignRight) for chip in chips)
        right = column_of(None, 0, *aligned, 0, spacing=2)
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 8, 24, 8)
        grid.addLayout(state_side, 0, 0)
        grid.addWidget(self.talk, 0, 1)
        grid.addLayout(right, 0, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        self._saved_chip.hide()
        self._lag_chip.hide()
        self.stop_now.hide()
        self.stop_now.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Space stays start and stop
        self.state.setWordWrap(True)

    def _connect(self) -> None:
        self._preferences.changed.connect(self.refresh)
        self.stop_now.clicked.connect(self._conversation.stop_now)
        self._conversation.state_changed.connect(self._on_state)
        self._conversation.speaking_changed.connect(self.refresh)
        self._conversation.restart_changed.connect(self.refresh)
        self._conversation.level_changed.connect(self.meter.show_level)
        self._conversation.lag_changed.connect(self._on_lag)
        self._conversation.draining_changed.connect(self._on_draining)

    def _state_text(self) -> str:
        match self._conversation.state:
            case State.LOADING:
                return self.tr("Загружаю модели, говорить уже можно")
            case State.LISTENING if self._conversation.speaking:
                return self.tr("Слышу речь")
            case State.LISTENING:
                return self.tr("Слушаю")
            case State.RECORDING:
                return self.tr("Только запись: слова — потом")
            case State.PROCESSING:
                return self._draining_text()
            case State.FAILED:
                return self.tr("Остановлено")
        if self._conversation.two_buttons:
            keys = {"left": Shortcut.LEFT.keys, "right": Shortcut.RIGHT.keys}
            return self.tr("{left} и {right} — начать").format_map(keys)
        return self.tr("Пробел — начать")

    def _draining_text(self) -> str:
        again = self._conversation.restarting
        if not self._remaining:
            if again:
                return self.tr("Пока не слушаю: дописываю прошлое и начну")
            return self.tr("Дописываю последнее")
        seconds = ceil(self._remaining)
        remaining = duration(seconds) if seconds >= 60 else self.tr("{seconds} с")
        remaining = remaining.format(seconds=seconds)
        if again:
            return self.tr("Пока не слушаю: дописываю прошлое, осталось {time}").format(
                time=remaining
            )
        return self.tr("Дописываю: осталось {time} звука").format(time=remaining)

    def _on_state(self, state: State) -> None:
        draining = state is State.PROCESSING
        self._remaining = 0.0
        self.meter.setVisible(not draining)
        self.stop_now.setVisible(draining)
        self._offline_chip.setVisible(not draining)  # its place is the button's
        self._lag_chip.setVisible(self._conversation.running)
        self.refresh()

    def _on_draining(self, remaining: float, total: float) -> None:
        del total
        self._remaining = remaining
        self.refresh()

    def _on_lag(self, behind: float, captured: float) -> None:
        rounded = (round(behind, 1), int(captured))
        if rounded != (round(self._behind, 1), int(self._captured)):
            self._behind, self._captured = behind, captured
            self._saved_chip.show()
            restyle(self.lag, "role", "doubt" if behind > LATE else "muted")
            self.refresh()


def _chip(icon: str, label: Label) -> QWidget:
    """Return an icon with a label, both quiet."""
    chip = QWidget()
    mark = IconLabel(icon, colour=Role.PlaceholderText)
    row_of(chip, mark, label, spacing=4, margins=NO_MARGINS)
    label.setProperty("role", "muted")
    return chip
