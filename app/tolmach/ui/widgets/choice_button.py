"""A button that shows what is chosen and opens a menu of what else can be."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from tolmach.ui.widgets.icon_widgets import IconButton


class ChoiceButton(IconButton):
    """One choice among a few."""

    def __init__(self) -> None:
        super().__init__("chevron", "choice", pixels=16)
        self.setMenu(QMenu(self))
        self.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # The chevron stands after the text, as in every menu.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def offer(
        self,
        name: str,
        items: Sequence[tuple[str, str]],
        chosen: str,
        choose: Callable[[str], None],
    ) -> None:
        """Show the chosen one of (value, text) items; `choose` gets the value of another.

        `name` says what is chosen here, for screen readers and the tool tip.
        """
        self.menu().clear()
        for value, text in items:
            action = self.menu().addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(partial(_pass_on, choose, value))
        text = dict(items).get(chosen, chosen)
        self.setText(text.replace("&", "&&"))
        self.explain(f"{name}: {text}")


def _pass_on(choose: Callable[[str], None], value: str, *_: bool) -> None:
    choose(value)
