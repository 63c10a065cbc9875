"""Rows and columns as they are seen: what stands in them, one after another, and how far apart."""

from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

Margins: TypeAlias = tuple[int, int, int, int]  # left, top, right, bottom, px
Item: TypeAlias = QWidget | QLayout | int  # a number is empty room that grows by this share
Part: TypeAlias = Item | tuple[QWidget | QLayout, int | Qt.AlignmentFlag]  # its share, or its place

NO_MARGINS: Margins = (0, 0, 0, 0)


def row_of(
    owner: QWidget | None, *parts: Part, spacing: int | None = None, margins: Margins | None = None
) -> QBoxLayout:
    """Lay parts out side by side in a widget, or in what they are put into then; distances in px.

    A part with a number gets that share of the room, one with an alignment stands there in it.
    """
    layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, owner)
    return _filled(layout, parts, spacing, margins)


def column_of(
    owner: QWidget | None, *parts: Part, spacing: int | None = None, margins: Margins | None = None
) -> QBoxLayout:
    """Lay parts out one below the other; see `row_of`."""
    layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, owner)
    return _filled(layout, parts, spacing, margins)


def _filled(
    layout: QBoxLayout, parts: tuple[Part, ...], spacing: int | None, margins: Margins | None
) -> QBoxLayout:
    if spacing is not None:
        layout.setSpacing(spacing)
    if margins is not None:
        layout.setContentsMargins(*margins)
    for part in parts:
        item, share = part if isinstance(part, tuple) else (part, 0)
        if isinstance(item, int):
            layout.addStretch(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item, share if isinstance(share, int) else 0)
        elif isinstance(share, Qt.AlignmentFlag):
            layout.addWidget(item, alignment=share)
        else:
            layout.addWidget(item, share)
    return layout
