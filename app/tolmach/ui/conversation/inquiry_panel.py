"""Inside a card: what was asked about its translation, and what came of it."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QSizePolicy,
    QWidget,
)

from tolmach.controllers.conversation.inquiry import Inquiry, InquiryKind, Version
from tolmach.core.translation import LOW
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.layouts import column_of, row_of
from tolmach.ui.look.theme import REMARK_PT, TEXT_PT, TRANSLATION_PT, sized
from tolmach.ui.messages import sentence
from tolmach.ui.widgets import sentence_words
from tolmach.ui.widgets.icon_widgets import IconButton, IconLabel
from tolmach.ui.widgets.row_button import RowButton
from tolmach.ui.widgets.words import Label, Words


class InquiryPanel(Adaptive, QWidget):
    """Versions to choose from, or the translation turned back. Hidden while nothing is asked."""

    chosen = Signal(str)  # the translation to take
    dismissed = Signal()

    def __init__(self, family: str) -> None:
        super().__init__()
        self._family = family
        self._inquiry: Inquiry | None = None
        self._body: QWidget | None = None
        self._rows = column_of(None)
        self._title = Label()
        self._close = IconButton("close", "icon", pixels=16)
        frame = QFrame()
        frame.setProperty("role", "inquiry")
        self._title.setProperty("role", "muted")
        column_of(self, frame, margins=(0, 6, 0, 0))
        head = row_of(None, (self._title, 1), self._close)
        self._layout = column_of(frame, head, spacing=2, margins=(12, 4, 4, 12))
        self._close.clicked.connect(self.dismissed)
        self.refresh()
        self.hide()

    def show_inquiry(self, inquiry: Inquiry | None) -> None:
        """Show the question and, when it came, the answer."""
        if inquiry != self._inquiry:
            self._inquiry = inquiry
            self.refresh()
        self.setVisible(inquiry is not None)

    def refresh(self) -> None:
        """Show question and answer in the interface language."""
        if self._body is not None:
            self._body.hide()
            self._layout.removeWidget(self._body)
            self._body.deleteLater()
            self._body = None
        self._close.explain(self.tr("Убрать"), "Esc")
        if self._inquiry is None:
            return
        self._title.setText(self._heading(self._inquiry))
        self._close.setVisible(not self._inquiry.needed)
        self._body = QWidget()
        self._rows = column_of(self._body, spacing=6, margins=(0, 0, 8, 0))
        self._layout.addWidget(self._body)
        if not self._inquiry.waiting:
            self._answer(self._inquiry)
        self._body.show()

    def _heading(self, inquiry: Inquiry) -> str:
        if inquiry.waiting:
            return {
                InquiryKind.VERSIONS: self.tr("Ищу другие варианты…"),
                InquiryKind.ANEW: self.tr("Перевожу заново…"),
            }.get(inquiry.kind, self.tr("Перевожу обратно…"))
        return {
            InquiryKind.VERSIONS: self.tr("Другие варианты"),
            InquiryKind.CHECK: self.tr("Обратный перевод"),
            InquiryKind.CONFIRM: self.tr("Спросите того, кто говорил"),
        }.get(inquiry.kind, self.tr("Перевести заново не удалось"))

    def _answer(self, inquiry: Inquiry) -> None:
        if inquiry.failure:
            self._say(sentence(inquiry.failure, inquiry.params), REMARK_PT)
        elif inquiry.kind is InquiryKind.VERSIONS:
            self._offer(inquiry.versions)
        elif inquiry.kind is InquiryKind.CONFIRM:
            phrase = inquiry.back.removesuffix(".")
            self._say(self.tr("Верно ли: «{text}»?").replace("{text}", phrase), TRANSLATION_PT)
        else:
            self._say(inquiry.back, TEXT_PT)
            self._say(sentence_words.returned(inquiry.similarity), REMARK_PT)

    def _offer(self, versions: tuple[Version, ...]) -> None:
        if not versions:
            self._say(self.tr("Других вариантов нет"), REMARK_PT)
        before: QWidget = self._close
        for version in versions:
            low = 0 <= version.confidence < LOW
            share = self.tr("скорее всего, неточен — {share} %")
            remark = share.format(share=round(100 * version.confidence)) if low else ""
            button = _VersionButton(
                version.text, remark, self._family, doubted=low or bool(version.doubts)
            )
            button.clicked.connect(partial(self.chosen.emit, version.text))
            self._rows.addWidget(button)
            QWidget.setTabOrder(before, button)  # or they would come after all else in the window
            before = button

    def _say(self, text: str, points: float) -> None:
        words = Words()
        words.setFont(sized(self._family, points))
        self._rows.addWidget(words)  # first: what has no parent would be shown as a window
        words.show_words(text)


class _VersionButton(RowButton):
    """Another way to say it."""

    def __init__(self, text: str, remark: str, family: str, *, doubted: bool) -> None:
        super().__init__("version", text, remark)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        texts = column_of(None, spacing=0)
        layout = row_of(self, (texts, 1), spacing=8, margins=(12, 6, 12, 6))
        for line, points in ((text, TEXT_PT), (remark, REMARK_PT)):
            words = Words()
            words.setFont(sized(family, points))
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(words)
            words.show_words(line)
        if doubted:
            layout.addWidget(IconLabel("warning", 20))
