"""Losses at each time step: the mean over all steps, or over those that a mask leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from engine.layers.analysis import analyse
from engine.layers.base import CATALOGUE, Layer
from engine.runtime.build import Build, Tensor
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.preview import predictions
from engine.runtime.report import report
from engine.runtime.trainer import Trainer
from engine.spec.document import Document
from engine.spec.options import Value
from engine.spec.shapes import Shape
from tests.engine.gradients import STEP
from tests.engine.networks import Boxes, network

T, F, CLASSES = 8, 8, 8
LABELS = np.zeros(20, np.int64)  # of the data box, which these losses do not read


@dataclass(frozen=True)
class Padded(Layer):
    """Only for these tests: steps whose first feature is 0 do not count, 1 is for those that do."""

    kind = "padded"
    category = "core"
    icon = "mdi6.dots-horizontal"

    def output_shape(self, *x: Shape) -> Shape:
        return x[0]

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        y = build.reshaped(x[0], x[0].shape)
        mask = build.room("mask", (x[0].shape.time,))
        column = type(mask)(mask.buffer, (x[0].shape.time, 1))
        build.forward("take_columns", x[0].value, column, 0)
        y.mask = mask
        return y


@pytest.fixture(autouse=True)
def _in_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(CATALOGUE, "padded", Padded)
    yield


def per_step(
    loss: str = "cross_entropy",
    function: str = "linear",
    padded: bool = False,
    **options: Value,
) -> Document:
    """Dense at each time step; the samples, 8 values in each of 8 rows, are the target too."""
    boxes: Boxes = {
        "data": ("data", {"dataset": "digit_rows"}),
        "last": ("dense", {"units": CLASSES, "activation": function}),
        "loss": (loss, {"weight": 1.5, **options}),
    }
    ends = "last > loss", "data.x > loss.target"
    if padded:
        boxes = {**boxes, "pad": ("padded", {})}
        return network(boxes, "data > pad", "pad > last", *ends)
    return network(boxes, "data > last", *ends)


def sequences(count: int, seed: int = 0) -> tuple[Array, Array]:
    """One-hot rows of which some are only padding: (N, T, F), and whether a step counts."""
    rng = np.random.default_rng(seed)
    x = rng.random((count, T, F))
    lengths = rng.integers(1, T + 1, count)
    counted = np.arange(T) < lengths[:, None]
    x[..., 0] = counted
    return x, counted


def soft_cross_entropy(z: Array, t: Array) -> Array:
    shifted = z - z.max(axis=-1, keepdims=True)
    whole = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    surprise: Array = (t * (whole - shifted)).sum(axis=-1)
    return surprise


def binary_cross_entropy(z: Array, t: Array) -> Array:
    terms: Array = (np.logaddexp(0, z) - z * t).mean(axis=-1)
    return terms


def squared_error(z: Array, t: Array) -> Array:
    squares: Array = ((z - t) ** 2).mean(axis=-1)
    return squares


LOSSES = {
    "cross_entropy": ("softmax", soft_cross_entropy),
    "binary_cross_entropy": ("sigmoid", binary_cross_entropy),
    "mean_squared_error": ("linear", squared_error),
}
losses = pytest.mark.parametrize("loss", LOSSES)


def logits(model: Model, x: Array) -> Array:
    z: Array = x @ model.parameters["last/kernel"] + model.parameters["last/bias"]
    return z


@losses
@pytest.mark.parametrize("is_fused", [False, True])
@pytest.mark.parametrize("padded", [False, True])
@pytest.mark.parametrize("threads", [1, 3])
def test_the_loss_is_the_mean_over_the_steps_that_count(
    loss: str, is_fused: bool, padded: bool, threads: int
) -> None:
    function, formula = LOSSES[loss]
    document = per_step(loss, function if is_fused else "linear", padded)
    model = Model(document, dtype="float64", threads=threads, batch_size=7, seed=2)
    x, counted = sequences(7)
    counted = counted if padded else np.ones_like(counted)
    found, gradients = model.loss_and_gradients(x, LABELS[: len(x)])
    own = formula(logits(model, x), x)
    assert found == pytest.approx(1.5 * own[counted].mean(), rel=1e-10)
    rng = np.random.default_rng(1)
    gradients = {name: gradient.copy() for name, gradient in gradients.items()}
    for name, gradient in gradients.items():
        value = model.parameters[name]
        direction = rng.standard_normal(value.shape)
        value += STEP * direction
        above = formula(logits(model, x), x)[counted].mean()
        value -= 2 * STEP * direction
        below = formula(logits(model, x), x)[counted].mean()
        value += STEP * direction
        slope = 1.5 * (above - below) / (2 * STEP)
        assert np.vdot(gradient, direction) == pytest.approx(slope, rel=1e-6, abs=1e-9)
    model.close()


@losses
def test_what_stands_at_steps_that_do_not_count_changes_nothing(loss: str) -> None:
    x, counted = sequences(6)
    other = np.where(counted[..., None], x, np.random.default_rng(3).random(x.shape))
    other[..., 0] = counted
    results = []
    for each in (x, other):
        model = Model(per_step(loss, padded=True), dtype="float64", batch_size=6, seed=2)
        scores = model.evaluate(each, LABELS[:6])
        results.append((scores, *model.loss_and_gradients(each, LABELS[:6])))
    (one, loss_one, g_one), (two, loss_two, g_two) = results
    assert one == two
    assert loss_one == loss_two
    for name in g_one:
        np.testing.assert_array_equal(g_one[name], g_two[name])


def test_scores_of_many_batches_are_weighted_by_the_steps_that_count() -> None:
    x, counted = sequences(11)
    whole = Model(per_step(padded=True), dtype="float64", batch_size=11, seed=2)
    parts = Model(per_step(padded=True), dtype="float64", batch_size=3, seed=2)
    one, other = whole.evaluate(x, LABELS[: len(x)]), parts.evaluate(x, LABELS[: len(x)])
    assert one == pytest.approx(other, rel=1e-12)
    z = logits(whole, x)
    right = z.argmax(axis=-1) == x.argmax(axis=-1)
    assert one["accuracy"] == pytest.approx(right[counted].mean())


def test_an_epoch_is_the_mean_over_all_its_steps() -> None:
    trainer = Trainer(Model(per_step(padded=True), threads=2, batch_size=200, dtype="float64"))
    x = trainer.sources["training"]["data.x"].reshape(-1, T, F)
    x[..., 0] = np.arange(T) < np.random.default_rng(0).integers(1, T + 1, len(x))[:, None]
    total = rows = 0.0
    while not trainer.epoch_is_complete:
        chosen = trainer._ordered()[trainer.position.batch * 200 :][:200]
        weights = x[chosen, :, 0]
        total += trainer.advance()["loss"] * weights.sum()
        rows += weights.sum()
    assert trainer.end_epoch()["loss"] == pytest.approx(total / rows, rel=1e-10)


def test_samples_of_nothing_but_padding_are_nothing() -> None:
    model = Model(per_step(padded=True), dtype="float64", batch_size=3)
    x, _ = sequences(3)
    x[..., 0] = 0
    found, gradients = model.loss_and_gradients(x, LABELS[: len(x)])
    assert found == 0
    assert all(not gradient.any() for gradient in gradients.values())


def test_class_numbers_at_each_step() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "digit_rows"}),
        "words": ("data", {"dataset": "reversal"}),
        "last": ("dense", {"units": 10}),
        "loss": ("cross_entropy", {}),
    }
    document = network(boxes, "data > last", "last > loss", "words.target > loss.target")
    problem, counts = analyse(document).errors
    assert problem.code == "rows_not_targets" and counts.code == "unequal_data"
    assert problem.numbers["given"] == "8"
    assert problem.numbers["wanted"] == "10"


def test_the_same_with_any_number_of_threads_within_rounding() -> None:
    x, _ = sequences(16)
    found = [
        Model(per_step(padded=True), threads=n, batch_size=16, dtype="float64").train_step(
            x, LABELS[:16]
        )
        for n in (1, 2, 4)
    ]
    assert found[0] == pytest.approx(found[1], rel=1e-12)
    assert found[0] == pytest.approx(found[2], rel=1e-12)


def test_class_weights_and_masks_multiply_and_only_masks_count() -> None:
    x, counted = sequences(7)
    document = per_step(padded=True, class_weights="balanced", label_smoothing=0.2)
    model = Model(document, dtype="float64", threads=2, batch_size=7, seed=2)
    weights = np.linspace(0.5, 2, CLASSES)
    model.set_class_weights(weights)
    found, _ = model.loss_and_gradients(x, LABELS[:7])
    own = soft_cross_entropy(logits(model, x), 0.8 * x + 0.2 / CLASSES)
    own = own * weights[x.argmax(axis=-1)]
    assert found == pytest.approx(1.5 * own[counted].mean(), rel=1e-10)
    scores = model.evaluate(x, LABELS[:7])  # neither smoothed nor weighed, but masked
    plain = soft_cross_entropy(logits(model, x), x)[counted].mean()
    assert scores["perplexity"] == pytest.approx(np.exp(plain), rel=1e-10)
    model.close()


def test_what_is_shown_and_reported_counts_the_same_steps() -> None:
    trainer = Trainer(Model(per_step(padded=True), dtype="float64", batch_size=64))
    x = trainer.sources["validation"]["data.x"].reshape(-1, T, F)
    counted = np.arange(T) < np.random.default_rng(0).integers(1, T + 1, len(x))[:, None]
    x[..., 0] = counted
    shown, measured = predictions(trainer, 1), report(trainer)
    accuracy = trainer.evaluate("validation")["accuracy"]
    assert shown.counted is not None
    assert shown.outputs.shape == (200, T, CLASSES)
    assert shown.targets.shape == shown.counted.shape == (200, T)
    assert (shown.total, shown.samples) == (counted.sum(), len(x))
    assert 1 - shown.wrong / shown.total == pytest.approx(accuracy)
    assert measured.answers == counted.sum()
    assert measured.figures["accuracy"] == pytest.approx(accuracy)
