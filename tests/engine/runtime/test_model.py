"""A model: weights by name, passes over any number of samples, and what it refuses."""

from __future__ import annotations

import gc
import threading
import tracemalloc
from typing import Any

import numpy as np
import pytest

from engine.kernels import load
from engine.optimizers import OPTIMIZERS
from engine.runtime.crew import estimated
from engine.runtime.model import Model
from engine.runtime.plan import NotReady
from engine.spec.document import Document
from engine.spec.training import TrainingOptions
from tests.engine.gradients import samples
from tests.engine.networks import Boxes, article, network, small_cnn, spiral_mlp


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_weights_are_named_by_box_and_begin_as_keras_begins_them() -> None:
    model = Model(small_cnn())
    assert {name: value.shape for name, value in model.parameters.items()} == {
        "conv2d_1/kernel": (3, 3, 1, 4),
        "conv2d_1/bias": (4,),
        "dense_1/kernel": (36, 10),
        "dense_1/bias": (10,),
    }
    limit = np.sqrt(6 / (36 + 10))
    kernel = model.parameters["dense_1/kernel"]
    assert limit * 0.9 < np.abs(kernel).max() <= limit
    assert not model.parameters["dense_1/bias"].any()


def test_writing_into_a_weight_changes_the_network(rng: np.random.Generator) -> None:
    model = Model(spiral_mlp())
    x, _ = samples(model.document, 3, rng)
    model.parameters["dense_2/kernel"][...] = 0
    np.testing.assert_allclose(model.predict(x), 0.5)


def test_weights_are_set_by_name_and_mistakes_are_named() -> None:
    model = Model(spiral_mlp())
    model.set_parameters({"dense_2/bias": np.array([1.0, 2.0])})
    assert model.parameters["dense_2/bias"].tolist() == [1.0, 2.0]
    with pytest.raises(KeyError, match=r"no weight 'dense_9/bias'.*dense_2/bias"):
        model.set_parameters({"dense_9/bias": np.zeros(2)})
    with pytest.raises(ValueError, match=r"dense_2/bias: shape \(3,\) given, \(2,\) expected"):
        model.set_parameters({"dense_2/bias": np.zeros(3)})


def test_a_mistake_among_several_weights_changes_none() -> None:
    model = Model(spiral_mlp())
    with pytest.raises(ValueError):
        model.set_parameters({"dense_2/bias": np.ones(2), "dense_1/bias": np.ones(3)})
    assert not model.parameters["dense_2/bias"].any()


def test_reset_begins_anew(rng: np.random.Generator) -> None:
    model = Model(spiral_mlp(), seed=3)
    start = {name: value.copy() for name, value in model.parameters.items()}
    x, y = samples(model.document, 8, rng)
    first = [model.train_step(x, y)["loss"] for _ in range(3)]
    model.reset()
    assert all(np.array_equal(start[name], value) for name, value in model.parameters.items())
    assert [model.train_step(x, y)["loss"] for _ in range(3)] == first
    model.reset(seed=4)
    assert not np.array_equal(start["dense_1/kernel"], model.parameters["dense_1/kernel"])


def test_a_box_more_does_not_change_how_the_others_begin() -> None:
    small = Model(spiral_mlp())
    boxes: Boxes = {
        "data": ("data", {"dataset": "spirals"}),
        "dense_0": ("dense", {"units": 5}),
        "dense_1": ("dense", {"units": 16}),
        "dense_2": ("dense", {"units": 2}),
        "loss": ("cross_entropy", {}),
    }
    joins = "data > dense_0", "data > dense_1", "dense_1 > dense_2", "dense_2 > loss"
    large = Model(network(boxes, *joins, "data.target > loss.target"))
    for name, value in small.parameters.items():
        assert np.array_equal(value, large.parameters[name]), name


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("count", [1, 2, 7, 8, 9, 21])
def test_answers_do_not_depend_on_the_batches(
    rng: np.random.Generator, threads: int, count: int
) -> None:
    x, y = samples(small_cnn(), count, rng)
    whole = Model(small_cnn(), batch_size=32, dtype="float64")
    parts = Model(small_cnn(), batch_size=8, threads=threads, dtype="float64")
    np.testing.assert_allclose(parts.predict(x), whole.predict(x), rtol=1e-12)
    small, large = parts.evaluate(x, y), whole.evaluate(x, y)
    assert small == pytest.approx(large, rel=1e-12)


