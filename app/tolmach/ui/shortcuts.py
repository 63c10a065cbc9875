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


class Scope(Enum):
    """Where a shortcut holds."""

    WINDOW = auto()
    TEXT = auto()  # the text screen
    TALK = auto()  # everywhere but there; it may be held down
    CARD = auto()  # the card that has the keyboard
    FOCUS = auto()  # everywhere; Qt moves the keyboard by it


class Shortcut(Enum):
    """A key as Qt writes it. The list has one line for those that do the same."""

    TALK = "Space", Scope.TALK, tr("keys", "начать и остановить; можно держать, пока говорите")
    LEFT = "F9", Scope.TALK, tr("keys", "то же для левой и правой кнопки, когда их две")
    RIGHT = "F10", Scope.TALK, tr("keys", "то же для левой и правой кнопки, когда их две")
    SWAP = "Ctrl+W", Scope.WINDOW, tr("keys", "поменять языки местами")
    BOTH_SPEAK = "Ctrl+1", Scope.WINDOW, tr("keys", "говорят оба, язык определяется сам")
    LEFT_SPEAKS = "Ctrl+2", Scope.WINDOW, tr("keys", "говорит тот, чей язык слева")
    RIGHT_SPEAKS = "Ctrl+3", Scope.WINDOW, tr("keys", "говорит тот, чей язык справа")
    NEXT = "Tab", Scope.FOCUS, tr("keys", "к следующей кнопке, к последней карточке")
    CARD_ABOVE = "Up", Scope.CARD, tr("keys", "от карточки к карточке")
    CARD_BELOW = "Down", Scope.CARD, tr("keys", "от карточки к карточке")
    COPY_CARD = "Ctrl+C", Scope.CARD, tr("keys", "копировать карточку")
    VERSIONS = "V", Scope.CARD, tr("keys", "другие варианты перевода карточки")
    CHECK = "P", Scope.CARD, tr("keys", "проверить карточку обратным переводом")
    CORRECT = "E", Scope.CARD, tr("keys", "исправить карточку: Enter — сохранить, Esc — отменить")
    WRITE = "Ctrl+T", Scope.WINDOW, tr("keys", "письменный перевод")
    OPEN = "Ctrl+O", Scope.TEXT, tr("keys", "открыть текст")
    SAVE = "Ctrl+S", Scope.TEXT, tr("keys", "сохранить перевод")
    ALTERNATIVES = "Ctrl+E", Scope.TEXT, tr("keys", "сказать предложение иначе")
    CHECK_SENTENCE = "Ctrl+B", Scope.TEXT, tr("keys", "проверить предложение обратным переводом")
    REMEMBER = "Ctrl+M", Scope.TEXT, tr("keys", "запомнить исправленное предложение")
    TERM = "Ctrl+G", Scope.TEXT, tr("keys", "выделенное — в глоссарий")
    COPY_ALL = "Ctrl+Shift+C", Scope.TEXT, tr("keys", "копировать весь перевод")
    NEWEST = "End", Scope.WINDOW, tr("keys", "к последнему")
    HELP = "F1", Scope.WINDOW, tr("keys", "этот список")

    def __init__(self, keys: str, scope: Scope, purpose: str) -> None:
        self.keys = keys
        self.scope = scope
        self._purpose = purpose

    @property
    def purpose(self) -> str:
        """What it does, in the interface language."""
        return QCoreApplication.translate("keys", self._purpose)


def wire(widget: QWidget, scope: Scope, actions: Mapping[Shortcut, Callable[[], object]]) -> None:
    """Have every shortcut of the window or of the text screen do its action."""
    context = Qt.ShortcutContext.WidgetWithChildrenShortcut
    if scope is Scope.WINDOW:
        context = Qt.ShortcutContext.WindowShortcut
    for shortcut in Shortcut:
        if shortcut.scope is scope:
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
