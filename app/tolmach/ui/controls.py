"""Below the cards: level and state, the round button, and three honest chips."""

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tolmach.controllers.conversation import Conversation
from tolmach.sessions.live import State
from tolmach.ui.icon_widgets import IconLabel, Role
from tolmach.ui.level_meter import LevelMeter
from tolmach.ui.record_button import RecordButton


def duration(seconds: float) -> str:
    """Return seconds as 0:07, 12:41 or 1:02:03."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


class Controls(QFrame):
    """What one presses and what one must know while speaking."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__()
        self._conversation = conversation
        self._behind, self._captured = 0.0, 0.0
        self.record = RecordButton()
        self.meter = LevelMeter()
        self.state, self.lag, self.saved, self.offline = QLabel(), QLabel(), QLabel(), QLabel()
        self._saved_chip, self._lag_chip = _chip("sound", self.saved), _chip("lag", self.lag)
        self._offline_chip = _chip("offline", self.offline)
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Show everything as it is, in the interface language."""
        self.state.setText(self._state_text())
        locale = QLocale()
        self.lag.setText(
            self.tr("отставание {seconds} с").format(seconds=locale.toString(self._behind, "f", 1))
        )
        self.saved.setText(self.tr("звук сохранён {time}").format(time=duration(self._captured)))
        self.offline.setText(self.tr("без сети"))
        self._offline_chip.setToolTip(
            self.tr("Звук и текст не покидают этот компьютер: программа не выходит в сеть")
        )

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new interface language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        self.setObjectName("controls")
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addStretch()
        left.addWidget(self.meter)
        left.addWidget(self.state)
        left.addStretch()
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addStretch()
        upper = QHBoxLayout()
        upper.setSpacing(16)
        upper.addStretch()
        upper.addWidget(self._lag_chip)
        upper.addWidget(self._offline_chip)
        right.addWidget(self._saved_chip, alignment=Qt.AlignmentFlag.AlignRight)
        right.addLayout(upper)
        right.addStretch()
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 8, 24, 8)
        grid.addLayout(left, 0, 0)
        grid.addWidget(self.record, 0, 1)
        grid.addLayout(right, 0, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        self._saved_chip.hide()
        self._lag_chip.hide()

    def _connect(self) -> None:
        self.record.clicked.connect(self._conversation.toggle)
        self._conversation.state_changed.connect(self._on_state)
        self._conversation.speaking_changed.connect(self.retranslate)
        self._conversation.restart_changed.connect(self.retranslate)
        self._conversation.level_changed.connect(self._on_level)
        self._conversation.lag_changed.connect(self._on_lag)

    def _state_text(self) -> str:
        match self._conversation.state:
            case State.LOADING:
                return self.tr("Загружаю модели, говорить уже можно")
            case State.LISTENING if self._conversation.speaking:
                return self.tr("Слышу речь")
            case State.LISTENING:
                return self.tr("Слушаю")
            case State.PROCESSING if self._conversation.restarting:
                return self.tr("Дописываю и начну снова")
            case State.PROCESSING:
                return self.tr("Дописываю последнее")
            case State.FAILED:
                return self.tr("Остановлено")
        return self.tr("Пробел — начать")

    def _on_state(self, state: State) -> None:
        self.record.show_state(state)
        self._lag_chip.setVisible(self._conversation.running or state is State.PROCESSING)
        self.retranslate()

    def _on_level(self, rms: float, peak: float) -> None:
        self.meter.show_level(rms, peak)
        self.record.show_level(rms)

    def _on_lag(self, behind: float, captured: float) -> None:
        shown = (round(behind, 1), int(captured))
        if shown != (round(self._behind, 1), int(self._captured)):
            self._behind, self._captured = behind, captured
            self._saved_chip.show()
            self.retranslate()


def _chip(icon: str, label: QLabel) -> QWidget:
    """Return an icon with a label, both quiet."""
    chip = QWidget()
    layout = QHBoxLayout(chip)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(IconLabel(icon, colour=Role.PlaceholderText))
    layout.addWidget(label)
    label.setProperty("role", "muted")
    return chip
