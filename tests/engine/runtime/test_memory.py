"""Memory: every worker has its own part, and nothing is shared by mistake."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.runtime.build import PARAMETER, SHARED, SOURCE, Ref
from engine.runtime.memory import Memory, parts_of, shares_of
from engine.runtime.plan import make_plan
from tests.engine.networks import article, small_cnn


@given(st.integers(1, 500), st.integers(1, 40))
def test_parts_cover_the_batch_without_gaps_and_none_is_empty(count: int, workers: int) -> None:
    parts = parts_of(count, workers)
    assert len(parts) == min(count, workers)
    assert [i for first, last in parts for i in range(first, last)] == list(range(count))
    sizes = [last - first for first, last in parts]
    assert min(sizes) >= 1
    assert max(sizes) - min(sizes) <= 1


def test_workers_share_only_what_they_read() -> None:
    plan = make_plan(small_cnn())
    memory = Memory(plan, 8, 3)
    sources = {"data_1.x": np.zeros((8, 64), np.float32), "data_1.target": np.zeros((8, 1), int)}
    for step in (*plan.forward, *plan.backward):
        bound = [memory.bind(step, print, share, sources)[1] for share in shares_of(8, 3)]
        for argument, *arrays in zip(step.arguments, *bound, strict=True):
            if isinstance(argument, Ref):
                shared = [np.shares_memory(one, other) for one, other in combinations(arrays, 2)]
                assert any(shared) == (argument.buffer.space in (PARAMETER, SHARED, SOURCE))


def test_weights_are_views_into_one_vector() -> None:
    plan = make_plan(article())
    memory = Memory(plan, 1, 1)
    for place in plan.parameters:
        memory.weight(place.name)[...] = 1
    assert memory.parameters.sum() == 121_930
    assert memory.parameters.dtype == np.float32


def test_the_bytes_are_those_of_all_arrays() -> None:
    plan = make_plan(article())
    one, two = (Memory(plan, batch, 1).bytes for batch in (1, 2))
    more = Memory(plan, 1, 2).bytes
    assert two - one >= 26 * 26 * 32 * 4 * 2  # the first pictures and their gradient
    assert more - one >= 121_930 * 4  # a second gradient
    assert one > 2 * 121_930 * 4
