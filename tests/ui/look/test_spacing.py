"""What is said of a layout's distances holds; what is not said stays the style's."""

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tolmach.ui.look.spacing import NO_MARGINS, spaced


def test_distances_are_as_they_are_called() -> None:
    layout = spaced(QHBoxLayout(), 8, (1, 2, 3, 4))
    assert (layout.spacing(), layout.contentsMargins()) == (8, QMargins(1, 2, 3, 4))
    assert spaced(QHBoxLayout(), 0, NO_MARGINS).contentsMargins() == QMargins()


def test_the_style_gives_the_others() -> None:
    widget, other = QWidget(), QWidget()
    usual = QHBoxLayout(other)
    layout = spaced(QHBoxLayout(widget), margins=NO_MARGINS)
    assert layout.spacing() == usual.spacing()
    spaced(layout, 3)
    assert (layout.spacing(), layout.contentsMargins()) == (3, QMargins())
