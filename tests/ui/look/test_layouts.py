"""What is said of a layout holds; what is not said stays the style's."""

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from tolmach.ui.look.layouts import NO_MARGINS, column_of, row_of


def test_distances_are_as_they_are_called() -> None:
    layout = row_of(None, spacing=8, margins=(1, 2, 3, 4))
    assert (layout.spacing(), layout.contentsMargins()) == (8, QMargins(1, 2, 3, 4))
    assert column_of(None, spacing=0, margins=NO_MARGINS).contentsMargins() == QMargins()


def test_the_style_gives_the_others() -> None:
    widget, other = QWidget(), QWidget()
    usual = QHBoxLayout(other)
    layout = row_of(widget, margins=NO_MARGINS)
    assert layout.spacing() == usual.spacing()
    assert row_of(None, spacing=3).spacing() == 3


def test_parts_stand_in_their_order_with_their_shares_and_places() -> None:
    owner, labels = QWidget(), [QLabel(text) for text in "abcd"]
    first, second, third, fourth = labels
    inner = row_of(None, first, (second, Qt.AlignmentFlag.AlignRight))
    layout = column_of(owner, inner, 1, (third, 2), (row_of(None, fourth), 3))
    assert [layout.stretch(index) for index in range(layout.count())] == [0, 1, 2, 3]
    item = inner.itemAt(1)
    assert item is not None
    assert item.alignment() == Qt.AlignmentFlag.AlignRight
    assert all(label.parent() is owner for label in labels)
    layout.activate()
    owner.resize(200, 200)
    owner.show()
    assert first.x() < second.x()
    assert first.y() < third.y() < fourth.y()
