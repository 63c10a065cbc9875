"""Settings: interface language, theme, microphone. Every change takes effect at once."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from tolmach.controllers.conversation import Conversation
from tolmach.controllers.preferences import Preferences
from tolmach.ui import translation
from tolmach.ui.choice_button import ChoiceButton
from tolmach.ui.theme import sized


class SettingsPage(QWidget):
    """Three choices. The list of microphones is asked for whenever the page opens."""

    def __init__(self, preferences: Preferences, conversation: Conversation) -> None:
        super().__init__()
        self._preferences = preferences
        self._conversation = conversation
        self._microphones: Sequence[str] = ()
        self._title = QLabel()
        self.choices = {name: ChoiceButton() for name in ("interface", "theme", "microphone")}
        self._labels = {name: QLabel() for name in self.choices}
        self._build()
        preferences.changed.connect(self.retranslate)
        conversation.microphones_found.connect(self._on_microphones)
        self.retranslate()

    def retranslate(self, *_: object) -> None:
        """Show the choices as they are, in the interface language."""
        self._title.setText(self.tr("Настройки"))
        now = self._preferences.settings
        system = ("", self.tr("Как в системе"))
        themes = [
            ("system", system[1]),
            ("light", self.tr("Светлая")),
            ("dark", self.tr("Тёмная")),
        ]
        known = dict.fromkeys((*self._microphones, *filter(None, (now.microphone,))))
        microphones = [(name, name) for name in known]
        for name, text, items, chosen in (
            (
                "interface",
                self.tr("Язык программы"),
                [system, *translation.offered()],
                now.interface,
            ),
            ("theme", self.tr("Тема"), themes, now.theme),
            ("microphone", self.tr("Микрофон"), [system, *microphones], now.microphone),
        ):
            self._labels[name].setText(text)
            self.choices[name].offer(text, items, chosen, self._change(name))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new interface language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Look which microphones there are now."""
        super().showEvent(event)
        self._conversation.look_for_microphones()

    def _build(self) -> None:
        self._title.setFont(sized(self.font().family(), 20, bold=True))
        form = QGridLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        form.setColumnStretch(1, 1)
        for row, (name, choice) in enumerate(self.choices.items()):
            form.addWidget(self._labels[name], row, 0)
            # Absolute, because a choice's own direction is from right to left.
            form.addWidget(
                choice, row, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
            )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(24)
        layout.addWidget(self._title)
        layout.addLayout(form)
        layout.addStretch()

    def _change(self, name: str) -> Callable[[str], None]:
        return lambda value: self._preferences.change(**{name: value})

    def _on_microphones(self, names: Sequence[str]) -> None:
        self._microphones = names
        self.retranslate()
