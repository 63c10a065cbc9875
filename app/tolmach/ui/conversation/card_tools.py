"""The buttons of a card. Where there is no room for all, three of them go into a menu.

They show while the card is hovered or holds the keyboard; their room is kept, or the card would
jump under the mouse.
"""

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from tolmach.controllers.conversation.cards import OPEN, Card, CardState
from tolmach.controllers.conversation.inquiry import InquiryKind
from tolmach.ui.look.layouts import NO_MARGINS, row_of
from tolmach.ui.shortcuts import Shortcut
from tolmach.ui.translation import autonym
from tolmach.ui.widgets.icon_widgets import IconButton, Role

REPEATABLE = (CardState.CERTAIN, CardState.UNCERTAIN, CardState.FAILED)
GAP = 4  # px


class CardTools(QWidget):
    """Versions, check, correct · copy · again."""

    inquiring = Signal(object)  # InquiryKind
    correcting = Signal()
    copying = Signal()
    again = Signal(str)  # language

    def __init__(self, sides: tuple[str, str]) -> None:
        """`sides` are the languages of the conversation, left and right."""
        super().__init__()
        self._sides = sides
        self._card: Card | None = None
        self._repeatable = False
        self._active = False
        self._narrow = False
        self._versions, self._check, self._edit, self._more, self._copy, self._again = self._all = [
            IconButton(name, "icon", colour=Role.PlaceholderText)
            for name in ("versions", "verify", "edit", "more", "copy", "again")
        ]
        for button in self._all:
            button.hide()
        row_of(self, 0, *self._all, spacing=GAP, margins=NO_MARGINS)
        self._retain()
        self._connect()

    def show_card(self, card: Card, *, repeatable: bool) -> None:
        """Offer what can be done with this card; `repeatable` if its sound is at hand."""
        self._card, self._repeatable = card, repeatable
        self._copy.setEnabled(bool(card.plain))
        if card.state not in OPEN:
            self._offer_again(card)
        self._name(card)
        self._fit()

    def show_buttons(self, active: bool) -> None:
        """Show the buttons while the mouse is over the card or the keyboard in it."""
        self._active = active
        card = self._card
        if card is None:
            return
        repeatable = self._repeatable and card.state in REPEATABLE
        several = active and card.settled
        self._versions.setVisible(several and not self._narrow)
        self._check.setVisible(several and not self._narrow and card.translated)
        self._edit.setVisible(several and not self._narrow)
        self._more.setVisible(several and self._narrow)
        self._copy.setVisible(active and self._copy.isEnabled())
        self._again.setVisible(repeatable and (active or asks(card)))

    def show_menu(self, place: QPoint) -> None:
        """Offer in words what the buttons do."""
        menu = self._menu()
        if menu.actions():
            menu.popup(place)

    def minimumSizeHint(self) -> QSize:
        """As narrow as with the menu."""
        few = (self._more, self._copy, self._again)
        width = sum(button.sizeHint().width() + GAP for button in few)
        return QSize(width, self._copy.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self._versions.clicked.connect(partial(self.inquiring.emit, InquiryKind.VERSIONS))
        self._check.clicked.connect(partial(self.inquiring.emit, InquiryKind.CHECK))
        self._edit.clicked.connect(self.correcting)
        self._copy.clicked.connect(self.copying)
        self._again.clicked.connect(self._ask_other)
        self._again.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self._more.clicked.connect(
            lambda: self.show_menu(self._more.mapToGlobal(self._more.rect().bottomLeft()))
        )

    def _fit(self) -> None:
        many = [button for button in self._all if button is not self._more]
        needed = sum(button.sizeHint().width() + GAP for button in many)
        if self._narrow != (needed > self.width()):
            self._narrow = not self._narrow
            self._retain()
            self.show_buttons(self._active)

    def _retain(self) -> None:
        for button in self._all:
            keep = button.sizePolicy()
            few = button in (self._versions, self._check, self._edit)
            keeps_room = button in (self._copy, self._again) or few != self._narrow
            keep.setRetainSizeWhenHidden(keeps_room)
            button.setSizePolicy(keep)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        card = self._card
        for button, possible in (
            (self._versions, card and card.settled),
            (self._check, card and card.translated),
            (self._edit, card and card.settled),
            (self._copy, card and card.plain),
        ):
            if possible:
                menu.addAction(button.icon(), button.toolTip(), button.click)
        return menu

    def _offer_again(self, card: Card) -> None:
        """One click when it can only have been the other language, else a menu of both."""
        segment = card.segment
        others = [side for side in self._sides if segment.doubtful or side != segment.language]
        if len(others) == 1:
            self._again.setMenu(None)  # type: ignore[arg-type]  # Qt takes a null pointer here
            return
        menu = QMenu(self._again)
        for language in others:
            menu.addAction(autonym(language), partial(self.again.emit, language))
        self._again.setMenu(menu)

    def _ask_other(self) -> None:
        if self._card:
            left_language, right_language = self._sides
            was_right = self._card.segment.language == right_language
            self.again.emit(left_language if was_right else right_language)

    def _name(self, card: Card) -> None:
        """Say what the buttons do, to those who hear it, too."""
        self._versions.explain(self.tr("Варианты перевода"), Shortcut.VERSIONS.keys)
        self._check.explain(self.tr("Проверить обратным переводом"), Shortcut.CHECK.keys)
        self._edit.explain(self.tr("Исправить"), Shortcut.CORRECT.keys)
        self._more.explain(self.tr("Что с этим сделать"))
        self._copy.explain(self.tr("Копировать"), Shortcut.COPY_CARD.keys)
        segment = card.segment
        if segment.language in self._sides and not segment.failure and not segment.doubtful:
            self._again.explain(self.tr("Это был другой язык"))
            self._again.setText(self.tr("Другой язык"))
        else:
            self._again.explain(self.tr("Распознать ещё раз"))
            self._again.setText(self.tr("Ещё раз"))
        self._again.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if asks(card)
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )


def asks(card: Card) -> bool:
    """Whether the card says by itself what can be done about it."""
    return card.state in (CardState.UNCERTAIN, CardState.FAILED) or card.segment.doubtful
