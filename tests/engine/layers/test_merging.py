"""Layers that merge: what NumPy says, which masks go on, and what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.layers.base import Set, Unfit
from engine.layers.concatenate import Concatenate
from engine.layers.dot import Dot
from engine.runtime.build import Build, Ref, Tensor
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.plan import _mask_of
from engine.spec.document import Document
from engine.spec.shapes import Shape, features, image, sequence
from tests.engine.gradients import assert_gradients
from tests.engine.networks import Boxes, network


def merging(
    kind: str, options: dict[str, Any], data: str = "digit_rows", inputs: str = "abc"
) -> Document:
    """Dense boxes beside each other, all merged."""
    boxes: Boxes = {
        "data": ("data", {"dataset": data, "scaling": "none"}),
        **{id: ("dense", {"units": 4, "activation": "tanh"}) for id in inputs},
        "layer": (kind, options),
        "flat": ("flatten", {}),
        "last": ("dense", {"units": 3 if data == "iris" else 10}),
        "loss": ("cross_entropy", {}),
    }
    joins = [f"data > {id}" for id in inputs] + [f"{id} > layer" for id in inputs]
    rest = "layer > flat", "flat > last", "last > loss", "data.target > loss.target"
    return network(boxes, *joins, *rest)


def outputs(document: Document, x: Array) -> dict[str, Array]:
    model = Model(document, batch_size=len(x), dtype="float64", threads=2, seed=1)
    model.attach(model._as_sources((x,), (np.zeros(len(x), int),)))
    found = {
        name: model.read("inference", model.plan.outputs[f"{name}.y"], len(x))
        for name in ("a", "b", "c", "layer")
        if f"{name}.y" in model.plan.outputs
    }
    model.close()
    return found


def cosine(a: Array, b: Array) -> Array:
    lengths = np.linalg.norm(a, axis=-1)[:, :, None] * np.linalg.norm(b, axis=-1)[:, None]
    return np.asarray(np.einsum("nik,njk->nij", a, b) / lengths)


MERGES: list[tuple[str, dict[str, Any], Callable[..., Array]]] = [
    ("add", {}, lambda a, b, c: a + b + c),
    ("multiply", {}, lambda a, b, c: a * b * c),
    ("average", {}, lambda a, b, c: (a + b + c) / 3),
    ("maximum", {}, lambda a, b, c: np.maximum(np.maximum(a, b), c)),
    ("concatenate", {}, lambda a, b, c: np.concatenate((a, b, c), axis=2)),
    ("concatenate", {"axis": "time"}, lambda a, b, c: np.concatenate((a, b, c), axis=1)),
    ("subtract", {}, lambda a, b: a - b),
    ("dot", {}, lambda a, b: np.einsum("nik,njk->nij", a, b)),
    ("dot", {"axes": "time"}, lambda a, b: np.einsum("nki,nkj->nij", a, b)),
    ("dot", {"normalize": True}, cosine),
]


@pytest.mark.parametrize(("kind", "options", "expected"), MERGES)
def test_a_merge_is_what_numpy_says(
    kind: str, options: dict[str, Any], expected: Callable[..., Array]
) -> None:
    inputs = "ab" if kind in ("subtract", "dot") else "abc"
    document = merging(kind, options, inputs=inputs)
    found = outputs(document, np.random.default_rng(0).standard_normal((3, 8, 8)))
    wanted = expected(*(found[id] for id in inputs))
    np.testing.assert_allclose(found["layer"], wanted, rtol=1e-12, atol=1e-15)
    assert_gradients(document)


def test_weights_times_values_as_in_attention() -> None:
    """Scores of one Dot, values by another: shapes (8, 8) and (8, 4)."""
    boxes: Boxes = {
        "data": ("data", {"dataset": "digit_rows"}),
        "a": ("dense", {"units": 4}),
        "b": ("dense", {"units": 4}),
        "scores": ("dot", {"axes": "features"}),
        "weights": ("activation", {"function": "softmax"}),
        "layer": ("dot", {"axes": "features_time"}),
        "flat": ("flatten", {}),
        "last": ("dense", {"units": 10}),
        "loss": ("cross_entropy", {}),
    }
    attention = "a > scores", "b > scores", "scores > weights", "weights > layer", "b > layer"
    rest = "layer > flat", "flat > last", "last > loss", "data.target > loss.target"
    document = network(boxes, "data > a", "data > b", *attention, *rest)
    assert analyse(document).facts["layer"].outputs["y"] == sequence(8, 4)
    assert_gradients(document)


def test_rows_have_one_product() -> None:
    document = merging("dot", {}, "iris", "ab")
    found = outputs(document, np.random.default_rng(0).standard_normal((3, 4)))
    np.testing.assert_allclose(found["layer"][:, 0], (found["a"] * found["b"]).sum(axis=1))
    assert_gradients(document)


@pytest.mark.parametrize(
    ("layer", "shapes", "code"),
    [
        ("add", (features(3),), "needs_two"),
        ("subtract", (features(3),) * 3, "more_than_two"),
        ("dot", (features(3),) * 3, "more_than_two"),
        ("maximum", (features(3), features(4)), "unequal"),
        ("dot", (features(3), features(4)), "unequal"),
        ("dot", (sequence(3, 3), features(3)), "unequal"),
        ("dot", (image(3, 3, 3), features(3)), "needs_row"),
        ("concatenate", (sequence(8, 5), features(8)), "unequal_but_last"),
    ],
)
def test_what_does_not_fit_is_refused(layer: str, shapes: tuple[Shape, ...], code: str) -> None:
    with pytest.raises(Unfit, match=code):
        CATALOGUE[layer]().output_shapes({"x": shapes})


def test_axes_that_do_not_fit_are_repaired() -> None:
    with pytest.raises(Unfit, match="unequal_axes") as caught:
        Dot(axes="features").output_shape(sequence(4, 3), sequence(4, 5))
    assert caught.value.suggestions == (Set("axes", "time"),)
    with pytest.raises(Unfit, match="no_such_axis") as caught:
        Concatenate(axis="height").output_shape(sequence(4, 3), sequence(4, 5))
    assert caught.value.suggestions == (Set("axis", "last"),)
    with pytest.raises(Unfit, match="unequal_but_axis"):
        Concatenate(axis="time").output_shape(sequence(4, 3), sequence(4, 5))


def test_pictures_are_put_below_each_other_or_side_by_side() -> None:
    a, b = image(4, 6, 3), image(5, 6, 3)
    assert Concatenate(axis="height").output_shape(a, b) == image(9, 6, 3)
    with pytest.raises(Unfit):
        Concatenate(axis="width").output_shape(a, b)


def test_too_many_connections_are_taken_away() -> None:
    (problem,) = (p for p in analyse(merging("subtract", {})).problems if p.severity == "error")
    (fix,) = problem.fixes
    assert not analyse(fix.edit(merging("subtract", {}))).errors


# masks


def masked(build: Build, name: str, shape: Shape, has_mask: bool = True) -> Tensor:
    x = build.tensor(shape)
    x.mask = build.room(name, (shape.time,)) if has_mask else None
    return x


def joined(kind: str, options: dict[str, Any], *x: Tensor, build: Build) -> Ref | None:
    layer = CATALOGUE[kind](**options)
    y = layer.emit(build, {"x": x})["y"]
    return y.mask or _mask_of(y, {"x": x})


def test_a_step_counts_if_it_counts_in_every_input() -> None:
    build = Build()
    build.begin("box", {})
    shape = sequence(8, 5)
    a, b = masked(build, "a", shape), masked(build, "b", shape)
    free = masked(build, "free", shape, False)
    same = masked(build, "same", shape, False)
    same.mask = a.mask
    assert joined("add", {}, free, free, build=build) is None
    assert joined("add", {}, a, free, build=build) is a.mask
    assert joined("concatenate", {}, a, same, build=build) is a.mask
    both = joined("multiply", {}, a, b, build=build)
    assert both is not None and both.shape == (8,) and both not in (a.mask, b.mask)
    step = next(step for step in build.forwards if both in step.arguments)
    assert (step.kernel, step.arguments) == ("multiply", (a.mask, b.mask, both))


def test_masks_of_sequences_that_follow_each_other_do_so_too() -> None:
    build = Build()
    build.begin("box", {})
    a, b = masked(build, "a", sequence(8, 5)), masked(build, "b", sequence(3, 5), False)
    mask = joined("concatenate", {"axis": "time"}, a, b, build=build)
    assert mask is not None and mask.shape == (11,)
    assert [step.kernel for step in build.forwards[:2]] == ["fill", "put_columns"]
    assert joined("concatenate", {"axis": "time"}, b, b, build=build) is None


def test_the_steps_of_a_dot_product_are_those_of_the_first_input() -> None:
    build = Build()
    build.begin("box", {})
    a, b = masked(build, "a", sequence(8, 8)), masked(build, "b", sequence(8, 8))
    assert joined("dot", {}, a, b, build=build) is a.mask
    assert joined("dot", {"axes": "time"}, a, b, build=build) is None
