"""The Augment box in a network: for training only, the same for any team, right on the way back."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import EDGES
from engine.layers import augment
from engine.layers.base import Unfit
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.scripting import Trainer, chain
from engine.spec.document import Document
from engine.spec.options import Value
from engine.spec.shapes import features, image, sequence
from tests.engine.gradients import assert_gradients
from tests.engine.networks import Box

Options = dict[str, Value]
STILL: Options = {"shift": 0.0, "rotation": 0.0, "zoom": 0.0}
EVERYTHING: Options = {
    "flip_left_right": True,
    "flip_up_down": True,
    "elastic": 0.2,
    "brightness": 0.3,
    "contrast": 0.4,
    "noise": 0.1,
    "cutout": 0.4,
}
EXTREME: Options = {
    **EVERYTHING,
    "shift": 0.5,
    "rotation": 180.0,
    "zoom": 0.9,
    "elastic": 0.5,
    "smoothness": 0.05,
    "brightness": 1.0,
    "contrast": 1.0,
    "noise": 1.0,
    "cutout": 1.0,
}


def document_with(options: Options, *before: Box) -> Document:
    return chain(
        ("data", {"dataset": "digits_8", "scaling": "none"}),
        *before,
        ("augment", options),
        ("flatten", {}),
        ("dense", {"units": 10}),
        ("cross_entropy", {}),
    )


def pictures(count: int = 6) -> Array:
    return np.random.default_rng(0).standard_normal((count, 8, 8, 1))


def output(model: Model, x: Array, mode: str = "training") -> Array:
    model.attach(model._as_sources((x,), (np.zeros(len(x), int),)))
    return model.read(mode, model.plan.outputs["augment_1.y"], len(x)).copy()


def test_edges_are_numbered_as_the_kernels_number_them() -> None:
    assert augment.EDGES == EDGES


def test_it_takes_pictures_and_leaves_their_size() -> None:
    assert augment.Augment().output_shape(image(5, 7, 2)) == image(5, 7, 2)
    for other in (features(4), sequence(8, 8)):
        with pytest.raises(Unfit, match="needs_image"):
            augment.Augment().output_shape(other)


@pytest.mark.parametrize("options", [STILL, {}, EVERYTHING, EXTREME])
@pytest.mark.parametrize("backend", ["plain", "cpu"])
def test_after_training_a_picture_passes_bit_for_bit(options: Options, backend: str) -> None:
    model = Model(document_with(options), batch_size=6, seed=1, threads=1, backend=backend)
    x = pictures().astype(np.float32)
    x[0, 0, 0, 0], x[1, 1, 1, 0] = -0.0, np.nan
    for mode in ("inference", "evaluation"):
        assert output(model, x, mode).tobytes() == x.tobytes()
    is_same = output(model, x).tobytes() == x.tobytes()
    assert is_same == (options == STILL)
    model.close()


@pytest.mark.parametrize("options", [{}, EVERYTHING, EXTREME])
def test_any_number_of_threads_shows_the_same_pictures(options: Options) -> None:
    found = []
    for threads in (1, 2, 3):
        model = Model(document_with(options), batch_size=6, seed=1, threads=threads)
        found.append(output(model, pictures().astype(np.float32)))
        model.close()
    np.testing.assert_array_equal(found[0], found[1])
    np.testing.assert_array_equal(found[0], found[2])


@pytest.mark.parametrize("options", [{}, EVERYTHING, EXTREME])
def test_both_backends_show_the_same_pictures(options: Options) -> None:
    found = []
    for backend in ("plain", "cpu"):
        model = Model(document_with(options), seed=1, threads=1, backend=backend, dtype="float64")
        found.append(output(model, pictures()))
        model.close()
    np.testing.assert_allclose(found[0], found[1], rtol=1e-9, atol=1e-9)


def test_each_step_and_each_seed_shows_others() -> None:
    seen = []
    for seed in (1, 1, 2):
        model = Model(document_with(EVERYTHING), batch_size=6, seed=seed, threads=1)
        first = output(model, pictures())
        model.train_step(pictures(), np.zeros(6, int))
        second = output(model, pictures())
        assert np.abs(first - second).reshape(6, -1).max(axis=1).min() > 0
        seen.append((first, second))
        model.close()
    np.testing.assert_array_equal(seen[0], seen[1])
    assert not np.array_equal(seen[0], seen[2])


@pytest.mark.parametrize("options", [STILL, EVERYTHING, EXTREME])
@pytest.mark.parametrize("edge", EDGES)
def test_the_way_back_is_the_slope_where_somebody_learns_before_it(
    options: Options, edge: str
) -> None:
    convolution: Box = "conv2d", {"filters": 3, "padding": "same", "activation": "tanh"}
    assert_gradients(document_with({**options, "edge": edge}, convolution))


def test_behind_the_data_there_is_no_way_back() -> None:
    model = Model(document_with(EVERYTHING), batch_size=4, threads=1)
    assert not [step for step in model.plan.backward if step.node == "augment_1"]
    assert {step.kernel for step in model.plan.forward if step.node == "augment_1"} == {
        "draw_maps",
        "draw_pulls",
        "warp",
        "retouch",
        "copy",
    }
    model.close()


def test_switching_one_change_on_leaves_the_others() -> None:
    turned: Options = {**STILL, "rotation": 30.0}
    shown = []
    for options in (turned, {**turned, "cutout": 0.3}):
        model = Model(document_with(options), seed=1, threads=1, dtype="float64")
        shown.append(output(model, pictures()))
        model.close()
    hidden = shown[1] == 0
    assert hidden.any()
    np.testing.assert_array_equal(shown[0][~hidden], shown[1][~hidden])


def test_a_run_with_it_can_be_repeated() -> None:
    ends = []
    for _ in range(2):
        model = Model(document_with(EVERYTHING), seed=3, threads=1)
        trainer = Trainer(model)
        for _ in range(5):
            trainer.advance()
        ends.append(model.memory.parameters.copy())
        model.close()
    np.testing.assert_array_equal(ends[0], ends[1])
