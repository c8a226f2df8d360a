"""Kernels that make one of several: twins, derivatives, ties, and what is not a number."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import load
from tests.engine.kernels.test_gradients import assert_derivative
from tests.engine.kernels.test_twins import DType, both_types, compare, noise

BACKENDS = {name: load(name) for name in ("plain", "cpu")}
backends = pytest.mark.parametrize("k", BACKENDS.values(), ids=BACKENDS)
SHAPES = [(1, 1), (3, 5), (8, 33)]


@both_types
def test_value_by_value(dtype: DType) -> None:
    for shape in SHAPES:
        a, b, y = noise(dtype, *shape), noise(dtype, *shape, seed=2), np.empty(shape, dtype)
        compare("subtract", dict(a=a, b=b, y=y), "y")
        compare("multiply", dict(a=a, b=b, y=y), "y")
        compare("scale", dict(x=a, y=y, factor=-0.3), "y")
        compare("fill", dict(y=y, value=0.3), "y")
        for backend in BACKENDS.values():
            c = a.copy()
            backend["multiply"](c, b, c)
            backend["scale"](c, c, 2.0)
            np.testing.assert_allclose(c, 2 * a * b, rtol=1e-6)


@backends
@both_types
def test_maximum_remembers_the_first_of_the_largest(k, dtype: DType) -> None:
    inputs = [noise(dtype, 4, 9, seed=i) for i in range(3)]
    inputs[1][0], inputs[2][1] = inputs[0][0], inputs[0][1]  # ties
    y, winner = np.full((4, 9), np.nan, dtype), np.full((4, 9), 77, np.int32)
    for number, x in enumerate(inputs):
        k["maximum"](x, y, winner, number)
    np.testing.assert_array_equal(y, np.max(inputs, axis=0))
    np.testing.assert_array_equal(winner, np.argmax(inputs, axis=0))
    dy = noise(dtype, 4, 9, seed=5)
    parts = [np.empty_like(dy) for _ in inputs]
    for number, dx in enumerate(parts):
        k["maximum_gradient"](dy, winner, dx, number)
    np.testing.assert_array_equal(sum(parts), dy)
    for place in range(3):  # what is not a number stays, whichever input it is in
        bad = [x.copy() for x in inputs]
        bad[place][:] = np.nan
        for number, x in enumerate(bad):
            k["maximum"](x, y, winner, number)
        assert np.isnan(y).all()


@both_types
@pytest.mark.parametrize("turned", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_matrix_product(turned: tuple[int, int], dtype: DType) -> None:
    for i, k, j in ((1, 1, 1), (1, 5, 1), (3, 4, 5), (9, 17, 33)):
        a = noise(dtype, 2, *((k, i) if turned[0] else (i, k)))
        b = noise(dtype, 2, *((j, k) if turned[1] else (k, j)))
        y = np.empty((2, i, j), dtype)
        compare("matrix_product", dict(a=a, b=b, y=y, ta=turned[0], tb=turned[1]), "y")


@both_types
def test_unit_vectors(dtype: DType) -> None:
    for shape in ((1, 1, 1, 1), (2, 3, 4, 1), (2, 1, 5, 3)):
        x, dy = noise(dtype, *shape), noise(dtype, *shape, seed=2)
        x[0, 0, :, 0] = 0
        compare("unit_vectors", dict(x=x, y=np.empty_like(x)), "y")
        compare("unit_vectors_gradient", dict(x=x, dy=dy, dx=np.empty_like(x)), "dx")


@backends
def test_unit_vectors_have_length_one_and_a_derivative(k) -> None:
    rng = np.random.default_rng(3)
    x, dy = rng.standard_normal((2, 3, 4, 2)), rng.standard_normal((2, 3, 4, 2))
    y, dx = np.empty_like(x), np.empty_like(x)

    def objective() -> float:
        k["unit_vectors"](x, y)
        return float(np.vdot(y, dy))

    objective()
    np.testing.assert_allclose((y * y).sum(axis=2), 1, rtol=1e-12)
    k["unit_vectors_gradient"](x, dy, dx)
    assert_derivative(objective, x, dx, rng)
    x[0] = np.nan
    k["unit_vectors"](x, y)
    assert np.isnan(y[0]).all()
