"""Flatten, reshape, permute: how the same numbers are laid out before and after.

Numbers lie in a row as they are kept; narrow gaps part the places, wide ones the rows of a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.inspector.pictures.pens import LEFT, LINE, block, faded, line, write
from gui.inspector.pictures.picture import Picture
from gui.theme import class_colour
from gui.words import tr

MOST = 18  # numbers that are shown
MODEL = {3: (2, 3, 2), 2: (3, 4)}  # the largest sizes of the small model of a permutation
NARROW, WIDE = 3.0, 8.0  # gaps, pixels


@dataclass(frozen=True)
class Order(Picture):
    """The first numbers of input and output; `axes` says which axis of the input is where."""

    sizes: tuple[int, ...]
    result: tuple[int, ...]
    axes: tuple[int, ...] = ()
    height = 100.0

    @property
    def _is_model(self) -> bool:
        return bool(self.axes)

    def shown(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The sizes before and after that are drawn."""
        if not self._is_model:
            return self.sizes, self.result
        most = MODEL[len(self.sizes)]
        small = tuple(min(pair) for pair in zip(self.sizes, most, strict=True))
        return small, tuple(small[axis] for axis in self.axes)

    def moved(self) -> list[int]:
        """For each shown number of the output: where it is in the input."""
        before, after = self.shown()
        if not self._is_model:
            return list(range(min(prod(before), MOST)))
        found = []
        for places in product(*(range(size) for size in after)):
            given = dict(zip(self.axes, places, strict=True))
            index = 0
            for axis, size in enumerate(before):
                index = index * size + given[axis]
            found.append(index)
        return found

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        before, after = self.shown()
        moved = self.moved()
        cells = max(len(moved), 1)
        gaps = max(_offset(before, cells - 1), _offset(after, cells - 1))
        wide = min((room.width() - gaps) / cells, 20.0)
        left = room.left() + (room.width() - wide * cells - gaps) / 2
        high, top, bottom = 18.0, room.top() + LINE, room.bottom() - LINE - 18.0
        depth = before[-1]

        def cell(sizes: tuple[int, ...], place: int, y: float) -> QRectF:
            return QRectF(left + place * wide + _offset(sizes, place), y, wide - 1, high)

        for place, index in enumerate(moved):
            tint = class_colour(index % min(depth, 8))
            start, end = cell(before, index, top), cell(after, place, bottom)
            one = QPointF(start.center().x(), start.bottom())
            line(painter, faded(tint, 130), one, QPointF(end.center().x(), end.top()))
            for rect in (start, end):
                block(painter, rect, faded(tint, 110), tint)
                if wide >= 14:
                    write(painter, rect, str(index + 1), "text")
        for sizes, y in ((self.sizes, room.top()), (self.result, room.bottom() - LINE)):
            text = "×".join(f"{size:,}" for size in sizes)
            write(painter, QRectF(left, y, room.width(), LINE), text, place=LEFT)

    def words(self) -> str:
        if not self._is_model:
            return tr("picture.order.kept", count=f"{prod(self.sizes):,}")
        return tr("picture.order.moved")


def _offset(sizes: tuple[int, ...], place: int) -> float:
    """What the gaps before a number make, in pixels."""
    return sum(_gaps(sizes, place))


def _gaps(sizes: tuple[int, ...], place: int) -> Iterator[float]:
    if len(sizes) > 1:
        yield NARROW * (place // sizes[-1])
    if len(sizes) > 2:
        yield (WIDE - NARROW) * (place // (sizes[-1] * sizes[-2]))
