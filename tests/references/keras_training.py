"""Losses and optimizers in Keras."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
from keras.src.backend.common import dtypes

from engine.spec.training import TrainingOptions
from tests.references.experiment import Experiment
from tests.references.keras_layers import MAKE, SPECIAL, KerasLayer, simple
from tests.references.peer import Box, Peer, Tensor, scores

# On PyTorch, Keras computes in single precision whatever it is given. This lets
# double precision be double.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"

L = keras.losses


def cross_entropy(box: Box) -> Tensor:
    z, _ = scores(box.x, "softmax")
    kind = L.CategoricalCrossentropy
    if not box.target.is_floating_point():
        kind = L.SparseCategoricalCrossentropy
    return kind(from_logits=True)(box.target, z)


def binary_cross_entropy(box: Box) -> Tensor:
    z, _ = scores(box.x, "sigmoid")
    return L.BinaryCrossentropy(from_logits=True)(box.target.reshape(z.shape), z)


def mean_squared_error(box: Box) -> Tensor:
    return L.MeanSquaredError()(box.target.reshape(box.x.shape), box.x)


LOSSES: dict[str, Callable[[Box], Tensor]] = {
    "binary_cross_entropy": binary_cross_entropy,
    "cross_entropy": cross_entropy,
    "mean_squared_error": mean_squared_error,
}

K = keras.optimizers
OPTIMIZERS: dict[str, Callable[[TrainingOptions], Any]] = {
    "adadelta": lambda o: K.Adadelta(o.learning_rate, o.adadelta_rho, o.epsilon),
    "adagrad": lambda o: K.Adagrad(o.learning_rate, o.accumulator, o.epsilon),
    "adam": lambda o: K.Adam(o.learning_rate, o.beta_1, o.beta_2, o.epsilon),
    "adamw": lambda o: K.AdamW(o.learning_rate, o.weight_decay, o.beta_1, o.beta_2, o.epsilon),
    "lion": lambda o: K.Lion(o.learning_rate, o.beta_1, o.lion_beta_2),
    "nadam": lambda o: K.Nadam(o.learning_rate, o.beta_1, o.beta_2, o.epsilon),
    "rmsprop": lambda o: K.RMSprop(
        o.learning_rate, o.rho, o.rmsprop_momentum, o.epsilon, o.centred
    ),
    "sgd": lambda o: K.SGD(o.learning_rate, o.momentum, o.nesterov),
}


class Stepper:
    """A Keras optimizer that moves plain tensors."""

    def __init__(self, optimizer: Any, weights: list[Tensor]) -> None:
        self.optimizer, self.weights = optimizer, weights
        self.optimizer.build([keras.Variable(value.detach()) for value in weights])
        self.state = list(self.optimizer.variables)

    def step(self) -> None:
        slopes = [value.grad for value in self.weights]
        plain = [value.detach() for value in self.weights]
        moved, self.state = self.optimizer.stateless_apply(self.state, slopes, plain)
        for value, new in zip(self.weights, moved, strict=True):
            value.data.copy_(new)


class KerasNetwork(Peer):
    """A network in Keras."""

    name = "Keras"
    kinds = frozenset({"data", *MAKE, *SPECIAL, *LOSSES})

    def __init__(self, given: Experiment, dtype: str = "float64") -> None:
        keras.config.set_floatx(dtype)
        keras.config.set_dtype_policy(dtype)
        super().__init__(given, dtype)
        self.layers: dict[str, KerasLayer] = {}

    def translated(self, box: Box) -> Tensor | dict[str, Tensor]:
        kind = box.layer.kind
        make, run = SPECIAL[kind] if kind in SPECIAL else (MAKE[kind], simple)
        layer = self.layers.setdefault(box.id, None) or make(box.layer)
        self.layers[box.id] = layer
        return run(box, layer)

    def loss(self, box: Box) -> Tensor:
        return LOSSES[box.layer.kind](box)

    def optimizer(self, options: TrainingOptions, weights: list[Tensor]) -> Any:
        return Stepper(OPTIMIZERS[options.optimizer](options), weights)
