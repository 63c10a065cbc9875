"""What can be measured of the looks: nothing clipped, everything named, contrast, both themes."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from tests.fakes import installed_packs
from tests.ui.conftest import Stage
from tolmach.core.own_font import FAMILY, PACKAGE
from tolmach.language.registry import languages
from tolmach.sessions.updates import Draining, FallingBehind, Lag, State
from tolmach.ui.look import fonts
from tolmach.ui.look.theme import DARK, LIGHT, Colours, Theme
from tolmach.ui.window import SMALLEST

OWN, DEJAVU, LIBERATION = FAMILY, "DejaVu Sans", "Liberation Sans"
PACKAGES = {OWN: PACKAGE, DEJAVU: "fonts-dejavu-core", LIBERATION: "fonts-liberation"}
SIZES = [
    (1.0, SMALLEST),
    (1.5, (1040, 760)),
    (2.0, (1366, 768)),
    (2.5, (1366, 768)),
]
SCREENS = [((family, scale), size) for family in PACKAGES for scale, size in SIZES]
TALK = ("Здравствуйте! Проходите, садитесь, рассказывайте.", "Давно болит?")


def clipped(root: QWidget) -> list[str]:
    """Return the texts that do not fit into their widgets, or lie outside the window."""
    overflowing = []
    for widget in root.findChildren(QLabel) + root.findChildren(QAbstractButton):
        if not widget.isVisible() or not widget.text():
            continue
        needed = widget.sizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            needed = QSize(0, widget.heightForWidth(widget.width()))
        too_small = widget.width() < needed.width() or widget.height() < needed.height()
        start = widget.mapTo(root, widget.rect().topLeft()).x()
        if too_small or start < 0 or start + widget.width() > root.width():
            overflowing.append(f"{widget.text()}: {widget.size()} of {needed}")
    return overflowing


@pytest.fixture
def larger_fonts(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Make a family, larger as a person of 70 has it, the system's font."""
    family, scale = request.param
    if family not in _families():
        pytest.skip(f"not installed: {PACKAGES[family]}")
    usual = qapp.font()
    font = QFont(family)
    font.setPointSizeF(11 * scale)
    qapp.setFont(font)  # the window's own font is of this size, too
    yield
    qapp.setFont(usual)


@pytest.mark.parametrize(("larger_fonts", "size"), SCREENS, indirect=["larger_fonts"])
@pytest.mark.parametrize("interface", ["ru", "en"])
@pytest.mark.usefixtures("larger_fonts")
def test_nothing_is_clipped(stage: Stage, size: tuple[int, int], interface: str) -> None:
    stage.preferences.change(
        replace(stage.preferences.settings, interface=interface, font="system")
    )
    stage.qtbot.wait(20)
    stage.window.resize(*size)
    stage.listen()
    stage.say(*TALK)
    stage.session.recognized(2, "дә", confidence=0.5)
    stage.session.failed("worker-crashed-on-utterance", 3)
    stage.wait(lambda: len(stage.cards) == 4)
    stage.preferences.notices.show("starter-model")
    stage.qtbot.wait(50)
    assert (stage.window.width(), stage.window.height()) == size
    stage.wait_for(lambda: clipped(stage.window), [])


@pytest.mark.parametrize(("larger_fonts", "size"), SCREENS, indirect=["larger_fonts"])
@pytest.mark.parametrize("interface", ["ru", "en"])
@pytest.mark.parametrize("able", [installed_packs(buttons=True)], ids=["two buttons"])
@pytest.mark.usefixtures("larger_fonts", "able")
def test_nothing_is_clipped_while_much_is_told(
    stage: Stage, size: tuple[int, int], interface: str
) -> None:
    stage.preferences.change(
        replace(stage.preferences.settings, interface=interface, font="system")
    )
    stage.window.resize(*size)
    stage.preferences.notices.show("starter-model")
    stage.qtbot.wait(50)
    stage.wait_for(lambda: clipped(stage.window), [])
    stage.preferences.notices.withdraw("starter-model")
    stage.listen()
    stage.session.doubtful(0, TALK[0])
    stage.session.unconfirmed(1, TALK[0], TALK[1])
    stage.session.report(Lag(12.4, 3725.0))
    stage.session.report(FallingBehind(12.4, "small"))
    stage.wait(lambda: len(stage.cards) == 2 and bool(stage.preferences.notices.standing))
    stage.qtbot.wait(50)
    assert (stage.window.width(), stage.window.height()) == size
    stage.wait_for(lambda: clipped(stage.window), [])
    stage.conversation.stop()
    stage.session.report(Draining(3725.0, 3800.0))
    stage.wait(lambda: stage.conversation.state is State.PROCESSING)
    stage.conversation.start()
    stage.qtbot.wait(50)
    assert (stage.window.width(), stage.window.height()) == size
    stage.wait_for(lambda: clipped(stage.window), [])


