"""Adding up and judging: both twins, on numbers, infinities and what is no number."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import load

BACKENDS = ("plain", "cpu")


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sums_are_more_precise_than_their_terms(backend: str, dtype: str) -> None:
    values = np.full(100_000, 0.1, dtype)
    total = np.zeros(1)
    load(backend)["add_up"](values, total)
    assert total[0] == pytest.approx(100_000 * float(values[0]), rel=1e-12)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [None, (0, 1), (2, 0)])
@pytest.mark.parametrize("is_a_loss", [False, True])
def test_one_number_that_is_none_is_enough(
    backend: str, wrong: float, place: tuple[int, int] | None, is_a_loss: bool
) -> None:
    squares, totals, flag = np.ones((3, 2), np.float32), np.ones((3, 2)), np.full(1, 7)
    if place is not None:
        (totals if is_a_loss else squares)[place] = wrong
    load(backend)["judge"](squares, totals, flag)
    assert flag[0] == (place is not None)
