"""How often each token stands in a text or a sequence, the most frequent first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from engine.data_protocol import Shown
from gui.class_names import token_name
from gui.data.chart import Chart, Spot, elided
from gui.exporting import Cell
from gui.formats import count, percent
from gui.theme import STEP, colour
from gui.words import tr

MOST = 300  # tokens shown; the table has all of them
ROW = 22
COLUMN = 300  # width, at least
NAME, NUMBERS = (32, 110), 116  # widths of the names, at least and at most, and of numbers
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class TokenBars(Chart):
    """Bars in as many columns as there is room for, read downwards."""

    def prepare(self) -> None:
        assert self.shown is not None
        counts = self.shown.token_counts
        self.order = np.argsort(-counts, kind="stable") if len(counts) else np.zeros(0, int)
        self.order = self.order[counts[self.order] > 0] if len(counts) else self.order
        names = [token_name(self.dataset, int(token)) for token in self.order[:MOST]]
        widest = max(map(self.fontMetrics().horizontalAdvance, names), default=0)
        self._name = min(max(widest + 2 * STEP, NAME[0]), NAME[1])

    def _columns(self, width: int) -> int:
        return max(1, width // COLUMN)

    def height_for(self, width: int) -> int:
        if self.shown is None:
            return 0
        shown = min(len(self.order), MOST)
        return ROW + ROW * -(-shown // self._columns(width)) + 2 * STEP

    def paint(self, painter: QPainter, shown: Shown) -> Iterator[Spot]:
        counts = shown.token_counts
        chosen, total = self.order[:MOST], max(int(counts.sum()), 1)
        painter.setPen(colour("faint"))
        words = tr(
            "shown.tokens.line",
            total=count(int(counts.sum())),
            used=count(len(self.order)),
            limit=count(len(counts)),
        )
        elided(painter, QRectF(3 * STEP, 0, self.width() - 6 * STEP, ROW), words, LEFT)
        columns = self._columns(self.width())
        lines = max(-(-len(chosen) // columns), 1)
        width = (self.width() - 3 * STEP) / columns
        most = max(int(counts.max(initial=0)), 1)
        for place, token in enumerate(chosen):
            left = 3 * STEP + place // lines * width
            top = ROW + place % lines * ROW
            name, number = token_name(self.dataset, int(token)), int(counts[token])
            painter.setPen(colour("text"))
            elided(painter, QRectF(left, top, self._name - STEP, ROW), name, LEFT)
            bar = (width - self._name - NUMBERS - STEP) * number / most
            painter.fillRect(QRectF(left + self._name, top + 5, bar, ROW - 10), colour("accent"))
            painter.setPen(colour("faint"))
            share = percent(number / total)
            place_of_text = QRectF(left + self._name + bar + STEP, top, NUMBERS, ROW)
            painter.drawText(place_of_text, LEFT, f"{count(number)}  ·  {share}")
            rows = [
                ("", tr("shown.token.number"), count(int(token))),
                ("", tr("shown.count"), count(number)),
                ("", tr("shown.share"), share),
            ]
            yield Spot(QRectF(left, top, width, ROW), name, rows)

    def cells(self, shown: Shown) -> Iterator[list[Cell]]:
        yield ["token", "number", "count"]
        for token in self.order:
            number = int(shown.token_counts[token])
            yield [token_name(self.dataset, int(token)), int(token), number]