def test_samples_may_come_in_any_shape_of_the_right_size(rng: np.random.Generator) -> None:
    model = Model(small_cnn(), batch_size=4)
    x, _ = samples(model.document, 4, rng)
    expected = model.predict(x)
    assert np.array_equal(model.predict(x.reshape(4, 64)), expected)
    assert np.array_equal(model.predict(x[..., 0].tolist()), expected)
    assert np.array_equal(model.predict(np.asfortranarray(x)), expected)


def test_nothing_to_answer_is_answered_with_nothing() -> None:
    assert Model(small_cnn()).predict(np.zeros((0, 8, 8, 1))).shape == (0, 10)


def test_what_does_not_fit_is_refused_by_name(rng: np.random.Generator) -> None:
    model = Model(small_cnn(), batch_size=8)
    x, y = samples(model.document, 8, rng)
    with pytest.raises(ValueError, match=r"data_1.x: samples of shape \(7, 7\) given, \(8, 8, 1\)"):
        model.predict(np.zeros((2, 7, 7)))
    with pytest.raises(ValueError, match=r"data_1.target: samples of shape \(10,\)"):
        model.evaluate(x, np.eye(10)[y])
    with pytest.raises(ValueError, match="9 samples given, but the model takes 8"):
        model.train_step(np.zeros((9, 64)), np.zeros(9))
    with pytest.raises(ValueError, match=r"8 samples.*5"):
        model.loss_and_gradients(x, y[:5])
    with pytest.raises(ValueError, match=r"8 samples.*9"):
        model.evaluate(x, np.arange(9))
    for wrong in (10, -1):
        with pytest.raises(ValueError, match=rf"data_1.target: {wrong} given, 0 … 9"):
            model.train_step(x, np.full(8, wrong))
    for call in (model.train_step, model.loss_and_gradients, model.evaluate):
        with pytest.raises(ValueError, match="no samples"):
            call(x[:0], y[:0])
    with pytest.raises(ValueError, match="2 arrays of samples given for 1"):
        model.predict(x, x)


def test_two_data_boxes_are_fed_in_the_order_of_drawing(rng: np.random.Generator) -> None:
    boxes: Boxes = {
        "one": ("data", {"dataset": "iris"}),
        "two": ("data", {"dataset": "iris"}),
        "all": ("concatenate", {}),
        "a": ("dense", {"units": 3}),
        "loss": ("cross_entropy", {}),
    }
    joins = "two > all", "one > all", "all > a", "a > loss", "one.target > loss.target"
    model = Model(network(boxes, *joins), dtype="float64")
    x1, x2 = rng.standard_normal((2, 5, 4))
    w = model.parameters["a/kernel"]
    z = np.concatenate([x2, x1], axis=1) @ w
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(model.predict(x1, x2), p, rtol=1e-12)
    with pytest.raises(ValueError, match=r"5 samples.*4"):
        model.predict(x1, x2[:4])


def test_a_drawing_with_errors_is_not_ready() -> None:
    with pytest.raises(NotReady, match="no_data at -; no_loss at -"):
        Model(Document())


@pytest.mark.parametrize(
    "options",
    [
        {"threads": -1},
        {"batch_size": -2},
        {"batch_size": 0},
        {"dtype": "float16"},
        {"dtype": "int64"},
        {"backend": "abacus"},
        {"seed": -1},
    ],
    ids=str,
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"abacus|-1|-2|0 |float16|int64"):
        Model(spiral_mlp(), **options)  # type: ignore[arg-type]


def test_a_network_without_weights_can_be_trained_to_no_effect(rng: np.random.Generator) -> None:
    boxes: Boxes = {"data": ("data", {"dataset": "spirals"}), "loss": ("cross_entropy", {})}
    model = Model(network(boxes, "data > loss", "data.target > loss.target"), batch_size=4)
    x, y = samples(model.document, 4, rng)
    assert model.parameters == {}
    assert model.train_step(x, y) == model.train_step(x, y)


def test_the_number_of_threads_follows_the_work() -> None:
    model = Model(article(), batch_size=1)
    assert estimated(model.plan, 1) <= estimated(model.plan, 4096)
    assert estimated(Model(spiral_mlp()).plan, 1) == 1
    assert Model(spiral_mlp(), threads=3).threads == 3


