"""What a brush does to painted points: spraying, setting single ones, erasing. No Qt here.

Places are those of the surface, from -1 to 1 in both directions, upwards positive.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

from engine.spec.painting import MOST_CLASSES, MOST_POINTS, Point, Points
from gui.specimens import specimens

SPRAY, SINGLE, ERASER = "spray", "single", "eraser"
TOOLS = (SPRAY, SINGLE, ERASER)
DIGITS = 3  # behind the point, of a place
ROOM = 0.95  # of the surface, for points that are copied in


@dataclass(slots=True)
class Brush:
    """What is in the hand. `density` points fall at each dab, `radius` is that of the dab."""

    tool: str = SPRAY
    label: int = 0
    radius: float = 0.12
    density: int = 6
    seed: int = 0


@dataclass(slots=True)
class Stroke:
    """One stroke, from pressing to letting go; `points` are all points as they would be then.

    Points fall by chance, and yet the same stroke after the same points brings the same ones.
    """

    brush: Brush
    points: Points
    added: list[Point] = field(default_factory=list)  # by the last dab
    erased: bool = False  # whether the last dab took points away
    _last: tuple[float, float] | None = None

    def touch(self, x: float, y: float) -> None:
        """Bring the brush to a place; along a way, dabs follow each other closely."""
        self.added, self.erased = [], False
        if self._last is None:
            self._dab(x, y)
            return
        if self.brush.tool == SINGLE:
            return  # one press, one point
        before = self._last
        way = math.dist(before, (x, y))
        count = int(way / max(self.brush.radius / 2, 0.01))
        for i in range(1, count + 1):
            share = i / count
            self._dab(before[0] + share * (x - before[0]), before[1] + share * (y - before[1]))

    def _dab(self, x: float, y: float) -> None:
        self._last = x, y
        if self.brush.tool == ERASER:
            reach = self.brush.radius**2
            kept = tuple(p for p in self.points if (p[0] - x) ** 2 + (p[1] - y) ** 2 > reach)
            self.erased = self.erased or len(kept) < len(self.points)
            self.points = kept
            return
        single = self.brush.tool == SINGLE
        new = [(x, y)] if single else self._scattered(x, y)
        room = MOST_POINTS - len(self.points)
        fresh = [_point(a, b, self.brush.label) for a, b in new if _is_inside(a, b)][:room]
        self.added += fresh
        self.points = (*self.points, *fresh)

    def _scattered(self, x: float, y: float) -> list[tuple[float, float]]:
        chance = Random(f"{self.brush.seed} {len(self.points)} {x:.3f} {y:.3f}")
        found = []
        for _ in range(self.brush.density):
            away, angle = math.sqrt(chance.random()), chance.random() * 2.0 * math.pi
            away *= self.brush.radius
            found.append((x + away * math.cos(angle), y + away * math.sin(angle)))
        return found


def _is_inside(x: float, y: float) -> bool:
    return abs(x) <= 1.0 and abs(y) <= 1.0


def _point(x: float, y: float, label: int) -> Point:
    return round(x, DIGITS), round(y, DIGITS), label


def counts(points: Points) -> list[int]:
    """How many points each of all possible classes has."""
    found = [0] * MOST_CLASSES
    for _, _, label in points:
        found[label] += 1
    return found


def to_start_from() -> list[str]:
    """The bundled sets whose points can be copied in."""
    return [name for name, kept in specimens().items() if kept.form == "points"]


def copied(dataset: str) -> Points:
    """Points of a bundled set, as those that the shelf shows of it, spread over the surface."""
    kept = specimens()[dataset]
    pairs = zip(kept.rows, kept.marks, strict=True)
    return tuple(
        _point(ROOM * (2.0 * x - 1.0), ROOM * (2.0 * y - 1.0), int(mark)) for (x, y), mark in pairs
    )
