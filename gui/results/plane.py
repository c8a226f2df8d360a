"""A small chart: title, two axes with round numbers, spots that tell what they are.

Drawn by hand, so that it is the same on the screen and in a picture made of lines.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.hover_card import HoverCard, Row
from gui.results.scores import Numbers
from gui.theme import FONT_POINTS, STEP, colour, font, px, theme
from gui.ticks import SHARE_STEPS, STEPS, linear_ticks
from gui.upkeep import keep_up

BETWEEN = (56, 26)  # pixels between marks of an axis: across, up
NEAR = 60  # pixels from a spot that is still meant
DOT = 3.0
SMALL = FONT_POINTS - 1
RIGHT = 26  # pixels beside the data: half of the last number
NOTHING = np.zeros((0, 2))


@dataclass(frozen=True)
class View:
    """The part of the plane that is shown, and whether an axis counts shares of a whole."""

    left: float
    right: float
    bottom: float
    top: float
    shares: tuple[bool, bool] = (False, False)  # across, up
    counts: bool = False  # whether whole numbers are told upwards


UNIT = View(0.0, 1.0, 0.0, 1.0, (True, True))


class Plane(QWidget):
    """What kinds of charts draw (`draw_data`) and say (`words`, `told`) is theirs."""

    def __init__(self, room: QWidget) -> None:
        """`room` is where the card beside the mouse may lie."""
        super().__init__(room)
        self.view = UNIT
        self.spots: Numbers = NOTHING  # (N, 2), in the order of the keys
        self.at: int | None = None  # the spot that is told
        self.card = HoverCard(room)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, policy)
        keep_up(self, self.retranslate, self.update)

    # what kinds of charts say and draw

    def words(self) -> tuple[str, str, str]:
        """The title, and the names of the axes across and up."""
        return "", "", ""

    def told(self, spot: int) -> tuple[str, list[Row]]:
        """A heading and rows about a spot."""
        return "", []

    def draw_data(self, painter: QPainter) -> None:
        """Draw what the chart is about; outside the view nothing is seen."""

    def show_spots(self, spots: Numbers, view: View) -> None:
        """Show other spots in a part of the plane."""
        self.spots, self.view = spots, view
        if self.at is not None and self.at >= len(spots):
            self.at = None
            self.card.hide()
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Say what the chart is."""
        self.setAccessibleName(self.words()[0])

    # places

    def area(self) -> QRectF:
        """Where the data are."""
        metrics = QFontMetricsF(font(SMALL))
        line, gap = metrics.height(), px(STEP)
        marks = max((metrics.horizontalAdvance(text) for _, text in self._marks(1)), default=0.0)
        left = line + 2 * gap + marks
        return QRectF(
            left,
            line + 2 * gap,
            max(self.width() - left - px(RIGHT), 1),
            max(self.height() - 3 * line - 4 * gap, 1),
        )

    def place(self, x: float, y: float) -> QPointF:
        """Where a point of the plane is."""
        area, view = self.area(), self.view
        return QPointF(
            area.left() + area.width() * (x - view.left) / (view.right - view.left),
            area.bottom() - area.height() * (y - view.bottom) / (view.top - view.bottom),
        )

    def polygon(self, points: Numbers) -> QPolygonF:
        """Points of the plane, (N, 2), where they are."""
        origin, one = self.place(0, 0), self.place(1, 1)
        xs = origin.x() + points[:, 0] * (one.x() - origin.x())
        ys = origin.y() + points[:, 1] * (one.y() - origin.y())
        return QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)])

    def _marks(self, axis: int) -> list[tuple[float, str]]:
        """Places and texts of the marks across (0) or up (1)."""
        view = self.view
        low, high = (view.bottom, view.top) if axis else (view.left, view.right)
        length = self.height() - px(70) if axis else self.width() - px(70)
        most = max(2, int(length / px(BETWEEN[axis])))
        is_share = view.shares[axis]
        least = 1.0 if axis and view.counts else 0.0
        steps = SHARE_STEPS if is_share else STEPS
        step, places = linear_ticks(low, high, most, steps, least)
        return [(place, mark_text(place, step, is_share)) for place in places]

    # painting

    def paintEvent(self, event: object) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_axes(painter)
            painter.save()
            painter.setClipRect(self.area().adjusted(-DOT, -DOT, DOT, DOT))
            self.draw_data(painter)
            painter.restore()
            if self.at is not None:
                painter.setPen(line_pen("text", 2))
                painter.setBrush(colour("panel"))
                painter.drawEllipse(self.place(*self.spots[self.at].tolist()), px(4), px(4))
            if self.hasFocus():
                painter.setPen(line_pen("accent", 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), STEP, STEP)

    def _draw_axes(self, painter: QPainter) -> None:
        area, gap = self.area(), px(STEP)
        title, across, up = self.words()
        painter.setFont(font(SMALL))
        line = QFontMetricsF(painter.font()).height()
        middle, right = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight
        for x, text in self._marks(0):
            at = self.place(x, self.view.bottom)
            painter.setPen(line_pen("grid", 1))
            painter.drawLine(at, QPointF(at.x(), area.top()))
            painter.setPen(colour("faint"))
            painter.drawText(QRectF(at.x() - 60, area.bottom() + gap / 2, 120, line), middle, text)
        for y, text in self._marks(1):
            at = self.place(self.view.left, y)
            painter.setPen(line_pen("grid", 1))
            painter.drawLine(at, QPointF(area.right(), at.y()))
            painter.setPen(colour("faint"))
            side = QRectF(0, at.y() - line / 2, area.left() - gap, line)
            painter.drawText(side, right | Qt.AlignmentFlag.AlignVCenter, text)
        below = QRectF(area.left(), area.bottom() + line + gap / 2, area.width(), line)
        painter.drawText(below, middle, across)
        painter.save()
        painter.translate(0, area.bottom())
        painter.rotate(-90)
        metrics = QFontMetricsF(painter.font())
        up = metrics.elidedText(up, Qt.TextElideMode.ElideRight, area.height() + line)
        painter.drawText(QRectF(-line / 2, 0, area.height() + line, line), middle, up)
        painter.restore()
        painter.setFont(font(SMALL, bold=True))
        painter.setPen(colour("text"))
        room = QRectF(area.left(), 0, self.width() - area.left(), line + gap)
        text = QFontMetricsF(painter.font()).elidedText(
            title, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    # telling

    def tell(self, spot: int | None) -> None:
        """Show the card of a spot, or none."""
        self.at = spot
        if spot is None:
            self.card.hide()
        else:
            heading, rows = self.told(spot)
            near = self.place(*self.spots[spot].tolist()).toPoint()
            self.card.tell(heading, rows, self.mapTo(self.card.room, near))
            said = ", ".join(f"{words} {value}" for _, words, value in rows)
            self.setAccessibleDescription(f"{heading}: {said}")
        self.update()

    def nearest(self, place: QPoint) -> int | None:
        """The spot nearest to a place of the widget, if one is near."""
        if not len(self.spots):
            return None
        origin, one = self.place(0, 0), self.place(1, 1)
        away = (self.spots[:, 0] * (one.x() - origin.x()) + origin.x() - place.x()) ** 2
        away += (self.spots[:, 1] * (one.y() - origin.y()) + origin.y() - place.y()) ** 2
        best = int(np.argmin(away))
        return best if away[best] <= px(NEAR) ** 2 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.tell(self.nearest(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.tell(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.spots) - 1
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and last >= 0:
            self.tell(0 if self.at is None else min(max(self.at + step, 0), last))
        elif event.key() == Qt.Key.Key_Escape and self.at is not None:
            self.tell(None)
        else:
            super().keyPressEvent(event)


def line_pen(tint: str | QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A line in a colour of the theme (by name) or in any colour."""
    made = colour(tint) if isinstance(tint, str) else tint
    return QPen(made, width * theme.stroke, style)


def mark_text(value: float, step: float, is_share: bool) -> str:
    """A number on an axis, with no more digits than its neighbours need: 40 %, −1.5, 2e+06."""
    if is_share:
        return f"{100 * value:.0f} %"
    value = 0.0 if abs(value) < step * 1e-9 else value
    digits = max(0, -int(np.floor(np.log10(step) + 1e-9)))
    plain = f"{value:,.{digits}f}" if digits <= 4 and abs(value) < 1e6 else f"{value:.2g}"
    return plain.replace("-", "−")


def around(values: Numbers, room: float = 0.05) -> tuple[float, float]:
    """From a little below all values to a little above them."""
    low, high = float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))
    if not np.isfinite(high - low):
        return 0.0, 1.0
    wide = (high - low) or 1.0
    return low - room * wide, high + room * wide
