"""The distances of a layout in one line; Qt takes them one by one. The style gives the others."""

from typing import TypeAlias, TypeVar

from PySide6.QtWidgets import QLayout

Margins: TypeAlias = tuple[int, int, int, int]  # left, top, right, bottom, px
NO_MARGINS: Margins = (0, 0, 0, 0)

Layout = TypeVar("Layout", bound=QLayout)


def spaced(layout: Layout, spacing: int | None = None, margins: Margins | None = None) -> Layout:
    """Return the layout with this much room between its parts and around them, px."""
    if spacing is not None:
        layout.setSpacing(spacing)
    if margins is not None:
        layout.setContentsMargins(*margins)
    return layout
