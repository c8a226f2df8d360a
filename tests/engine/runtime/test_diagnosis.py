"""Divergence: found within one batch, the last good weights kept, and its cause named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.optimizers import OPTIMIZERS
from engine.protocol import DIVERGED, Cause
from engine.runtime.model import Model
from engine.runtime.trainer import Trainer
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import Value

THREADS = pytest.mark.parametrize("threads", [1, 2])


def regression(**training: Value) -> Document:
    """A network that answers with numbers, which nothing keeps small."""
    return chain(
        ("data", {"dataset": "wave"}),
        ("dense", {"units": 8, "activation": "tanh"}),
        ("dense", {"units": 1}),
        ("mean_squared_error", {}),
        training={"optimizer": "sgd", "batch_size": 32, **training},
    )


def until_it_diverges(trainer: Trainer) -> Cause:
    """Train on; the weights after the stop must be those before the bad batch."""
    before = trainer.model.memory.parameters.copy()
    while not trainer.is_done:
        before = trainer.model.memory.parameters.copy()
        trainer.advance()
        if trainer.epoch_is_complete and not trainer.reason:
            trainer.end_epoch()
            before = trainer.model.memory.parameters.copy()
    assert trainer.reason == DIVERGED
    assert trainer.cause is not None
    np.testing.assert_array_equal(trainer.model.memory.parameters, before)
    return trainer.cause


def test_the_weights_of_a_run_that_diverged_can_be_looked_at_and_saved() -> None:
    trainer = Trainer(Model(regression(learning_rate=100.0, epochs=1000)))
    cause = until_it_diverges(trainer)
    assert np.isfinite(trainer.model.memory.parameters).all()
    assert cause.what in ("gradient", "result")


@THREADS
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_sample_that_is_no_number(value: float, threads: int) -> None:
    trainer = Trainer(Model(regression(), threads=threads))
    trainer.sources["training"]["data_1.x"][70] = value
    cause = until_it_diverges(trainer)
    assert cause == Cause("samples", "data_1", "x", 70, bool(np.isnan(value)))
    assert 70 in trainer.model.memory.chosen
    assert trainer.position.epoch == 0
    assert trainer.model.step == trainer.position.batch  # the bad batch does not count
    assert np.isfinite(list(trainer.position.sums.values())).all()


@THREADS
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_target_that_is_no_number(value: float, threads: int) -> None:
    trainer = Trainer(Model(regression(), threads=threads))
    trainer.sources["training"]["data_1.target"][5] = value
    cause = until_it_diverges(trainer)
    assert cause == Cause("target", "data_1", "target", 5, bool(np.isnan(value)))


def test_an_infinite_sample_that_the_network_would_hide() -> None:
    """tanh makes 1 of infinity, so that neither loss nor gradient would show it."""
    document = chain(
        ("data", {"dataset": "wave"}),
        ("activation", {"function": "tanh"}),
        ("dense", {"units": 1}),
        ("mean_squared_error", {}),
        training={"batch_size": 32},
    )
    trainer = Trainer(Model(document))
    trainer.sources["training"]["data_1.x"][9] = np.inf
    assert until_it_diverges(trainer) == Cause("samples", "data_1", "x", 9, False)


@THREADS
def test_a_weight_that_someone_broke(threads: int) -> None:
    trainer = Trainer(Model(regression(), threads=threads))
    trainer.advance()
    trainer.model.parameters["dense_2/kernel"][3] = np.nan
    assert until_it_diverges(trainer) == Cause("weights", "dense_2", "kernel", None, True)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("rate", [1e3, 1e9])
def test_a_rate_that_is_too_large_leaves_finite_weights(optimizer: str, rate: float) -> None:
    trainer = Trainer(Model(regression(optimizer=optimizer)))
    trainer.set_training(replace(trainer.model.training, learning_rate=rate, epochs=40))
    while not trainer.is_done:
        trainer.advance()
        if trainer.epoch_is_complete and not trainer.reason:
            trainer.end_epoch()
        assert np.isfinite(trainer.model.memory.parameters).all()
    assert (trainer.reason == DIVERGED) == (trainer.cause is not None)


@pytest.mark.parametrize(("backend", "threads"), [("plain", 1), ("cpu", 1), ("cpu", 2)])
def test_the_step_that_computed_it_is_named(backend: str, threads: int) -> None:
    """Weights so large that the second layer's sums pass the largest number."""
    trainer = Trainer(Model(regression(), threads=threads, backend=backend))
    trainer.model.parameters["dense_2/kernel"][:] = 3e38
    trainer.model.parameters["dense_1/kernel"][:] = 0
    trainer.model.parameters["dense_1/bias"][:] = 5
    with np.errstate(all="ignore"):
        cause = until_it_diverges(trainer)
    assert (cause.what, cause.node, cause.is_nan) == ("result", "dense_2", False)
    assert cause.row in trainer.model.memory.chosen[:32]


