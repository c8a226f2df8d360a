"""One connection on the canvas, and the loose one that follows the pointer."""

from __future__ import annotations

from math import log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.spec.document import Edge
from engine.spec.problems import ERROR
from gui.box import TARGET, paint_mark
from gui.canvas.node_item import FAR
from gui.theme import colour, theme

GRIP = 16.0  # width of the invisible line that the pointer meets
ARROW = 11.0
MARGIN = GRIP / 2 + 3.0
SIGN = QRectF(-8.0, -8.0, 16.0, 15.0)
USUAL, THINNEST, THICKEST = 2.0, 1.2, 5.0  # widths of lines
GROWTH = 0.6  # width for each power of ten of numbers
THIN = 0.65  # of the way that targets take


def width_for(count: int) -> float:
    """How wide an edge is along which so many numbers flow; 0: it is not known, or not wanted."""
    return min(THINNEST + GROWTH * log10(count), THICKEST) if count else USUAL


class EdgeItem(QGraphicsItem):
    """Shows one edge (or, with None, an edge that is being drawn)."""

    def __init__(self, edge: Edge | None) -> None:
        super().__init__()
        self.edge = edge
        self.is_selected = self.is_hovered = self.is_highlighted = False
        self.is_target = edge is not None and edge.target_port == TARGET
        self.mark = ""  # the severity of the worst problem that it is concerned in
        self.is_thought = False  # a repair would draw it
        self.width = USUAL
        self.path = QPainterPath()
        self._grip = QPainterPath()
        self._bounds = QRectF()
        self._arrow = QPolygonF()
        self.setZValue(0.0 if edge is not None else 2.0)

    def show_state(self, **values: bool | float | str) -> None:
        """Set some of the attributes above, and repaint if that changes anything."""
        different = {k: v for k, v in values.items() if getattr(self, k) != v}
        for name, value in different.items():
            setattr(self, name, value)
        if "width" in different:
            self._arrow = self._arrow_at_end()
        if different:
            self.update()

    def follow(self, path: QPainterPath) -> None:
        """Take another way."""
        if path != self.path:
            self.prepareGeometryChange()
            self.path = path
            stroker = QPainterPathStroker()
            stroker.setWidth(GRIP)
            self._grip = stroker.createStroke(path)
            self._bounds = path.boundingRect().adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
            self._arrow = self._arrow_at_end()

    def _arrow_at_end(self) -> QPolygonF:
        return _arrow(self.path.currentPosition() - QPointF(5.0, 0.0), self.width)

    @property
    def sign(self) -> QRectF:
        """Where the sign of a problem is, in the middle of its way."""
        middle = self.path.pointAtPercent(0.5)
        return SIGN.translated(middle)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        return self._grip

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self.path.isEmpty():
            return
        loose = self.edge is None
        strong = self.is_selected or self.is_highlighted or (loose and not self.mark)
        rest = ("error" if self.mark == ERROR else "warning") if self.mark else "edge"
        tone = "accent" if strong else "text" if self.is_hovered and not self.mark else rest
        width = THIN * self.width if self.is_target else self.width
        width += 2.0 if self.is_highlighted else 0.7 if strong or self.is_hovered else 0.0
        width *= theme.stroke
        pen = QPen(colour(tone), width)
        if self.is_target or self.is_thought:
            pen.setStyle(Qt.PenStyle.DashLine)
        scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        if scale < FAR:
            pen.setWidthF(width / FAR)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.path)
        if scale >= FAR:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(tone))
            painter.drawPolygon(self._arrow)
            if self.mark:
                paint_mark(painter, self.mark, self.sign)


def _arrow(tip: QPointF, width: float) -> QPolygonF:
    """A triangle that ends at `tip`, beside the port, wider than its line; edges come from left."""
    half = ARROW * 0.42 + max(width - USUAL, 0.0) * 0.6
    back = tip.x() - ARROW
    return QPolygonF([tip, QPointF(back, tip.y() - half), QPointF(back, tip.y() + half)])
