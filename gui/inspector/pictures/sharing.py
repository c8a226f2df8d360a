"""The samples of a data set as a bar: training, validation, test."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gui.formats import count
from gui.inspector.pictures.pens import LEFT, LINE, block, faded, write
from gui.inspector.pictures.picture import Picture
from gui.theme import colour
from gui.words import tr

TINTS = {"training": "training", "validation": "validation", "test": "good"}


@dataclass(frozen=True)
class Sharing(Picture):
    """To scale: about how many samples each part gets."""

    parts: tuple[int, int, int]
    height = 46.0

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        total = max(sum(self.parts), 1)
        bar, x = QRectF(room.left(), room.top() + 2, room.width(), 18), room.left()
        slot = room.width() / 3
        for i, (part, size) in enumerate(zip(TINTS, self.parts, strict=True)):
            piece = QRectF(x, bar.top(), bar.width() * size / total, bar.height())
            tint = colour(TINTS[part])
            if size:
                block(painter, piece, faded(tint, 120), tint)
            x += piece.width()
            below = QRectF(room.left() + i * slot, bar.bottom() + 5, slot, LINE)
            key = QRectF(below.left(), below.top() + 3, 8, 8)
            block(painter, key, faded(tint, 120), tint)
            text = below.adjusted(12, 0, 0, 0)
            write(painter, text, f"{100 * size / total:.3g} %", "text", LEFT)

    def words(self) -> str:
        names = (
            f"{tr(f'part.{part}')} {count(n)}" for part, n in zip(TINTS, self.parts, strict=True)
        )
        return " · ".join(names)
