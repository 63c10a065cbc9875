"""The presenter of errors: a code becomes a sentence, what to do about it, and a button.

Sentences are in core/messages.py; here is only which button helps.
"""

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from tolmach.core import messages
from tolmach.core.language import languages


class Action(Enum):
    """What a notice's button does; the value is its label."""

    START = QT_TRANSLATE_NOOP("Action", "Начать снова")
    SETTINGS = QT_TRANSLATE_NOOP("Action", "Выбрать микрофон")
    LOGS = QT_TRANSLATE_NOOP("Action", "Открыть журнал программы")

    @property
    def label(self) -> str:
        """The label in the interface language."""
        return QCoreApplication.translate("Action", str(self.value))


ACTIONS: dict[str, Action] = {
    "microphone-lost": Action.SETTINGS,
    "no-microphone": Action.SETTINGS,
    "unexpected": Action.LOGS,
    "worker-does-not-start": Action.START,
}


def sentence(code: str, params: Mapping[str, str]) -> str:
    """Return what the person is told."""
    interface = QLocale().name().split("_")[0]
    return messages.sentence(
        code, {name: _readable(value, interface) for name, value in params.items()}, interface
    )


def _readable(value: str, interface: str) -> str:
    """Put names in the place of language codes: a person is told of Bashkir, not of "ba"."""
    names = {language.code: language.name(interface) for language in languages()}
    return ", ".join(names.get(part, part) for part in value.split(", "))
