"""One box on the canvas: a single item that paints its ports itself, cached as pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.spec.document import Node
from engine.spec.problems import ERROR
from gui.box import (
    BODY,
    FLAG,
    MARK,
    PORT,
    SMALL_PORT,
    STEP_BACK,
    STEP_ON,
    TARGET,
    Face,
    PortRef,
    Strip,
    body_of,
    look,
    may_stay_open,
    paint_box,
    port_names,
    port_point,
)
from gui.theme import category_colour, colour, tag_colour, theme

if TYPE_CHECKING:
    from gui.canvas.fold_item import FoldItem

NEAR = 0.45  # from this scale on, what flows through a box can be seen
FAR = 0.35  # below this scale a box is a plain rectangle
REST, RAISED = 1.0, 1.5  # heights of boxes above the edges
LARGEST_PORT = 1.4  # times its usual size, on a projector
MARGIN = 12.0  # what ports and marks need around the box


class NodeItem(QGraphicsItem):
    """Shows the node `id`. The scene sets what it shows; it decides nothing."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.id, self.kind = node.id, node.kind
        self.outline = body_of(node.kind)  # of the box, its left top corner at the origin
        self.face = Face(node.id)
        self.glimpse: QPixmap | None = None  # a few samples, of a data box
        self.strip: Strip | None = None  # what flows through it
        self.is_selected = self.is_hovered = False
        self.joined: frozenset[tuple[str, bool]] = frozenset()  # (port, is output) with edges
        self.hot: PortRef | None = None  # the port under the pointer
        self.open: frozenset[PortRef] | None = None  # while connecting: the ports that accept
        self.unfit: frozenset[PortRef] = frozenset()  # of these, where sizes would not fit
        self.home: FoldItem | None = None  # the folded group that is shown instead
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setZValue(REST)

    def show_state(self, **values: object) -> None:
        """Set some of the attributes above, and repaint if that changes anything."""
        different = {
            k: v for k, v in values.items() if getattr(self, k) is not v and getattr(self, k) != v
        }
        for name, value in different.items():
            setattr(self, name, value)
        if different:
            self.setZValue(RAISED if self.is_selected else REST)
            (self.home or self).update()

    def go_into(self, home: FoldItem | None) -> None:
        """Be shown as a part of a folded group, or as a box again."""
        self.home = home
        self.setVisible(home is None)

    def refresh_outline(self) -> bool:
        """Take the height that boxes have now; whether that is another one."""
        before, now = self.outline, body_of(self.kind)
        if now != before:
            self.prepareGeometryChange()
            self.outline = now
            self.update()
        return now != before

    def step_at(self, place: QPointF) -> int:
        """-1 or 1 where an arrow leads to the sample before or to the next one; 0 elsewhere.

        place : on the canvas
        """
        if self.strip is None or not look.shows_flow or self.face.category != "data":
            return 0
        inside = place - self.pos()
        return int(STEP_ON.contains(inside)) - int(STEP_BACK.contains(inside))

    @property
    def ports(self) -> tuple[PortRef, ...]:
        """All ports of this box that are shown."""
        own = tuple(
            PortRef(self.id, name, side)
            for side in (False, True)
            for name in port_names(self.kind, side)
        )
        return own if self.home is None else tuple(p for p in own if self.home.shows(p))

    def port_scene_position(self, port: str, is_output: bool) -> QPointF:
        """The middle of a port on the canvas."""
        if self.home is not None:
            return self.home.port_place(PortRef(self.id, port, is_output))
        return self.pos() + port_point(self.kind, port, is_output)

    @property
    def body(self) -> QRectF:
        """The rectangle of the box on the canvas, without ports."""
        return self.outline.translated(self.pos()) if self.home is None else self.home.body

    def boundingRect(self) -> QRectF:
        return self.outline.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.outline)
        if self.face.mark:
            path.addRect(MARK)
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        if scale < FAR:
            self._paint_far(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        below = self.strip if self.strip is not None and look.shows_flow else self.glimpse
        shown = below if scale >= NEAR else None
        paint_box(painter, self.face, self.is_selected, self.is_hovered, shown)
        for port in self.ports:
            self.paint_port(painter, port, port_point(self.kind, port.port, port.is_output))

    def _paint_far(self, painter: QPainter) -> None:
        painter.fillRect(self.outline, category_colour(self.face.category))
        if self.face.mark:
            painter.fillRect(BODY.adjusted(100, 0, 0, -24), colour(tone(self.face.mark)))
        if self.face.tag:
            painter.fillRect(FLAG.adjusted(-10.0, 0.0, 20.0, 16.0), tag_colour(self.face.tag))
        if self.is_selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 12.0))
            painter.drawRect(self.outline)

    def paint_port(self, painter: QPainter, port: PortRef, middle: QPointF) -> None:
        """Paint one of its ports at a place; a folded group paints those of its boxes."""
        accepts = self.open is None or port in self.open
        strong = self.hot == port or (self.open is not None and accepts)
        line = colour("accent") if strong else category_colour(self.face.category)
        if strong and self.open is not None:
            line = colour("error" if not accepts else "warning" if port in self.unfit else "accent")
        is_joined = (port.port, port.is_output) in self.joined
        fill = line if is_joined else colour("card")
        is_small = not is_joined and may_stay_open(self.kind, port.port, port.is_output)
        rest = SMALL_PORT if is_small else PORT
        radius = PORT + 2.0 if self.hot == port else PORT + 1.0 if strong else rest
        painter.setOpacity(1.0 if accepts or strong else 0.25)
        radius *= min(theme.stroke, LARGEST_PORT)
        painter.setPen(QPen(line, 1.8 * theme.stroke))
        painter.setBrush(fill)
        if port.port == TARGET:  # a square, so that it is not taken for the way of the data
            side = radius * 0.85
            painter.drawRect(QRectF(middle.x() - side, middle.y() - side, 2 * side, 2 * side))
        else:
            painter.drawEllipse(middle, radius, radius)
        painter.setOpacity(1.0)


def tone(severity: str) -> str:
    """The name of the colour of a problem."""
    return "error" if severity == ERROR else "warning"
