"""pyqtgraph as Layerwise uses it: our colours and fonts, readable axes, fixed ranges, no menus.

pyqtgraph's own context menu is English only and its automatic ranges cost time on every frame, so
both are off. Ranges are set by whoever owns the data; zooming and panning stay with the person.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.formats import power_of_ten
from gui.theme import FONT_POINTS, colour, font, px, theme
from gui.ticks import SHARE_STEPS, STEPS, linear_ticks, log_ticks

pg.setConfigOptions(antialias=False, imageAxisOrder="row-major", useOpenGL=False)

TICK_POINTS = FONT_POINTS - 1
PIXELS_BETWEEN = {"bottom": 90, "top": 60, "left": 30, "right": 30}  # marks of an axis
GRID_ALPHA = 150
EDGE = 10  # pixels
SIDE_WIDTH, SIDE_STEP, SIDE_WORDS = 58, 12, 30  # pixels: at least, grows by, beside the numbers
LEAST_PLAIN, MOST_PLAIN = 1e-3, 1e6  # numbers that an axis shows without a power of ten
ZOOM = 0.8  # of the range, at a press of +


def pen(
    tint: str | QColor, width: int = 1, style: Qt.PenStyle = Qt.PenStyle.SolidLine, alpha: int = 255
) -> QPen:
    """A line in a colour of the theme (by name) or in any colour."""
    made = QColor(tint) if isinstance(tint, QColor) else colour(tint)
    made.setAlpha(alpha)
    drawn = QPen(made, width * theme.stroke, style)
    drawn.setCosmetic(True)
    return drawn


def plain(value: float) -> str:
    """A number on an axis: 20,000; 0.05; −1.5; 2×10¹⁸."""
    size = abs(value)
    if size >= MOST_PLAIN or 0 < size < LEAST_PLAIN * (1 - 1e-9):
        return ("−" if value < 0 else "") + raised(size)
    rounded = round(value, 12) or 0.0  # neither 0.30000000000000004 nor −0
    return f"{rounded:,.12g}".replace("-", "−")


def raised(size: float) -> str:
    """A positive number on an axis with a power of ten, and no more digits than it needs."""
    digits = next((d for d in range(3) if math.isclose(float(f"{size:.{d}e}"), size)), 3)
    return power_of_ten(size, digits)


class Axis(pg.AxisItem):
    """An axis whose marks are plain numbers: 20,000; 0.05; 80 %."""

    def __init__(self, side: str) -> None:
        super().__init__(side, maxTickLength=-4)
        self.between = PIXELS_BETWEEN[side]
        self.is_logarithmic = False
        self.is_share = False
        self.is_whole = False
        self.enableAutoSIPrefix(False)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[Any]:  # noqa: N803
        low, high = sorted((minVal, maxVal))
        most = max(2, int(size / self.between))
        if self.is_logarithmic:
            return [(1.0, log_ticks(low, high, most))]
        steps = SHARE_STEPS if self.is_share else STEPS
        return [linear_ticks(low, high, most, steps, least=1.0 if self.is_whole else 0.0)]

    def boundingRect(self) -> QRectF:
        """A little more than pyqtgraph's, so that the marks at the very ends keep their numbers."""
        rect: QRectF = super().boundingRect()
        if self.orientation == "left":
            return rect.adjusted(0, -EDGE, 0, EDGE)
        return rect.adjusted(-2 * EDGE, 0, 2 * EDGE, 0)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        texts = self._texts(values, spacing)
        if self.orientation == "left":
            self._make_room(texts)
        return texts

    def _make_room(self, texts: list[str]) -> None:
        """Be as wide as the longest number and the axis's name beside it need."""
        letters = QFontMetricsF(font(TICK_POINTS))
        longest = max((letters.horizontalAdvance(text) for text in texts), default=0.0)
        steps = math.ceil(max(0.0, longest + SIDE_WORDS - SIDE_WIDTH) / SIDE_STEP)
        if (width := SIDE_WIDTH + steps * SIDE_STEP) != self.fixedWidth:
            self.setWidth(width)

    def _texts(self, values: Sequence[float], spacing: float) -> list[str]:
        if self.is_logarithmic:
            sizes = [10.0**value for value in values]
            if min(sizes, default=1.0) < LEAST_PLAIN * (1 - 1e-9):
                return [plain(s) if s >= 1 - 1e-9 else raised(s) for s in sizes]  # all alike
            return [plain(size) for size in sizes]
        if self.is_share:
            step = 100 * spacing
            digits = next((d for d in range(6) if math.isclose(round(step, d), step)), 6)
            return [f"{100 * value:.{digits}f} %" for value in values]
        return [plain(value) for value in values]


