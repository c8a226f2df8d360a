"""One histogram, painted into any rectangle, small or large, with what its bins hold."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from engine.data_protocol import Spread
from gui.data.chart import Spot, elided, faded
from gui.formats import count, number, percent
from gui.theme import FONT_POINTS, STEP, colour, font
from gui.words import tr

AXIS = 16  # height of the numbers below
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
MIDDLE = Qt.AlignmentFlag.AlignCenter


def paint_histogram(
    painter: QPainter,
    area: QRectF,
    spread: Spread,
    ink: QColor,
    heading: str,
    categories: tuple[str, ...] = (),
) -> Iterator[Spot]:
    """Bars over an axis; a thin line marks the mean. Every bin tells its range and its count."""
    counts = spread.counts
    if not len(counts):
        painter.setPen(colour("faint"))
        painter.drawText(area, MIDDLE, tr("shown.nothing"))
        return
    inner = area.adjusted(0, 2, 0, -AXIS)
    highest, width = max(int(counts.max()), 1), inner.width() / len(counts)
    gap = 1.0 if width > 4 else 0.0
    total = max(int(counts.sum()), 1)
    for i, value in enumerate(counts.tolist()):
        height = inner.height() * value / highest
        bar = QRectF(inner.left() + i * width, inner.bottom() - height, width - gap, height)
        painter.fillRect(bar, ink)
        words = _bin(spread, i, categories)
        rows = [("", words, ""), ("", tr("shown.count"), count(value))]
        rows.append(("", tr("shown.share"), percent(value / total)))
        room = QRectF(inner.left() + i * width, inner.top(), width, inner.height())
        yield Spot(room, heading, rows)
    painter.setPen(QPen(colour("border"), 1))
    painter.drawLine(inner.bottomLeft(), inner.bottomRight())
    _paint_axis(
        painter, QRectF(area.left(), inner.bottom(), area.width(), AXIS), spread, categories
    )
    if not categories and len(spread.edges) > 1:
        _paint_mean(painter, inner, spread)


def _paint_axis(
    painter: QPainter, area: QRectF, spread: Spread, categories: tuple[str, ...]
) -> None:
    painter.setFont(font(FONT_POINTS - 2))
    painter.setPen(colour("faint"))
    if categories:
        width = area.width() / len(categories)
        if width >= 24:
            for i, name in enumerate(categories):
                place = QRectF(area.left() + i * width, area.top(), width - 2, AXIS)
                elided(painter, place, name, MIDDLE)
            return
        low, high = categories[0], categories[-1]
    else:
        low, high = number(spread.low), number(spread.high)
    half = area.width() / 2 - STEP
    elided(painter, QRectF(area.left(), area.top(), half, AXIS), low, LEFT)
    elided(painter, QRectF(area.right() - half, area.top(), half, AXIS), high, RIGHT)


def _paint_mean(painter: QPainter, inner: QRectF, spread: Spread) -> None:
    first, last = float(spread.edges[0]), float(spread.edges[-1])
    x = inner.left() + inner.width() * (spread.mean - first) / (last - first)
    painter.setPen(QPen(faded(colour("text"), 170), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(x, inner.top()), QPointF(x, inner.bottom()))


def _bin(spread: Spread, index: int, categories: tuple[str, ...]) -> str:
    """What a bin holds: a category, a whole number, or all values between two."""
    if not len(spread.edges):
        return categories[index] if index < len(categories) else str(index)
    low, high = float(spread.edges[index]), float(spread.edges[index + 1])
    if math.isclose(high - low, 1.0) and math.isclose(low % 1.0, 0.5):
        return number(low + 0.5) if low + 0.5 < 0 else count(round(low + 0.5))
    return f"{number(low)} … {number(high)}"


def statistics(spread: Spread, with_gaps: bool = True) -> list[tuple[str, str]]:
    """The numbers that sum a column up, each with its word."""
    found = [
        (tr("shown.mean"), mean_text(spread)),
        (tr("shown.deviation"), number(spread.deviation)),
        (tr("shown.low"), number(spread.low)),
        (tr("shown.high"), number(spread.high)),
    ]
    if with_gaps:
        found.append((tr("shown.gaps"), count(spread.gaps)))
    return found


def mean_text(spread: Spread) -> str:
    """The mean; what rounding leaves of 0 is 0."""
    return number(0.0 if abs(spread.mean) < 1e-6 * spread.deviation else spread.mean)
