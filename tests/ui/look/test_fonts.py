"""The font is chosen in Settings: at once, everywhere, and with real bold letters."""

from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from tests.fakes import installed_packs, recognizer
from tests.ui.conftest import Stage
from tests.ui.test_looks import DEJAVU, OWN, SCREENS, TALK, clipped, larger_fonts
from tolmach.core import own_font, paths
from tolmach.core.settings import Settings
from tolmach.language.registry import languages
from tolmach.ui.look import fonts
from tolmach.ui.look.theme import Theme, sized
from tolmach.ui.window import SETTINGS

__all__ = ["larger_fonts"]  # a fixture

FULL = installed_packs(
    *(recognizer("whisper-base", "ru"), recognizer("starter", "ru", "ba")),
    on_request=(("ru", "tt"), ("tt", "ru")),
)


@pytest.mark.parametrize(("larger_fonts", "size"), SCREENS, indirect=["larger_fonts"])
@pytest.mark.parametrize("settings", [Settings(font="system")], ids=["system"])
@pytest.mark.parametrize("able", [FULL], ids=["everything"])
@pytest.mark.usefixtures("larger_fonts", "able", "settings")
def test_no_setting_is_cut(stage: Stage, size: tuple[int, int]) -> None:
    stage.window.resize(*size)
    stage.window.open(SETTINGS)
    stage.qtbot.wait(20)
    page = stage.window.settings_page
    assert (stage.window.width(), stage.window.height()) == size
    content = page.widget()
    assert content is not None
    assert clipped(content) == []
    assert page.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("larger_fonts", [(DEJAVU, 1.5)], indirect=True)
@pytest.mark.usefixtures("larger_fonts")
def test_a_chosen_font_is_everywhere_at_once(stage: Stage) -> None:
    stage.listen()
    stage.say(*TALK)
    stage.window.text_page.drawer.show()
    for choice, family in (("system", DEJAVU), ("own", OWN), ("system", DEJAVU)):
        stage.preferences.change(replace(stage.preferences.settings, font=choice))
        stage.qtbot.wait(20)
        widgets: list[QLabel | QAbstractButton] = [
            *stage.window.findChildren(QLabel),
            *stage.window.findChildren(QAbstractButton),
        ]
        assert {widget.font().family() for widget in widgets if widget.text()} == {family}
        assert stage.window.text_page.pair.source.font().family() == family


def test_the_font_of_the_program_has_every_letter_of_its_scripts() -> None:
    fonts.load_own()
    lacking = {entry.script for entry in languages() if fonts.missing(OWN, fonts.letters([entry]))}
    assert lacking == {entry.script for entry in languages()} - own_font.SCRIPTS


def test_the_font_of_the_program_has_every_sign_of_the_window() -> None:
    fonts.load_own()
    catalogue = Xml.parse(paths.resources() / "i18n" / "en.ts").getroot()
    contexts = [
        context for context in catalogue.iter("context") if context.findtext("name") != "cli"
    ]
    signs = {sign for context in contexts for text in context.itertext() for sign in text} - {"\n"}
    assert fonts.missing(OWN, "".join(sorted(signs))) == ""


def test_a_window_without_its_own_font_takes_the_systems(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = qapp.font()
    qapp.setFont(QFont(DEJAVU))
    monkeypatch.setattr(own_font, "PACKAGE", "fontpkg-of-nobody")
    Theme(qapp).use_font("own")
    family = qapp.font().family()
    qapp.setFont(before)
    assert family == DEJAVU


def test_titles_are_bold(stage: Stage) -> None:
    del stage  # has loaded the font
    widths = [
        QFontMetricsF(sized(OWN, 20, bold=bold)).horizontalAdvance("Настройки")
        for bold in (False, True)
    ]
    assert widths[0] < widths[1]
