"""The arrows of comments: each from the edge of its sheet to a box, or to a place."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.spec.document import Arrow
from gui.canvas.node_item import FAR
from gui.theme import colour, tag_colour

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

GRIP = 14.0  # width of the invisible line that the pointer meets
HEAD, HALF = 12.0, 5.0  # length of the head, and half its width
GAP = 3.0  # between the head and the box
MARGIN = GRIP / 2 + 1.0
SHORTEST = 6.0  # nothing is drawn that would be hidden anyway


@dataclass(frozen=True, slots=True)
class ArrowRef:
    """An arrow under the pointer; without `arrow`, the handle from which a new one is drawn."""

    note: str
    arrow: Arrow | None = None


class ArrowItem(QGraphicsItem):
    """Shows one arrow."""

    def __init__(self, ref: ArrowRef) -> None:
        super().__init__()
        self.ref = ref
        self.is_selected = False
        self._line, self._head, self._grip = QLineF(), QPolygonF(), QPainterPath()
        self.setZValue(0.5)  # over the edges, below the boxes

    def follow(self, sheet: QRectF, goal: QRectF) -> None:
        """Lead from a sheet to a rectangle, which is a box or a place without size."""
        start, end = _edge(sheet, goal.center()), _edge(goal, sheet.center())
        line = QLineF(start, end)
        if goal.isEmpty() is False:
            line.setLength(max(line.length() - GAP, 0.0))
        if line.length() < SHORTEST or sheet.intersects(goal):
            line = QLineF()
        self.prepareGeometryChange()
        self._line, self._head = line, _head(line)
        path = QPainterPath(line.p1())
        path.lineTo(line.p2())
        stroker = QPainterPathStroker()
        stroker.setWidth(GRIP)
        self._grip = stroker.createStroke(path)
        self.update()

    def mark(self, selected: bool) -> None:
        """Show whether it is selected."""
        if selected != self.is_selected:
            self.is_selected = selected
            self.update()

    def boundingRect(self) -> QRectF:
        return (
            QRectF(self._line.p1(), self._line.p2())
            .normalized()
            .adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        )

    def shape(self) -> QPainterPath:
        return self._grip

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._line.isNull():
            return
        tone = colour("accent") if self.is_selected else tag_colour("yellow").darker(125)
        scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        width = 2.6 if self.is_selected else 1.8
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(tone, width / min(scale / FAR, 1.0))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        short = QLineF(self._line)
        short.setLength(max(short.length() - HEAD * 0.8, 0.0))
        painter.drawLine(short)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone)
        painter.drawPolygon(self._head)


class NoteArrows:
    """All arrows of a scene, kept in step with its document."""

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self.items: dict[ArrowRef, ArrowItem] = {}
        self.selected: ArrowRef | None = None

    def sync(self) -> None:
        """Have an item for each arrow of the document."""
        notes = self._scene.store.document.notes
        present = {ArrowRef(note.id, arrow) for note in notes for arrow in note.arrows}
        for ref in [ref for ref in self.items if ref not in present]:
            self._scene.removeItem(self.items.pop(ref))
        for ref in present - set(self.items):
            self.items[ref] = item = ArrowItem(ref)
            self._scene.addItem(item)
        if self.selected not in self.items:
            self.selected = None

    def route(self) -> None:
        """Lead all of them from where the sheets lie now to where the boxes stand now."""
        for ref, item in self.items.items():
            assert ref.arrow is not None
            self.lead(item, ref.arrow)

    def lead(self, item: ArrowItem, arrow: Arrow) -> None:
        """Show one arrow as if it were `arrow`."""
        place = QRectF(arrow.x, arrow.y, 0.0, 0.0)
        goal = self._scene.bounds((arrow.box,)) if arrow.box else place
        item.follow(self._scene.notes[item.ref.note].body, goal)

    def select(self, ref: ArrowRef | None) -> None:
        """Select this arrow and no other."""
        self.selected = ref if ref in self.items else None
        for each, item in self.items.items():
            item.mark(each == self.selected)


def _edge(area: QRectF, away: QPointF) -> QPointF:
    """Where the line from the middle of a rectangle to a place outside leaves the rectangle."""
    middle = area.center()
    right, down = away.x() - middle.x(), away.y() - middle.y()
    shares = [
        half / abs(way)
        for half, way in ((area.width() / 2, right), (area.height() / 2, down))
        if abs(way) > 1e-9
    ]
    share = min(*shares, 1.0) if shares else 0.0
    return middle + QPointF(right, down) * share


def _head(line: QLineF) -> QPolygonF:
    """A triangle at the end of a line."""
    length = hypot(line.dx(), line.dy())
    if length < SHORTEST:
        return QPolygonF()
    along = QPointF(line.dx(), line.dy()) / length
    across, back = QPointF(-along.y(), along.x()) * HALF, line.p2() - along * HEAD
    return QPolygonF([line.p2(), back + across, back - across])
