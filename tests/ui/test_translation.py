"""Interface languages: complete, compiled, switchable while the window is open."""

import string
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.conftest import REPOSITORY
from tests.packaging.tools import tool
from tests.ui.conftest import Stage
from tolmach.messages.table import SENTENCES
from tolmach.sessions.updates import Lag
from tolmach.ui import translation
from tolmach.ui.messages import ACTIONS, sentence

TOOL = tool("translations")
FILES = sorted(TOOL.FOLDER.glob("*.ts"))


def places(text: str) -> set[str | None]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}


@pytest.fixture(scope="module")
def strings() -> list[tuple[str, str]]:
    messages: list[tuple[str, str]] = TOOL.collect(REPOSITORY / "app" / "tolmach")
    return messages


def test_strings_are_found_however_they_are_marked(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(
        "class Window:\n"
        "    def show(self):\n"
        "        self.tr('Окно' ' и дверь')\n"
        "translate('cli', 'Привет, {name}', name='мир')\n"
        "print(tr('cli', 'Ещё'))\n"
        "X = QT_TRANSLATE_NOOP('errors', 'Беда')\n"
        "translate(CONTEXT, text)\n"
        "'абв'.translate(table)\n",
        encoding="utf-8",
    )
    (tmp_path / "table.py").write_text(
        "CONTEXT = 'doubts'\nSENTENCES: dict[str, str] = {'lost': 'Числа' ' нет.'}\nSIZE: int\n",
        encoding="utf-8",
    )
    assert TOOL.collect(tmp_path) == [
        ("Window", "Окно и дверь"),
        ("cli", "Ещё"),
        ("cli", "Привет, {name}"),
        ("doubts", "Числа нет."),
        ("errors", "Беда"),
    ]


def test_english_is_complete(strings: list[tuple[str, str]]) -> None:
    finished = TOOL.finished(TOOL.FOLDER / "en.ts")
    assert [text for text in strings if not finished.get(text)] == []
    assert [text for text in finished if text not in strings] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_translations_keep_the_places_to_fill(file: Path) -> None:
    wrong = [
        text
        for (_, text), translation_text in TOOL.finished(file).items()
        if places(text) != places(translation_text)
    ]
    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_compiled_files_are_up_to_date(file: Path, tmp_path: Path) -> None:
    TOOL.compile_to(file, tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == file.with_suffix(".qm").read_bytes()


def test_the_window_changes_its_language_while_it_runs(stage: Stage) -> None:
    stage.listen()
    stage.session.report(Lag(0.84, 41.0))
    stage.session.failed("worker-crashed-on-utterance", 0)
    stage.wait(lambda: len(stage.cards) == 1)
    page = stage.window.conversation_page
    stage.wait(lambda: page.controls.lag.text() == "отставание 0,8 с")
    stage.preferences.change(replace(stage.preferences.settings, interface="en"))
    stage.wait(lambda: page.controls.lag.text() == "0.8 s behind")
    assert page.top.speaker.text() == "Both speak"
    assert page.controls.record.accessibleName() == "Stop"
    assert "The recogniser crashed twice on this phrase." in stage.cards[0].accessibleName()
    stage.preferences.change(replace(stage.preferences.settings, interface="ru"))
    stage.wait(lambda: page.controls.lag.text() == "отставание 0,8 с")
    assert page.top.speaker.text() == "Говорят оба"


def test_what_is_offered_can_be_spoken() -> None:
    offered = translation.offered()
    assert offered[0] == ("ru", "Русский")
    assert ("en", "English") in offered


@pytest.mark.parametrize("interface", ["ru", "en"])
def test_every_code_has_a_sentence_without_gaps(stage: Stage, interface: str) -> None:
    stage.preferences.change(replace(stage.preferences.settings, interface=interface))
    for code, text in SENTENCES.items():
        words = sentence(code, {str(name): "X" for name in places(text)})
        assert words
        assert "{" not in words


def test_people_are_told_names_of_languages_not_codes(stage: Stage) -> None:
    params = {"source": "ba", "target": "sah", "reachable": "ru, tt"}
    words = sentence("no-route", params)
    assert "«башкирский»" in words
    assert "русский, татарский" in words


def test_buttons_belong_to_sentences() -> None:
    assert set(ACTIONS) <= set(SENTENCES)


def test_shortcuts_do_not_depend_on_the_language(stage: Stage) -> None:
    stage.preferences.change(replace(stage.preferences.settings, interface="en"))
    stage.wait(lambda: stage.window.keys.windowTitle() == "Keys")
    stage.press(Qt.Key.Key_F1)
    assert stage.window.keys.isVisible()
