"""An open group on the canvas: a tinted frame with its name, behind its boxes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.box import LINES_ONLY, faded, paint_mark, scaled_font
from gui.canvas.fold_item import GroupFace
from gui.canvas.node_item import FAR
from gui.theme import colour, icon

FOLD = "mdi6.arrow-collapse-horizontal"
SIDE, RIM, HEAD = 26.0, 16.0, 26.0  # beside the boxes, where edges turn; below and above them
TITLE, ROUND = 28.0, 12.0  # height of the title; radius of the corners
TEXT = 12  # font size in scene pixels
BUTTON = 18.0  # side of the button that folds
BEHIND = -3.0
NAME, HANDLE, SWITCH = "name", "handle", "switch"


@dataclass(frozen=True, slots=True)
class GroupRef:
    """A group under the pointer. `part` is its name, the rest of its title, or its button."""

    id: str
    part: str = HANDLE


class FrameItem(QGraphicsItem):
    """Shows the group `id` around its boxes."""

    def __init__(self, id: str) -> None:
        super().__init__()
        self.id = id
        self.face = GroupFace("")
        self.area = QRectF()  # on the canvas
        self.is_selected = self.is_hovered = self.is_goal = False  # goal: what is dropped joins
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_state(self, **values: object) -> None:
        """Set some of the attributes above, and repaint if that changes anything."""
        different = {k: v for k, v in values.items() if getattr(self, k) != v}
        for name, value in different.items():
            setattr(self, name, value)
        if different:
            self.update()

    def copied(self) -> FrameItem:
        """The same frame, not selected and without the sign of a problem."""
        frame = FrameItem(self.id)
        frame.face, frame.area = replace(self.face, mark=""), QRectF(self.area)
        frame.setPos(self.pos())
        return frame

    def surround(self, inside: QRectF) -> None:
        """Lie around what is in the group."""
        area = inside.adjusted(-SIDE, -HEAD - TITLE, SIDE, RIM)
        if area != self.area:
            if area.size() != self.area.size():
                self.prepareGeometryChange()
            self.area = area
            self.setPos(area.topLeft())

    @property
    def title(self) -> QRectF:
        """The title, on the canvas."""
        return QRectF(self.area.left(), self.area.top(), self.area.width(), TITLE)

    @property
    def name(self) -> QRectF:
        """Where its name is written, on the canvas."""
        wide = QFontMetricsF(scaled_font(TEXT, bold=True)).horizontalAdvance(self.face.name) + 8.0
        most = self.area.width() - BUTTON - 24.0
        return QRectF(self.area.left() + 10.0, self.area.top() + 4.0, min(wide, most), TITLE - 6.0)

    @property
    def button(self) -> QRectF:
        """The button that folds, on the canvas."""
        left = self.area.right() - BUTTON - 8.0
        return QRectF(left, self.area.top() + 6.0, BUTTON, BUTTON)

    def part_at(self, pos: QPointF) -> str:
        """What part of the title is at a place of the canvas; empty elsewhere."""
        if not self.title.contains(pos):
            return ""
        if self.button.adjusted(-3.0, -3.0, 3.0, 3.0).contains(pos):
            return SWITCH
        return NAME if self.name.contains(pos) else HANDLE

    def boundingRect(self) -> QRectF:
        return QRectF(QPointF(), self.area.size()).adjusted(-3.0, -10.0, 8.0, 3.0)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(QRectF(QPointF(), self.area.size()))
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QRectF(QPointF(), self.area.size())
        strong = self.is_selected or self.is_goal
        painter.setBrush(faded(colour("accent"), 46 if self.is_goal else 20))
        tint = colour("accent") if strong else faded(colour("accent"), 110)
        painter.setPen(QPen(tint, 2.0 if strong or self.is_hovered else 1.2))
        painter.drawRoundedRect(outline, ROUND, ROUND)
        scale = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        if scale < FAR:
            return
        self._paint_title(painter)
        if self.face.mark:
            paint_mark(painter, self.face.mark, QRectF(outline.right() - 14.0, -7.0, 20.0, 18.0))

    def _paint_title(self, painter: QPainter) -> None:
        place = self.name.translated(-self.area.topLeft())
        letters = scaled_font(TEXT, bold=True)
        painter.setFont(letters)
        painter.setPen(colour("text"))
        level = Qt.AlignmentFlag.AlignVCenter
        cut = Qt.TextElideMode.ElideRight
        shown = QFontMetricsF(letters).elidedText(self.face.name, cut, place.width())
        painter.drawText(place, level, shown)
        button = self.button.translated(-self.area.topLeft())
        room = QRectF(place.right() + 4.0, place.top(), 0.0, place.height())
        room.setRight(button.left() - 4.0)
        painter.setFont(scaled_font(TEXT - 1))
        painter.setPen(colour("faint"))
        if QFontMetricsF(painter.font()).horizontalAdvance(self.face.layers) <= room.width():
            painter.drawText(room, level, self.face.layers)
        if painter.paintEngine().type() not in LINES_ONLY:
            sign = icon(FOLD, colour("text" if self.is_hovered else "faint"))
            sign.paint(painter, button.adjusted(1.0, 1.0, -1.0, -1.0).toRect())
