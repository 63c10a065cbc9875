"""Our vector icons, drawn in the colour that the theme asks for.

The files in resources/icons use `currentColor`; nothing else in them depends on the theme.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from tolmach.core.paths import resources

_PIXELS = (16, 20, 24, 32, 40, 48, 64, 96, 128)  # covers 16 to 48 px at 100 to 250 %


@cache
def icon(name: str, colour: str) -> QIcon:
    """Return the icon in one colour, sharp at every scale of the screen."""
    result = QIcon()
    for pixels in _PIXELS:
        result.addPixmap(pixmap(name, colour, pixels))
    return result


@cache  # WORKAROUND(Qt 6.11): a label keeps each pixmap that it is given, so they are shared
def pixmap(name: str, colour: str, pixels: int, scale: float = 1.0) -> QPixmap:
    """Return the icon as a square of so many device pixels, for a screen of this scale."""
    drawing = renderer(name, colour)  # before the painter: should it fail, Qt would end the process
    result = QPixmap(pixels, pixels)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    drawing.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    result.setDevicePixelRatio(scale)
    return result


@cache
def renderer(name: str, colour: str) -> QSvgRenderer:
    """Return what draws the icon in this colour."""
    source = (resources() / "icons" / f"{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(source.replace(b"currentColor", colour.encode())))
