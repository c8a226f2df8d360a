"""One experiment, which the engine and its peers carry out alike: a network, weights, a batch.

What came out has the same names on all sides: "answer", "loss" (of each step), "gradient x",
"gradient dense_1/kernel", "after dense_1/kernel" (when all steps are done).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.layers.analysis import analyse
from engine.layers.base import Weight
from engine.runtime.initializers import initial
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.schedules import factor
from engine.spec.document import Document, Node
from tests.engine.gradients import samples

Results = dict[str, Array]

# below this, a difference is no longer taken relative to the largest value of its array: many
# gradients are zero but for rounding (a bias before a normalisation, padding)
SMALLEST = 1e-3
CHANCE = (
    "rate",
    "dropout",
    "recurrent_dropout",
    "deviation",
    "shift",
    "rotation",
    "zoom",
)  # options that are more than none


@dataclass(frozen=True)
class Experiment:
    """A network, its first weights by name, and the batch that it is trained on for `steps`."""

    document: Document
    weights: Mapping[str, Array]
    x: Array
    target: Array
    steps: int

    @property
    def is_random(self) -> bool:
        """Whether chance takes part in training, so that only the answers can be compared."""
        facts = analyse(self.document).facts.values()
        return any(getattr(fact.layer, name, 0) for fact in facts for name in CHANCE)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The boxes of the network."""
        return self.document.network.nodes


def experiment(document: Document, seed: int, *, count: int = 3, steps: int = 10) -> Experiment:
    """A batch and weights at random, all of them numbers that single precision can hold."""
    rng = np.random.default_rng(seed)
    weights = {
        f"{id}/{name}": _some(weight, seed, f"{id}/{name}", rng)
        for id, fact in analyse(document).facts.items()
        for name, weight in fact.weights.items()
    }
    x, target = (_single(array) for array in samples(document, count, rng))
    return Experiment(document, weights, x, target, steps)


def _some(weight: Weight, seed: int, name: str, rng: np.random.Generator) -> Array:
    """A weight's first value, moved a little; running statistics only upwards, as variances."""
    change = 0.2 * rng.standard_normal(weight.shape)
    return _single(initial(weight, seed, name) + (change if weight.trainable else np.abs(change)))


def _single(array: Array) -> Array:
    return array.astype(np.float32 if array.dtype.kind == "f" else np.int64)


def own_results(
    given: Experiment, dtype: str = "float64", threads: int = 1, backend: str = "cpu"
) -> Results:
    """What the engine makes of an experiment."""
    how: dict[str, Any] = {"dtype": dtype, "threads": threads, "backend": backend}
    slopes = not given.is_random
    model = Model(given.document, batch_size=len(given.x), input_gradients=slopes, **how)
    model.set_parameters(given.weights)
    found: Results = {"answer": model.predict(given.x)}
    model.forget()
    if given.is_random:
        model.close()
        return found
    _, gradients = model.loss_and_gradients(given.x, given.target)
    trained = [place.name for place in model.plan.parameters if place.weight.trainable]
    found |= {f"gradient {name}": gradients[name].copy() for name in trained}
    if model.plan.input_gradients:
        found["gradient x"] = model.input_gradient(len(given.x))
    model.forget()
    model.set_parameters(given.weights)  # the pass before may have moved running statistics
    losses = []
    for number in range(given.steps):  # each step stands for an epoch, where a schedule counts them
        model.rate = model.training.learning_rate * factor(model.training, number, 1)
        losses.append(model.train_step(given.x, given.target)["loss"])
    found["loss"] = np.array(losses)
    found |= {f"after {name}": value.copy() for name, value in model.parameters.items()}
    model.close()
    return found


def difference(own: Array, peer: Array) -> float:
    """The largest difference, relative to the largest value; infinite if NaN is on one side."""
    if own.size == 0:
        return 0.0
    own, peer = np.reshape(own, -1).astype(np.float64), np.reshape(peer, -1).astype(np.float64)
    if not np.array_equal(np.isfinite(own), np.isfinite(peer)):
        return np.inf
    apart = np.abs(np.where(own == peer, 0.0, own - peer))
    largest = np.max(np.abs(peer), initial=0.0, where=np.isfinite(peer))
    return float(np.max(apart) / max(largest, SMALLEST))
