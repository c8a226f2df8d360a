"""A picture painted from numbers whose parts tell their values under the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from engine.data_protocol import Shown
from gui.class_names import DataName
from gui.exporting import Cell
from gui.hover_card import HoverCard, Row
from gui.theme import FONT_POINTS, colour, font

STAGES = ("both", "raw", "prepared")  # which of two pictures of the same are shown


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a chart. `key` is its number, for whoever wants to know what was clicked."""

    area: QRectF
    heading: str
    rows: list[Row] = field(default_factory=list)
    key: int = -1


class Chart(QWidget):
    """Knows its spots after each painting; subclasses fill in `paint` and `height_for`."""

    clicked = Signal(int)  # the key of a spot

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Shown | None = None
        self.dataset: DataName = ""
        self.stage = STAGES[0]
        self.spots: list[Spot] = []
        self.card = HoverCard(self)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_data(self, shown: Shown, dataset: DataName, stage: str) -> None:
        """Show other numbers."""
        self.shown, self.dataset, self.stage = shown, dataset, stage
        self.prepare()
        self.fit()
        self.card.hide()
        self.update()

    def prepare(self) -> None:
        """Work out what need not be worked out at each painting."""

    def height_for(self, width: int) -> int:
        """How high the whole picture is; more than is seen is scrolled."""
        return 0

    def fit(self) -> None:
        """Take the height that is needed."""
        self.setMinimumHeight(self.height_for(self.width()))

    def paint(self, painter: QPainter, shown: Shown) -> Iterator[Spot]:
        """Paint everything, and say where what is."""
        raise NotImplementedError(type(self))

    def cells(self, shown: Shown) -> Iterator[list[Cell]]:
        """The numbers as rows of a table, a heading first."""
        raise NotImplementedError(type(self))

    # events

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(FONT_POINTS - 1))
        painter.setPen(colour("text"))
        self.spots = list(self.paint(painter, self.shown))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def spot_at(self, place: QPointF) -> Spot | None:
        """The part of the picture at a place."""
        return next((spot for spot in self.spots if spot.area.contains(place)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        hand = spot is not None and spot.key >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        if spot is None or not (spot.heading or spot.rows):
            self.card.hide()
        else:
            self.card.tell(spot.heading, spot.rows, self._seen(event.position().toPoint()))

    def _seen(self, place: QPoint) -> QPoint:
        """Where the card goes: in the part of the picture that is not scrolled away."""
        return place

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and spot is not None and spot.key >= 0:
            self.clicked.emit(spot.key)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.card.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class Scrolled(QScrollArea):
    """A chart that scrolls where it is higher than its room."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = chart
        self.setWidget(chart)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        chart.setAutoFillBackground(False)


def faded(tint: QColor, alpha: int) -> QColor:
    """A colour with another opacity, 0 to 255."""
    made = QColor(tint)
    made.setAlpha(alpha)
    return made


def elided(painter: QPainter, area: QRectF, text: str, flags: Qt.AlignmentFlag) -> None:
    """Draw one line of text, cut with … where there is no room."""
    mode = Qt.TextElideMode.ElideRight
    painter.drawText(area, flags, painter.fontMetrics().elidedText(text, mode, int(area.width())))
