"""What happens to gradients before the optimizer's step, and to weights after it."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.plan import make_plan
from engine.runtime.trainer import Trainer
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import Value
from tests.engine.gradients import samples
from tests.engine.growing import grown

RATE = 0.5
BOTH = pytest.mark.parametrize("threads", [1, 2])


def document(layer: dict[str, Value] | None = None, **training: Value) -> Document:
    """Plain gradient descent, so that a step is the treated gradient times the rate."""
    plain: dict[str, Value] = {
        "optimizer": "sgd",
        "momentum": 0.0,
        "learning_rate": RATE,
        "batch_size": 32,
    }
    return chain(
        ("data", {"dataset": "spirals"}),
        ("dense", {"units": 7, "activation": "tanh", **(layer or {})}),
        ("dense", {"units": 2}),
        ("cross_entropy", {}),
        training=plain | training,
    )


def batch(seed: int = 0, count: int = 24) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    return rng.standard_normal((count, 2)) * 3, rng.integers(0, 2, (count, 1))


def model_of(threads: int, **training: Any) -> Model:
    return Model(document(**training), dtype="float64", threads=threads)


def steps(model: Model, *batches: tuple[Array, Array]) -> dict[str, Array]:
    """What the weights moved by, divided by the rate: the gradients that the optimizer saw."""
    before = {name: value.copy() for name, value in model.parameters.items()}
    for x, y in batches:
        model.train_step(x, y)
    return {name: (before[name] - value) / RATE for name, value in model.parameters.items()}


def plain_gradients(x: Array, y: Array) -> dict[str, Array]:
    return model_of(1).loss_and_gradients(x, y)[1]


def assert_same(one: dict[str, Array], other: dict[str, Array]) -> None:
    for name, value in one.items():
        np.testing.assert_allclose(value, other[name], rtol=1e-9, atol=1e-12, err_msg=name)


@BOTH
def test_values_are_clipped(threads: int) -> None:
    seen = steps(model_of(threads, clipping="value", clip_limit=0.02), batch())
    plain = plain_gradients(*batch())
    assert any((abs(g) > 0.02).any() for g in plain.values())
    assert_same(seen, {name: np.clip(g, -0.02, 0.02) for name, g in plain.items()})


@BOTH
@pytest.mark.parametrize("limit", [0.1, 100.0])
def test_the_norm_of_each_weight_is_clipped(threads: int, limit: float) -> None:
    seen = steps(model_of(threads, clipping="norm", clip_limit=limit), batch())
    plain = plain_gradients(*batch())
    factors = {name: limit / max(limit, float(np.linalg.norm(g))) for name, g in plain.items()}
    assert min(factors.values()) < 1 or limit == 100
    assert_same(seen, {name: factors[name] * g for name, g in plain.items()})


@BOTH
@pytest.mark.parametrize("limit", [0.1, 100.0])
def test_the_global_norm_is_clipped(threads: int, limit: float) -> None:
    seen = steps(model_of(threads, clipping="global_norm", clip_limit=limit), batch())
    plain = plain_gradients(*batch())
    norm = np.sqrt(sum(np.sum(g * g) for g in plain.values()))
    assert_same(seen, {name: limit / max(limit, norm) * g for name, g in plain.items()})


@BOTH
def test_penalties_join_the_gradient_and_the_loss(threads: int) -> None:
    x, y = batch()
    model = model_of(threads, l1=0.01, l2=0.02)
    kernels = {name: w.copy() for name, w in model.parameters.items() if w.ndim > 1}
    penalty = sum(0.01 * np.abs(w).sum() + 0.02 * (w * w).sum() for w in kernels.values())
    plain_loss, plain = model_of(1).loss_and_gradients(x, y)
    for name, w in kernels.items():
        plain[name] = plain[name] + 0.01 * np.sign(w) + 0.04 * w
    loss, gradients = model.loss_and_gradients(x, y)
    assert loss == pytest.approx(plain_loss + penalty)
    assert_same(gradients, plain)
    evaluated = model.evaluate(x, y)
    assert evaluated["penalty"] == pytest.approx(penalty)
    assert evaluated["loss"] == pytest.approx(plain_loss + penalty)
    seen = steps(model, (x, y))
    assert_same(seen, plain)


def test_a_layer_may_have_penalties_of_its_own() -> None:
    x, y = batch()
    model = Model(document({"l2": 0.5}, l2=0.1), dtype="float64", threads=1)
    first, second = model.parameters["dense_1/kernel"], model.parameters["dense_2/kernel"]
    expected = 0.6 * float((first**2).sum()) + 0.1 * float((second**2).sum())
    assert model.evaluate(x, y)["penalty"] == pytest.approx(expected)


def test_the_record_of_an_epoch_holds_the_penalty() -> None:
    trainer = Trainer(Model(document(l2=0.1, batch_size=16), dtype="float64"))
    losses, penalties, counts = [], [], []
    while not trainer.epoch_is_complete:
        before = trainer.position.samples
        values = trainer.advance()
        losses.append(values["loss"])
        penalties.append(values["penalty"])
        counts.append(trainer.position.samples - before)
    record = trainer.end_epoch()
    assert record["penalty"] == pytest.approx(np.average(penalties, weights=counts))
    assert record["loss"] == pytest.approx(np.average(losses, weights=counts))
    assert record["validation_penalty"] == pytest.approx(trainer.model.update.penalty())
    assert record["validation_loss"] > record["validation_penalty"]


@BOTH
def test_norms_are_bounded_after_the_step(threads: int) -> None:
    free, bound = model_of(threads), model_of(threads, max_norm=0.6)
    steps(free, batch())
    steps(bound, batch())
    for name, w in free.parameters.items():
        if w.ndim > 1:
            norms = np.sqrt((w * w).sum(axis=0))
            assert (norms > 0.6).any()
            w = w * np.minimum(norms, 0.6) / (1e-7 + norms)
        np.testing.assert_allclose(bound.parameters[name], w, rtol=1e-9)


def test_the_bound_of_a_layer_goes_before_the_common_one() -> None:
    model = Model(document({"max_norm": 0.3}, max_norm=0.6), dtype="float64", threads=1)
    steps(model, batch())
    for name, limit in (("dense_1/kernel", 0.3), ("dense_2/kernel", 0.6)):
        norms = np.linalg.norm(model.parameters[name], axis=0)
        assert norms.max() == pytest.approx(limit, rel=1e-5)


@BOTH
def test_accumulated_gradients_are_averaged(threads: int) -> None:
    batches = [batch(seed) for seed in range(3)]
    model = model_of(threads, accumulation=3)
    for x, y in batches[:2]:
        assert not any(g.any() for g in steps(model, (x, y)).values())
    assert (model.step, model.update.count, model.update.gathered) == (2, 0, 2)
    seen = steps(model, batches[2])
    found = [plain_gradients(*each) for each in batches]
    assert_same(seen, {name: np.mean([g[name] for g in found], axis=0) for name in seen})
    assert (model.step, model.update.count, model.update.gathered) == (3, 1, 0)


def test_a_group_that_is_not_full_ends_with_the_epoch() -> None:
    trainer = Trainer(Model(document(accumulation=4, batch_size=64)))
    assert trainer.batches == 7
    for _ in range(7):
        trainer.advance()
    assert (trainer.model.update.count, trainer.model.update.gathered) == (2, 0)


@BOTH
def test_everything_together_in_the_order_of_keras(threads: int) -> None:
    batches = [batch(seed) for seed in range(2)]
    treated = {"accumulation": 2, "l2": 0.3, "clipping": "global_norm", "clip_limit": 0.2}
    seen = steps(model_of(threads, max_norm=50.0, **treated), *batches)
    found = [plain_gradients(*each) for each in batches]
    mean = {name: np.mean([g[name] for g in found], axis=0) for name in seen}
    for name, w in model_of(1).parameters.items():
        mean[name] = mean[name] + 0.6 * w * (w.ndim > 1)
    norm = np.sqrt(sum(np.sum(g * g) for g in mean.values()))
    for name, g in mean.items():
        np.testing.assert_allclose(seen[name], g * 0.2 / norm, rtol=1e-4, atol=1e-6)


def test_frozen_weights_are_left_alone() -> None:
    treated = {"l2": 0.3, "max_norm": 0.1, "clipping": "norm", "accumulation": 2}
    for training in ({}, treated):
        model = Model(document({"frozen": True, "l1": 0.5}, **training), dtype="float64")  # type: ignore[arg-type]  # values of options
        moved = steps(model, batch(0), batch(1))
        assert not moved["dense_1/kernel"].any() and not moved["dense_1/bias"].any()
        assert moved["dense_2/kernel"].any()
        kernel = model.parameters["dense_2/kernel"]
        expected = 0.3 * float((kernel**2).sum()) if training else 0.0
        assert model.update.penalty() == pytest.approx(expected)


def test_without_any_of_it_the_optimizer_sums_by_itself() -> None:
    model = model_of(2)
    assert not model.update.is_treated and model.update.total.size == 0
    names = {kernel: name for name, kernel in model.kernels.items()}
    lists = model.update.calls(2, True, 2)
    assert [[names[call[0]] for call in calls] for calls in lists] == [["sgd"], ["sgd"]]


@pytest.mark.parametrize("backend", ["plain", "cpu"])
def test_all_kernels_are_compiled_beforehand(backend: str) -> None:
    treated = {"l1": 0.1, "max_norm": 1.0, "clipping": "norm", "accumulation": 2}
    model = Model(document(**treated), backend=backend, threads=2)  # type: ignore[arg-type]  # values of options
    trainer = Trainer(model)
    before = {name: value.copy() for name, value in model.parameters.items()}
    names = [name for _, _, name in model.compile(trainer.sources["training"])]
    assert {"sum_gradients", "penalty_gradient", "clip_norm", "bound_norms", "sgd"} <= set(names)
    assert_same(model.parameters, before)
    trainer.advance()


def _has_no_way_back(drawn: Document) -> bool:
    """Whether the loss compares what no weight changes, though there are some."""
    plan = make_plan(drawn)
    return plan.trainable > 0 and not plan.backward


@pytest.mark.parametrize("backend", ["plain", "cpu"])
def test_weights_that_no_loss_reads_stay_as_they_are(backend: str) -> None:
    drawn = next(d for d in map(grown, map(Random, range(1000))) if _has_no_way_back(d))
    model = Model(drawn, backend=backend, batch_size=4, threads=2)
    x, y = samples(drawn, 4, np.random.default_rng(0))
    before = model.memory.parameters.copy()
    _, gradients = model.loss_and_gradients(x, y)
    assert model.plan.trainable and not model.plan.backward
    assert not any(gradient.any() for gradient in gradients.values())
    model.train_step(x, y)
    trained = model.plan.trainable  # running statistics lie behind, and follow the samples
    assert model.step == 1
    np.testing.assert_array_equal(model.memory.parameters[:trained], before[:trained])


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_optimizer_works_on_whole_lines_of_the_cache(dtype: str) -> None:
    model = Model(document(), threads=3, dtype=dtype, backend="plain")
    lists = model.update.calls(3, True, 3)
    for calls in lists:
        for array in calls[0][1][:-1]:
            assert array.ctypes.data % 64 == 0
    assert sum(calls[0][1][0].size for calls in lists) == model.update.size
