"""Add, subtract, multiply, average, maximum: what becomes of numbers at the same place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gui.inspector.pictures.pens import RIGHT, block, faded, write
from gui.inspector.pictures.picture import Picture
from gui.theme import class_colour, colour
from gui.words import tr

SAMPLE = ((2, -1, 3, 0, 4), (1, 4, -2, 5, 2), (3, 0, 2, -2, 3))  # small numbers to see it by
HIGH = 20.0
OPERATIONS: dict[str, tuple[str, Callable[[list[int]], float]]] = {
    "add": ("+", sum),
    "subtract": ("−", lambda values: values[0] - values[1]),
    "multiply": ("·", prod),
    "average": ("", lambda values: sum(values) / len(values)),
    "maximum": ("", max),
}


@dataclass(frozen=True)
class Pairing(Picture):
    """Two or three rows of small numbers, and what the layer makes of each column."""

    kind: str
    inputs: int
    size: str

    height = 104.0

    def columns(self) -> list[list[int]]:
        """The numbers that meet at each place."""
        rows = SAMPLE[: min(max(self.inputs, 2), len(SAMPLE))]
        return [list(column) for column in zip(*rows, strict=True)]

    def results(self) -> list[float]:
        """What becomes of them."""
        return [OPERATIONS[self.kind][1](column) for column in self.columns()]

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        sign, columns = OPERATIONS[self.kind][0], self.columns()
        wide = min((room.width() - 40) / len(columns), 34.0)
        left = room.left() + 36 + (room.width() - 40 - wide * len(columns)) / 2
        count = len(columns[0])
        top = room.top() + (room.height() - (count + 1) * (HIGH + 3) - 5) / 2
        winners = [column.index(max(column)) for column in columns]
        for row in range(count + 1):
            is_result = row == count
            y = top + row * (HIGH + 3) + (5 if is_result else 0)
            tint = colour("accent") if is_result else class_colour(row)
            head = "=" if is_result else (sign if row else "")
            name = "y" if is_result else f"x{'₁₂₃'[row]}"
            write(painter, QRectF(left - 40, y, 32, HIGH), f"{head} {name}".strip(), "text", RIGHT)
            for i, column in enumerate(columns):
                cell = QRectF(left + i * wide, y, wide - 2, HIGH)
                loses = self.kind == "maximum" and not is_result and winners[i] != row
                block(painter, cell, faded(tint, 25 if loses else 90), faded(tint, 160))
                value = self.results()[i] if is_result else column[row]
                write(painter, cell, f"{value:.3g}".replace("-", "−"), "faint" if loses else "text")

    def words(self) -> str:
        return tr(f"picture.pairing.{self.kind}", size=self.size)
