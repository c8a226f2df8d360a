"""What lies behind and before the boxes: the dots of the grid, the hint on an empty canvas, the
small message near the pointer."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from gui.box import scaled_font
from gui.sizes import enlarged
from gui.theme import colour, icon, px
from gui.words import tr

DOTS = 24.0  # scene pixels between dots
LEAST_APART = 14.0  # screen pixels between dots
FADE_MS = 2500


def paint_grid(painter: QPainter, area: QRectF) -> None:
    """Paper with dots, sparser when seen from far away; `area` is in scene pixels.

    One row of dots is painted as a picture, and that picture once for each row.
    """
    painter.fillRect(area, colour("canvas"))
    place = painter.worldTransform()
    step = DOTS
    while step * place.m11() < LEAST_APART:
        step *= 2
    size = 2 if place.m11() < 1.5 else 3
    left, top = floor(area.left() / step) * step, floor(area.top() / step) * step
    corner, window = place.map(QPointF(left, top)), place.mapRect(area)
    apart = step * place.m11()
    row = QPixmap(ceil(window.width() + apart) + size, size)
    row.fill(Qt.GlobalColor.transparent)
    brush = QPainter(row)
    for column in range(ceil(window.width() / apart) + 2):
        brush.fillRect(round(column * apart), 0, size, size, colour("grid"))
    brush.end()
    painter.save()
    painter.resetTransform()
    for line in range(ceil(window.height() / apart) + 2):
        painter.drawPixmap(round(corner.x()), round(corner.y() + line * apart), row)
    painter.restore()


class Hint(QWidget):
    """Says what to do, in the middle of an empty canvas."""

    WIDE, HIGH = 440, 176

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._room_below = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.retranslate()

    def leave_room(self, high: int) -> None:
        """Stand so much higher that something so high, in pixels, has room below."""
        self._room_below = high
        self.centre()

    def retranslate(self) -> None:
        """Speak the present language."""
        self.setAccessibleName(tr("canvas.empty"))
        self.setAccessibleDescription(tr("canvas.empty_hint"))
        self.update()

    def centre(self) -> None:
        """Stand in the middle of the window, together with what is below."""
        window = self._window.rect()
        self.resize(min(px(self.WIDE), window.width()), min(px(self.HIGH), window.height()))
        spare = window.height() - self.height() - self._room_below
        self.move((window.width() - self.width()) // 2, max(spare // 2, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        with enlarged(painter, self.rect()) as area:
            self._paint(painter, QRectF(area))
        painter.end()

    def _paint(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(colour("border"), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(colour("canvas"))
        painter.drawRoundedRect(area.adjusted(1.0, 1.0, -1.0, -1.0), 12.0, 12.0)
        sign = QRect((round(area.width()) - 44) // 2, 18, 44, 44)
        icon("mdi6.gesture-tap-hold", colour("faint")).paint(painter, sign)
        room = area.adjusted(16.0, 72.0, -16.0, -8.0)
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(scaled_font(16, bold=True))
        painter.setPen(colour("text"))
        painter.drawText(room, middle, self.accessibleName())
        painter.setFont(scaled_font(13))
        painter.setPen(colour("faint"))
        painter.drawText(room.adjusted(0.0, 32.0, 0.0, 0.0), middle, self.accessibleDescription())


class Message(QLabel):
    """A sentence near the pointer, such as why two ports cannot be joined."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setWordWrap(True)
        self.setMargin(6)
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.setInterval(FADE_MS)
        self._fading.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, at: QPoint, tone: str = "warning") -> None:
        """Show `text` beside the pointer, inside the window."""
        self._fading.stop()
        self.setStyleSheet(
            f"background: {colour('card').name()}; color: {colour('text').name()};"
            f"border: 1px solid {colour(tone).name()}; border-radius: 6px;"
        )
        self.setText(text)
        window = self._window.rect()
        wanted = self.fontMetrics().horizontalAdvance(text) + 2 * self.margin() + 8
        self.setFixedWidth(min(wanted, 280, window.width()))
        self.setFixedHeight(self.heightForWidth(self.width()))
        x = min(at.x() + 16, window.right() - self.width())
        y = min(at.y() + 20, window.bottom() - self.height())
        self.move(max(x, 0), max(y, 0))
        self.show()
        self.raise_()

    def let_fade(self) -> None:
        """Go away after a moment."""
        self._fading.start()
