"""What the network would answer anywhere in the plane, with the validation samples on top."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QWidget

from engine.protocol import Predictions
from gui.class_names import DataName, feature_name
from gui.formats import number, percent
from gui.hover_card import HoverCard, Row
from gui.plots.answers import Answers, Numbers, answers_of, probabilities
from gui.plots.graph import Graph, pen
from gui.theme import class_colour, colour
from gui.upkeep import keep_up
from gui.words import tr

SYMBOLS = ("o", "s", "t1", "d", "star", "t")  # a shape for each class
SIGNS = "●■▲◆★▼"  # the same shapes in texts
DOT = 7
RING = 13
AXES = 28  # by how much the left axis is broader than the bottom one is high
BROAD = 480  # a map lower than this, in pixels, is stretched towards it,
STRETCH = 2  # at most to so many times its height
LEAST, MOST = 0.10, 0.75  # how strongly the least and the most certain places are coloured


class DecisionMap(Graph):
    """Colour says which class, its strength how sure; a ring marks a wrong sample."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers: Answers | None = None
        self._surface: Numbers | None = None
        self._extent = QRectF(-1, -1, 2, 2)
        self.image = pg.ImageItem()
        self.rings = pg.ScatterPlotItem(size=RING, pxMode=True, brush=None)
        self.dots: list[Any] = []  # one ScatterPlotItem a class
        self.addItem(self.image, ignoreBounds=True)
        self.addItem(self.rings, ignoreBounds=True)
        self.side.setGrid(False)
        self.bottom.between = self.side.between
        self.card = HoverCard(self)
        self.pointed.connect(self._tell)
        self.left.connect(lambda: self.card.hide())
        self.reset_wanted.connect(self.fit)
        keep_up(self, self.retranslate, self.recolour)

    def show_predictions(self, predictions: Predictions, dataset: DataName) -> None:
        """Show the map and samples of two features."""
        assert predictions.surface is not None and predictions.extent is not None
        answers = answers_of(predictions, dataset)
        surface = probabilities(predictions.surface, predictions.task)
        left, right, bottom, top = predictions.extent
        rows, columns = surface.shape[:2]
        # the outermost values belong to points on the border: their squares reach over it
        dx, dy = (right - left) / max(columns - 1, 1), (top - bottom) / max(rows - 1, 1)
        extent = QRectF(left - dx / 2, bottom - dy / 2, right - left + dx, top - bottom + dy)
        is_new = extent != self._extent or self.answers is None
        self.answers, self._surface, self._extent = answers, surface, extent
        self._draw()
        if is_new:
            self.retranslate()
            self.fit()

    def _draw(self) -> None:
        if self.answers is None or self._surface is None:
            return
        self.image.setImage(coloured(self._surface), autoLevels=False, levels=(0, 255))
        self.image.setRect(self._extent)
        answers = self.answers
        for old in self.dots:
            self.removeItem(old)
        self.dots = []
        for index in range(answers.probabilities.shape[1]):
            mine = answers.inputs[answers.true == index]
            symbol = SYMBOLS[index % len(SYMBOLS)]
            dots = pg.ScatterPlotItem(
                mine[:, 0],
                mine[:, 1],
                size=DOT,
                symbol=symbol,
                brush=class_colour(index),
                pen=pen("panel"),
            )
            self.dots.append(dots)
            self.addItem(dots, ignoreBounds=True)
        wrong = answers.inputs[answers.wrong]
        self.rings.setPen(pen("text"))
        self.rings.setData(wrong[:, 0], wrong[:, 1])

    def fit(self) -> None:
        """Show the whole map."""
        extent = self._extent
        self.show_range(extent.left(), extent.right(), extent.top(), extent.bottom())

    def _tell(self, x: float, y: float) -> None:
        answers, surface, extent = self.answers, self._surface, self._extent
        if answers is None or surface is None or not extent.contains(x, y):
            self.card.hide()
            return
        rows, columns = surface.shape[:2]
        row = min(int((y - extent.top()) / extent.height() * rows), rows - 1)
        column = min(int((x - extent.left()) / extent.width() * columns), columns - 1)
        lines: list[Row] = [
            (class_colour(i).name(), tr("plots.class", name=answers.name(i)), percent(float(p)))
            for i, p in enumerate(surface[row, column])
        ]
        first, second = (feature_name(answers.dataset, i) for i in (0, 1))
        heading = f"{first} = {number(x)}, {second} = {number(y)}"
        self.card.tell(heading, lines, self.mapTo(self.card.room, self.mouse))

    def retranslate(self) -> None:
        """Show the words of the present language."""
        dataset: DataName = self.answers.dataset if self.answers is not None else ""
        self.set_axis_words(feature_name(dataset, 0), feature_name(dataset, 1))
        self.setAccessibleName(tr("plots.map"))
        self.setAccessibleDescription(tr("plots.map.help"))

    def recolour(self) -> None:
        super().recolour()
        self.card.hide()
        self._draw()


class MapPage(QWidget):
    """Gives a map the shape of its plane, in the middle; in a low panel up to twice as broad."""

    def __init__(self, map: DecisionMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map = map
        map.setParent(self)
        map.card = HoverCard(self)  # beside the map there is room

    def resizeEvent(self, event: QResizeEvent) -> None:
        height = self.height()
        broad = max(height, min(STRETCH * height, BROAD))
        width = min(self.width(), broad + AXES)
        self.map.setGeometry((self.width() - width) // 2, 0, width, height)


def coloured(shares: Numbers) -> NDArray[np.uint8]:
    """Probabilities (S, S, K) as colours (S, S, 3): the class's, the stronger the surer."""
    count = shares.shape[-1]
    inks = np.array([_rgb(class_colour(i)) for i in range(count)], dtype=np.float64)
    paper = np.array(_rgb(colour("panel")), dtype=np.float64)
    sure = (np.max(shares, axis=-1) - 1 / count) / (1 - 1 / count) if count > 1 else shares[..., 0]
    strength = (LEAST + (MOST - LEAST) * np.clip(sure, 0.0, 1.0))[..., np.newaxis]
    ink = inks[np.argmax(shares, axis=-1)]
    mixed: NDArray[np.uint8] = np.rint(paper + strength * (ink - paper)).astype(np.uint8)
    return mixed


def _rgb(tint: QColor) -> tuple[int, int, int]:
    return tint.red(), tint.green(), tint.blue()
