"""Softmax: scores become shares that add up to 1."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.inspector.pictures.pens import LINE, arrow, block, faded, line, write
from gui.inspector.pictures.picture import Picture
from gui.theme import class_colour, colour
from gui.words import tr

SCORES = (2.0, 1.0, 0.0, -1.0, 3.0)  # small numbers to see it by


def softmax(scores: tuple[float, ...]) -> list[float]:
    """Shares of e to the power of each score."""
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


@dataclass(frozen=True)
class Shares(Picture):
    """Bars of scores on the left, of their shares on the right."""

    height = 104.0

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        half = (room.width() - 36) / 2
        wide = half / len(SCORES)
        low, high = min(*SCORES, 0.0), max(SCORES)
        area = room.adjusted(0, LINE, 0, -LINE)
        unit = area.height() / (high - low)
        zero = area.bottom() + low * unit
        line(
            painter, colour("border"), QPointF(room.left(), zero), QPointF(room.left() + half, zero)
        )
        right = room.right() - half
        line(
            painter,
            colour("border"),
            QPointF(right, area.bottom()),
            QPointF(room.right(), area.bottom()),
        )
        for i, (score, share) in enumerate(zip(SCORES, softmax(SCORES), strict=True)):
            tint, x = class_colour(i), room.left() + i * wide
            block(
                painter,
                QRectF(x, zero - max(score, 0) * unit, wide - 3, abs(score) * unit),
                faded(tint, 130),
            )
            y = zero - score * unit - (LINE if score >= 0 else 0)
            write(painter, QRectF(x - 2, y, wide + 1, LINE), f"{score:g}".replace("-", "−"))
            x, tall = right + i * wide, share * area.height()
            block(painter, QRectF(x, area.bottom() - tall, wide - 3, tall), faded(tint, 200))
            write(
                painter,
                QRectF(x - 3, area.bottom() - tall - LINE, wide + 3, LINE),
                f"{100 * share:.0f}",
            )
        middle = room.center().y()
        arrow(
            painter,
            colour("faint"),
            QPointF(room.left() + half + 6, middle),
            QPointF(right - 6, middle),
        )
        write(painter, QRectF(right, room.bottom() - LINE, half, LINE), "%")

    def words(self) -> str:
        return tr("picture.shares")
