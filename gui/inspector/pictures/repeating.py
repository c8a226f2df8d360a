"""Repeat: one row of numbers, handed on at each of several time steps."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.formats import count
from gui.inspector.pictures.pens import LINE, arrow, block, faded, thinned, write
from gui.inspector.pictures.picture import Picture
from gui.theme import class_colour, colour
from gui.words import tr

MOST, CELLS = 9, 5


@dataclass(frozen=True)
class Repeating(Picture):
    """The row as a column on the left, and its copies on the right."""

    size: int
    repeats: int
    height = 96.0

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        shown, cells = thinned(self.repeats, MOST), min(self.size, CELLS)
        high = min((room.height() - LINE) / CELLS, 15.0)
        top = room.top() + (room.height() - LINE - high * cells) / 2
        wide = min((room.width() - 62) / MOST, 20.0)
        self._column(painter, QPointF(room.left() + 6, top), (wide, high), cells)
        middle = top + high * cells / 2
        start = QPointF(room.left() + wide + 12, middle)
        arrow(painter, colour("faint"), start, QPointF(room.left() + 54, middle))
        for i, number in enumerate(shown):
            x = room.left() + 60 + i * wide
            if number < 0:
                write(painter, QRectF(x, middle - 8, wide, 16), "…")
                continue
            self._column(painter, QPointF(x, top), (wide - 3, high), cells)
            below = QRectF(x - 2, room.bottom() - LINE, wide + 1, LINE)
            write(painter, below, count(number + 1))

    def _column(
        self, painter: QPainter, corner: QPointF, cell: tuple[float, float], cells: int
    ) -> None:
        wide, high = cell
        for i in range(cells):
            place = QRectF(corner.x(), corner.y() + i * high, wide, high - 1)
            block(painter, place, faded(class_colour(i), 120))

    def words(self) -> str:
        return tr("picture.repeating", size=count(self.size), repeats=count(self.repeats))
