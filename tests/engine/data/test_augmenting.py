"""The preview of an Augment box shows what training would, picture for picture."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.augmenting import preview
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.scripting import chain
from engine.spec.options import BadOption, Value

EVERYTHING: dict[str, Value] = {
    "flip_left_right": True,
    "elastic": 0.2,
    "brightness": 0.3,
    "contrast": 0.3,
    "noise": 0.1,
    "cutout": 0.4,
}


def pictures(*shape: int) -> Array:
    return np.random.default_rng(1).random(shape).astype(np.float32)


@pytest.mark.parametrize("options", [{}, {"elastic": 0.1}, {"noise": 0.1}, EVERYTHING])
def test_it_equals_the_output_of_the_box_in_training(options: dict[str, Value]) -> None:
    x = pictures(3, 8, 8, 1)
    document = chain(
        ("data", {"dataset": "digits_8", "scaling": "none"}),
        ("augment", options),
        ("flatten", {}),
        ("dense", {"units": 10}),
        ("cross_entropy", {}),
    )
    model = Model(document, batch_size=3, threads=1, seed=5)
    model.attach(model._as_sources((x,), (np.zeros(3, int),)))
    output = model.plan.outputs["augment_1.y"]
    shown = preview(options, x, seed=5, copies=2)
    step = int(model.memory.clock[1])
    found = model.read("training", output, 3)
    assert step == 0
    np.testing.assert_array_equal(shown[:, 0], found)
    assert not np.array_equal(shown[:, 1], found)
    model.close()


def test_every_copy_and_every_seed_is_another_and_each_is_repeated() -> None:
    x = pictures(4, 12, 10, 3)
    first = preview(EVERYTHING, x, seed=1, copies=3)
    assert first.shape == (4, 3, 12, 10, 3)
    assert first.dtype == np.float32
    np.testing.assert_array_equal(first, preview(EVERYTHING, x, seed=1, copies=3))
    np.testing.assert_array_equal(first[:, :2], preview(EVERYTHING, x, seed=1, copies=2))
    other = preview(EVERYTHING, x, seed=2, copies=3)
    seen = {copy.tobytes() for copy in (*first.reshape(12, -1), *other.reshape(12, -1))}
    assert len(seen) == 24


def test_with_nothing_switched_on_pictures_stay_as_they_are() -> None:
    x = pictures(2, 5, 7, 2)
    still = preview({"shift": 0.0, "rotation": 0.0, "zoom": 0.0}, x, seed=0, copies=2)
    np.testing.assert_array_equal(still, np.stack([x, x], axis=1))


def test_whole_numbers_become_real_ones_and_double_precision_stays() -> None:
    x = (pictures(2, 6, 6, 1) * 255).astype(np.uint8)
    assert preview({}, x, seed=0, copies=1).dtype == np.float32
    assert preview({}, x.astype(np.float64), seed=0, copies=1).dtype == np.float64
    assert preview({}, x[:0], seed=0, copies=4).shape == (0, 4, 6, 6, 1)


def test_an_option_that_is_not_allowed_is_named() -> None:
    with pytest.raises(BadOption, match="rotation"):
        preview({"rotation": 400.0}, pictures(1, 4, 4, 1), seed=0, copies=1)
