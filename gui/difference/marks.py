"""What is drawn over boxes and edges that differ: an outline in a colour, doubled by a sign.

The colours can be told apart by all (Okabe & Ito 2008, Color universal design).
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.box import scaled_font
from gui.difference_words import ADDED, CHANGED, REMOVED
from gui.theme import RADIUS, tag_colour

TONES = {ADDED: "green", REMOVED: "red", CHANGED: "orange"}
ABOVE = 5.0  # over boxes and edges
AROUND, WIDE, BADGE = 5.0, 3.0, 10.0  # scene pixels: room, line, radius of the sign


def tone(sign: str) -> QColor:
    """The colour of a sign."""
    return tag_colour(TONES[sign])


class Mark(QGraphicsItem):
    """Around a box, or along an edge; it takes no part in what the pointer meets."""

    def __init__(self, sign: str, path: QPainterPath, badge: QPointF) -> None:
        super().__init__()
        self.sign, self.path, self.badge = sign, path, badge
        self.is_strong = False
        self.setZValue(ABOVE)

    def boundingRect(self) -> QRectF:
        badge = QRectF(-BADGE, -BADGE, 2 * BADGE, 2 * BADGE).translated(self.badge)
        return self.path.boundingRect().united(badge).adjusted(-WIDE, -WIDE, WIDE, WIDE)

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def emphasise(self, is_strong: bool) -> None:
        """Draw it thicker, as it is talked about."""
        if is_strong != self.is_strong:
            self.is_strong = is_strong
            self.update()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(tone(self.sign), WIDE * (2 if self.is_strong else 1))
        if self.sign == REMOVED:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.path)
        painter.setPen(QPen(QColor("white"), 1.5))
        painter.setBrush(tone(self.sign))
        painter.drawEllipse(self.badge, BADGE, BADGE)
        painter.setFont(scaled_font(15, bold=True))
        painter.setPen(QColor("black"))
        place = QRectF(-BADGE, -BADGE, 2 * BADGE, 2 * BADGE).translated(self.badge)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.sign)


def around_box(sign: str, body: QRectF) -> Mark:
    """The mark of a box."""
    path = QPainterPath()
    frame = body.adjusted(-AROUND, -AROUND, AROUND, AROUND)
    path.addRoundedRect(frame, RADIUS + AROUND, RADIUS + AROUND)
    return Mark(sign, path, frame.topLeft() + QPointF(4.0, 4.0))


def along_edge(sign: str, path: QPainterPath) -> Mark:
    """The mark of a connection."""
    return Mark(sign, path, path.pointAtPercent(0.5))
