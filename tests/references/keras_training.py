"""Losses and optimizers in Keras."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import torch
from keras.src.backend.common import dtypes

from engine.spec.training import TrainingOptions
from tests.references.experiment import Experiment
from tests.references.keras_layers import MAKE, SPECIAL, KerasLayer, simple
from tests.references.peer import Box, Different, Peer, Tensor, one_hot, rows, scores

# On PyTorch, Keras computes in single precision whatever it is given. This lets
# double precision be double.
dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"

L = keras.losses


def cross_entropy(box: Box) -> Tensor:
    z, target = rows(box, scores(box.x, "softmax")[0])
    smoothing = box.layer.label_smoothing
    if not target.is_floating_point() and not smoothing:
        return L.SparseCategoricalCrossentropy(from_logits=True)(target, z)
    whole = L.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
    return whole(one_hot(z, target), z)


def binary_cross_entropy(box: Box) -> Tensor:
    z, target = rows(box, scores(box.x, "sigmoid")[0])
    loss = L.BinaryCrossentropy(from_logits=True, label_smoothing=box.layer.label_smoothing)
    return loss(target.reshape(z.shape), z)


def kl_divergence(box: Box) -> Tensor:
    raise Different("Keras takes targets of 0 for a ten-millionth")


def hinge(box: Box) -> Tensor:
    z, target = rows(box, box.x)
    if not torch.isin(target, torch.tensor([-1, 0, 1], dtype=target.dtype)).all():
        raise Different("a target above 0.5 is a yes for us, and a number for Keras")
    return L.Hinge()(target.reshape(z.shape), z)


def categorical_hinge(box: Box) -> Tensor:
    z, target = rows(box, box.x)
    return L.CategoricalHinge()(one_hot(z, target), z)


def poisson(box: Box) -> Tensor:
    z, target = rows(box, box.x)
    if box.layer.log_rate or (target < 0).any() or (z <= 0).any():
        raise Different("Keras wants the rates themselves, which are not negative")
    return L.Poisson()(target.reshape(z.shape), z)


def of_numbers(make: Callable[..., Any], *options: str) -> Callable[[Box], Tensor]:
    """A loss of outputs and numbers, with options of the same names."""

    def translated(box: Box) -> Tensor:
        z, target = rows(box, box.x)
        made = make(**{name: getattr(box.layer, name) for name in options})
        return made(target.reshape(z.shape), z)

    return translated


LOSSES: dict[str, Callable[[Box], Tensor]] = {
    "binary_cross_entropy": binary_cross_entropy,
    "categorical_hinge": categorical_hinge,
    "cross_entropy": cross_entropy,
    "hinge": hinge,
    "huber": of_numbers(L.Huber, "delta"),
    "kl_divergence": kl_divergence,
    "log_cosh": of_numbers(L.LogCosh),
    "mean_absolute_error": of_numbers(L.MeanAbsoluteError),
    "mean_squared_error": of_numbers(L.MeanSquaredError),
    "poisson": poisson,
}

K, R = keras.optimizers, keras.optimizers.schedules
OPTIMIZERS: dict[str, Callable[[TrainingOptions, Any], Any]] = {
    "adadelta": lambda o, rate: K.Adadelta(rate, o.adadelta_rho, o.epsilon),
    "adagrad": lambda o, rate: K.Adagrad(rate, o.accumulator, o.epsilon),
    "adam": lambda o, rate: K.Adam(rate, o.beta_1, o.beta_2, o.epsilon),
    "adamw": lambda o, rate: K.AdamW(rate, o.weight_decay, o.beta_1, o.beta_2, o.epsilon),
    "lion": lambda o, rate: K.Lion(rate, o.beta_1, o.lion_beta_2),
    "nadam": lambda o, rate: K.Nadam(rate, o.beta_1, o.beta_2, o.epsilon),
    "rmsprop": lambda o, rate: K.RMSprop(rate, o.rho, o.rmsprop_momentum, o.epsilon, o.centred),
    "sgd": lambda o, rate: K.SGD(rate, o.momentum, o.nesterov),
}
CLIPPINGS = {"value": "clipvalue", "norm": "clipnorm", "global_norm": "global_clipnorm"}


def rate_of(o: TrainingOptions) -> Any:
    """The learning rate, or the schedule that it follows; here each step is an epoch."""
    rate, fall = o.learning_rate, (o.decay_epochs, o.decay_factor)
    made = {
        "constant": lambda: rate,
        "step": lambda: R.ExponentialDecay(rate, *fall, staircase=True),
        "exponential": lambda: R.ExponentialDecay(rate, *fall),
        "polynomial": lambda: R.PolynomialDecay(rate, o.epochs, o.final_factor * rate, o.power),
        "cosine": lambda: R.CosineDecay(rate, o.epochs, o.final_factor),
        "cosine_restarts": lambda: R.CosineDecayRestarts(
            rate, o.cycle_epochs, o.cycle_growth, 1.0, o.final_factor
        ),
    }
    if o.schedule not in made or o.warm_up:
        raise Different(o.schedule)
    return made[o.schedule]()


class Stepper:
    """A Keras optimizer that moves plain tensors."""

    def __init__(self, optimizer: Any, weights: list[Tensor], max_norm: float) -> None:
        self.optimizer, self.weights, self.max_norm = optimizer, weights, max_norm
        self.optimizer.build([keras.Variable(value.detach()) for value in weights])
        self.state = list(self.optimizer.variables)

    def step(self) -> None:
        slopes = [value.grad for value in self.weights]
        plain = [value.detach() for value in self.weights]
        moved, self.state = self.optimizer.stateless_apply(self.state, slopes, plain)
        for value, new in zip(self.weights, moved, strict=True):
            value.data.copy_(new)
            if self.max_norm and value.ndim > 1:
                bound = keras.constraints.MaxNorm(self.max_norm, list(range(value.ndim - 1)))
                value.data.copy_(bound(value.detach()))


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
        made = OPTIMIZERS[options.optimizer](options, rate_of(options))
        if options.clipping != "none":
            setattr(made, CLIPPINGS[options.clipping], options.clip_limit)
        return Stepper(made, weights, options.max_norm)

    def clip(self, options: TrainingOptions, weights: list[Tensor]) -> None:
        """Its optimizers do so."""
