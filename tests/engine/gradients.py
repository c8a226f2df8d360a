"""Gradients against central differences, for whole networks in double precision."""

from __future__ import annotations

import numpy as np
import pytest

from engine.layers.analysis import build_layer
from engine.layers.data import Data
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.spec.document import Document
from engine.spec.shapes import TOKEN

STEP = 1e-6
# losses that refuse some numbers as targets, but none between 0 and 1
NOT_EVERY_NUMBER = {"binary_cross_entropy", "hinge", "poisson"}


def samples(document: Document, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Random samples and targets as the (only) data box of a document hands them out."""
    (node,) = (node for node in document.network.nodes if node.kind == "data")
    data = build_layer(node)
    assert isinstance(data, Data)
    shape, target = data.card.shape, data.card.target
    x: Array = rng.standard_normal((count, *shape.sizes))
    if shape.kind == TOKEN:
        x = rng.integers(0, shape.limit, (count, *shape.sizes))
    if not data.card.classes:
        y = rng.standard_normal((count, *target.sizes))
        kinds = {node.kind for node in document.network.nodes}
        return x, 1 / (1 + np.exp(-y)) if kinds & NOT_EVERY_NUMBER else y
    labels = rng.integers(0, data.card.classes, (count, *target.sizes))
    return x, np.eye(data.card.classes)[labels] if data.target == "one_hot" else labels


def assert_gradients(document: Document, count: int = 5, threads: int = 2, seed: int = 3) -> None:
    """Every gradient, by weights and by samples, is the slope of the loss in random directions."""
    rng = np.random.default_rng(seed)
    model = Model(
        document, dtype="float64", threads=threads, batch_size=count, seed=1, input_gradients=True
    )
    x, y = samples(document, count, rng)
    kept = {p.name for p in model.plan.parameters if not p.weight.trainable}
    for name, value in model.parameters.items():
        change = 0.3 * rng.standard_normal(value.shape)  # biases away from zero, too
        value += np.abs(change) if name in kept else change  # a variance is not negative
    states = {name: rng.standard_normal(state.shape) for name, state in model.states.items()}

    def loss_and_gradients() -> tuple[float, dict[str, Array]]:
        for name, state in states.items():  # each pass changes them
            model.states[name][...] = state
        return model.loss_and_gradients(x, y)

    _, gradients = loss_and_gradients()
    gradients = {name: gradient.copy() for name, gradient in gradients.items()}
    if model.plan.input_gradients:
        gradients["x"] = model.input_gradient(count).reshape(x.shape)
    assert set(gradients) >= set(model.parameters)
    for name, gradient in gradients.items():
        if name in kept and not np.any(gradient):
            continue  # nobody asks for it: running statistics, and what is frozen
        value = x if name == "x" else model.parameters[name]
        direction = rng.standard_normal(value.shape)
        start = value.copy()
        value[...] = start + STEP * direction
        above, _ = loss_and_gradients()
        value[...] = start - STEP * direction
        below, _ = loss_and_gradients()
        value[...] = start
        slope = (above - below) / (2 * STEP)
        rounding = 1e-9 * max(1.0, abs(above))  # of two large losses, divided by a small step
        assert np.vdot(gradient, direction) == pytest.approx(slope, rel=1e-6, abs=rounding), name
    model.close()
