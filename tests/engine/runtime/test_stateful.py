"""Layers that keep their state between batches: states in and out, order, saving, evaluation."""

from __future__ import annotations

import numpy as np
import pytest

from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.preview import predictions
from engine.runtime.sources import in_stretches
from engine.runtime.trainer import Trainer
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import Value

KINDS = "simple_rnn", "gru", "lstm"


def stateful(kind: str, length: int = 6, embedding: int = 8, **training: Value) -> Document:
    """Tokens, an embedding, a layer that keeps its state, and two classes."""
    return chain(
        ("data", {"dataset": "majority", "length": length, "samples": 60}),
        ("embedding", {"units": embedding}),
        (kind, {"units": 8, "stateful": True}),
        ("dense", {"units": 2, "activation": "softmax"}),
        ("cross_entropy", {}),
        training=training,
    )


@pytest.mark.parametrize(("dtype", "precision"), [("float32", 1e-6), ("float64", 1e-14)])
def test_a_state_is_handed_in_and_taken_back(dtype: str, precision: float) -> None:
    """Embedding 10 → 8, SimpleRNN of 8 units, Dense 2, against the same written out."""
    rng = np.random.default_rng(7)
    model = Model(stateful("simple_rnn", 20), dtype=dtype, threads=1)
    for value in model.parameters.values():
        value[...] = 0.5 * rng.standard_normal(value.shape)
    weights = {name: value.astype(np.float64) for name, value in model.parameters.items()}
    hidden = rng.standard_normal(8)
    for _ in range(3):
        tokens = rng.integers(0, 10, 20)
        model.states["simple_rnn_1.state"][0] = hidden
        answer = model.predict(tokens[None])[0]
        for token in tokens:
            embedded = weights["embedding_1/embeddings"][token]
            z = embedded @ weights["simple_rnn_1/kernel"] + weights["simple_rnn_1/bias"]
            hidden = np.tanh(z + hidden @ weights["simple_rnn_1/recurrent_kernel"])
        scores = hidden @ weights["dense_1/kernel"] + weights["dense_1/bias"]
        expected = np.exp(scores) / np.exp(scores).sum()
        np.testing.assert_allclose(answer, expected, rtol=precision, atol=precision)
        hidden = model.states["simple_rnn_1.state"][0].astype(np.float64)
    model.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("threads", [1, 2])
def test_two_halves_are_a_whole(kind: str, threads: int) -> None:
    halves, whole = (
        Model(stateful(kind, length), dtype="float64", threads=threads, batch_size=4, seed=1)
        for length in (3, 6)
    )
    x = np.random.default_rng(2).integers(0, 10, (4, 6))
    halves.predict(x[:, :3])
    np.testing.assert_allclose(halves.predict(x[:, 3:]), whole.predict(x), rtol=1e-12)
    for name, state in whole.states.items():
        np.testing.assert_allclose(halves.states[name], state, rtol=1e-12)
    halves.forget()
    assert not any(state.any() for state in halves.states.values())


@pytest.mark.parametrize("kind", KINDS)
def test_training_goes_on_from_the_batch_before(kind: str) -> None:
    model = Model(stateful(kind), dtype="float64", batch_size=4)
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 10, (4, 6)), rng.integers(0, 2, 4)
    fresh, gradients = model.loss_and_gradients(x, y)
    fresh_gradients = {name: value.copy() for name, value in gradients.items()}
    kept = {name: state.copy() for name, state in model.states.items()}
    later, _ = model.loss_and_gradients(x, y)
    assert later != fresh
    model.forget()
    again, gradients = model.loss_and_gradients(x, y)
    assert again == fresh
    for name, value in gradients.items():
        np.testing.assert_array_equal(value, fresh_gradients[name])
    for name, state in model.states.items():
        np.testing.assert_array_equal(state, kept[name])


def test_a_smaller_batch_leaves_the_other_places_alone() -> None:
    model = Model(stateful("gru"), batch_size=4)
    for state in model.states.values():
        state[...] = 0.5
    model.predict(np.zeros((2, 6), np.int64))
    (state,) = model.states.values()
    assert (state[:2] != 0.5).any() and (state[2:] == 0.5).all()


def test_evaluation_begins_afresh_and_disturbs_nothing() -> None:
    model = Model(stateful("lstm", batch_size=16))
    trainer = Trainer(model)
    before = trainer.evaluate("validation")
    for state in model.states.values():
        state[...] = np.random.default_rng(4).standard_normal(state.shape)
    kept = {name: state.copy() for name, state in model.states.items()}
    assert trainer.evaluate("validation") == before
    predictions(trainer, 1)
    for name, state in model.states.items():
        np.testing.assert_array_equal(state, kept[name])


@pytest.mark.parametrize(("count", "places"), [(1, 1), (5, 8), (8, 8), (20, 4), (21, 4), (23, 4)])
def test_each_place_reads_a_stretch_of_its_own(count: int, places: int) -> None:
    order = in_stretches(count, places)
    assert sorted(order) == list(range(count))
    for place in range(min(places, count)):
        stretch: Array = order[place::places]
        np.testing.assert_array_equal(stretch, np.arange(stretch[0], stretch[0] + len(stretch)))


def test_samples_are_not_shuffled_and_epochs_begin_afresh() -> None:
    model = Model(stateful("gru", batch_size=16))
    trainer = Trainer(model)
    seen = []
    for _ in range(2):
        while not trainer.epoch_is_complete:
            if trainer.position.batch == 0:
                next(iter(model.states.values()))[...] = np.nan
            assert np.isfinite(trainer.advance()["loss"])
            count = trainer.position.samples
            seen.append(model.memory.chosen[: (count - 1) % 16 + 1].copy())
        trainer.end_epoch()
    order = in_stretches(trainer.count("training"), 16)
    np.testing.assert_array_equal(np.concatenate(seen), np.concatenate([order, order]))


@pytest.mark.parametrize("kind", KINDS)
def test_going_on_from_a_file_is_never_having_stopped(kind: str) -> None:
    document = stateful(kind, batch_size=8)
    straight, broken = Trainer(Model(document, threads=1)), Trainer(Model(document, threads=1))
    for _ in range(3):
        straight.advance()
        broken.advance()
    broken.evaluate("validation")
    saved = broken.state()
    resumed = Trainer(Model(document, threads=1))
    resumed.restore(saved)
    for trainer in (straight, resumed):
        while not trainer.epoch_is_complete:
            trainer.advance()
        trainer.end_epoch()
        trainer.advance()
    assert resumed.state() == straight.state()
