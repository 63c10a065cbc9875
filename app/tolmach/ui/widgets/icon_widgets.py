"""Buttons and labels with our icons. They take their colour from the application's palette and
change with it, so nobody has to tell them about a new theme."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolButton, QWidget

from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.icons import icon, pixmap
from tolmach.ui.widgets.words import Label

Role = QPalette.ColorRole


class IconButton(Adaptive, QToolButton):
    """A button with an icon. The mouse gives it no focus, so that Space stays start and stop."""

    def __init__(
        self,
        name: str,
        style: str,
        pixels: int = 20,
        colour: Role = Role.Text,
        parent: QWidget | None = None,
    ) -> None:
        """`style` is the role that the style sheet knows: "icon", "choice" or "rail"."""
        super().__init__(parent)
        self._name = name
        self._colour = colour
        self.setProperty("role", style)
        if style == "rail":
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(pixels, pixels))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.recolour()

    def explain(self, name: str, shortcut: str = "") -> None:
        """Say what the button does, to the eye and to a screen reader."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shortcut})" if shortcut else name)

    def recolour(self) -> None:
        """Draw the icon in the colour of the theme."""
        colour = QApplication.palette().color(self._colour)
        self.setIcon(icon(self._name, colour.name()))


class IconLabel(Adaptive, Label):
    """A picture beside a text that says the same: screen readers skip it."""

    def __init__(self, name: str, pixels: int = 16, colour: Role = Role.Text) -> None:
        super().__init__()
        self._name = name
        self._pixels = pixels
        self._colour = colour
        self.setFixedSize(pixels, pixels)
        self.recolour()

    def show_icon(self, name: str) -> None:
        """Change the picture."""
        self._name = name
        self.recolour()

    def recolour(self) -> None:
        """Draw the icon in the colour of the theme."""
        colour = QApplication.palette().color(self._colour)
        scale = self.devicePixelRatio()
        self.setPixmap(pixmap(self._name, colour.name(), round(self._pixels * scale), scale))
