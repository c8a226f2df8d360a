"""Points painted by hand: what a data box keeps of them in its option `points`.

Each is a triple (x, y, class). The coordinates are those of the painting surface, from -1 to 1 in
both directions, upwards positive.
"""

from __future__ import annotations

import math
from collections import Counter

PAINTED = "painted"  # the choice of a data box's option `dataset` that means its option `points`
Point = tuple[float, float, int]
Points = tuple[Point, ...]

MOST_POINTS, MOST_CLASSES = 5_000, 10
FEWEST = 10  # below that, no part but training would have any
GOLDEN = math.pi * (3.0 - math.sqrt(5.0))  # an angle that never comes back to where it was


def _spot(x: float, y: float, radius: float, label: int, count: int = 24) -> Points:
    """A round spot of points, as evenly spread as the seeds of a sunflower."""
    found = []
    for i in range(count):
        away, angle = radius * math.sqrt((i + 0.5) / count), i * GOLDEN
        place = x + away * math.cos(angle), y + away * math.sin(angle)
        found.append((round(place[0], 3), round(place[1], 3), label))
    return tuple(found)


# what is there before anybody has painted: two spots, to be gone on with
START = (*_spot(-0.45, 0.2, 0.32, 0), *_spot(0.45, -0.2, 0.32, 1))


def are_points(value: object) -> bool:
    """Whether a value read from a file is a tuple of points."""
    return isinstance(value, tuple) and len(value) <= MOST_POINTS and all(map(_is_point, value))


def _is_point(value: object) -> bool:
    if not isinstance(value, tuple) or len(value) != 3:
        return False
    x, y, label = value
    is_place = all(type(v) in (int, float) and -1.0 <= v <= 1.0 for v in (x, y))
    return is_place and type(label) is int and 0 <= label < MOST_CLASSES


# the points that were counted last, and what came out: one edit asks a hundred times
_counted: tuple[Points, tuple[int, ...]] = (), (0, 0)


def class_counts(points: Points) -> tuple[int, ...]:
    """How many points each class has, up to the highest class painted; two classes at least."""
    global _counted
    if _counted[0] is not points:
        found = Counter(label for _, _, label in points)
        _counted = points, tuple(found[label] for label in range(max((1, *found)) + 1))
    return _counted[1]
