"""Every key of the window, once: what it does and where it holds. Window, tips and help read it.

Not here: what Enter, Escape and Delete mean inside a form, which no list tells of.
"""

from collections.abc import Callable, Mapping
from enum import Enum, auto

from PySide6.QtCore import QT_TRANSLATE_NOOP as tr  # noqa: N811 - only marks, for lupdate, too
from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_LATIN = {"М": "V", "З": "P", "У": "E"}  # the keys of letters where Cyrillic is typed


class Where(Enum):
    """Where a shortcut holds."""

    WINDOW = auto()
    TEXT = auto()  # the text screen
    TALK = auto()  # everywhere but there; it may be held down
    CARD = auto()  # the card that has the keyboard
    FOCUS = auto()  # everywhere; Qt moves the keyboard by it


class Shortcut(Enum):
    """A key as Qt writes it. The list has one line for those that do the same."""

    TALK = "Space", Where.TALK, tr("keys", "начать и остановить; можно держать, пока говорите")
    LEFT = "F9", Where.TALK, tr("keys", "то же для левой и правой кнопки, когда их две")
    RIGHT = "F10", Where.TALK, tr("keys", "то же для левой и правой кнопки, когда их две")
    SWAP = "Ctrl+W", Where.WINDOW, tr("keys", "поменять языки местами")
    BOTH_SPEAK = "Ctrl+1", Where.WINDOW, tr("keys", "говорят оба, язык определяется сам")
    LEFT_SPEAKS = "Ctrl+2", Where.WINDOW, tr("keys", "говорит тот, чей язык слева")
    RIGHT_SPEAKS = "Ctrl+3", Where.WINDOW, tr("keys", "говорит тот, чей язык справа")
    NEXT = "Tab", Where.FOCUS, tr("keys", "к следующей кнопке, к последней карточке")
    CARD_ABOVE = "Up", Where.CARD, tr("keys", "от карточки к карточке")
    CARD_BELOW = "Down", Where.CARD, tr("keys", "от карточки к карточке")
    COPY_CARD = "Ctrl+C", Where.CARD, tr("keys", "копировать карточку")
    VERSIONS = "V", Where.CARD, tr("keys", "другие варианты перевода карточки")
    CHECK = "P", Where.CARD, tr("keys", "проверить карточку обратным переводом")
    CORRECT = "E", Where.CARD, tr("keys", "исправить карточку: Enter — сохранить, Esc — отменить")
    WRITE = "Ctrl+T", Where.WINDOW, tr("keys", "письменный перевод")
    OPEN = "Ctrl+O", Where.TEXT, tr("keys", "открыть текст")
    SAVE = "Ctrl+S", Where.TEXT, tr("keys", "сохранить перевод")
    ALTERNATIVES = "Ctrl+E", Where.TEXT, tr("keys", "сказать предложение иначе")
    CHECK_SENTENCE = "Ctrl+B", Where.TEXT, tr("keys", "проверить предложение обратным переводом")
    REMEMBER = "Ctrl+M", Where.TEXT, tr("keys", "запомнить исправленное предложение")
    TERM = "Ctrl+G", Where.TEXT, tr("keys", "выделенное — в глоссарий")
    COPY_ALL = "Ctrl+Shift+C", Where.TEXT, tr("keys", "копировать весь перевод")
    NEWEST = "End", Where.WINDOW, tr("keys", "к последнему")
    HELP = "F1", Where.WINDOW, tr("keys", "этот список")

    def __init__(self, keys: str, where: Where, purpose: str) -> None:
        self.keys = keys
        self.where = where
        self._purpose = purpose

    @property
    def purpose(self) -> str:
        """What it does, in the interface language."""
        return QCoreApplication.translate("keys", self._purpose)


def wire(widget: QWidget, where: Where, actions: Mapping[Shortcut, Callable[[], object]]) -> None:
    """Have every shortcut of the window or of the text screen do its action."""
    context = Qt.ShortcutContext.WidgetWithChildrenShortcut
    if where is Where.WINDOW:
        context = Qt.ShortcutContext.WindowShortcut
    for shortcut in Shortcut:
        if shortcut.where is where:
            QShortcut(QKeySequence(shortcut.keys), widget, actions[shortcut]).setContext(context)


def pressed(event: QKeyEvent, *shortcuts: Shortcut, modified: bool = False) -> Shortcut | None:
    """Return which of these shortcuts a key is, also that of a letter where Cyrillic is typed.

    `modified`: with whatever is held down beside it.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modified:
        modifiers = Qt.KeyboardModifier.NoModifier
    keys = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString()
    if not modifiers:
        keys = _LATIN.get(event.text().upper(), keys)
    return next((shortcut for shortcut in shortcuts if shortcut.keys == keys), None)
