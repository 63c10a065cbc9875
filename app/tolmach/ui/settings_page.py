"""Settings: interface language, theme, microphone, and how text and translation are made.

Every change takes effect at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from tolmach.controllers.conversation.conversation import Conversation
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.self_test import SelfTest
from tolmach.controllers.update_search import UpdateSearch
from tolmach.core.own_font import FAMILY
from tolmach.core.pack import Pack
from tolmach.core.settings import Settings
from tolmach.quality.recognizers import hearers, on_trial
from tolmach.ui import translation
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import column_of
from tolmach.ui.look.theme import sized
from tolmach.ui.self_test_panel import SelfTestPanel
from tolmach.ui.update_panel import UpdatePanel
from tolmach.ui.widgets.choice_button import ChoiceButton
from tolmach.ui.widgets.words import Label

NAMES = (
    "interface",
    "theme",
    "font",
    "microphone",
    "recognizer",
    "beam",
    "strict",
    "ahead",
    "on_request",
)
YES = "yes"  # any text is true, the empty one is not

Choice: TypeAlias = tuple[str, list[tuple[str, str]], str]  # name, (value, text) items, chosen


class SettingsPage(Adaptive, QScrollArea):
    """A few choices. The list of microphones is asked for whenever the page opens."""

    def __init__(self, preferences: Preferences, conversation: Conversation) -> None:
        super().__init__()
        self._preferences = preferences
        self._conversation = conversation
        self._microphones: Sequence[str] = ()
        self._title = Label()
        self.choices = {name: ChoiceButton() for name in NAMES}
        self._labels = {name: Label() for name in self.choices}
        self._hearers = Label()
        self.updates = UpdatePanel(UpdateSearch())
        self.self_test = SelfTest()
        self._self_test_panel = SelfTestPanel(self.self_test)
        self._build()
        preferences.changed.connect(self.refresh)
        conversation.installed_changed.connect(self.refresh)
        conversation.microphones_found.connect(self._on_microphones)
        self.self_test.changed.connect(lambda: QTimer.singleShot(0, self, self._follow))
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the choices as they are, in the interface language."""
        self._title.setText(self.tr("Настройки"))
        settings = self._preferences.settings
        for (name, choice), (text, items, chosen) in zip(
            self.choices.items(), (*self._looks(settings), *self._work(settings)), strict=True
        ):
            self._labels[name].setText(text)
            choice.offer(text, items, chosen, self._change(name))
        several = len(self._recognizers) > 1 or settings.recognizer != ""
        for name, visible in (("recognizer", several), ("on_request", bool(self._rough))):
            self._labels[name].setVisible(visible)
            self.choices[name].setVisible(visible)
        self._hearers.setText(self._who_hears(settings))
        self._hearers.setVisible(several)

    @property
    def _recognizers(self) -> Sequence[Pack]:
        return self._conversation.installed.recognizers

    @property
    def _rough(self) -> list[str]:
        """Languages that are translated on request alone."""
        installed = self._conversation.installed
        usual = {code for pair in installed.pairs for code in pair}
        return sorted({code for pair in installed.pairs_on_request for code in pair} - usual)

    def showEvent(self, event: QShowEvent) -> None:
        """Look which microphones there are now."""
        super().showEvent(event)
        self._conversation.look_for_microphones()

    def _build(self) -> None:
        self._title.setFont(sized("", 20, bold=True))
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.setColumnStretch(1, 1)
        for row, (name, choice) in enumerate(self.choices.items()):
            form.addWidget(self._labels[name], row, 0)
            # Absolute, because a choice's own direction is from right to left.
            form.addWidget(
                choice, row, 1, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
            )
        inner = QWidget()
        inner.setObjectName("column")
        self._hearers.setProperty("role", "muted")
        self._hearers.setWordWrap(True)
        parts = self._title, form, self._hearers, self.updates, self._self_test_panel, 0
        column_of(inner, *parts, spacing=24, margins=(16, 24, 16, 24))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def _looks(self, settings: Settings) -> Iterator[Choice]:
        system = ("", self.tr("Как в системе"))
        interfaces = [system, *translation.offered()]
        yield self.tr("Язык программы"), interfaces, settings.interface
        themes = [
            ("system", system[1]),
            ("light", self.tr("Светлая")),
            ("dark", self.tr("Тёмная")),
        ]
        yield self.tr("Тема"), themes, settings.theme
        fonts = [
            ("own", self.tr("{family}, из программы").format(family=FAMILY)),
            ("system", system[1]),
        ]
        yield self.tr("Шрифт"), fonts, settings.font

    def _work(self, settings: Settings) -> Iterator[Choice]:
        names = dict.fromkeys((*self._microphones, *filter(None, (settings.microphone,))))
        microphones = [("", self.tr("Как в системе")), *((name, name) for name in names)]
        yield self.tr("Микрофон"), microphones, settings.microphone
        yield self.tr("Модель речи"), self._models(), settings.recognizer
        exactness = [
            ("0", self.tr("Как в модели")),
            ("1", self.tr("Быстрее")),
            ("5", self.tr("Точнее")),
        ]
        yield self.tr("Распознавание"), exactness, str(settings.beam)
        finals = [
            ("", self.tr("Исправляет показанные слова")),
            (YES, self.tr("Не меняет показанных слов")),
        ]
        yield self.tr("Готовая фраза"), finals, YES if settings.strict else ""
        moments = [
            ("", self.tr("Когда фраза закончена")),
            (YES, self.tr("Не дожидаясь конца фразы")),
        ]
        yield self.tr("Перевод"), moments, YES if settings.ahead else ""
        rough = [
            ("", self.tr("Не показывать")),
            (YES, ", ".join(map(translation.autonym, self._rough))),
        ]
        yield self.tr("Пробный перевод"), rough, YES if settings.on_request else ""

    def _models(self) -> list[tuple[str, str]]:
        titles = {pack.id: _title(pack) for pack in self._recognizers}
        return [("", self.tr("Лучшие из установленных")), *titles.items()]

    def _who_hears(self, settings: Settings) -> str:
        """Return a line for each language of the conversation, and what their models cost."""
        chosen = hearers(self._recognizers, settings.sides, settings.recognizer)
        lines = [
            (
                self.tr("{language} — {model}. На пробу: ошибается часто")
                if on_trial(pack, code)
                else self.tr("{language} — {model}")
            ).format(language=translation.autonym(code), model=_title(pack))
            for code, pack in chosen.items()
        ]
        memory = sum({pack.id: pack.memory for pack in chosen.values()}.values())
        return "\n".join([*lines, self.tr("Памяти для речи: {memory} МБ").format(memory=memory)])

    def _change(self, name: str) -> Callable[[str], None]:
        def change(value: str) -> None:
            settings = self._preferences.settings
            kind = type(getattr(settings, name))  # str, int or bool
            self._preferences.change(replace(settings, **{name: kind(value)}))

        return change

    def _follow(self) -> None:
        """Bring the newest line of the self-test into view, at its end what came of it."""
        panel = self._self_test_panel
        lines = panel.rows[-1:] if self.self_test.running else [*panel.rows[-1:], panel.headline]
        for line in lines:
            if line.isVisible():
                self.ensureWidgetVisible(line, 0, 120)  # and the buttons beside it

    def _on_microphones(self, names: Sequence[str]) -> None:
        self._microphones = names
        self.refresh()


def _title(pack: Pack) -> str:
    return pack.title.get(translation.current()) or pack.title.get("ru") or pack.id
