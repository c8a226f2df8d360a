"""The way an edge takes: a direct curve, or a lane around the boxes that stand in between."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from gui.box import WIDTH

BEND = 36.0  # width of the curve into a lane; boxes of a chain are 40 apart
CLEAR = 22.0  # from a box to a lane
FREE = 16.0  # from a box to a way back
APART = 12.0
BESIDE = 8.0  # from one way back to another
ROW = 56.0  # from the ports of a box to a lane below it
TURN = 20.0  # from a port to the turn back
CORNER = 14.0  # radius of a rounded corner
SAMPLES = tuple(i / 16 for i in range(1, 16))


class Router:
    """Finds ways around `boxes` (by id, none wider than WIDTH); keeps lanes apart."""

    def __init__(self, boxes: Mapping[str, QRectF]) -> None:
        self._boxes = sorted((box.left(), box.top(), box.bottom(), id) for id, box in boxes.items())
        self._lefts = [box[0] for box in self._boxes]
        self._lanes: list[tuple[float, float, float]] = []  # left, right, y
        self._sides: list[tuple[float, float, float]] = []  # top, bottom, x

    def way(self, start: QPointF, end: QPointF, ends: Iterable[str], below: bool) -> QPainterPath:
        """The path from `start` to `end`; `ends` are the boxes it may touch."""
        if end.x() < start.x():
            return self._back(start, end)
        direct = curve(start, end)
        if end.x() < start.x() + 2 * BEND or not self._meets(direct, start, end, ends):
            return direct
        sides = (1,) if below else (-1, 1)
        found = [self._lane(start, end, side) for side in sides]
        lane = min(found, key=lambda y: abs(y - start.y()) + abs(y - end.y()))
        self._lanes.append((start.x(), end.x(), lane))
        return along(start, end, lane)

    def _back(self, start: QPointF, end: QPointF) -> QPainterPath:
        """A way back whose upright parts lie beside those of other ways."""
        lane = self._between(start, end)
        right = self._side(start.x() + TURN, start.y(), lane, 1)
        left = self._side(end.x() - TURN, lane, end.y(), -1)
        return back(start, end, lane, right - start.x(), end.x() - left)

    def _side(self, x: float, start: float, end: float, way: int) -> float:
        """The nearest upright from `x` on that is free between two heights."""
        low, high = sorted((start, end))
        while any(a < high and b > low and abs(x - at) < BESIDE for a, b, at in self._sides):
            x += way * BESIDE
        self._sides.append((low, high, x))
        return x

    def _column(self, left: float, right: float) -> list[tuple[float, float, float, str]]:
        """The boxes that reach between two verticals."""
        first = bisect_right(self._lefts, left - WIDTH)
        return self._boxes[first : bisect_left(self._lefts, right)]

    def _meets(self, path: QPainterPath, start: QPointF, end: QPointF, ends: Iterable[str]) -> bool:
        high, low = min(start.y(), end.y()), max(start.y(), end.y())
        boxes = [
            QRectF(left, top, WIDTH, bottom - top)
            for left, top, bottom, id in self._column(start.x(), end.x())
            if top < low + 1.0 and bottom > high - 1.0 and id not in ends
        ]
        return bool(boxes) and any(
            box.contains(path.pointAtPercent(share)) for share in SAMPLES for box in boxes
        )

    def _between(self, start: QPointF, end: QPointF) -> float:
        """The height for a way back: free of boxes, as near as can be to half way."""
        middle = half_way(start, end)
        busy = self._busy(end.x() - TURN, start.x() + TURN)
        low, high = sorted((start.y(), end.y()))
        free = [y for span in busy for y in span]
        if not any(top < middle < bottom for top, bottom in busy):
            free.insert(0, middle)
        # between the two ends first, then around
        return min(free, key=lambda y: (not low <= y <= high, abs(y - middle)), default=middle)

    def _busy(self, left: float, right: float) -> list[tuple[float, float]]:
        """The heights between which boxes stand in the way, from the top down, without overlaps."""
        spans: list[tuple[float, float]] = []
        column = self._column(left, right)
        for top, bottom in sorted((top - FREE, bottom + FREE) for _, top, bottom, _ in column):
            if spans and top < spans[-1][1]:
                spans[-1] = spans[-1][0], max(spans[-1][1], bottom)
            else:
                spans.append((top, bottom))
        return spans

    def _lane(self, start: QPointF, end: QPointF, side: int) -> float:
        """The nearest free height on one side (1: below): go on past every box in the way."""
        left, right = start.x(), end.x()
        lane = max(start.y(), end.y()) if side > 0 else min(start.y(), end.y())
        heights = [(top, bottom) for _, top, bottom, _ in self._column(left, right)]
        heights.sort(key=lambda box: box[0] if side > 0 else -box[1])
        for top, bottom in heights:
            if top - CLEAR < lane < bottom + CLEAR:
                lane = bottom + CLEAR if side > 0 else top - CLEAR
        while any(a < right and b > left and abs(y - lane) < APART for a, b, y in self._lanes):
            lane += side * APART
        return lane


def curve(start: QPointF, end: QPointF) -> QPainterPath:
    """A cubic curve that leaves and arrives horizontally; backwards, between the rows of boxes."""
    if end.x() < start.x():
        return back(start, end, half_way(start, end))
    reach = min(max(abs(end.x() - start.x()) / 2, 24.0), 120.0)
    path = QPainterPath(start)
    path.cubicTo(QPointF(start.x() + reach, start.y()), QPointF(end.x() - reach, end.y()), end)
    return path


def half_way(start: QPointF, end: QPointF) -> float:
    """The height between two rows; below both ends if they are in one row."""
    apart = end.y() - start.y()
    return start.y() + apart / 2 if abs(apart) > 2 * ROW else max(start.y(), end.y()) + ROW


def back(
    start: QPointF, end: QPointF, lane: float, out: float = TURN, into: float = TURN
) -> QPainterPath:
    """Out to the right, back in the height `lane`, and in from the left, round the corners.

    out, into : from the ports to the turns
    """
    right, left = start.x() + out, end.x() - into
    corners = [QPointF(x, y) for x, y in ((right, start.y()), (right, lane), (left, lane))]
    corners += [QPointF(left, end.y()), end]
    path, before = QPainterPath(start), start
    for corner, after in pairwise(corners):
        path.lineTo(_towards(corner, before))
        path.quadTo(corner, _towards(corner, after))
        before = corner
    path.lineTo(end)
    return path


def _towards(corner: QPointF, other: QPointF) -> QPointF:
    """A point near `corner` on the way to `other`, where the rounding begins."""
    way = other - corner
    length = max(abs(way.x()) + abs(way.y()), 1e-9)  # one of the two is 0
    return corner + way * min(CORNER / length, 0.5)


def along(start: QPointF, end: QPointF, lane: float) -> QPainterPath:
    """A curve into the height `lane`, along it, and out of it again."""
    first, last = QPointF(start.x() + BEND, lane), QPointF(end.x() - BEND, lane)
    path = QPainterPath(start)
    path.cubicTo(QPointF(first.x(), start.y()), QPointF(start.x(), lane), first)
    path.lineTo(last)
    path.cubicTo(QPointF(end.x(), lane), QPointF(last.x(), end.y()), end)
    return path
