"""Predictions to look at: for every task, whatever the target is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.protocol import Predictions
from engine.runtime.model import Model
from engine.runtime.preview import MOST, SIDE, predictions
from engine.runtime.trainer import Trainer
from engine.spec.document import Document
from tests.engine.networks import Boxes, network, small_cnn


def seen(document: Document, batches: int = 3) -> Predictions:
    trainer = Trainer(Model(document, threads=1))
    for _ in range(batches):
        trainer.advance()
    return predictions(trainer, 4)


def row(data: dict[str, Any], units: int, loss: str, target: str = "data.target") -> Document:
    boxes: Boxes = {
        "data": ("data", data),
        "a": ("dense", {"units": 8, "activation": "tanh"}),
        "b": ("dense", {"units": units}),
        "loss": (loss, {}),
    }
    return network(boxes, "data > a", "a > b", "b > loss", f"{target} > loss.target")


def test_many_samples_are_shown_in_part_and_counted_in_full() -> None:
    shown = seen(small_cnn())
    assert (shown.run, shown.task, shown.total) == (4, "classes", 269)
    assert shown.inputs.shape == (MOST, 8, 8, 1)
    assert shown.outputs.shape == (MOST, 10)
    assert shown.targets.shape == (MOST,)
    wrong = shown.outputs.argmax(axis=1) != shown.targets
    assert np.count_nonzero(wrong) >= min(shown.wrong, MOST // 2)
    assert shown.wrong <= shown.total
    assert shown.surface is None


@pytest.mark.parametrize("target", ["labels", "one_hot"])
@pytest.mark.parametrize(
    ("units", "loss"),
    [(3, "cross_entropy"), (3, "mean_squared_error"), (3, "binary_cross_entropy")],
)
def test_classes_however_they_are_learnt(target: str, units: int, loss: str) -> None:
    data = {"dataset": "iris", "target": target}
    if target == "labels" and loss != "cross_entropy":
        return  # refused by the drawing
    shown = seen(row(data, units, loss))
    assert shown.task == "classes"
    assert set(np.unique(shown.targets)) == {0, 1, 2}
    assert shown.wrong == np.count_nonzero(shown.outputs.argmax(axis=1) != shown.targets)
    assert shown.total == 24


def test_yes_or_no() -> None:
    shown = seen(row({"dataset": "moons"}, 1, "binary_cross_entropy"))
    assert shown.task == "binary"
    assert set(np.unique(shown.targets)) == {0, 1}
    assert shown.outputs.min() >= 0
    assert shown.outputs.max() <= 1
    assert shown.wrong == np.count_nonzero((shown.outputs[:, 0] > 0.5) != (shown.targets > 0.5))


def test_values_are_never_wrong() -> None:
    shown = seen(row({"dataset": "wave"}, 1, "mean_squared_error"))
    assert (shown.task, shown.wrong) == ("values", 0)
    assert shown.targets.shape == (90, 1)
    assert shown.surface is not None
    assert shown.surface.shape == (SIDE, 1)


def test_the_surface_lies_over_the_plane_with_row_0_at_the_bottom() -> None:
    document = row({"dataset": "moons"}, 1, "mean_squared_error")
    trainer = Trainer(Model(document, threads=1))
    shown = predictions(trainer, 1)
    assert shown.surface is not None
    assert shown.extent is not None
    left, right, bottom, top = shown.extent
    x = trainer.data["data"].parts["training"].x
    assert left < x[:, 0].min() < x[:, 0].max() < right
    assert bottom < x[:, 1].min() < x[:, 1].max() < top
    corners = np.array([[left, bottom], [right, bottom], [left, top], [right, top]])
    expected = trainer.model.predict(corners)[:, 0]
    found = shown.surface[[0, 0, -1, -1], [0, -1, 0, -1], 0]
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


def test_samples_can_be_their_own_target() -> None:
    shown = seen(row({"dataset": "iris"}, 4, "mean_squared_error", target="data.x"))
    assert shown.task == "values"
    np.testing.assert_allclose(shown.targets, shown.inputs)


def test_another_box_can_be_the_target() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "digits_8"}),
        "flat": ("flatten", {}),
        "a": ("dense", {"units": 64}),
        "loss": ("mean_squared_error", {}),
    }
    shown = seen(network(boxes, "data > flat", "flat > a", "a > loss", "flat > loss.target"))
    assert shown.task == "values"
    np.testing.assert_allclose(shown.targets, shown.inputs.reshape(-1, 64))


def test_looking_leaves_the_training_as_it_was() -> None:
    one, other = (Trainer(Model(small_cnn(), threads=1)) for _ in range(2))
    for trainer in (one, other):
        trainer.advance()
        if trainer is one:
            predictions(one, 1)
        trainer.advance()
    assert one.state() == other.state()


def test_values_are_shown_as_they_are_in_the_data() -> None:
    """Also where they were scaled for training: then the same targets come back."""
    plain, scaled = (
        seen(row({"dataset": "line", "target_scaling": way}, 1, "mean_squared_error"))
        for way in ("none", "standardise")
    )
    np.testing.assert_allclose(scaled.targets, plain.targets, rtol=1e-5, atol=1e-6)
    assert scaled.surface is not None
    inputs = scaled.inputs[:, 0].argsort()
    curve = np.interp(scaled.inputs[inputs, 0], *_curve(scaled))
    np.testing.assert_allclose(curve, scaled.outputs[inputs, 0], atol=0.02)


def _curve(shown: Predictions) -> tuple[Any, Any]:
    assert shown.surface is not None and shown.extent is not None
    return np.linspace(*shown.extent[:2], SIDE), shown.surface[:, 0]
