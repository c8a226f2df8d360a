"""BatchNorm: statistics of the whole batch, whoever computes them, and running ones for later."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from engine.runtime import model as models
from engine.runtime.model import Model
from engine.runtime.plan import make_plan
from engine.runtime.trainer import Trainer
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import Value
from tests.engine.gradients import assert_gradients, samples
from tests.engine.runtime.test_twins import assert_close, assert_equal, everything


def document(dataset: str, options: dict[str, Value] | None = None, **training: Value) -> Document:
    """A network with BatchNorm on the data itself and behind a layer."""
    first = ("conv2d", {"filters": 3}) if dataset == "digits_8" else ("dense", {"units": 5})
    return chain(
        ("data", {"dataset": dataset}),
        ("batch_norm", {}),
        first,
        ("batch_norm", options or {}),
        ("activation", {"function": "tanh"}),
        ("flatten", {}),
        ("dense", {"units": 3 if dataset == "iris" else 10}),
        ("cross_entropy", {}),
        training=training,
    )


DATA = "iris", "digits_8", "digit_rows"
of_each_kind = pytest.mark.parametrize("dataset", DATA)


@of_each_kind
@pytest.mark.parametrize(("count", "threads"), [(5, 1), (5, 2), (5, 3), (2, 3)])
def test_gradients(dataset: str, count: int, threads: int) -> None:
    assert_gradients(document(dataset), count=count, threads=threads)


@of_each_kind
def test_frozen_it_uses_the_running_statistics_in_training_too(dataset: str) -> None:
    frozen = document(dataset, {"frozen": True})
    assert_gradients(frozen, count=4, threads=2)
    model = Model(frozen, batch_size=4, threads=1)
    model.train_step(*samples(frozen, 4, np.random.default_rng(0)))
    assert (model.parameters["batch_norm_1/moving_mean"] != 0).all()
    assert (model.parameters["batch_norm_2/moving_mean"] == 0).all()
    assert (model.parameters["batch_norm_2/moving_variance"] == 1).all()


@of_each_kind
def test_the_statistics_are_those_of_the_whole_batch(dataset: str) -> None:
    drawn = document(dataset)
    alone = everything(drawn, (7, 2, 1, 6), threads=1, dtype="float64")
    for threads in (2, 3, 9):
        team = everything(drawn, (7, 2, 1, 6), threads=threads, dtype="float64")
        assert_close(alone, team, 1e-8)
    plain = everything(drawn, (7, 2, 1, 6), threads=2, dtype="float64", backend="plain")
    assert_close(alone, plain, 1e-8)


@of_each_kind
@pytest.mark.parametrize("threads", [1, 3])
def test_the_same_run_gives_the_same_bits(dataset: str, threads: int) -> None:
    drawn = document(dataset)
    first = everything(drawn, (7, 2, 7), threads=threads)
    assert_equal(first, everything(drawn, (7, 2, 7), threads=threads))


@of_each_kind
@pytest.mark.parametrize("threads", [1, 3])
def test_each_feature_has_mean_0_and_variance_1(
    dataset: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # with the activation behind it in a step of its own, or training writes no normalised features
    monkeypatch.setattr(models, "make_plan", partial(make_plan, fused=False))
    drawn = document(dataset, {"epsilon": 1e-7})
    model = Model(drawn, batch_size=40, threads=threads, dtype="float64")
    model.loss_and_gradients(*samples(drawn, 40, np.random.default_rng(0)))
    y = model.memory.samples(model.plan.outputs["batch_norm_2.y"], 40)
    rows = y.reshape(-1, y.shape[-1])
    np.testing.assert_allclose(rows.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(rows.var(axis=0), 1, rtol=1e-3)


def test_the_running_statistics_follow_with_each_step_only() -> None:
    drawn = document("iris", {"momentum": 0.9}, learning_rate=1e-7)
    model = Model(drawn, batch_size=16, threads=2, dtype="float64")
    rng = np.random.default_rng(1)
    mean, variance = np.zeros(4), np.ones(4)
    for count in (16, 9, 1):
        x, y = samples(drawn, count, rng)
        x = 2 * x + 3
        model.loss_and_gradients(x, y)
        model.evaluate(x, y)
        model.train_step(x, y)
        mean, variance = 0.99 * mean + 0.01 * x.mean(0), 0.99 * variance + 0.01 * x.var(0)
        found = model.parameters
        np.testing.assert_allclose(found["batch_norm_1/moving_mean"], mean, rtol=1e-12)
        np.testing.assert_allclose(found["batch_norm_1/moving_variance"], variance, rtol=1e-12)


def test_predictions_use_the_running_statistics_and_do_not_depend_on_the_batch() -> None:
    drawn = document("digits_8")
    model = Model(drawn, batch_size=8, threads=2, dtype="float64")
    x, y = samples(drawn, 8, np.random.default_rng(0))
    for _ in range(3):
        model.train_step(x, y)
    together = model.predict(x)
    np.testing.assert_allclose(model.predict(x[:1]), together[:1], rtol=1e-12)
    np.testing.assert_allclose(np.concatenate([model.predict(x[i : i + 1]) for i in range(8)]),
                               together, rtol=1e-12)  # fmt: skip


def test_new_weights_begin_with_the_first_statistics() -> None:
    model = Model(document("iris"), batch_size=4, threads=1)
    model.train_step(*samples(model.document, 4, np.random.default_rng(0)))
    assert (model.parameters["batch_norm_1/moving_mean"] != 0).any()
    model.reset()
    assert (model.parameters["batch_norm_1/moving_mean"] == 0).all()
    assert (model.parameters["batch_norm_1/moving_variance"] == 1).all()
    assert (model.parameters["batch_norm_1/gamma"] == 1).all()
    assert (model.parameters["batch_norm_1/beta"] == 0).all()


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("stop", [1, 4, 9])
def test_going_on_equals_not_having_stopped(threads: int, stop: int) -> None:
    drawn = document("iris", batch_size=16)

    def train(trainer: Trainer, batches: int) -> list[float]:
        losses = []
        for _ in range(batches):
            losses.append(trainer.advance()["loss"])
            if trainer.epoch_is_complete:
                losses.append(trainer.end_epoch()["validation_loss"])
        return losses

    whole = Trainer(Model(drawn, threads=threads))
    expected = train(whole, 16)
    first = Trainer(Model(drawn, threads=threads))
    losses = train(first, stop)
    second = Trainer(Model(drawn, threads=threads))
    second.restore(first.state())
    assert losses + train(second, 16 - stop) == expected
    assert second.model.memory.parameters.tobytes() == whole.model.memory.parameters.tobytes()


def test_without_gain_and_offset_nothing_is_left_to_learn() -> None:
    drawn = chain(
        ("data", {"dataset": "iris"}),
        ("batch_norm", {"gain": False, "offset": False}),
        ("dense", {"units": 3, "frozen": True}),
        ("cross_entropy", {}),
    )
    for threads in (1, 2):
        model = Model(drawn, batch_size=4, threads=threads)
        assert model.plan.trainable == 0
        model.train_step(*samples(drawn, 4, np.random.default_rng(0)))
        assert (model.parameters["batch_norm_1/moving_variance"] != 1).all()