class Graph(pg.PlotWidget):
    """A plot in the colours of the theme."""

    pointed = Signal(float, float)  # the mouse is at x, y of the plot
    left = Signal()  # the mouse has gone
    moved = Signal()  # the person zoomed or panned
    reset_wanted = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.bottom, self.side = Axis("bottom"), Axis("left")
        self.mouse = QPoint()  # where it was last, in pixels of the widget
        self._words = "", ""
        axes = {"bottom": self.bottom, "left": self.side}
        super().__init__(parent, axisItems=axes, enableMenu=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        item = self.getPlotItem()
        item.hideButtons()
        item.setContentsMargins(0, 4, 2 * EDGE, 0)
        self.box.disableAutoRange()
        self.box.setDefaultPadding(0)
        self.box.sigRangeChangedManually.connect(lambda _: self.moved.emit())
        self.side.setGrid(GRID_ALPHA)
        self.bottom.setHeight(px(36))
        self.side.setWidth(SIDE_WIDTH)

    def setAccessibleName(self, name: str) -> None:  # Qt's name
        """Name what takes the keys, and the surface inside it, which Qt shows beside it."""
        super().setAccessibleName(name)
        self.viewport().setAccessibleName(name)

    @property
    def box(self) -> Any:
        """pyqtgraph's ViewBox: the inner part of the plot."""
        return self.getPlotItem().getViewBox()

    @property
    def view(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of what is seen."""
        (left, right), (bottom, top) = self.box.viewRange()
        return left, right, bottom, top

    def show_range(self, left: float, right: float, bottom: float, top: float) -> None:
        """Show just this part of the plane."""
        if self.view != (left, right, bottom, top):
            self.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)

    def set_axis_words(self, bottom: str, side: str) -> None:
        """Name the axes."""
        self._words = bottom, side
        style = {"color": colour("faint").name(), "font-size": f"{TICK_POINTS * theme.factor}pt"}
        self.bottom.setLabel(bottom, **style)
        if side:
            self.side.setLabel(side, **style)

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.setBackground(colour("panel"))
        for axis in self.axes():
            axis.setPen(pen("border"))
            axis.setTickPen(pen("border"))
            axis.setTextPen(pen("faint"))
            axis.setTickFont(font(TICK_POINTS))
            axis.setStyle(tickTextOffset=6, autoExpandTextSpace=False, hideOverlappingLabels=False)
        self.set_axis_words(*self._words)

    def axes(self) -> list[Any]:
        """The axes that carry marks."""
        return [self.bottom, self.side]

    def zoom(self, factor: float) -> None:
        """Show `factor` of the present range, around its middle."""
        self.box.scaleBy((factor, factor))
        self.moved.emit()

    # events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.mouse = event.position().toPoint()
        position = self.mapToScene(self.mouse)
        if self.box.sceneBoundingRect().contains(position):
            place: QPointF = self.box.mapSceneToView(position)
            self.pointed.emit(place.x(), place.y())
        else:
            self.left.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(ZOOM)
            case Qt.Key.Key_Minus:
                self.zoom(1 / ZOOM)
            case Qt.Key.Key_Home | Qt.Key.Key_0:
                self.reset_wanted.emit()
            case _:
                event.ignore()

    def resizeEvent(self, event: Any) -> None:  # pyqtgraph also calls it with None
        super().resizeEvent(event)
        self.resized.emit()
