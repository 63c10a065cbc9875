"""Above the texts: the language of each, swap, documents and the glossary."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text.workspace import TextWorkspace
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import row_of
from tolmach.ui.shortcuts import Shortcut
from tolmach.ui.translation import autonym
from tolmach.ui.widgets.choice_button import ChoiceButton
from tolmach.ui.widgets.icon_widgets import IconButton

MARGIN, GAP = 24, 16  # px, as of the texts below


class TextBar(Adaptive, QWidget):
    """Each language stands above its text while the texts stand side by side."""

    def __init__(self, workspace: TextWorkspace, preferences: Preferences) -> None:
        super().__init__()
        self._text = workspace.text
        self._preferences, self._library = preferences, workspace.library
        self.source, self.target = ChoiceButton(), ChoiceButton()
        self.swap = IconButton("swap", "icon", pixels=24)
        self.documents = IconButton("document", "tool", pixels=20)
        self.glossary = IconButton("glossary", "tool", pixels=20)
        self.glossary.setCheckable(True)
        self._stacked = False
        self._source_half = row_of(None, self.source, 0, self.swap, spacing=8)
        right = row_of(None, self.target, 0, self.documents, self.glossary, spacing=8)
        halves = (self._source_half, 1), (right, 1)
        self._halves = row_of(self, *halves, spacing=GAP, margins=(MARGIN, 12, MARGIN, 12))
        self.swap.clicked.connect(workspace.text.swap)
        preferences.changed.connect(self.refresh)
        workspace.library.changed.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the choice as it is, in the interface language."""
        source, target = self._text.languages
        offered = self._library.installed.text_languages(self._preferences.settings)
        codes = dict.fromkeys((*offered, source, target))
        items = [(code, autonym(code)) for code in codes]
        choose = self._text.choose
        self.source.offer(self.tr("Язык текста"), items, source, partial(choose, "source"))
        self.target.offer(self.tr("Язык перевода"), items, target, partial(choose, "target"))
        self.swap.explain(self.tr("Поменять языки и тексты местами"), Shortcut.SWAP.keys)
        self.documents.setText(self.tr("Документ…"))
        self.documents.explain(self.tr("Перевести документ…"))
        self.glossary.setText(self.tr("Глоссарий"))
        self.glossary.explain(self.tr("Глоссарий"))
        self._fit()

    def show_stacked(self, stacked: bool) -> None:
        """The texts stand one above the other, or do not any more."""
        for number, stretch in enumerate((0, 1) if stacked else (1, 1)):
            self._halves.setStretch(number, stretch)
        self._stacked = stacked
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out words that have no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the names of both buttons, else of the glossary alone, else of none."""
        style = Qt.ToolButtonStyle
        room = self.width() - 2 * MARGIN - GAP
        room -= self._source_half.minimumSize().width() if self._stacked else room // 2
        tools = [button for button in (self.documents, self.glossary) if not button.isHidden()]
        for button in tools:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon)
        for button in tools:
            if sum(8 + widget.sizeHint().width() for widget in (self.target, *tools)) > room + 8:
                button.setToolButtonStyle(style.ToolButtonIconOnly)
