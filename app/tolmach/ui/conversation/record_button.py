"""The one obvious button: round, starts and stops. A ring around it swells with the voice, and
closes while the last words are being written down."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication

from tolmach.sessions.updates import State
from tolmach.ui.conversation.level_meter import loudness
from tolmach.ui.look.adaptive import Adaptive
from tolmach.ui.look.icons import renderer

SIZE = 80  # px, with the ring
CIRCLE = 60
ICON = 28
RING = 4  # px, how thick


class RecordButton(Adaptive, QAbstractButton):
    """Start, stop, and what the program is doing, in one picture.

    `pressed` and `released` tell how long it is held; a hand that trembles off it still holds it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._state = State.IDLE
        self._level = 0.0
        self._share_written = 0.0  # of what is being written down, 0..1
        self._person, self._key = "", ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(SIZE, SIZE)
        self.refresh()

    def sizeHint(self) -> QSize:
        """Return the fixed size."""
        return QSize(SIZE, SIZE)

    def hitButton(self, pos: QPoint) -> bool:
        """Everywhere while it is down."""
        return self.isDown() or super().hitButton(pos)

    def show_person(self, person: str, key: str) -> None:
        """Name whose button it is, "" for everybody's, and the key that presses it."""
        self._person, self._key = person, key
        self.refresh()

    def show_state(self, state: State) -> None:
        """Look as this state does."""
        self._state = state
        self._share_written = 0.0
        self.refresh()
        self.update()

    def show_level(self, rms: float) -> None:
        """Swell with the voice; `rms` is 0..1."""
        self._level = 0.6 * self._level + 0.4 * loudness(rms)
        self.update()

    def show_written(self, share: float) -> None:
        """Close the ring as far as the last words are written down, 0..1."""
        self._share_written = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ring, circle and icon."""
        del event
        palette = QApplication.palette()
        busy = self._state in (State.LOADING, State.PROCESSING)
        listening = self._state in (State.LISTENING, State.RECORDING)
        colour = palette.color(
            QPalette.ColorRole.BrightText if listening else QPalette.ColorRole.Accent
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        centre = QPointF(SIZE / 2, SIZE / 2)
        if listening:
            ring = QColor(colour)
            ring.setAlphaF(0.25)
            painter.setBrush(ring)
            radius = CIRCLE / 2 + 2 + self._level * (SIZE - CIRCLE - 4) / 2
            painter.drawEllipse(centre, radius, radius)
        if self._state is State.PROCESSING:
            self._draw_ring(painter, palette)
        painter.setBrush(colour.lighter(108) if self.underMouse() else colour)
        painter.drawEllipse(centre, CIRCLE / 2, CIRCLE / 2)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawEllipse(centre, CIRCLE / 2 + 4, CIRCLE / 2 + 4)
        name = "wait" if busy else "stop" if listening else "microphone"
        ink = palette.color(QPalette.ColorRole.HighlightedText).name()
        corner = (SIZE - ICON) / 2
        renderer(name, ink).render(painter, QRectF(corner, corner, ICON, ICON))
        painter.end()

    def _draw_ring(self, painter: QPainter, palette: QPalette) -> None:
        inset = (SIZE - CIRCLE) / 2 - RING
        place = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        for role, share in (
            (QPalette.ColorRole.Mid, 1.0),
            (QPalette.ColorRole.Accent, self._share_written),
        ):
            painter.setPen(QPen(palette.color(role), RING, c=Qt.PenCapStyle.FlatCap))
            painter.drawArc(place, 90 * 16, -round(share * 360 * 16))  # from the top, rightwards
        painter.setPen(Qt.PenStyle.NoPen)

    def refresh(self) -> None:
        """Say what it does, to those who hear it, too."""
        stops = self._state in (State.LOADING, State.LISTENING, State.RECORDING)
        name = self.tr("Остановить") if stops else self.tr("Начать слушать")
        if self._person:
            name = f"{self._person}: {name[:1].lower()}{name[1:]}"
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.setToolTip(
            self.tr("{name} ({key}). Можно держать, пока говорите").format(name=name, key=self._key)
        )
