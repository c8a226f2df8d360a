"""Predicted numbers against true ones; of a single feature, the curve that was learnt."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from engine.protocol import Predictions
from engine.spec.sources import Facts
from gui.class_names import DataName, feature_name
from gui.formats import number
from gui.hover_card import HoverCard
from gui.plots.answers import Numbers
from gui.plots.graph import Graph, pen
from gui.theme import colour
from gui.upkeep import keep_up
from gui.words import tr

DOT = 7
ROOM = 0.06  # around what is shown, as a share of it


class ValuePlot(Graph):
    """Either samples and curve over one feature, or predicted over true values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_curve = False
        self._dataset: DataName = ""
        self._range = (0.0, 1.0, 0.0, 1.0)
        self.samples = pg.ScatterPlotItem(size=DOT, pxMode=True)
        self.line = pg.PlotCurveItem(antialias=True)  # the learnt curve, or where both are equal
        self.addItem(self.samples, ignoreBounds=True)
        self.addItem(self.line, ignoreBounds=True)
        self.card = HoverCard(self)
        self.pointed.connect(self._tell)
        self.left.connect(self.card.hide)
        self.reset_wanted.connect(self.fit)
        keep_up(self, self.retranslate, self.recolour)

    def show_predictions(self, predictions: Predictions, dataset: DataName) -> None:
        """Show predictions whose task is "values"."""
        inputs = np.asarray(predictions.inputs, dtype=np.float64)
        true = np.asarray(predictions.targets, dtype=np.float64).reshape(len(inputs), -1)
        said = np.asarray(predictions.outputs, dtype=np.float64).reshape(len(inputs), -1)
        is_curve = inputs[:1].size == 1 and true.shape[1] == 1
        is_other = is_curve != self.is_curve or dataset != self._dataset
        self.is_curve, self._dataset = is_curve, dataset
        if is_curve:
            x, y = inputs.ravel(), true.ravel()
            curve_x, curve_y = _curve(predictions, x, said.ravel())
        else:
            x, y = true.ravel(), said.ravel()
            ends = _extent(np.concatenate([x, y]))
            curve_x = curve_y = np.array(ends)
        seen = np.isfinite(x) & np.isfinite(y)
        self.samples.setData(x[seen], y[seen])
        self.line.setData(curve_x, curve_y, connect="finite")
        wanted = (*_extent(np.concatenate([x, curve_x])), *_extent(np.concatenate([y, curve_y])))
        if is_other or _is_far(wanted, self._range):
            self._range = wanted
            self.fit()
        if is_other:
            self.retranslate()
            self.recolour()

    def fit(self) -> None:
        """Show all samples."""
        self.show_range(*self._range)

    def _tell(self, x: float, y: float) -> None:
        bottom, side = self._axis_words()
        rows = [("", bottom, number(x)), ("", side, number(y))]
        self.card.tell(tr("plots.values.here"), rows, self.mouse)

    def _axis_words(self) -> tuple[str, str]:
        if self.is_curve:
            return feature_name(self._dataset, 0), self._true_name() or tr("plots.values.y")
        return tr("plots.values.true"), tr("plots.values.predicted")

    def _true_name(self) -> str:
        """What a person's own data calls the number to be predicted."""
        names = self._dataset.target_names if isinstance(self._dataset, Facts) else ()
        return names[0] if names else ""

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.set_axis_words(*self._axis_words())
        self.setAccessibleName(tr("plots.values"))
        self.setAccessibleDescription(tr("plots.reset.help"))

    def recolour(self) -> None:
        super().recolour()
        dots = colour("validation")  # as in the curves
        dots.setAlpha(190)
        self.samples.setBrush(dots)
        self.samples.setPen(pen("panel"))
        is_learnt = self.is_curve
        style = Qt.PenStyle.SolidLine if is_learnt else Qt.PenStyle.DashLine
        self.line.setPen(pen("text" if is_learnt else "faint", 2 if is_learnt else 1, style))


def _curve(predictions: Predictions, x: Numbers, said: Numbers) -> tuple[Numbers, Numbers]:
    """The answers over the whole range if the engine sent them, otherwise those on the samples."""
    if predictions.surface is not None and predictions.extent is not None:
        y = np.asarray(predictions.surface, dtype=np.float64).ravel()
        return np.linspace(*predictions.extent[:2], len(y)), y
    order = np.argsort(x, kind="stable")
    return x[order], said[order]


def _extent(values: Numbers) -> tuple[float, float]:
    found = values[np.isfinite(values)]
    if not len(found):
        return 0.0, 1.0
    low, high = float(found.min()), float(found.max())
    room = ROOM * (high - low) or 0.5
    return low - room, high + room


def _is_far(wanted: tuple[float, ...], shown: tuple[float, ...]) -> bool:
    """Whether a range no longer suits: something would be outside, or much would be empty."""
    for low, high, shown_low, shown_high in (
        (*wanted[:2], *shown[:2]),
        (*wanted[2:], *shown[2:]),
    ):
        slack = ROOM * (shown_high - shown_low)
        if low < shown_low - slack or high > shown_high + slack:
            return True
        if high - low < 0.6 * (shown_high - shown_low):
            return True
    return False
