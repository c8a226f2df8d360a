"""Dropout: which share of the values, or of whole channels, is silenced at a training step."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from gui.inspector.pictures.pens import block, faded
from gui.inspector.pictures.picture import Picture
from gui.theme import colour
from gui.words import tr

COLUMNS, ROWS = 20, 5
STRIDES = {
    COLUMNS: 9,
    COLUMNS * ROWS: 37,
}  # silenced ones look strewn, and are as many as the rate says


@dataclass(frozen=True)
class Dropping(Picture):
    """A sheet of values, the silenced ones crossed out; with `channels` by whole columns."""

    rate: float
    channels: bool = False

    height = 84.0

    def silenced(self) -> set[int]:
        """Numbers of the cells that are silenced in the picture."""
        total = COLUMNS if self.channels else COLUMNS * ROWS
        chosen = {(i * STRIDES[total]) % total for i in range(round(self.rate * total))}
        if not self.channels:
            return chosen
        return {row * COLUMNS + column for row in range(ROWS) for column in chosen}

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        side = min(room.width() / COLUMNS, room.height() / ROWS)
        left = room.center().x() - side * COLUMNS / 2
        top, gone = room.center().y() - side * ROWS / 2, self.silenced()
        for i in range(COLUMNS * ROWS):
            row, column = divmod(i, COLUMNS)
            cell = QRectF(left + column * side, top + row * side, side - 2, side - 2)
            if i not in gone:
                block(painter, cell, faded("accent", 150))
                continue
            block(painter, cell, colour("card"), faded("faint", 90))
            painter.setPen(QPen(faded("faint", 150), 1))
            inner = cell.adjusted(2, 2, -2, -2)
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(
                QPointF(inner.right(), inner.top()), QPointF(inner.left(), inner.bottom())
            )

    def words(self) -> str:
        key = "picture.dropping.channels" if self.channels else "picture.dropping"
        factor = f"{1 / (1 - self.rate):.3g}" if self.rate < 1 else "–"
        return tr(key, percent=f"{100 * self.rate:.3g}", factor=factor)
