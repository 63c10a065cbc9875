"""The presenter of notices: a code becomes a sentence, what to do about it, and a button.

Sentences are in messages/table.py; here is only which button helps.
"""

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from tolmach.messages import table as messages
from tolmach.messages import trial
from tolmach.ui import translation


class Action(Enum):
    """What a notice's button does; the value is its label."""

    START = QT_TRANSLATE_NOOP("Action", "Попробовать ещё раз")
    SETTINGS = QT_TRANSLATE_NOOP("Action", "Выбрать микрофон")
    LOGS = QT_TRANSLATE_NOOP("Action", "Открыть журнал программы")
    SMALLER = QT_TRANSLATE_NOOP("Action", "Взять модель поменьше")
    RESUME = QT_TRANSLATE_NOOP("Action", "Дописать")

    @property
    def label(self) -> str:
        """The label in the interface language."""
        return QCoreApplication.translate("Action", str(self.value))


ACTIONS: dict[str, Action] = {
    "falling-behind": Action.SMALLER,
    "microphone-lost": Action.SETTINGS,
    "microphone-missing": Action.SETTINGS,
    "microphone-refused": Action.SETTINGS,
    "no-microphone": Action.START,
    "portaudio-missing": Action.START,
    "recording-stopped": Action.START,
    "translation-failed": Action.START,
    "unexpected": Action.LOGS,
    "sound-postponed": Action.RESUME,
    "sound-system-failed": Action.START,
    "worker-does-not-start": Action.START,
}


def action(code: str, params: Mapping[str, str]) -> Action | None:
    """Return what the notice's button does, None for a notice without a button."""
    if code == "falling-behind" and not params.get("smaller"):
        return None
    return ACTIONS.get(code)


def sentence(code: str, params: Mapping[str, str]) -> str:
    """Return what the person is told."""
    return messages.sentence(code, params, translation.current())


def marked(text: str) -> str:
    """Return a trial translation as it is copied."""
    return trial.marked(text, translation.current())
