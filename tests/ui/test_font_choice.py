"""The font is chosen in Settings: at once, everywhere, and with real bold letters."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from tests.fakes import offer, recognizer
from tests.ui.conftest import Stage
from tests.ui.test_looks import clipped
from tolmach.core import own_font
from tolmach.core.settings import Settings
from tolmach.ui.theme import sized
from tolmach.ui.window import SETTINGS, SMALLEST, TEXT

FONTS = {
    "DejaVu Sans": "fonts-dejavu-core",
    "Liberation Sans": "fonts-liberation",
    "Noto Sans": "fonts-noto-core",
}
SCREENS = [(1.0, SMALLEST), (1.5, (1040, 760)), (2.0, (1366, 768)), (2.5, (1920, 1040))]
FULL = replace(
    offer(recognizer("whisper-base", "ru"), recognizer("starter", "ru", "ba")),
    on_request=(("ru", "tt"), ("tt", "ru")),
)


@pytest.fixture
def system_font(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    """Have a person whose system uses this family in this size, a multiple of the usual one."""
    family, scale = request.param
    if family not in QFontDatabase.families():
        pytest.skip(f"needs the Debian package {FONTS[family]}")
    usual = qapp.font()
    font = QFont(family)
    font.setPointSizeF(11 * scale)
    qapp.setFont(font)
    yield family
    qapp.setFont(usual)


@pytest.mark.parametrize(
    ("system_font", "size"),
    [((family, scale), size) for family in FONTS for scale, size in SCREENS],
    indirect=["system_font"],
)
@pytest.mark.parametrize("settings", [Settings(font="system")], ids=["system"])
@pytest.mark.parametrize("able", [FULL], ids=["everything"])
@pytest.mark.usefixtures("able", "settings")
def test_no_setting_is_cut(system_font: str, stage: Stage, size: tuple[int, int]) -> None:
    stage.window.resize(*size)
    stage.window.open(SETTINGS)
    stage.qtbot.wait(20)
    page = stage.window.settings_page
    assert QApplication.font().family() == system_font
    assert (stage.window.width(), stage.window.height()) == size
    assert clipped(page.widget()) == []
    assert page.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("system_font", [("DejaVu Sans", 1.0)], indirect=True)
def test_another_font_is_taken_at_once(system_font: str, stage: Stage) -> None:
    stage.listen()
    stage.say("да")
    for setting, family in (("system", system_font), ("own", own_font.FAMILY)):
        stage.preferences.change(font=setting)
        stage.qtbot.wait(20)
        widgets = stage.window.findChildren(QLabel) + stage.window.findChildren(QAbstractButton)
        families = {widget.font().family() for widget in widgets}
        assert families == {family}
    stage.window.open(TEXT)
    assert stage.window.text_page.pair.source.font().family() == own_font.FAMILY


def test_titles_are_bold(stage: Stage) -> None:
    del stage  # has loaded the font
    widths = [
        QFontMetricsF(sized(own_font.FAMILY, 20, bold=bold)).horizontalAdvance("Настройки")
        for bold in (False, True)
    ]
    assert widths[0] < widths[1]
