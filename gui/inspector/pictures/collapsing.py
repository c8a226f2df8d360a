"""Global pooling: all places of a channel become one number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.formats import count
from gui.inspector.pictures.pens import LINE, arrow, block, faded, frame, line, thinned, write
from gui.inspector.pictures.picture import Picture
from gui.theme import class_colour, colour
from gui.words import tr

MOST, CELLS = 6, 5


@dataclass(frozen=True)
class Collapsing(Picture):
    """A sheet for each channel, and one cell below it; with `takes_largest` that of the largest."""

    cells: int  # of a sheet, or time steps
    channels: int
    is_sequence: bool
    takes_largest: bool

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        shown = thinned(self.channels, MOST)
        step = room.width() / max(len(shown), 4)
        left = room.left() + (room.width() - step * len(shown)) / 2
        side = min(step - 8, room.height() - LINE - 38)
        rows = 1 if self.is_sequence else CELLS
        for i, channel in enumerate(shown):
            x = left + (i + 0.5) * step
            if channel < 0:
                write(painter, QRectF(x - 10, room.top() + side / 2 - 8, 20, 16), "…")
                continue
            sheet = QRectF(x - side / 2, room.top() + 2, side, side * rows / CELLS)
            sheet.moveTop(room.top() + 2 + (side - sheet.height()) / 2)
            tint = class_colour(channel)
            block(painter, sheet, faded(tint, 60))
            self._cells(painter, sheet, rows, channel)
            frame(painter, sheet, tint)
            result = QRectF(x - 7, room.bottom() - LINE - 16, 14, 14)
            arrow(
                painter,
                colour("faint"),
                QPointF(x, room.top() + side + 5),
                QPointF(x, result.top() - 2),
            )
            block(painter, result, faded(tint, 170), tint)
        below = QRectF(room.left(), room.bottom() - LINE, room.width(), LINE)
        write(painter, below, count(self.channels))

    def _cells(self, painter: QPainter, sheet: QRectF, rows: int, channel: int) -> None:
        """The lines between cells, and the cell that is the largest."""
        wide = sheet.width() / CELLS
        for i in range(1, CELLS):
            x = sheet.left() + i * wide
            line(painter, colour("card"), QPointF(x, sheet.top()), QPointF(x, sheet.bottom()))
        for i in range(1, rows):
            y = sheet.top() + i * wide
            line(painter, colour("card"), QPointF(sheet.left(), y), QPointF(sheet.right(), y))
        if self.takes_largest:
            row, column = (channel * 3 + 1) % rows, (channel * 2 + 1) % CELLS
            cell = QRectF(sheet.left() + column * wide, sheet.top() + row * wide, wide, wide)
            painter.fillRect(cell, class_colour(channel))

    def words(self) -> str:
        key = "picture.collapsing.max" if self.takes_largest else "picture.collapsing.mean"
        return tr(key, places=count(self.cells), channels=count(self.channels))
