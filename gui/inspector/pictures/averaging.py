"""Normalisation: over which axes mean and variance are taken, as a block of numbers.

After the figure of Y. Wu, K. He: Group Normalization, 2018: samples to the right, channels to the
back, places down.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui.inspector.pictures.pens import LEFT, LINE, faded, write
from gui.inspector.pictures.picture import Picture
from gui.theme import colour
from gui.words import tr

SAMPLES, PLACES, CHANNELS = 4, 4, 6  # cells of the block that is drawn
SLANT = 0.55  # how far the way to the back goes to the right and up, of a cell


@dataclass(frozen=True)
class Averaging(Picture):
    """Which numbers share a mean: those of a channel, a place or a group of channels."""

    kind: str  # "batch_norm", "layer_norm" or "group_norm"
    channels: int
    has_places: bool
    groups: int = 1

    def shares(self, sample: int, place: int, channel: int) -> bool:
        """Whether a cell of the block has the same mean as the first sample's first channel."""
        if self.kind == "batch_norm":
            return channel == 0
        if self.kind == "layer_norm":
            return sample == 0 and place == 0
        in_group = max(1, round(CHANNELS / min(self.groups, CHANNELS)))
        return sample == 0 and channel < in_group

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        places = PLACES if self.has_places else 1
        across = SAMPLES + CHANNELS * SLANT
        down = places + CHANNELS * SLANT
        side = min((room.width() - 70) / across, (room.height() - LINE) / down, 20.0)
        left = room.left() + (room.width() - side * across) / 2
        base = room.top() + (room.height() - LINE + side * down) / 2 - side * places
        back = QPointF(side * SLANT, -side * SLANT)

        def corner(sample: int, place: int, channel: int) -> QPointF:
            return QPointF(left + sample * side, base + place * side) + back * channel

        right, below = QPointF(side, 0), QPointF(0, side)
        for channel in reversed(range(CHANNELS)):
            for place in reversed(range(places)):
                for sample in range(SAMPLES):
                    at_cell, is_same = (
                        corner(sample, place, channel),
                        self.shares(sample, place, channel),
                    )
                    fill = colour("accent") if is_same else colour("card")
                    _face(painter, fill, at_cell, right, below)
                    if place == 0:
                        _face(painter, fill.lighter(112), at_cell, right, back)
                    if sample == SAMPLES - 1:
                        _face(painter, fill.darker(112), at_cell + right, back, below)
        self._name_axes(painter, room, QRectF(left, base, side * SAMPLES, side * places))

    def _name_axes(self, painter: QPainter, room: QRectF, front: QRectF) -> None:
        below = QRectF(front.left() - 20, front.bottom() + 1, front.width() + 40, LINE)
        write(painter, below, tr("picture.axis.samples"))
        depth = front.width() / SAMPLES * SLANT * CHANNELS
        x = front.right() + depth / 2 + 10
        y = front.bottom() - depth / 2
        write(
            painter, QRectF(x, y, room.right() - x, LINE), tr("picture.axis.channels"), place=LEFT
        )
        if self.has_places:
            side = QRectF(room.left(), front.center().y() - 7, front.left() - room.left() - 4, LINE)
            write(painter, side, tr("picture.axis.places"))

    def words(self) -> str:
        size = self.channels // self.groups if self.kind == "group_norm" else self.channels
        return tr(f"picture.averaging.{self.kind}", channels=self.channels, size=size)


def _face(painter: QPainter, fill: QColor, corner: QPointF, one: QPointF, other: QPointF) -> None:
    painter.setPen(QPen(faded("edge", 170), 0.8))
    painter.setBrush(fill)
    painter.drawPolygon(QPolygonF([corner, corner + one, corner + one + other, corner + other]))
