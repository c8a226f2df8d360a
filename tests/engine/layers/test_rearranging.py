"""Layers that only rearrange, and layers that disturb training: against NumPy, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.layers.base import Exchange, Set, Unfit
from engine.layers.permute import ORDERS, Permute
from engine.layers.reshape import Reshape
from engine.layers.spatial_dropout import SpatialDropout
from engine.runtime.build import Build
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.plan import _mask_of
from engine.scripting import chain
from engine.spec.shapes import Shape, features, image, sequence
from tests.engine.gradients import assert_gradients
from tests.engine.networks import Box


def model_of(*boxes: Box, data: str = "digit_rows", **options: Any) -> Model:
    document = chain(
        ("data", {"dataset": data, "scaling": "none"}),
        *boxes,
        ("flatten", {}),
        ("dense", {"units": 3 if data == "iris" else 10}),
        ("cross_entropy", {}),
    )
    return Model(document, batch_size=4, dtype="float64", seed=1, **options)


def output(model: Model, box: str, x: Array, mode: str = "inference") -> Array:
    model.attach(model._as_sources((x,), (np.zeros(len(x), int),)))
    return model.read(mode, model.plan.outputs[f"{box}.y"], len(x))


@pytest.mark.parametrize(
    ("options", "shape"),
    [
        ({}, image(1, 1, 64)),
        ({"height": 4, "width": 4, "channels": 4}, image(4, 4, 4)),
        ({"height": 2, "width": 0, "channels": 8}, image(2, 4, 8)),
        ({"form": "sequence", "time": 0, "features": 16}, sequence(4, 16)),
    ],
)
def test_reshape_keeps_numbers_and_order(options: dict[str, Any], shape: Shape) -> None:
    assert Reshape(**options).output_shape(sequence(8, 8)) == shape
    model = model_of(("reshape", options))
    x = np.arange(128.0).reshape(2, 8, 8)
    np.testing.assert_array_equal(output(model, "reshape_1", x), x.reshape(2, *shape.sizes))
    assert_gradients(model.document)
    model.close()


def test_only_one_size_can_be_left_open() -> None:
    with pytest.raises(Unfit, match="two_sizes_left_open") as caught:
        Reshape(height=0, width=4, channels=0).output_shape(features(64))
    assert caught.value.suggestions == (Set("height", 1),)


@pytest.mark.parametrize(
    ("sizes", "suggestions"),
    [
        ((4, 4, 5), (Set("channels", 0),)),
        ((4, 5, 4), (Set("width", 0),)),
        ((5, 0, 4), (Set("height", 1),)),
        ((5, 5, 5), (Exchange("flatten"),)),
    ],
)
def test_what_does_not_fit_is_repaired_by_one_size(
    sizes: tuple[int, int, int], suggestions: tuple[Set | Exchange, ...]
) -> None:
    height, width, channels = sizes
    with pytest.raises(Unfit, match="other_count") as caught:
        Reshape(height=height, width=width, channels=channels).output_shape(features(64))
    assert caught.value.suggestions == suggestions
    for suggestion in suggestions:
        if isinstance(suggestion, Set):
            changed: dict[str, Any] = dict(height=height, width=width, channels=channels)
            changed[suggestion.option] = suggestion.value
            assert Reshape(**changed).output_shape(features(64)).count == 64


@pytest.mark.parametrize("order", ORDERS)
def test_permute_is_the_transpose(order: str) -> None:
    conv: Box = "conv2d", {"filters": 3, "size": 4, "padding": "same", "initializer": "uniform"}
    model = model_of(conv, ("permute", {"order": order}), data="digits_8")
    x = np.random.default_rng(0).standard_normal((2, 8, 8, 1))
    before, after = output(model, "conv2d_1", x), output(model, "permute_1", x)
    axes = [("height", "width", "channels").index(axis) + 1 for axis in order.split("_")]
    np.testing.assert_array_equal(after, before.transpose(0, *axes))
    model.close()


def test_permute_swaps_the_axes_of_a_sequence_and_has_nothing_to_do_in_a_row() -> None:
    assert Permute().output_shape(sequence(5, 3)) == sequence(3, 5)
    with pytest.raises(Unfit, match="one_axis"):
        Permute().output_shape(features(5))
    model = model_of(("dense", {"units": 3}), ("permute", {}))
    x = np.random.default_rng(0).standard_normal((2, 8, 8))
    before, after = output(model, "dense_1", x), output(model, "permute_1", x)
    np.testing.assert_array_equal(after, before.transpose(0, 2, 1))
    model.close()


def test_repeated_rows_are_equal_and_their_gradients_are_summed() -> None:
    model = model_of(("repeat_vector", {"repeats": 3}), data="iris")
    x = np.random.default_rng(0).standard_normal((2, 4))
    np.testing.assert_array_equal(output(model, "repeat_vector_1", x), np.stack([x] * 3, axis=1))
    model.close()


def test_a_dense_layer_reads_each_time_step_by_itself() -> None:
    """What Keras calls TimeDistributed: one Dense at each step, with the same weights."""
    model = model_of(("dense", {"units": 3, "activation": "tanh"}))
    x = np.random.default_rng(0).standard_normal((2, 8, 8))
    w, b = model.parameters["dense_1/kernel"], model.parameters["dense_1/bias"]
    b += 0.1
    expected = np.stack([np.tanh(x[:, t] @ w + b) for t in range(8)], axis=1)
    np.testing.assert_allclose(output(model, "dense_1", x), expected, rtol=1e-12)
    assert w.shape == (8, 3)
    model.close()


@pytest.mark.parametrize("kind", ["spatial_dropout", "gaussian_noise"])
def test_disturbance_is_for_training_only_and_alike_for_any_number_of_threads(kind: str) -> None:
    x = np.random.default_rng(0).standard_normal((4, 8, 8))
    found = []
    for threads in (1, 3):
        model = model_of((kind, {}), threads=threads)
        np.testing.assert_array_equal(output(model, f"{kind}_1", x), x)
        found.append(output(model, f"{kind}_1", x, "training"))
        assert not np.array_equal(found[-1], x)
        model.close()
    np.testing.assert_array_equal(found[0], found[1])


def test_whole_channels_are_for_what_has_places() -> None:
    with pytest.raises(Unfit, match="needs_places") as caught:
        SpatialDropout().output_shape(features(5))
    assert caught.value.suggestions == (Exchange("dropout"),)


def test_an_axis_that_was_swapped_takes_no_mask_along() -> None:
    build = Build()
    build.begin("box", {})
    x = build.tensor(sequence(8, 8))
    x.mask = build.room("mask", (8,))
    assert _mask_of(build.tensor(sequence(8, 8)), {"x": (x,)}) is x.mask
    assert _mask_of(Permute().steps(build, x), {"x": (x,)}) is None