def test_cards_do_not_overlap_whenever_they_grow(stage: Stage) -> None:
    stage.listen()
    for size in ((1040, 760), (700, 500), (1300, 760)):
        stage.window.resize(*size)
        first = stage.conversation.cards.rowCount()
        for number in range(first, first + 3):
            stage.session.cut(number)
        stage.wait(lambda: len(stage.cards) == first + 3)  # noqa: B023 - waited for here
        for number in range(first, first + 3):
            stage.session.recognized(number, "Рассказывайте по порядку. " * (number + 1))
            stage.session.translated(number, "Тәртип менән һөйләгеҙ. " * (number + 1))
        stage.qtbot.wait(50)
        stage.wait_for(lambda: clipped(stage.window), [])
        rows = [row for card in stage.cards if (row := card.parentWidget())]
        assert len(rows) == len(stage.cards)
        places = [row.geometry() for row in rows]
        assert all(upper.bottom() < other.top() for upper, other in pairwise(places))
        assert all(
            card.height() == row.height() for card, row in zip(stage.cards, rows, strict=True)
        )


def test_every_control_has_a_name(stage: Stage) -> None:
    stage.listen()
    stage.say("да")
    stage.preferences.notices.show("microphone-lost", {"name": "USB"})
    nameless = [
        button
        for button in stage.window.findChildren(QAbstractButton)
        if not (button.accessibleName() or button.text())
    ]
    assert nameless == []


def test_tab_reaches_every_visible_button(stage: Stage) -> None:
    focused: list[QWidget | None] = []
    for _ in range(30):
        stage.window.focusNextChild()
        focused.append(QApplication.focusWidget())
    page = stage.window.conversation_page
    reachable = (
        page.top.left_language,
        page.top.swap,
        page.top.right_language,
        page.top.speaker,
        page.controls.record,
    )
    assert [button for button in reachable if button not in focused] == []


def luminance(colour: str) -> float:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    rgb = QColor(colour)
    parts = (rgb.redF(), rgb.greenF(), rgb.blueF())
    return sum(w * linear(c) for w, c in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(colour: str, other: str) -> float:
    """WCAG 2.2, "contrast ratio"."""
    dark, light = sorted((luminance(colour), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read(theme: Colours) -> None:
    backgrounds = ("window", "rail", "surface", "tinted")
    on = [(text, back) for text in ("text", "muted") for back in backgrounds]
    on += [("text", back) for back in ("error", "warning", "info", "hover")]
    on += [("on_accent", "accent"), ("on_accent", "stop")]
    poor = [
        (text, back)
        for text, back in on
        if contrast(getattr(theme, text), getattr(theme, back)) < 4.5
    ]
    assert poor == []


def test_every_colour_is_a_colour() -> None:
    for theme in (LIGHT, DARK):
        assert all(QColor(getattr(theme, field.name)).isValid() for field in fields(theme))


def test_themes_switch_while_it_runs(stage: Stage) -> None:
    stage.listen()
    stage.say("да")
    brightness = []
    for theme in ("light", "dark", "light"):
        stage.preferences.change(replace(stage.preferences.settings, theme=theme))
        picture = stage.window.grab().toImage()
        brightness.append(picture.pixelColor(picture.width() - 30, 70).lightness())
    assert all(abs(light - other) > 128 for light, other in pairwise(brightness))


def test_the_system_theme_is_followed(qapp: QApplication) -> None:
    theme = Theme(qapp)
    theme.use("dark")
    assert theme.colours is DARK
    theme.use("system")
    assert theme.colours in (LIGHT, DARK)


def test_a_font_without_bashkir_letters_is_found_out() -> None:
    needed = fonts.letters(entry for entry in languages() if entry.code == "ba")
    assert set("ҡғҙҫңөүһәҠҒҘҪҢӨҮҺӘ") <= set(needed)
    assert fonts.missing("Noto Sans Thai", "ҡ") == "ҡ" or "Noto Sans Thai" not in _families()


def test_a_font_that_can_draw_everything_is_chosen() -> None:
    needed = fonts.letters(languages())
    family, lacking = fonts.reading_family("Noto Sans Thai", needed)
    assert set(lacking) <= set(fonts.missing(family, needed))
    if "DejaVu Sans" in _families():
        assert fonts.missing(family, "ҡғҙҫңөүһә") == ""


def _families() -> list[str]:
    fonts.load_own()
    return QFontDatabase.families()
