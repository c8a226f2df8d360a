"""Attention: numbers are cut into heads, each compares all pairs of time steps, all are joined."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.formats import count
from gui.inspector.pictures.pens import LINE, arrow, block, faded, frame, thinned, write
from gui.inspector.pictures.picture import Picture
from gui.theme import class_colour, colour
from gui.words import tr

MOST, CELLS = 4, 6


@dataclass(frozen=True)
class Heads(Picture):
    """For each head the pairs of steps that it weighs; with `causal` none that come later."""

    steps: int
    others: int  # time steps that are looked at
    features: int
    heads: int
    key_dim: int
    causal: bool

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        shown = thinned(self.heads, MOST)
        middle = room.top() + (room.height() - LINE) / 2
        step = (room.width() - 88) / len(shown)
        side = min(step - 6, room.height() - LINE - 26, 52.0)
        bars = (room.left() + 4, room.right() - 18)
        high = room.height() - LINE - 12
        for x in bars:
            self._bar(painter, QRectF(x, middle - high / 2, 14, high), shown)
        for i, head in enumerate(shown):
            x = room.left() + 44 + (i + 0.5) * step
            if head < 0:
                write(painter, QRectF(x - 10, middle - 8, 20, 16), "…")
                continue
            self._pairs(painter, QRectF(x - side / 2, middle - side / 2, side, side), head)
        near, far = room.left() + 21, room.left() + 42
        arrow(painter, colour("faint"), QPointF(near, middle), QPointF(far, middle))
        end = room.right() - 42
        arrow(painter, colour("faint"), QPointF(end, middle), QPointF(room.right() - 21, middle))
        below = QRectF(room.left(), room.bottom() - LINE, room.width(), LINE)
        size = f"{count(self.heads)} × {count(self.key_dim)}"
        write(painter, below, tr("picture.heads.size", size=size))

    def _bar(self, painter: QPainter, bar: QRectF, shown: list[int]) -> None:
        part = bar.height() / len(shown)
        for i, head in enumerate(shown):
            piece = QRectF(bar.left(), bar.top() + i * part, bar.width(), part - 2)
            tint = colour("faint") if head < 0 else class_colour(head)
            block(painter, piece, faded(tint, 110), tint)

    def _pairs(self, painter: QPainter, place: QRectF, head: int) -> None:
        tint, cell = class_colour(head), place.width() / CELLS
        for row in range(CELLS):
            for column in range(CELLS):
                square = QRectF(place.left() + column * cell, place.top() + row * cell, cell, cell)
                if self.causal and column > row:
                    painter.fillRect(square, faded("faint", 20))
                    continue
                weight = (row * 5 + column * 3 + head * 2) % 7
                painter.fillRect(square, faded(tint, 40 + 30 * weight))
        frame(painter, place, tint)

    def words(self) -> str:
        text = tr(
            "picture.heads",
            heads=count(self.heads),
            key_dim=count(self.key_dim),
            steps=count(self.steps),
            others=count(self.others),
        )
        return text + (tr("picture.heads.causal") if self.causal else "")
