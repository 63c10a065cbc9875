"""Drawings of icons are shared: whoever shows one keeps it."""

from PySide6.QtWidgets import QApplication

from tolmach.ui.look.icons import pixmap
from tolmach.ui.widgets.icon_widgets import IconLabel


def test_labels_share_a_drawing(qapp: QApplication) -> None:
    """Qt frees none that a label was given: cards that come and go would fill the memory."""
    first, second = IconLabel("warning"), IconLabel("warning")
    key = first.pixmap().cacheKey()
    assert second.pixmap().cacheKey() == key
    first.recolour()
    assert first.pixmap().cacheKey() == key
    first.show_icon("copy")
    assert first.pixmap().cacheKey() != key


def test_a_drawing_fits_the_scale_of_the_screen(qapp: QApplication) -> None:
    large, small = pixmap("warning", "#000000", 40, 2.0), pixmap("warning", "#000000", 40)
    assert (large.width(), large.devicePixelRatio()) == (40, 2.0)
    assert (small.width(), small.devicePixelRatio()) == (40, 1.0)
