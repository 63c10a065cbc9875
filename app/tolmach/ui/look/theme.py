"""Colours, sizes and the style sheet. Fusion with our own palette; every distance is n × 4 px.

One accent colour. All text colours reach a contrast of at least 4.5 : 1 on their background
(WCAG 2.2, 1.4.3); tests/ui/test_looks.py measures it.
"""

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from tolmach.core.own_font import FAMILY
from tolmach.ui.look import fonts
from tolmach.ui.look.style import STYLE

TEXT_PT = 15  # what was said: read at arm's length
TRANSLATION_PT = 20
REMARK_PT = 12
BASE_PT = 11  # everything else, unless the system's own font is larger


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme."""

    window: str
    rail: str
    surface: str  # cards and fields
    tinted: str  # cards of the right-hand language
    text: str
    muted: str  # labels, times, words that may still change
    line: str
    hover: str
    accent: str
    on_accent: str
    stop: str  # the round button while listening
    error: str  # background of notices, with `text` on it
    warning: str
    info: str
    doubt: str  # the line under what may be wrong


LIGHT = Colours(
    window="#f5f4f1",
    rail="#ecebe6",
    surface="#ffffff",
    tinted="#e3f1ed",
    text="#1b1c1a",
    muted="#62655f",
    line="#dcdad3",
    hover="#e2e0d9",
    accent="#0d7565",
    on_accent="#ffffff",
    stop="#b93a2f",
    error="#fbe3df",
    warning="#faedcd",
    info="#e0eef3",
    doubt="#b7730f",
)
DARK = Colours(
    window="#151716",
    rail="#1b1e1d",
    surface="#222624",
    tinted="#1a322d",
    text="#f0eee9",
    muted="#a0a49e",
    line="#353a37",
    hover="#2f3532",
    accent="#4cc2aa",
    on_accent="#06231d",
    stop="#e0705f",
    error="#4a2420",
    warning="#43371a",
    info="#1d3540",
    doubt="#e3ab45",
)


class Theme(QObject):
    """Dresses the application and follows the system's light and dark."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self.colours = LIGHT
        application.setStyle("Fusion")
        self._system_font = application.font()
        self._system_font.setPointSizeF(max(self._system_font.pointSizeF(), BASE_PT))
        self._own_font = QFont(self._system_font)
        if fonts.load_own():
            self._own_font.setFamily(FAMILY)
        application.styleHints().colorSchemeChanged.connect(self._dress)

    def use(self, setting: str) -> None:
        """Choose "light", "dark" or "system"."""
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        hints = self._application.styleHints()
        hints.setColorScheme(scheme.get(setting, Qt.ColorScheme.Unknown))
        # The offscreen platform and old desktops know no scheme: the setting counts by itself.
        self._dress(scheme.get(setting, hints.colorScheme()))

    def use_font(self, setting: str) -> None:
        """Choose "own", the font that comes with the program, or "system"."""
        sheet = self._application.styleSheet()
        self._application.setStyleSheet("")  # with one, widgets keep the font they were dressed in
        self._application.setFont(self._system_font if setting == "system" else self._own_font)
        self._application.setStyleSheet(sheet)

    def _dress(self, scheme: Qt.ColorScheme) -> None:
        self.colours = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        self._application.setPalette(_palette(self.colours))
        self._application.setStyleSheet(Template(STYLE).substitute(asdict(self.colours)))


def sized(family: str, points: float, *, bold: bool = False) -> QFont:
    """Return a font of this size, larger by as much as the application's own font is.

    The family "" follows the application's.
    """
    font = QFont(family) if family else QFont()
    font.setPointSizeF(points * QApplication.font().pointSizeF() / BASE_PT)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    if bold:  # WORKAROUND(Qt 6.11): finds no weights in a variable application font
        font.setVariableAxis(QFont.Tag("wght"), QFont.Weight.DemiBold.value)
    return font


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at; it looks only when it polishes."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # paddings, too


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(colours.surface), QColor(colours.window))
    for which, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.tinted,
        role.Text: colours.text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.PlaceholderText: colours.muted,
        role.ToolTipBase: colours.text,
        role.ToolTipText: colours.window,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.doubt,  # nothing is a link; ui/widgets/words.py takes its colours
        role.Accent: colours.accent,
        role.BrightText: colours.stop,
        role.Mid: colours.line,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.muted))
    return palette
