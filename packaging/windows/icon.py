"""Draw build/windows/tolmach.ico from resources/icons/tolmach.svg, in every size Windows asks for.

python packaging/windows/icon.py FILE.ico
"""

import os
import struct
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "tolmach.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
COMPRESSED_FROM = 256  # smaller ones as PNG are unknown to some parts of Windows and to makensis


SIDE = (164, 314)  # what the installer's pages have room for
PAPER = "#f6f4ef"


def main() -> None:
    """Write both into the folder that is named."""
    folder = Path(sys.argv[1])
    renderer = QSvgRenderer(str(DRAWING))
    (folder / "tolmach.ico").write_bytes(icon(renderer))
    side(renderer).save(str(folder / "side.bmp"), "BMP")  # type: ignore[call-overload]


def icon(renderer: QSvgRenderer) -> bytes:
    """Return the icon in all its sizes."""
    images = [encoded(drawn(renderer, size)) for size in SIZES]
    offset = 6 + 16 * len(images)
    directory = struct.pack("<HHH", 0, 1, len(images))
    for size, content in zip(SIZES, images, strict=True):
        edge = size % 256  # 256 is written as 0
        directory += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(content), offset)
        offset += len(content)
    return directory + b"".join(images)


def side(renderer: QSvgRenderer) -> QImage:
    """Return the drawing on paper."""
    image = QImage(*SIDE, QImage.Format.Format_RGB888)
    image.fill(QColor(PAPER))
    painter = QPainter(image)
    renderer.render(painter, QRectF(50, 40, 64, 64))
    painter.end()
    return image


def drawn(renderer: QSvgRenderer, size: int) -> QImage:
    """Return the drawing in one size, on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def encoded(image: QImage) -> bytes:
    """Return one picture as icons hold it: PNG, or rows from below with an empty mask."""
    if image.width() >= COMPRESSED_FROM:
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(content.data())
    size = image.width()
    rows = bytes(image.flipped(Qt.Orientation.Vertical).constBits())
    mask = bytes(size * ((size + 31) // 32 * 4))
    header = struct.pack(
        "<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(rows) + len(mask), *[0] * 4
    )
    return header + rows + mask


if __name__ == "__main__":
    main()