def test_the_logarithm_of_a_negative_number() -> None:
    """A kernel of its own in the place of the activation's, which NaN comes out of."""
    model = Model(regression(), threads=1)
    kernels = dict(model.kernels)
    whole = kernels["squared_error"]

    def logarithm(*arguments: object) -> None:
        whole(*arguments)
        losses = arguments[-1]
        losses[4] = np.log(losses[4] - 1e6)  # type: ignore[index]  # an array

    kernels["squared_error"] = logarithm
    model.kernels = model.passes.kernels = kernels
    trainer = Trainer(model)
    with np.errstate(invalid="ignore"):
        cause = until_it_diverges(trainer)
    row = int(model.memory.chosen[4])
    expected = Cause("result", "mean_squared_error_1", "squared_error", row, True)
    assert cause == expected


def test_a_gradient_that_is_no_number_behind_a_loss_that_is() -> None:
    model = Model(regression(), threads=1)
    kernels = dict(model.kernels)
    whole = kernels["dense_weight_gradient"]

    def broken(x: np.ndarray, dz: np.ndarray, dw: np.ndarray, db: np.ndarray) -> None:
        whole(x, dz, dw, db)
        dw[0, 0] = np.inf

    kernels["dense_weight_gradient"] = broken
    model.kernels = model.passes.kernels = kernels
    trainer = Trainer(model)
    cause = until_it_diverges(trainer)
    assert cause == Cause("gradient", "dense_2", "dense_weight_gradient", None, False)


def test_weights_that_went_too_far_in_the_last_batch_of_an_epoch() -> None:
    trainer = Trainer(Model(regression(batch_size=256, epochs=1)))
    trainer.advance()
    while not trainer.epoch_is_complete:
        trainer.advance()
    trainer.model.memory.parameters *= np.float32(1e25)
    record = trainer.end_epoch()
    assert not np.isfinite(record["validation_loss"])
    assert trainer.cause is not None and trainer.cause.part == "validation"
    assert trainer.cause.what == "result"


def test_a_state_of_a_run_that_diverged_says_so() -> None:
    trainer = Trainer(Model(regression()))
    trainer.sources["training"]["data_1.x"][3] = np.nan
    until_it_diverges(trainer)
    again = Trainer(Model(regression()))
    again.restore(trainer.state())
    assert (again.reason, again.is_done) == (DIVERGED, True)


@THREADS
def test_the_walk_leaves_everything_as_it_was(threads: int) -> None:
    from engine.runtime.diagnosis import find_cause
    from tests.engine.networks import spiral_mlp

    trainer = Trainer(Model(spiral_mlp(batch_size=16), threads=threads))
    other = Trainer(Model(spiral_mlp(batch_size=16), threads=threads))
    for each in (trainer, other):
        each.advance()
    find_cause(trainer.model, "training", np.arange(16))
    assert trainer.state() == other.state()
    assert trainer.advance() == other.advance()
    assert trainer.state() == other.state()
