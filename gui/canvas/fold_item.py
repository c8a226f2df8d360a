"""A folded group on the canvas: one card on top of another, with the ports of its border."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.layers.doors import Doors
from gui.box import (
    BAND,
    BLOCK_ICON,
    LINE,
    LINES_ONLY,
    MARK,
    TEXT,
    WIDTH,
    PortRef,
    faded,
    outlines,
    paint_mark,
    paint_row,
    scaled_font,
    title_rows,
)
from gui.canvas.node_item import FAR, MARGIN, RAISED, REST, NodeItem, tone
from gui.canvas.units import anchor, fold_height, fold_port
from gui.theme import category_colour, colour, icon

UNFOLD = "mdi6.arrow-expand-horizontal"
BUTTON = 18.0  # side of the button that unfolds
SLIP, GAP, MOST = 7.0, 2.0, 11  # a slip of colour for each layer; how many are shown
BELOW = 4.0  # by how much the lower card is seen


@dataclass(frozen=True, slots=True)
class GroupFace:
    """What a group shows. `mark` is the severity of its worst problem, or empty."""

    name: str
    layers: str = ""
    sizes: str = ""
    cost: str = ""
    mark: str = ""
    categories: tuple[str, ...] = ()  # of the layers inside
    category: str = ""  # of the group itself: none
    share: float = 0.0  # of the network's cost

    @property
    def spoken(self) -> str:
        """All that it shows, in a line."""
        return " ".join(part for part in (self.name, self.layers, self.sizes, self.cost) if part)


class FoldItem(QGraphicsItem):
    """Shows the group `id` in place of its boxes, which stay as they are but are not seen."""

    def __init__(self, id: str) -> None:
        super().__init__()
        self.id = id
        self.face = GroupFace("")
        self.nodes: tuple[NodeItem, ...] = ()
        self.ports: dict[PortRef, QPointF] = {}
        self.outline = QRectF()
        self._boxes: dict[str, NodeItem] = {}
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setZValue(REST)

    def hold(self, nodes: Sequence[NodeItem], doors: Doors) -> None:
        """Stand for these boxes, with these ports."""
        self.prepareGeometryChange()
        self.nodes = tuple(nodes)
        self._boxes = {item.id: item for item in nodes}
        self.ports = {
            PortRef(box, port, is_output): fold_port(place, is_output)
            for is_output, ends in ((False, doors.inputs), (True, doors.outputs))
            for place, (box, port) in enumerate(ends)
        }
        self.outline = QRectF(0.0, 0.0, WIDTH, fold_height(doors))
        self.update()

    def copied(self, nodes: Sequence[NodeItem]) -> FoldItem:
        """The same card for copies of the boxes, without the sign of a problem."""
        card = FoldItem(self.id)
        card.nodes, card._boxes = tuple(nodes), {item.id: item for item in nodes}
        card.ports, card.outline = dict(self.ports), QRectF(self.outline)
        card.face = replace(self.face, mark="")
        card.setPos(self.pos())
        return card

    def tell(self, face: GroupFace) -> None:
        """Show other words."""
        if face != self.face:
            self.face = face
            self.update()

    def follow(self) -> None:
        """Stand where the boxes are now."""
        self.setPos(*anchor((item.x(), item.y()) for item in self.nodes))
        self.setZValue(RAISED if self.is_selected else REST)

    @property
    def is_selected(self) -> bool:
        """Whether all its boxes are."""
        return all(item.is_selected for item in self.nodes)

    def shows(self, port: PortRef) -> bool:
        """Whether a port of one of its boxes is on the border."""
        return port in self.ports

    def port_place(self, port: PortRef) -> QPointF:
        """The middle of a port on the canvas; of one inside, half way down the side."""
        inside = QPointF(WIDTH if port.is_output else 0.0, self.outline.height() / 2)
        return self.pos() + self.ports.get(port, inside)

    @property
    def body(self) -> QRectF:
        """Its rectangle on the canvas, without ports."""
        return self.outline.translated(self.pos())

    @property
    def button(self) -> QRectF:
        """The place of the button that unfolds, from the left top corner."""
        low = self.outline.bottom() - BUTTON - 3.0
        return QRectF(WIDTH - BUTTON - 8.0, low, BUTTON, BUTTON)

    def boundingRect(self) -> QRectF:
        return self.outline.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.outline)
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        if scale < FAR:
            self._paint_far(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_cards(painter)
        self._paint_words(painter)
        self._paint_slips(painter)
        if self.face.mark:
            paint_mark(painter, self.face.mark, MARK)
        for port, place in self.ports.items():
            self._boxes[port.node].paint_port(painter, port, place)

    def _paint_far(self, painter: QPainter) -> None:
        painter.fillRect(self.outline, category_colour(""))
        if self.face.mark:
            painter.fillRect(QRectF(100.0, 0.0, 50.0, 40.0), colour(tone(self.face.mark)))
        if self.is_selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 12.0))
            painter.drawRect(self.outline)

    def _paint_cards(self, painter: QPainter) -> None:
        hovered = any(item.is_hovered for item in self.nodes)
        tint = category_colour("")
        outline, band, edge = outlines(self.outline.height())
        line = QPen(colour("faint" if hovered else "border"), 1.0)
        painter.setBrush(colour("card"))
        painter.setPen(line)
        painter.drawPath(outline.translated(BELOW, BELOW))
        painter.fillPath(outline, colour("hover" if hovered else "card"))
        painter.fillPath(band, faded(tint, 38))
        painter.fillPath(edge, tint)
        plain = painter.paintEngine().type() in LINES_ONLY
        icon(BLOCK_ICON, tint, outlined=plain).paint(
            painter, QRectF(7.0, 22.0, 20.0, 20.0).toRect()
        )
        if not plain:  # a file has nothing to click on
            sign = icon(UNFOLD, colour("text" if hovered else "faint"))
            sign.paint(painter, self.button.adjusted(2.0, 2.0, -2.0, -2.0).toRect())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("accent"), 2.0) if self.is_selected else line)
        painter.drawPath(outline)

    def _paint_words(self, painter: QPainter) -> None:
        face, top = self.face, 5.0
        below = ((face.sizes, "text"), (face.cost, "faint"), (face.layers, "faint"))
        rows = [(text, size, True, "text") for text, size in title_rows(face.name, 2)]
        rows += [(text, TEXT, False, shade) for text, shade in below if text]
        for text, size, bold, shade in rows:
            painter.setFont(scaled_font(size, bold))
            painter.setPen(colour(shade))
            paint_row(painter, text, top)
            top += LINE

    def _paint_slips(self, painter: QPainter) -> None:
        """The layers inside, each as a slip in the colour of its category."""
        painter.setPen(Qt.PenStyle.NoPen)
        x, y = BAND + 7.0, self.outline.bottom() - 10.0
        for category in self.face.categories[:MOST]:
            painter.setBrush(category_colour(category))
            painter.drawRoundedRect(QRectF(x, y, SLIP, 4.0), 1.5, 1.5)
            x += SLIP + GAP