def test_a_closed_model_says_so_instead_of_waiting_forever(rng: np.random.Generator) -> None:
    model = Model(spiral_mlp(), threads=2, batch_size=4)
    x, _ = samples(model.document, 4, rng)
    model.close()
    model.close()
    with pytest.raises(ValueError, match="closed"):
        model.predict(x)


def test_a_forgotten_model_ends_its_threads() -> None:
    gc.collect()
    before = threading.active_count()
    model = Model(spiral_mlp(), threads=4)
    assert threading.active_count() == before + 3
    del model
    gc.collect()
    assert threading.active_count() == before


def test_after_compiling_nothing_is_compiled_any_more(rng: np.random.Generator) -> None:
    """Kernels are shared by all tests, so the types seen are counted, not the compilations."""
    model = Model(small_cnn(), threads=2, batch_size=8)
    kernels: dict[str, Any] = dict(load("cpu"))  # Any: what Numba makes has no type
    for kernel in kernels.values():
        kernel._reset_overloads()
    x, y = samples(model.document, 16, rng)
    sources = model._as_sources((x,), (y,))
    told = list(model.compile(sources))
    assert told[0][0] == 0
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][0] == told[-1][1]
    ready = {name: len(kernel.signatures) for name, kernel in kernels.items()}
    for count in (8, 1, 2, 7):
        model.train_step(x[:count], y[:count])
        model.evaluate(x[:count], y[:count])
    model.predict(x)
    assert {name: len(kernel.signatures) for name, kernel in kernels.items()} == ready


def test_compiling_leaves_fresh_weights(rng: np.random.Generator) -> None:
    model = Model(spiral_mlp(), seed=5)
    x, y = samples(model.document, 16, rng)
    list(model.compile(model._as_sources((x,), (y,))))
    fresh = Model(spiral_mlp(), seed=5)
    assert model.step == 0
    assert model.train_step(x, y) == fresh.train_step(x, y)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("threads", [1, 2])
def test_a_training_step_allocates_nothing_large(
    rng: np.random.Generator, optimizer: str, threads: int
) -> None:
    model = Model(small_cnn(optimizer=optimizer), threads=threads, batch_size=256)
    x, y = samples(model.document, 256, rng)
    model.attach(model._as_sources((x,), (y,)))
    rows = np.arange(256)
    for _ in range(3):
        model.train(rows)
    gc.collect()
    tracemalloc.start()
    for _ in range(100):  # until Python's own stores of small objects are filled
        model.train(rows)
    tracemalloc.reset_peak()
    start, _ = tracemalloc.get_traced_memory()
    for _ in range(300):
        model.train(rows)
    end, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    model.close()
    smallest = 256 * 10 * 4  # one batch of the smallest tensor
    assert end - start < smallest / 2
    assert peak - start < smallest


def test_another_learning_rate_counts_from_the_next_step(rng: np.random.Generator) -> None:
    model = Model(spiral_mlp(optimizer="sgd", momentum=0.0, learning_rate=0.1), batch_size=8)
    x, y = samples(model.document, 8, rng)
    model.with_training(TrainingOptions(optimizer="sgd", momentum=0.0, learning_rate=0.5))
    before = model.parameters["dense_2/bias"].copy()
    _, gradients = model.loss_and_gradients(x, y)
    expected = before - np.float32(0.5) * gradients["dense_2/bias"]
    model.train_step(x, y)
    np.testing.assert_allclose(model.parameters["dense_2/bias"], expected, rtol=1e-5)


def test_arrays_at_hand_are_bound_once_and_not_kept() -> None:
    """What a caller does with an array afterwards changes nothing, and each call sees its own."""
    model = Model(spiral_mlp(batch_size=8), threads=1)
    x = np.random.default_rng(0).normal(size=(20, 2)).astype("float32")
    whole = model.predict(x)  # more than a batch
    for count in (8, 1, 5):
        given = x[:count].copy()
        assert np.array_equal(model.predict(given), whole[:count])
        given[:] = 7
        assert np.array_equal(model.predict(x[3:4]), whole[3:4])
    bound = model.calls("inference", 1)
    model.predict(x[5:6])
    assert model.calls("inference", 1) is bound
