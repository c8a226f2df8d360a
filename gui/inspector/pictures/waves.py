"""Positions as waves: each feature swings at a rate of its own, so that no two steps are alike."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from engine.layers.positional_embedding import wave
from gui.formats import count
from gui.inspector.pictures.pens import LEFT, LINE, RIGHT, faded, frame, write
from gui.inspector.pictures.picture import Picture
from gui.theme import colour
from gui.words import tr

MOST_STEPS, MOST_FEATURES = 48, 16


@dataclass(frozen=True)
class Waves(Picture):
    """What is added at each time step (to the right) to each feature (down)."""

    steps: int
    features: int

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        steps, features = min(self.steps, MOST_STEPS), min(self.features, MOST_FEATURES)
        area = room.adjusted(0, LINE, 0, -2)
        wide, high = area.width() / steps, area.height() / features
        for row in range(features):
            for step in range(steps):
                value = wave(step, row, self.features)
                tint = faded("accent" if value > 0 else "validation", round(abs(value) * 200))
                cell = QRectF(area.left() + step * wide, area.top() + row * high, wide, high)
                painter.fillRect(cell, tint)
        frame(painter, area, colour("border"))
        above = QRectF(room.left(), room.top(), room.width(), LINE)
        write(painter, above, tr("picture.steps.input", count=count(self.steps)), place=LEFT)
        write(painter, above, "+1", "accent", RIGHT)
        write(painter, above.adjusted(0, 0, -24, 0), "−1", "validation", RIGHT)

    def words(self) -> str:
        return tr("picture.waves")
