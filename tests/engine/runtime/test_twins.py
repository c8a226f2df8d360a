"""The same plan computes the same on every backend, with any number of workers, each time."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.spec.document import Document
from tests.engine.gradients import samples
from tests.engine.growing import grown
from tests.engine.networks import small_cnn, spiral_mlp
from tests.engine.runtime.test_gradients import BRANCHED

ROUNDING = {"float64": 1e-10, "float32": 1e-4}
types = pytest.mark.parametrize("dtype", ROUNDING)


def everything(document: Document, batches: tuple[int, ...], **options: Any) -> dict[str, Array]:
    """All that a model computes in a few training steps, by name."""
    model = Model(document, batch_size=max(batches), seed=2, **options)
    rng = np.random.default_rng(9)
    found: dict[str, Array] = {}
    for number, count in enumerate(batches):
        x, y = samples(document, count, rng)
        model.forget()
        loss, gradients = model.loss_and_gradients(x, y)
        found |= {f"{number} loss": np.array(loss)}
        found |= {f"{number} d {name}": value.copy() for name, value in gradients.items()}
        model.forget()
        scores = model.train_step(x, y)
        assert scores["loss"] == loss
    x, y = samples(document, 2 * max(batches) + 1, rng)
    found |= {f"weight {name}": value.copy() for name, value in model.parameters.items()}
    found |= {"answers": model.predict(x), "evaluation": np.array([*model.evaluate(x, y).values()])}
    model.close()
    return found


def assert_close(one: dict[str, Array], other: dict[str, Array], rounding: float) -> None:
    assert one.keys() == other.keys()
    for name, value in one.items():
        size = max(float(np.abs(value).max(initial=0)), 1e-3)
        np.testing.assert_allclose(other[name], value, rtol=0, atol=rounding * size, err_msg=name)


def assert_equal(one: dict[str, Array], other: dict[str, Array]) -> None:
    assert one.keys() == other.keys()
    for name, value in one.items():
        np.testing.assert_array_equal(other[name], value, err_msg=name)


ONE_SOURCE = [name for name in BRANCHED if name not in ("an auto-encoder", "two data boxes")]
NETWORKS = {name: BRANCHED[name] for name in ONE_SOURCE} | {
    "convolutions": small_cnn(),
    "convolutions, with momentum": small_cnn(optimizer="sgd", learning_rate=0.05),
    "spiral": spiral_mlp(learning_rate=0.01),
    "spiral, looking ahead": spiral_mlp(optimizer="sgd", nesterov=True, learning_rate=0.05),
}
networks = pytest.mark.parametrize("name", NETWORKS)


@types
@networks
def test_the_plain_backend_agrees_with_the_fast_one(name: str, dtype: str) -> None:
    document, options = NETWORKS[name], {"dtype": dtype, "threads": 2}
    plain = everything(document, (5, 3), backend="plain", **options)
    assert_close(plain, everything(document, (5, 3), **options), ROUNDING[dtype])


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_the_backends_agree_on_random_networks(seed: int) -> None:
    document = grown(Random(seed))
    plain = everything(document, (4, 1), backend="plain", dtype="float64")
    assert_close(plain, everything(document, (4, 1), dtype="float64"), 1e-9)


@types
@networks
def test_the_number_of_workers_changes_rounding_only(name: str, dtype: str) -> None:
    document = NETWORKS[name]
    alone = everything(document, (7, 2, 1, 6), threads=1, dtype=dtype)
    for threads in (2, 3, 9):
        team = everything(document, (7, 2, 1, 6), threads=threads, dtype=dtype)
        assert_close(alone, team, 10 * ROUNDING[dtype])


@networks
@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_same_run_gives_the_same_bits(name: str, threads: int) -> None:
    document, batches = NETWORKS[name], (7, 7, 5)
    first = everything(document, batches, threads=threads)
    assert_equal(first, everything(document, batches, threads=threads))


def test_the_seed_decides_weights_and_dropout() -> None:
    one, same, other = (Model(spiral_mlp(), seed=seed, batch_size=8) for seed in (1, 1, 2))
    for name, value in one.parameters.items():
        assert np.array_equal(value, same.parameters[name])
        assert name.endswith("bias") or not np.array_equal(value, other.parameters[name])
    other.set_parameters(one.parameters)
    x, y = samples(one.document, 8, np.random.default_rng(0))
    assert one.loss_and_gradients(x, y)[0] == same.loss_and_gradients(x, y)[0]
    assert one.loss_and_gradients(x, y)[0] != other.loss_and_gradients(x, y)[0]


def test_dropout_changes_with_each_step_and_not_with_the_look() -> None:
    model = Model(spiral_mlp(optimizer="sgd", learning_rate=1e-8, momentum=0.0), batch_size=8)
    x, y = samples(model.document, 8, np.random.default_rng(0))
    first = model.loss_and_gradients(x, y)[0]
    assert model.loss_and_gradients(x, y)[0] == first
    assert model.train_step(x, y)["loss"] == first
    assert abs(model.loss_and_gradients(x, y)[0] - first) > 1e-4


def test_dropout_is_for_training_only() -> None:
    model = Model(spiral_mlp(), batch_size=8)
    x, y = samples(model.document, 8, np.random.default_rng(0))
    before, scores = model.predict(x), model.evaluate(x, y)
    model.loss_and_gradients(x, y)
    assert np.array_equal(model.predict(x), before)
    assert model.evaluate(x, y) == scores
