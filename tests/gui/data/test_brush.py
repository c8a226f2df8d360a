"""What the brush does to points: where they fall, how many, and what the eraser leaves."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec.painting import MOST_CLASSES, MOST_POINTS, START, Points, are_points
from gui.data.brush import ERASER, SINGLE, SPRAY, Brush, Stroke, copied, counts, to_start_from

PLACES = st.tuples(st.floats(-1.3, 1.3), st.floats(-1.3, 1.3))


def stroke(brush: Brush, way: list[tuple[float, float]], points: Points = ()) -> Points:
    made = Stroke(brush, points)
    for x, y in way:
        made.touch(x, y)
    return made.points


@given(
    way=st.lists(PLACES, min_size=1, max_size=6),
    tool=st.sampled_from((SPRAY, SINGLE, ERASER)),
    label=st.integers(0, MOST_CLASSES - 1),
    radius=st.floats(0.02, 0.5),
    density=st.integers(1, 24),
)
def test_whatever_is_painted_can_be_kept_in_a_box(
    way: list[tuple[float, float]], tool: str, label: int, radius: float, density: int
) -> None:
    made = stroke(Brush(tool, label, radius, density), way, START)
    assert are_points(made)
    kept = set(START)
    assert all(point in kept or point[2] == label for point in made)


def test_a_dab_of_spray_falls_within_the_brush() -> None:
    brush = Brush(SPRAY, 3, 0.2, 20)
    made = stroke(brush, [(0.1, -0.2)])
    assert len(made) == 20
    assert all(math.dist((x, y), (0.1, -0.2)) <= 0.2 + 1e-3 for x, y, _ in made)
    assert counts(made)[3] == 20


def test_the_seed_decides_where_the_spray_falls() -> None:
    way = [(0.0, 0.0), (0.3, 0.1)]
    first, again = (stroke(Brush(seed=1), way) for _ in range(2))
    assert first == again != stroke(Brush(seed=2), way)


def test_a_quick_stroke_leaves_no_holes() -> None:
    made = stroke(Brush(SPRAY, 0, 0.1, 4), [(-0.8, 0.0), (0.8, 0.0)])
    for middle in (-0.6, -0.2, 0.2, 0.6):
        assert any(abs(x - middle) < 0.1 for x, _, _ in made)


def test_a_click_is_one_point_however_the_hand_shakes() -> None:
    assert stroke(Brush(SINGLE, 1), [(0.5, 0.5), (0.52, 0.49), (0.6, 0.4)]) == ((0.5, 0.5, 1),)


def test_the_eraser_takes_all_classes_within_its_reach_and_no_others() -> None:
    points: Points = ((0.0, 0.0, 0), (0.05, 0.0, 1), (0.5, 0.5, 0))
    assert stroke(Brush(ERASER, 0, 0.1), [(0.0, 0.0)], points) == ((0.5, 0.5, 0),)


@pytest.mark.parametrize("density", [7, 24])
def test_there_are_never_more_points_than_fit(density: int) -> None:
    full = tuple((0.0, 0.0, 0) for _ in range(MOST_POINTS - 3))
    assert len(stroke(Brush(SPRAY, 1, 0.3, density), [(0.0, 0.0)], full)) == MOST_POINTS


def test_points_of_bundled_sets_can_be_copied() -> None:
    assert {"spirals", "moons", "xor"} <= set(to_start_from())
    for name in to_start_from():
        made = copied(name)
        assert are_points(made) and sum(count > 0 for count in counts(made)) >= 2
