"""The lines that show how a box being moved lines up with others."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.theme import colour

TICK = 5.0  # half the length of the strokes at the ends of a gap
MARGIN = TICK + 2.0
Lines = tuple[QLineF, ...]


class Guides(QGraphicsItem):
    """Lines through edges and middles, and bars with ends in equal gaps."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Lines = ()
        self.gaps: Lines = ()
        self._bounds = QRectF()
        self.setZValue(3.0)

    def show_lines(self, lines: Lines, gaps: Lines) -> None:
        """Show these and no others."""
        if (lines, gaps) == (self.lines, self.gaps):
            return
        self.prepareGeometryChange()
        self.lines, self.gaps = lines, gaps
        self._bounds = QRectF()
        for line in (*lines, *gaps):
            around = QRectF(line.p1(), line.p2()).normalized()
            self._bounds |= around.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        pen = QPen(colour("accent"), 1.0)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawLines(list(self.lines))
        for gap in self.gaps:
            across = gap.normalVector().unitVector()
            way = QLineF(0.0, 0.0, across.dx() * TICK, across.dy() * TICK).p2()
            painter.drawLine(gap)
            for end in (gap.p1(), gap.p2()):
                painter.drawLine(QLineF(end - way, end + way))
