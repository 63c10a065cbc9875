"""What a widget does when the interface language or the theme changes while it is open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object  # only one of a class's bases may be Qt's


class Adaptive(_Widget):
    """Stands before the Qt class among the bases."""

    def refresh(self) -> None:
        """Show everything as it is, in the interface language."""

    def recolour(self) -> None:
        """Draw in the colours of the theme."""

    def changeEvent(self, event: QEvent) -> None:
        """Hear of both from Qt."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        elif event.type() == QEvent.Type.PaletteChange:
            self.recolour()
