"""How loud the microphone is, as bars on a logarithmic scale."""

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from tolmach.ui.look.adaptive import Adaptive

BARS = 18
BAR, GAP = 4, 2  # px
QUIETEST_DB = -60.0


def loudness(amplitude: float) -> float:
    """Return an amplitude in 0..1 as a share of the scale from -60 to 0 dB, 0..1."""
    if amplitude <= 0:
        return 0.0
    return min(1.0, max(0.0, 1 - 20 * math.log10(amplitude) / QUIETEST_DB))


class LevelMeter(Adaptive, QWidget):
    """Bars that follow the voice."""

    def __init__(self) -> None:
        super().__init__()
        self._level = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Return the fixed size."""
        return QSize(BARS * (BAR + GAP) - GAP, 20)

    def show_level(self, rms: float, peak: float) -> None:
        """Follow upwards at once, downwards slowly; both are 0..1, (0, 0) is silence at once."""
        level = loudness(max(rms, peak / 2))
        self._level = level if level >= self._level or not peak else 0.7 * self._level
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, those under the level in the accent colour."""
        del event
        palette = QApplication.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        lit = round(self._level * BARS)
        for number in range(BARS):
            role = QPalette.ColorRole.Accent if number < lit else QPalette.ColorRole.Mid
            painter.setBrush(palette.color(role))
            height = 6 + 14 * (number / (BARS - 1))
            top = (self.height() - height) / 2
            painter.drawRoundedRect(QRectF(number * (BAR + GAP), top, BAR, height), 2, 2)
        painter.end()

    def refresh(self) -> None:
        """Say what it is to those who hear it."""
        self.setAccessibleName(self.tr("Громкость микрофона"))
