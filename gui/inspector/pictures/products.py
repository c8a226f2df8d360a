"""Dot: two blocks of numbers and the block of their products, with sizes to scale."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gui.inspector.pictures.pens import LINE, block, faded, write
from gui.inspector.pictures.picture import Picture
from gui.theme import class_colour, colour
from gui.words import tr

LEAST = 6.0  # pixels of a side


@dataclass(frozen=True)
class Products(Picture):
    """Sizes of both inputs and of the output: rows × columns."""

    sizes: tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
    height = 104.0

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        slot = room.width() / 3
        largest = max(max(size) for size in self.sizes)
        scale = min(slot - 30, room.height() - LINE - 6) / largest
        tints = (class_colour(0), class_colour(1), colour("accent"))
        for i, ((rows, columns), tint) in enumerate(zip(self.sizes, tints, strict=True)):
            wide, high = max(columns * scale, LEAST), max(rows * scale, LEAST)
            x = room.left() + (i + 0.5) * slot
            y = room.top() + (room.height() - LINE) / 2
            block(painter, QRectF(x - wide / 2, y - high / 2, wide, high), faded(tint, 110), tint)
            below = QRectF(x - slot / 2, room.bottom() - LINE, slot, LINE)
            write(painter, below, f"{rows:,}×{columns:,}")
            if i:
                gap = QRectF(x - slot / 2 - 10, y - 8, 20, 16)
                write(painter, gap, "·" if i == 1 else "=", "text", bold=True)

    def words(self) -> str:
        one, other, made = (f"{rows:,}×{columns:,}" for rows, columns in self.sizes)
        return tr("picture.products", one=one, other=other, made=made)
