"""Embedding: a token picks the row of a table that stands for it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.formats import count
from gui.inspector.pictures.pens import LINE, arrow, block, faded, frame, thinned, write
from gui.inspector.pictures.picture import Picture
from gui.theme import colour
from gui.words import tr

MOST_ROWS, MOST_COLUMNS = 7, 10


@dataclass(frozen=True)
class TableRow(Picture):
    """A table of `tokens` rows and `units` columns; a place is a row that is shown."""

    tokens: int
    units: int

    def _shown(self) -> list[int]:
        return thinned(self.tokens, MOST_ROWS)

    @property
    def places(self) -> int:
        return len([row for row in self._shown() if row >= 0])

    @property
    def across(self) -> int:
        return 1

    @property
    def usual(self) -> int:
        return min(2, self.places - 1)

    def _row(self, room: QRectF, line: int) -> QRectF:
        """The place of a line of the table."""
        high = (room.height() - LINE) / MOST_ROWS
        left = room.left() + 44
        width = min(room.width() - 44 - 58, 10.0 * min(self.units, MOST_COLUMNS))
        return QRectF(left, room.top() + line * high, width, high - 2)

    def _token(self, line: int) -> int:
        return self._shown()[line]

    def place_at(self, room: QRectF, point: QPointF) -> int:
        place = -1
        for line, token in enumerate(self._shown()):
            place += token >= 0
            if token >= 0 and self._row(room, line).adjusted(-44, -1, 0, 1).contains(point):
                return place
        return -1

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        columns, place = min(self.units, MOST_COLUMNS), -1
        for line, token in enumerate(self._shown()):
            row = self._row(room, line)
            if token < 0:
                write(painter, row, "⋮")
                continue
            place += 1
            is_it = place == at
            for column in range(columns):
                wide = row.width() / columns
                cell = QRectF(row.left() + column * wide, row.top(), wide - 1, row.height())
                alpha = 90 + 120 * ((token * 5 + column * 3) % 7) // 6
                block(
                    painter,
                    cell,
                    faded("accent" if is_it else "faint", alpha if is_it else alpha // 3),
                )
            number = QRectF(room.left(), row.top(), 38, row.height())
            write(painter, number, count(token), "accent" if is_it else "faint", bold=is_it)
            if is_it:
                frame(painter, row.adjusted(-1, -1, 0, 0), colour("accent"))
                y = row.center().y()
                arrow(
                    painter,
                    colour("accent"),
                    QPointF(row.right() + 5, y),
                    QPointF(row.right() + 28, y),
                )
        below = QRectF(room.left() + 30, room.bottom() - LINE, room.width() - 40, LINE)
        write(painter, below, f"{count(self.tokens)} × {count(self.units)}")

    def words(self) -> str:
        return tr("picture.embedding", tokens=count(self.tokens), units=count(self.units))

    def told(self, at: int) -> str:
        token = [row for row in self._shown() if row >= 0][at]
        return tr("picture.embedding.told", token=count(token), units=count(self.units))
