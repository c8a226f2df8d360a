"""A window that slides along a sequence: the time steps that each step of the output sees."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from engine.layers.window import Window
from gui.inspector.pictures.pens import LEFT, LINE, block, faded, frame, line, write
from gui.inspector.pictures.picture import Picture
from gui.theme import colour
from gui.words import tr

CELL, LARGEST = 16.0, 22.0  # height of a step, and its greatest width, pixels


@dataclass(frozen=True)
class Steps(Picture):
    """Input above, output below, to one scale; a place is a step of the output."""

    window: Window
    time: int
    result: int

    height = 104.0

    @property
    def places(self) -> int:
        return self.result

    @property
    def usual(self) -> int:
        """The middle, where no padding is in the way."""
        return self.result // 2

    def _rows(self, room: QRectF) -> tuple[QPointF, QPointF, float]:
        """Corners of the first steps of input and output, and the width of a step."""
        before, behind = self.window.padding_of(self.time)
        side = min(room.width() / max(before + self.time + behind, self.result), LARGEST)
        wide = (before + self.time + behind) * side
        x = room.left() + (room.width() - wide) / 2 + before * side
        over = room.left() + (room.width() - self.result * side) / 2
        top, bottom = room.top() + LINE, room.bottom() - LINE - CELL
        return QPointF(x, top), QPointF(over, bottom), side

    def place_at(self, room: QRectF, point: QPointF) -> int:
        _, corner, side = self._rows(room)
        row = QRectF(corner.x(), corner.y() - CELL, self.result * side, 2 * CELL)
        if not row.contains(point):
            return -1
        return min(int((point.x() - corner.x()) / side), self.result - 1)

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        upper, lower, side = self._rows(room)
        before, behind = self.window.padding_of(self.time)
        around = QRectF(
            upper.x() - before * side, upper.y(), (before + self.time + behind) * side, CELL
        )
        painter.fillRect(around, faded("faint", 30))
        for corner, count in ((upper, self.time), (lower, self.result)):
            row = QRectF(corner.x(), corner.y(), count * side, CELL)
            block(painter, row, colour("card"))
            for i in range(1, count if side >= 4 else 0):
                x = corner.x() + i * side
                line(painter, faded("edge", 90), QPointF(x, row.top()), QPointF(x, row.bottom()))
            frame(painter, row, colour("edge"))
        seen = self.window.cells(at, self.time)
        made = QRectF(lower.x() + at * side, lower.y(), side, CELL)
        for step in seen:
            cell = QRectF(upper.x() + step * side, upper.y(), side, CELL)
            painter.fillRect(cell, faded("accent", 150))
            start = QPointF(cell.center().x(), cell.bottom())
            line(painter, faded("accent", 150), start, QPointF(made.center().x(), made.top()))
        painter.fillRect(made, faded("accent", 190))
        upper_line = QRectF(room.left(), room.top(), room.width(), LINE)
        lower_line = QRectF(room.left(), room.bottom() - LINE, room.width(), LINE)
        write(painter, upper_line, tr("picture.steps.input", count=self.time), place=LEFT)
        write(painter, lower_line, tr("picture.steps.output", count=self.result), place=LEFT)

    def words(self) -> str:
        w = self.window
        gaps = tr("picture.sliding.gaps", dilation=w.dilation) if w.dilation > 1 else ""
        text = tr(
            "picture.steps", size=w.size, stride=w.stride, input=self.time, output=self.result
        )
        return text + gaps + (tr("picture.steps.causal") if w.padding == "causal" else "")

    def told(self, at: int) -> str:
        there = [cell + 1 for cell in self.window.cells(at, self.time) if 0 <= cell < self.time]
        if not there:
            return tr("picture.padding_only")
        return tr("picture.steps.told", step=at + 1, first=there[0], last=there[-1])
