"""Whatever is no matrix product runs on whole vectors: read from its instructions.

To make a kernel faster, look here at what it is expected to do, and with `assembly` at what it
does.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.kernels import Array, load
from engine.kernels.cpu import _elementary, _rows
from tests.engine.kernels.assembly import (
    IS_ARM,
    IS_X86,
    assembly,
    library_functions,
    operations_on_vectors,
)

CPU = load("cpu")
HELPERS: dict[str, Any] = {  # that several kernels call, each compiled once for all of them
    "activate_in_place": _elementary.activate_in_place,
    "times_slope": _elementary.times_slope,
    "finish": _elementary.finish,
    "sum_rows": _elementary.sum_rows,
    "soften": _rows.soften,
    "log_sum_exp": _rows.log_sum_exp,
}
pytestmark = pytest.mark.skipif(not (IS_X86 or IS_ARM), reason="no table of its instructions")

FUSED, ADD, SUBTRACT, MULTIPLY = "multiply and add", "add", "subtract", "multiply"
DIVIDE, ROOT, COMPARE, MOVE = "divide", "root", "compare", "move"
WHOLE = "multiply whole numbers"


def a(*shape: int) -> Array:
    """An array of that shape; only its type and its number of axes matter."""
    return np.ones(shape, np.float32)


def whole(*shape: int, number: Any = np.int64) -> Array:
    return np.zeros(shape, number)


rows, flat, picture = a(2, 2), a(2), a(1, 2, 2, 2)
winners = whole(1, 2, 2, 2, number=np.int32)
chance = whole(2), whole(2, number=np.uint64)
retouched = rows, *chance, a(2, 2), (1, 2, 1), 0.1, 0.1
settings = np.ones(8)
statistics = a(6, 2)

Case = tuple[str, tuple[Any, ...], set[str]]  # kernel, arguments, what it must do on vectors
CASES: list[Case] = [
    ("activate_in_place", (flat, 1), {DIVIDE, FUSED, COMPARE}),
    ("times_slope", (flat, a(2), 1), {MULTIPLY, COMPARE}),
    ("soften", (rows, a(2, 2), np.float32(1)), {FUSED, COMPARE, SUBTRACT, MULTIPLY}),
    ("log_sum_exp", (rows, flat), {FUSED, DIVIDE, COMPARE}),
    ("binary_cross_entropy", (rows, a(2, 2), flat), {FUSED, DIVIDE, ADD}),
    ("adam", (flat, rows, a(2), a(2), settings), {ROOT, DIVIDE, FUSED}),
    ("max_pool2d", (picture, a(1, 2, 2, 2), winners, 2, 2, 0, 0), {COMPARE, MOVE}),
    ("max_pool2d_gradient", (picture, winners, a(1, 2, 2, 2), 2, 2, 0, 0), {COMPARE, MOVE}),
    ("dropout", (rows, *chance, a(2, 2), 0.5, 3), {WHOLE, MULTIPLY}),
    ("normalise_features", (rows, statistics, a(2, 2)), {FUSED}),
    ("layer_norm", (rows, flat, a(2), a(2, 2), a(2, 2), 1e-3), {ADD, FUSED, MULTIPLY}),
    ("sum_of_squares", (flat, a(1)), {FUSED}),
    ("gather", (rows, whole(2), a(2, 2)), {MOVE}),
]
RARER: list[Case] = [
    ("activate", (rows, a(2, 2), 1), {MOVE}),
    ("activate_gradient", (rows, a(2, 2), a(2, 2), 1), {MOVE}),
    ("finish", (rows, flat, 1), {ADD, COMPARE}),
    ("sum_rows", (rows, flat), {ADD}),
    ("softmax_gradient", (rows, a(2, 2), a(2, 2)), {FUSED, MULTIPLY}),
    ("soft_cross_entropy", (rows, a(2, 2), flat), {FUSED}),
    ("soft_cross_entropy_gradient", (rows, a(2, 2), a(1), a(2, 2)), {MULTIPLY}),
    ("binary_cross_entropy_gradient", (rows, a(2, 2), a(1), a(2, 2)), {FUSED, DIVIDE}),
    ("squared_error", (rows, a(2, 2), flat), {MULTIPLY, SUBTRACT}),
    ("squared_error_gradient", (rows, a(2, 2), a(1), a(2, 2)), {MULTIPLY, SUBTRACT}),
    ("absolute_error", (rows, a(2, 2), flat), {ADD, SUBTRACT}),
    ("absolute_error_gradient", (rows, a(2, 2), a(1), a(2, 2)), {COMPARE, SUBTRACT}),
    ("huber", (rows, a(2, 2), 1.0, flat), {FUSED, SUBTRACT}),
    ("huber_gradient", (rows, a(2, 2), 1.0, a(1), a(2, 2)), {COMPARE, SUBTRACT}),
    ("log_cosh", (rows, a(2, 2), flat), {FUSED, DIVIDE}),
    ("log_cosh_gradient", (rows, a(2, 2), a(1), a(2, 2)), {FUSED, DIVIDE}),
    ("poisson", (rows, a(2, 2), flat), {FUSED, DIVIDE}),
    ("log_poisson", (rows, a(2, 2), flat), {FUSED}),
    ("hinge", (rows, a(2, 2), flat), {COMPARE, ADD}),
    ("hinge_gradient", (rows, a(2, 2), a(1), a(2, 2)), {COMPARE, MULTIPLY}),
    ("kl_divergence", (rows, a(2, 2), flat), {FUSED, DIVIDE}),
    ("threshold_hits", (rows, a(2, 2), flat), {COMPARE}),
    ("label_hits", (rows, whole(2, 1), flat), {COMPARE}),
    ("sgd", (flat, rows, a(2), settings), {FUSED}),
    ("adamw", (flat, rows, a(2), a(2), settings), {ROOT, DIVIDE, FUSED}),
    ("nadam", (flat, rows, a(2), a(2), settings), {ROOT, DIVIDE, FUSED}),
    ("adagrad", (flat, rows, a(2), settings), {ROOT, FUSED, MULTIPLY}),
    ("rmsprop", (flat, rows, a(2), a(2), a(2), settings), {ROOT, FUSED, MULTIPLY}),
    ("adadelta", (flat, rows, a(2), a(2), settings), {ROOT, FUSED}),
    ("lion", (flat, rows, a(2), settings), {COMPARE, FUSED}),
    ("average_pool2d", (picture, a(1, 2, 2, 2), 2, 2, 0, 0), {ADD, MULTIPLY}),
    ("average_pool2d_gradient", (picture, a(1, 2, 2, 2), 2, 2, 0, 0), {MULTIPLY}),
    ("global_average_pool", (a(2, 2, 2), a(2, 0), rows), {ADD, MULTIPLY}),
    ("global_max_pool", (a(2, 2, 2), a(2, 0), rows, winners[0, 0]), {COMPARE}),
    ("global_max_pool_gradient", (rows, winners[0, 0], a(2, 2, 2)), {COMPARE}),
    ("dropout_gradient", (rows, *chance, a(2, 2), 0.5, 3), {WHOLE, MULTIPLY}),
    ("spatial_dropout", (a(2, 2, 2), *chance, a(2, 2, 2), 0.5, 3), {MULTIPLY}),
    ("gaussian_noise", (rows, *chance, a(2, 2), 0.5, 3), {WHOLE, ROOT, FUSED}),
    ("feature_moments", (rows, a(0), a(2, 2), a(3, 2)), {ADD, FUSED}),
    ("feature_sums", (rows, a(2, 2), statistics, a(2, 2), a(2, 2), a(2), a(2)), {ADD, FUSED}),
    (
        "normalise_features_gradient",
        (rows, a(2, 2), a(0), statistics, a(1, 2, 2), a(2, 2), a(2, 2)),
        {MULTIPLY, SUBTRACT},
    ),
    ("layer_norm_gradient", (rows, a(2, 2), flat, a(2, 2), a(2, 2)), {MULTIPLY, SUBTRACT}),
    ("layer_norm_weight_gradient", (rows, a(2, 2), a(2, 2), a(2), a(2)), {ADD, MULTIPLY}),
    ("group_norm", (a(2, 2, 2), flat, a(2), a(2, 2, 2), a(2, 1, 2), a(4, 2), 1e-3), {ADD, FUSED}),
    (
        "group_norm_gradient",
        (a(2, 2, 2), a(2, 2, 2), flat, a(2, 1, 2), a(4, 2), a(2, 2, 2)),
        {ADD, FUSED},
    ),
    ("normalise_and_activate", (rows, statistics, a(2, 2), 1), {FUSED, COMPARE}),
    ("add_and_activate", (rows, a(2, 2), a(2, 2), 1), {ADD, COMPARE}),
    ("prelu", (rows, flat, a(2, 2)), {MULTIPLY, COMPARE}),
    ("prelu_slope_gradient", (rows, a(2, 2), a(2)), {FUSED, COMPARE}),
    ("add", (rows, a(2, 2), a(2, 2)), {ADD}),
    ("subtract", (rows, a(2, 2), a(2, 2)), {SUBTRACT}),
    ("multiply", (rows, a(2, 2), a(2, 2)), {MULTIPLY}),
    ("scale", (rows, a(2, 2), 0.5), {MULTIPLY}),
    ("maximum", (rows, a(2, 2), whole(2, 2, number=np.int32), 1), {COMPARE}),
    ("maximum_gradient", (rows, whole(2, 2, number=np.int32), a(2, 2), 1), {COMPARE}),
    ("embedding", (whole(2, 1), rows, a(2, 2)), {MOVE}),
    ("embedding_gradient", (whole(2, 1), rows, a(2, 2)), {ADD}),
    ("add_table", (rows, flat, a(2, 2)), {ADD}),
    ("repeat_gradient", (a(2, 2, 2), rows), {ADD}),
    ("interpolate2d", (picture, a(1, 2, 2, 2), 2), {FUSED}),
    ("warp", (picture, a(2, 6), picture, rows, a(1, 2, 2, 2), 0), {FUSED, COMPARE, MOVE}),
    ("retouch", (*retouched, 0.1, 1, (3, 4)), {WHOLE, ROOT, FUSED, ADD}),
    ("retouch_gradient", (*retouched, 1, 3), {FUSED, ADD, MOVE}),
    ("sum_gradients", (rows, settings, flat), {ADD, MULTIPLY}),
    ("penalty", (flat, settings, a(1)), {ADD, FUSED}),
    ("clip_values", (flat, settings), {COMPARE}),
    ("clip_norm", (flat, settings, settings), {MULTIPLY}),
    ("bound_norms", (rows, settings, flat), {FUSED, MULTIPLY}),
    ("unit_vectors", (a(2, 1, 2, 1), a(2, 1, 2, 1)), {MULTIPLY}),
]
RARER += [
    ("nonlinearity", (rows, a(2, 2), 7, 1.0), {FUSED, DIVIDE, COMPARE}),
    ("nonlinearity_gradient", (rows, a(2, 2), a(2, 2), 7, 1.0), {FUSED, DIVIDE, COMPARE}),
]


def named(case: Case) -> str:
    return case[0]


def check(case: Case) -> None:
    name, arguments, expected = case
    kernel: Any = (
        getattr(HELPERS[name], "compiled", HELPERS[name]) if name in HELPERS else CPU[name]
    )
    text = assembly(kernel, arguments)
    found = operations_on_vectors(text)
    assert expected <= found, f"{name} does {expected - found} value by value, or not at all"
    assert not library_functions(text), f"{name} calls {library_functions(text)}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_kernels_run_on_whole_vectors(case: Case) -> None:
    check(case)


@pytest.mark.slow
@pytest.mark.parametrize("case", RARER, ids=named)
def test_rarer_kernels_run_on_whole_vectors(case: Case) -> None:
    check(case)


def test_what_is_not_vectorised_is_told_apart() -> None:
    """A recursion cannot run on vectors, and a function of NumPy is called value by value."""

    def recursion(x, y):
        for k in range(1, x.size):
            y[k] = y[k - 1] * x[k] + x[k - 1]

    def logarithms(x, y):
        for k in range(x.size):
            y[k] = np.log(x[k])

    for function, called in ((recursion, set()), (logarithms, {"log"})):
        function.py_func = function  # type: ignore[attr-defined]  # as a kernel has one
        text = assembly(function, (flat, a(2)))
        assert not operations_on_vectors(text) & {MULTIPLY, FUSED, DIVIDE}
        assert library_functions(text) == called
