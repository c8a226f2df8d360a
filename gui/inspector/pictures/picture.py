"""What a picture of options is: numbers, how they are painted, and what it says in words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

HEIGHT = 128.0  # pixels


class Picture:
    """Interface of a picture. Subclasses are frozen dataclasses of numbers, and can be compared.

    Some have places that can be pointed at, numbered from 0: a cell of the output, a unit, a row.
    """

    height = HEIGHT

    @property
    def places(self) -> int:
        """How many places there are."""
        return 0

    @property
    def across(self) -> int:
        """How many places there are in a row: arrow keys up and down go so far."""
        return max(self.places, 1)

    @property
    def usual(self) -> int:
        """The place that is shown while none is pointed at."""
        return 0

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        """Paint into `room`, whose ground has been painted, with the place `at` marked."""
        raise NotImplementedError(type(self))

    def place_at(self, room: QRectF, point: QPointF) -> int:
        """The place under a point, or -1."""
        return -1

    def words(self) -> str:
        """What the picture shows, for everybody who cannot see it."""
        raise NotImplementedError(type(self))

    def told(self, at: int) -> str:
        """What is to be said of a place; empty where nothing is."""
        return ""
