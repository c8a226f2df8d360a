"""How many samples each class has, in each part of the data: rare classes stand out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from engine.data_protocol import Shown
from gui.class_names import class_name
from gui.data.chart import Chart, Spot, elided
from gui.exporting import Cell
from gui.formats import count, percent
from gui.theme import STEP, colour
from gui.words import tr

PARTS = ("training", "validation", "test")
ROW, LEGEND = 26, 28  # heights
NAME = (48, 180)  # width of the names: at least, at most
NUMBERS = 132  # width of count and percentage behind a bar
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def part_colour(part: str) -> QColor:
    """The colour of a part, as in the curves."""
    return colour("good" if part == "test" else part)


class ClassBars(Chart):
    """A bar for each class, divided into the parts; the longest class fills the room."""

    def height_for(self, width: int) -> int:
        classes = self.shown.classes if self.shown is not None else 0
        return LEGEND + ROW * classes + 2 * STEP

    def paint(self, painter: QPainter, shown: Shown) -> Iterator[Spot]:
        yield from self._legend(painter, shown)
        names = [class_name(self.dataset, i) for i in range(shown.classes)]
        metrics = painter.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        left = 3 * STEP + min(max(widest + 2 * STEP, NAME[0]), NAME[1])
        totals = np.sum([shown.class_counts[part] for part in PARTS], axis=0)
        everything, most = max(int(totals.sum()), 1), max(int(totals.max()), 1)
        room = max(self.width() - left - NUMBERS - 2 * STEP, 40)
        for i, name in enumerate(names):
            top = LEGEND + i * ROW
            painter.setPen(colour("text"))
            elided(painter, QRectF(3 * STEP, top, left - 4 * STEP, ROW), name, LEFT)
            x = float(left)
            for part in PARTS:
                width = room * int(shown.class_counts[part][i]) / most
                bar = QRectF(x, top + 5, width, ROW - 10)
                painter.fillRect(bar, part_colour(part))
                x += width
            text = f"{count(int(totals[i]))}  ·  {percent(int(totals[i]) / everything)}"
            painter.drawText(QRectF(x + 2 * STEP, top, NUMBERS, ROW), LEFT, text)
            yield Spot(QRectF(0, top, self.width(), ROW), name, self._rows(shown, i))

    def _legend(self, painter: QPainter, shown: Shown) -> Iterator[Spot]:
        x = 3.0 * STEP
        for part in PARTS:
            number = int(shown.class_counts[part].sum())
            text = f"{tr(f'train.part.{part}')}  {count(number)}"
            painter.fillRect(QRectF(x, LEGEND / 2 - 5, 10, 10), part_colour(part))
            painter.setPen(colour("faint"))
            width = painter.fontMetrics().horizontalAdvance(text) + 4
            painter.drawText(QRectF(x + 16, 0, width, LEGEND), LEFT, text)
            x += width + 16 + 5 * STEP
        yield Spot(QRectF(0, 0, self.width(), LEGEND), "")

    def _rows(self, shown: Shown, index: int) -> list[tuple[str, str, str]]:
        """Of one class: count and share of each part."""
        found = []
        for part in PARTS:
            counts = shown.class_counts[part]
            share = int(counts[index]) / max(int(counts.sum()), 1)
            value = f"{count(int(counts[index]))}  ({percent(share)})"
            found.append((part_colour(part).name(), tr(f"train.part.{part}"), value))
        return found

    def cells(self, shown: Shown) -> Iterator[list[Cell]]:
        yield ["class", *PARTS]
        for i in range(shown.classes):
            counts = [int(shown.class_counts[part][i]) for part in PARTS]
            yield [class_name(self.dataset, i), *counts]
