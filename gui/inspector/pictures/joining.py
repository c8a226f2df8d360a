"""Concatenate: pieces of several inputs, to scale, and the whole that they make along an axis."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.formats import count
from gui.inspector.pictures.pens import LINE, block, faded, line, write
from gui.inspector.pictures.picture import Picture
from gui.theme import class_colour
from gui.words import tr

GAP, HIGH = 10.0, 24.0


@dataclass(frozen=True)
class Joining(Picture):
    """How long each input is along the axis that is joined, and how long the output."""

    axis: str  # a key of the words "axis.…"
    lengths: tuple[int, ...]
    total: int
    height = 96.0

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        scale = (room.width() - GAP * (len(self.lengths) - 1) - 2) / max(sum(self.lengths), 1)
        upper, lower = room.left() + 1.0, room.left() + 1.0
        lower += (room.width() - scale * self.total) / 2
        top, bottom = room.top() + 2, room.bottom() - LINE - HIGH
        for i, length in enumerate(self.lengths):
            tint = class_colour(i)
            piece = QRectF(upper, top, scale * length, HIGH)
            part = QRectF(lower, bottom, scale * length, HIGH)
            for one, other in ((piece.left(), part.left()), (piece.right(), part.right())):
                line(
                    painter,
                    faded(tint, 110),
                    QPointF(one, piece.bottom()),
                    QPointF(other, part.top()),
                )
            for rect in (piece, part):
                block(painter, rect, faded(tint, 100), tint)
            write(painter, piece, count(length), "text")
            upper += piece.width() + GAP
            lower += part.width()
        below = QRectF(room.left(), room.bottom() - LINE, room.width(), LINE)
        write(painter, below, f"{count(self.total)} {tr(f'axis.{self.axis}')}")

    def words(self) -> str:
        lengths = " + ".join(count(length) for length in self.lengths)
        axis = tr(f"axis.{self.axis}")
        return tr("picture.joining", sum=f"{lengths} = {count(self.total)}", axis=axis)
