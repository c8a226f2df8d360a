"""Where a box that is being moved lines up with its neighbours: edges, middles and equal gaps.

Everything is worked out along one axis at a time; for the other axis, rectangles are turned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QRectF

EXACT = 0.5  # scene pixels: what counts as lined up
BAR = 0.85  # at which height of a box a gap is shown: below the connections
CLEAR = 6.0  # how far a line goes beyond the boxes that it joins


@dataclass(frozen=True, slots=True)
class Span:
    """A rectangle seen along one axis: from `low` to `high`, and across it `near` to `far`."""

    low: float
    high: float
    near: float
    far: float

    @property
    def lines(self) -> tuple[float, float, float]:
        """What others line up with: first edge, middle, last edge."""
        return self.low, (self.low + self.high) / 2, self.high

    def moved(self, by: float) -> Span:
        """The same, further along."""
        return Span(self.low + by, self.high + by, self.near, self.far)

    def faces(self, other: Span) -> bool:
        """Whether both stand in one row."""
        return self.near < other.far and other.near < self.far


class Neighbours:
    """The boxes that stay where they are while others are moved."""

    def __init__(self, boxes: Iterable[QRectF]) -> None:
        rectangles = list(boxes)
        self._across = [_span(box) for box in rectangles]
        self._down = [_turned(span) for span in self._across]

    def snap(self, box: QRectF, reach: float) -> tuple[float | None, float | None]:
        """How far to move `box` in x and in y so that it lines up; None where nothing is near."""
        across = _span(box)
        x = _nearest(across, self._across, reach)
        y = _nearest(_turned(across), self._down, reach)
        return x, y

    def guides(self, box: QRectF) -> tuple[tuple[QLineF, ...], tuple[QLineF, ...]]:
        """The lines that `box` shares with neighbours, and the equal gaps beside it."""
        across = _span(box)
        down = _turned(across)
        upright, levels = _shared(across, self._across), _shared(down, self._down)
        lines = [QLineF(at, near, at, far) for at, near, far in upright]
        lines += [QLineF(near, at, far, at) for at, near, far in levels]
        gaps = [QLineF(low, at, high, at) for low, high, at in _equal(across, self._across)]
        gaps += [QLineF(at, low, at, high) for low, high, at in _equal(down, self._down)]
        return tuple(lines), tuple(gaps)


def _span(box: QRectF) -> Span:
    return Span(box.left(), box.right(), box.top(), box.bottom())


def _turned(span: Span) -> Span:
    return Span(span.near, span.far, span.low, span.high)


def _nearest(box: Span, others: Sequence[Span], reach: float) -> float | None:
    """The shortest way to a place where `box` lines up; edges before gaps if both are as near."""
    ways = [
        theirs - ours
        for other in others
        for ours, theirs in zip(box.lines, other.lines, strict=True)
    ]
    ways += [low - box.low for low in _even_places(box, others)]
    near = [way for way in ways if abs(way) <= reach]
    return min(near, key=abs, default=None)


def _beside(box: Span, others: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """The boxes of the same row before and behind, nearest first."""
    row = [other for other in others if other.faces(box)]
    middle = box.lines[1]
    before = sorted((o for o in row if o.lines[1] < middle), key=lambda o: -o.high)
    behind = sorted((o for o in row if o.lines[1] > middle), key=lambda o: o.low)
    return before, behind


def _even_places(box: Span, others: Sequence[Span]) -> list[float]:
    """Where `box` would begin if the gaps beside it were equal."""
    before, behind = _beside(box, others)
    size, places = box.high - box.low, []
    if before and behind and behind[0].low - before[0].high > size:
        places.append((before[0].high + behind[0].low - size) / 2)
    if len(before) > 1 and before[0].low > before[1].high:
        places.append(before[0].high + before[0].low - before[1].high)
    if len(behind) > 1 and behind[1].low > behind[0].high:
        places.append(behind[0].low - (behind[1].low - behind[0].high) - size)
    return places


def _shared(box: Span, others: Sequence[Span]) -> list[tuple[float, float, float]]:
    """Lines on which `box` and others lie: where, and from where to where across."""
    found = []
    for place, ours in enumerate(box.lines):
        same = [o for o in others if abs(o.lines[place] - ours) <= EXACT]
        if same:
            near = min(box.near, *(o.near for o in same)) - CLEAR
            far = max(box.far, *(o.far for o in same)) + CLEAR
            found.append((ours, near, far))
    edges = [line for line in found if line[0] != box.lines[1]]
    return edges or found  # boxes of one size share all three: the outer two say it


def _equal(box: Span, others: Sequence[Span]) -> list[tuple[float, float, float]]:
    """Gaps in the row of `box` that are as wide as those beside it: from, to, and where across."""
    if not any(abs(low - box.low) <= EXACT for low in _even_places(box, others)):
        return []
    before, behind = _beside(box, others)
    row = [*reversed(before[:2]), box, *behind[:2]]
    level = box.near + (box.far - box.near) * BAR
    gaps = [(a.high, b.low, level) for a, b in pairwise(row) if b.low > a.high]
    own = [high - low for low, high, _ in gaps if box.low == high or box.high == low]
    widths = [
        w for w in own if sum(abs((high - low) - w) <= 2 * EXACT for low, high, _ in gaps) > 1
    ]
    return [g for g in gaps if any(abs(g[1] - g[0] - w) <= 2 * EXACT for w in widths)]
