"""The table of shortcuts is the only one: each holds and is told of, and no other does."""

import ast
import re
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut

from tests.ui.conftest import Stage, labels
from tolmach.sessions.updates import State
from tolmach.ui.shortcuts import Scope, Shortcut, pressed

UI = Path(__file__).resolve().parents[2] / "app" / "tolmach" / "ui"
CONTEXTS = {
    Scope.WINDOW: Qt.ShortcutContext.WindowShortcut,
    Scope.TEXT: Qt.ShortcutContext.WidgetWithChildrenShortcut,
}
KEY = re.compile(r"\b(Ctrl|Alt|Shift|Meta)\+\S|^F\d{1,2}\b")


def shortcuts_of(*places: Scope) -> list[Shortcut]:
    return [shortcut for shortcut in Shortcut if shortcut.scope in places]


def key_event(shortcut: Shortcut, text: str = "") -> QKeyEvent:
    # WORKAROUND(PySide6 6.11): its stubs leave out that a sequence can be indexed.
    combinations = cast("Sequence[QKeyCombination]", QKeySequence(shortcut.keys))
    combination = combinations[0]
    key, modifiers = combination.key(), combination.keyboardModifiers()
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


def test_every_shortcut_of_the_table_is_wired_and_no_other(stage: Stage) -> None:
    wired = sorted(
        (shortcut.key().toString(), shortcut.context().name, parent.objectName())
        for shortcut in stage.window.findChildren(QShortcut)
        if (parent := shortcut.parent())
    )
    page = stage.window.text_page.objectName()
    owners = {Scope.WINDOW: "window", Scope.TEXT: page}
    assert wired == sorted(
        (shortcut.keys, CONTEXTS[shortcut.scope].name, owners[shortcut.scope])
        for shortcut in shortcuts_of(*CONTEXTS)
    )
    actions = stage.window.findChildren(QAction)
    assert [action.text() for action in actions if not action.shortcut().isEmpty()] == []


@pytest.mark.parametrize("shortcut", shortcuts_of(Scope.CARD))
def test_a_card_takes_its_keys(stage: Stage, shortcut: Shortcut) -> None:
    stage.listen()
    stage.say("да")
    event = key_event(shortcut)
    stage.cards[0].keyPressEvent(event)
    assert event.isAccepted()


@pytest.mark.parametrize("shortcut", [Shortcut.TALK, Shortcut.LEFT])
def test_talk_keys_start(stage: Stage, shortcut: Shortcut) -> None:
    stage.window.keyPressEvent(key_event(shortcut))
    stage.wait(lambda: stage.conversation.state is State.LISTENING)


def test_no_key_means_two_things_at_once() -> None:
    keys = [shortcut.keys for shortcut in Shortcut]
    assert len(set(keys)) == len(keys)
    assert [QKeySequence(key).toString() for key in keys] == keys  # as Qt writes them


def test_the_list_tells_of_every_shortcut(stage: Stage) -> None:
    stage.window.keys.show()
    lines = labels(stage.window.keys)
    assert {shortcut.purpose for shortcut in Shortcut} <= set(lines)
    named = {"Space": "Пробел", "Up": "стрелки", "Down": "стрелки"}
    for shortcut in Shortcut:
        assert named.get(shortcut.keys, shortcut.keys) in ", ".join(lines)


@pytest.mark.parametrize("module", sorted(UI.rglob("*.py")), ids=lambda path: path.stem)
def test_keys_are_typed_in_the_table_alone(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    typed = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in prose and KEY.search(node.value)
    ]
    assert bool(typed) == (module.name == "shortcuts.py"), typed


@pytest.mark.parametrize(
    ("letter", "shortcut"), [("м", Shortcut.VERSIONS), ("У", Shortcut.CORRECT)]
)
def test_letters_are_keys_where_cyrillic_is_typed(letter: str, shortcut: Shortcut) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, 0x41C, Qt.KeyboardModifier.NoModifier, letter)
    assert pressed(event, *Shortcut) is shortcut


def test_modifiers_make_another_key_unless_nobody_minds_them() -> None:
    control = Qt.KeyboardModifier.ControlModifier
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F9, control)
    assert pressed(event, Shortcut.LEFT) is None
    assert pressed(event, Shortcut.LEFT, modified=True) is Shortcut.LEFT
