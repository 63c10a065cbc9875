"""What can be measured of the text screen's looks: nothing clipped, everything named, reachable."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from tests.ui.conftest import Stage
from tests.ui.test_looks import SCREENS, clipped, contrast, larger_fonts
from tolmach.core import paths
from tolmach.core.translation import Flag
from tolmach.history.terms import term_store
from tolmach.sessions.document_translation import DocumentRequest, DocumentResult, ProgressWatch
from tolmach.terms.memory import MemoryEntry
from tolmach.ui.look.theme import DARK, LIGHT, Colours
from tolmach.ui.window import SMALLEST, TEXT

__all__ = ["larger_fonts"]  # a fixture

TALK = "Здравствуйте! Приходите к 9 часам.\n\nВозьмите полис."
ENOUGH = Event()


def endless(request: DocumentRequest, watch: ProgressWatch) -> DocumentResult:
    watch.progress(12, 240)
    while not watch.cancelled():
        ENOUGH.wait(0.01)
    return DocumentResult(request.path, 0, 0, 0)


def work(stage: Stage) -> None:
    """Have everything on the screen that can be there at once."""
    stage.asking.doubts = {"Приходите к 9 часам.": (Flag("number-lost", "9"), Flag("too-short"))}
    stage.asking.confidence = {"Приходите к 9 часам.": 0.3}
    entry = MemoryEntry("ru", "ba", "Приходите к 8 часам.", "Сәғәт 8-гә килегеҙ.", "correction")
    term_store(paths.terms_file()).remember([entry])
    stage.window.open(TEXT)
    page = stage.window.text_page
    page.pair.source.insertPlainText(TALK)
    stage.wait(lambda: stage.window.text_page.pair.target.toPlainText() == TALK.upper())
    page.pair.target.setFocus()
    cursor = page.pair.target.textCursor()
    cursor.setPosition(20)
    page.pair.target.setTextCursor(cursor)
    stage.wait(lambda: len(page.strip.suggestions) == 1)
    page.strip.alternatives.click()
    stage.wait(lambda: len(page.strip.suggestions) == 2)
    stage.qtbot.wait(50)


@pytest.mark.parametrize(("larger_fonts", "size"), SCREENS, indirect=["larger_fonts"])
@pytest.mark.parametrize("interface", ["ru", "en"])
@pytest.mark.usefixtures("larger_fonts")
def test_nothing_is_clipped(stage: Stage, size: tuple[int, int], interface: str) -> None:
    stage.preferences.change(
        replace(stage.preferences.settings, interface=interface, font="system")
    )
    stage.window.resize(*size)
    work(stage)
    assert (stage.window.width(), stage.window.height()) == size
    stage.wait_for(lambda: clipped(stage.window), [])
    page = stage.window.text_page
    page.pair.sentence_focus.take("Килегеҙ!")
    page.pair.source.selectAll()
    stage.qtbot.wait(50)
    stage.wait_for(lambda: clipped(stage.window), [])
    page.bar.glossary.click()
    stage.qtbot.wait(50)
    stage.wait_for(lambda: clipped(stage.window), [])
    page.drawer.open_form("слово")
    stage.qtbot.wait(50)
    stage.wait_for(lambda: clipped(stage.window), [])
    assert page.drawer.form.save.height() >= page.drawer.form.save.sizeHint().height()
    low = [field for field in page.drawer.findChildren(QLineEdit) if field.isVisible()]
    assert all(field.height() >= field.sizeHint().height() for field in low)


@pytest.mark.parametrize(
    ("larger_fonts", "size"),
    [screen for screen in SCREENS if screen[1] != SMALLEST],
    indirect=["larger_fonts"],
)
@pytest.mark.parametrize("interface", ["ru", "en"])
@pytest.mark.parametrize("translate_document", [endless])
@pytest.mark.usefixtures("larger_fonts", "translate_document")
def test_nothing_is_clipped_while_a_document_is_translated(
    stage: Stage, size: tuple[int, int], interface: str
) -> None:
    stage.preferences.change(
        replace(stage.preferences.settings, interface=interface, font="system")
    )
    stage.window.resize(*size)
    work(stage)
    page = stage.window.text_page
    page.take_file(Path("Договор аренды помещения.docx"))
    stage.wait(lambda: stage.window.text_page.document_bar.progress.maximum() == 240)
    stage.qtbot.wait(50)
    assert (stage.window.width(), stage.window.height()) == size
    stage.wait_for(lambda: clipped(stage.window), [])


def test_the_buttons_are_whole_below_a_notice(stage: Stage) -> None:
    stage.window.resize(*SMALLEST)
    work(stage)
    stage.window.text_page._workspace.text.notices.show("draft-restored")
    stage.qtbot.wait(50)
    button = stage.window.text_page.strip.check
    assert button.visibleRegion().boundingRect().height() >= button.sizeHint().height()


def test_texts_stand_side_by_side_where_there_is_room(stage: Stage) -> None:
    stage.window.open(TEXT)
    pair = stage.window.text_page.pair
    for size, stacked in (((1040, 760), False), ((700, 700), True), (SMALLEST, False)):
        stage.window.resize(*size)
        stage.qtbot.wait(20)
        assert pair.stacked is stacked


def test_every_control_has_a_name(stage: Stage) -> None:
    work(stage)
    stage.window.text_page.drawer.open_form()
    controls: list[QAbstractButton | QLineEdit] = [
        *stage.window.findChildren(QAbstractButton),
        *stage.window.text_page.drawer.findChildren(QLineEdit),
    ]
    assert [field for field in controls if not (field.accessibleName() or field.text())] == []
    pair = stage.window.text_page.pair
    assert pair.source.accessibleName()
    assert pair.target.accessibleName()
    formats = {label.textFormat().name for label in stage.window.findChildren(QLabel)}
    assert formats == {"PlainText"}


def test_tab_reaches_everything(stage: Stage) -> None:
    work(stage)
    page = stage.window.text_page
    focused: list[QWidget | None] = []
    for _ in range(60):
        stage.window.focusNextChild()
        focused.append(QApplication.focusWidget())
    reachable = (
        *(page.bar.source, page.bar.swap, page.bar.target, page.bar.glossary),
        *(page.pair.source, page.pair.open, page.pair.clear),
        *(page.pair.target, page.pair.save, page.pair.copy),
        *(page.strip.alternatives, page.strip.check, page.strip.copy, *page.strip.suggestions),
    )
    assert [widget for widget in reachable if widget not in focused] == []


def test_themes_switch_while_it_runs(stage: Stage) -> None:
    work(stage)
    for theme in ("dark", "light"):
        stage.preferences.change(replace(stage.preferences.settings, theme=theme))
        stage.qtbot.wait(20)
        picture = stage.window.grab().toImage()
        dark = picture.pixelColor(picture.width() - 60, 100).lightness() < 128
        assert dark is (theme == "dark")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_underlines_can_be_seen(theme: Colours) -> None:
    """WCAG 2.2, 1.4.11: 3 : 1 for what is no text."""
    backgrounds = (theme.surface, theme.tinted)
    for line in (theme.doubt, theme.accent):
        assert min(contrast(line, background) for background in backgrounds) >= 3.0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_hints_in_empty_fields_can_be_read(stage: Stage, theme: str) -> None:
    stage.preferences.change(replace(stage.preferences.settings, theme=theme))
    stage.window.open(TEXT)
    stage.qtbot.wait(20)
    colours = DARK if theme == "dark" else LIGHT
    palette = stage.window.text_page.pair.target.palette()
    assert palette.color(palette.ColorRole.PlaceholderText).name() == colours.muted
