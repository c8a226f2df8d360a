"""Moments of a run are kept in order, within bounds, spread over all of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui import moments
from gui.moments import Moment, Moments


def at(steps: int, size: int = 1) -> Moment:
    return Moment(steps, steps // 10, b"x" * size)


def filled(steps: list[int]) -> Moments:
    kept = Moments()
    for step in steps:
        kept.add(at(step))
    return kept


@given(st.lists(st.integers(0, 5000), max_size=400))
def test_they_are_in_order_and_the_newest_is_always_there(steps: list[int]) -> None:
    kept = filled(steps)
    found = [moment.steps for moment in kept.all]
    assert found == sorted(set(found)) and len(found) <= moments.MOST
    assert not steps or found[-1] == steps[-1]


def test_a_long_run_keeps_its_beginning_and_is_covered_evenly() -> None:
    found = [moment.steps for moment in filled(list(range(0, 10_000, 10))).all]
    assert found[0] == 0 and found[-1] == 9990 and len(found) == moments.MOST
    gaps = [b - a for a, b in pairwise(found)]
    assert max(gaps) <= 4 * 9990 / moments.MOST


def test_large_states_take_bounded_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "ROOM", 1000)
    kept = Moments()
    for step in range(50):
        kept.add(at(step, 150))
    assert sum(len(m.state) for m in kept.all) <= 1000
    assert kept.all[0].steps == 0 and kept.all[-1].steps == 49
    kept.add(at(60, 5000))
    assert kept.all[-1].steps == 60 and len(kept.all) == 2


def test_what_came_after_a_moment_can_be_forgotten() -> None:
    kept = filled([0, 10, 20, 30])
    kept.cut(15)
    assert [m.steps for m in kept.all] == [0, 10]
    kept.add(at(10))  # the same place again is not twice there
    assert [m.steps for m in kept.all] == [0, 10]
    nearest = kept.nearest(7)
    assert nearest is not None and nearest.steps == 10 and Moments().nearest(3) is None
