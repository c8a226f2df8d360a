"""Embedding and recurrent kernels: the compiled form gives what the readable one gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.kernels import ACTIVATIONS, Array
from tests.engine.kernels.test_twins import (
    CPU,
    PLAIN,
    TOLERANCE,
    DType,
    both_types,
    compare,
    noise,
)


@dataclass(frozen=True)
class Case:
    """Sizes and conditions of one walk through time."""

    samples: int
    steps: int
    units: int
    how: tuple[int, int, int, int]
    directions: int
    has_mask: bool
    has_first: bool
    has_dy: bool
    dtype: DType

    def noise(self, *shape: int, seed: int = 1) -> Array:
        return noise(self.dtype, self.samples, *shape, seed=seed)

    @property
    def wide(self) -> int:
        return self.directions * self.units

    @property
    def mask(self) -> Array:
        given = self.noise(self.steps, seed=8)
        return (given > -0.3).astype(self.dtype) if self.has_mask else given[:, :0]

    def first(self, seed: int = 2) -> Array:
        return self.noise(self.wide, seed=seed) if self.has_first else self.noise(0)

    @property
    def dy(self) -> Array:
        return self.noise(self.steps, self.wide, seed=5) if self.has_dy else self.noise(0, 0)

    def weights(self, parts: int) -> Array:
        return noise(self.dtype, self.units, parts * self.units) / self.dtype(self.units)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    units, directions = draw(st.sampled_from([1, 3, 8, 17])), draw(st.integers(1, 2))
    column = units * draw(st.integers(0, directions - 1))
    activation = draw(st.sampled_from([*ACTIVATIONS.values()]))
    how = activation, draw(st.integers(0, 1)), column, draw(st.integers(0, 3))
    return Case(
        samples=draw(st.integers(1, 4)),
        steps=draw(st.integers(1, 6)),
        units=units,
        how=how,
        directions=directions,
        has_mask=draw(st.booleans()),
        has_first=draw(st.booleans()),
        has_dy=draw(st.booleans()),
        dtype=draw(st.sampled_from([np.float32, np.float64])),
    )


def compare_all(name: str, **arguments: Any) -> dict[str, Any]:
    """Call both twins on copies: all arrays, whether read or written, must be equal after it.

    Kernels write to their own direction's columns only, so there is something in the others.
    """
    results = []
    for backend in (PLAIN, CPU):
        own = {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in arguments.items()}
        backend[name](*own.values())
        results.append(own)
    expected, actual = results
    for key, value in expected.items():
        if isinstance(value, np.ndarray):
            precision = TOLERANCE[value.dtype.type]
            np.testing.assert_allclose(
                actual[key], value, rtol=precision, atol=precision, err_msg=f"{name}: {key}"
            )
    return expected


def compare_weight_gradient(
    case: Case, states: Array, dz: Array, parts: int, part: tuple[int, int]
) -> None:
    compare_all(
        "recurrent_weight_gradient",
        states=states,
        first=case.first(),
        dz=dz,
        dw=case.weights(parts),
        db=noise(case.dtype, parts * case.units)[: parts * case.units * case.has_mask],
        how=case.how,
        part=part,
    )


walks = settings(deadline=None, max_examples=60, derandomize=True)


@walks
@given(case=cases())
def test_simple_rnn(case: Case) -> None:
    recurrent, turned = case.weights(1), case.weights(1)
    given = compare_all(
        "simple_rnn",
        z=case.noise(case.steps, case.units),
        recurrent=recurrent,
        mask=case.mask,
        first=case.first(),
        states=case.noise(case.steps, case.wide),
        last=case.noise(case.wide, seed=3),
        how=case.how,
    )
    PLAIN["transpose"](recurrent, turned)
    given = compare_all(
        "simple_rnn_gradient",
        turned=turned,
        mask=case.mask,
        states=given["states"],
        dy=case.dy,
        dstate=case.noise(case.wide, seed=6),
        dz=case.noise(case.steps, case.units),
        how=case.how,
    )
    compare_weight_gradient(case, given["states"], given["dz"], 1, (0, case.units))


@walks
@given(case=cases())
def test_lstm(case: Case) -> None:
    recurrent, steps, units = case.weights(4), case.steps, case.units
    given = compare_all(
        "lstm",
        gates=case.noise(steps, 4 * units),
        recurrent=recurrent,
        mask=case.mask,
        first=case.first(),
        first_cell=case.first(4),
        states=case.noise(steps, case.wide),
        cells=case.noise(steps, 2 * units),
        last=case.noise(case.wide, seed=3),
        last_cell=case.noise(case.wide, seed=3),
        how=case.how,
    )
    states = given["states"]
    given = compare_all(
        "lstm_gradient",
        gates=given["gates"],
        turned=np.ascontiguousarray(recurrent.T),
        mask=case.mask,
        first_cell=case.first(4),
        cells=given["cells"],
        dy=case.dy,
        dstate=case.noise(case.wide, seed=6),
        dcell=case.noise(case.wide, seed=7),
        dz=case.noise(steps, 4 * units),
        how=case.how,
    )
    compare_weight_gradient(case, states, given["dz"], 4, (0, 4 * units))


@walks
@given(case=cases())
def test_gru(case: Case) -> None:
    recurrent, steps, units = case.weights(3), case.steps, case.units
    given = compare_all(
        "gru",
        gates=case.noise(steps, 3 * units),
        recurrent=recurrent,
        b=noise(case.dtype, 3 * units)[: 3 * units * case.has_dy],
        mask=case.mask,
        first=case.first(),
        states=case.noise(steps, case.wide),
        inner=case.noise(steps, units),
        last=case.noise(case.wide, seed=3),
        how=case.how,
    )
    states = given["states"]
    given = compare_all(
        "gru_gradient",
        gates=given["gates"],
        turned=np.ascontiguousarray(recurrent.T),
        first=case.first(),
        states=states,
        inner=given["inner"],
        dy=case.dy,
        dstate=case.noise(case.wide, seed=6),
        dz=case.noise(steps, 3 * units),
        dinner=case.noise(steps, units),
        how=case.how,
    )
    compare_weight_gradient(case, states, given["dz"], 3, (0, 2 * units))
    compare_weight_gradient(case, states, given["dinner"], 3, (2 * units, units))


@both_types
@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (17, 4)])
def test_transpose(shape: tuple[int, int], dtype: DType) -> None:
    w = noise(dtype, *shape)
    compare("transpose", dict(w=w, turned=np.ascontiguousarray(w.T)), "turned")


@both_types
@pytest.mark.parametrize(("samples", "steps", "features"), [(1, 1, 1), (3, 5, 7), (4, 9, 16)])
def test_embedding(samples: int, steps: int, features: int, dtype: DType) -> None:
    tokens = np.arange(samples * steps, dtype=np.int64)[:, None] ** 2 % 6  # some never occur
    table, dy = noise(dtype, 6, features), noise(dtype, samples * steps, features)
    compare("embedding", dict(tokens=tokens, table=table, y=np.empty_like(dy)), "y")
    arguments = dict(tokens=tokens, dy=dy, dtable=np.empty_like(table))
    compare("embedding_gradient", arguments, "dtable")
    mask = np.empty((samples, steps), dtype)
    compare("padding_mask", dict(tokens=tokens.reshape(samples, steps), mask=mask), "mask")
