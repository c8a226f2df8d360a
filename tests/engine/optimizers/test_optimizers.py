"""Optimizers: the steps that a model takes are those of the papers, written out once more."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from engine.kernels import load
from engine.optimizers import OPTIMIZERS
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.spec.options import Choice, Value, options_of
from engine.spec.training import TrainingOptions
from tests.engine.gradients import samples
from tests.engine.networks import spiral_mlp

Update = Callable[[str, Array, Array, int], None]


def momentum_descent(rate: float, momentum: float, nesterov: bool) -> Update:
    """Sutskever et al. 2013, eq. 1 to 4, in the form of Keras."""
    velocity: dict[str, Array] = {}

    def update(name: str, p: Array, g: Array, t: int) -> None:
        v = momentum * velocity.get(name, np.zeros_like(p)) - rate * g
        velocity[name] = v
        p += momentum * v - rate * g if nesterov else v

    return update


def adam(rate: float, beta_1: float, beta_2: float, epsilon: float) -> Update:
    """Kingma & Ba 2015, with the corrections in the rate (end of section 2)."""
    means: dict[str, tuple[Array, Array]] = {}

    def update(name: str, p: Array, g: Array, t: int) -> None:
        m, v = means.get(name, (np.zeros_like(p), np.zeros_like(p)))
        m, v = beta_1 * m + (1 - beta_1) * g, beta_2 * v + (1 - beta_2) * g * g
        means[name] = m, v
        p -= rate * np.sqrt(1 - beta_2**t) / (1 - beta_1**t) * m / (np.sqrt(v) + epsilon)

    return update


def adamw(rate: float, decay: float) -> Update:
    """Loshchilov & Hutter 2019: the decay does not pass through the gradient."""
    step = adam(rate, 0.9, 0.999, 1e-7)

    def update(name: str, p: Array, g: Array, t: int) -> None:
        p -= rate * decay * p
        step(name, p, g, t)

    return update


def nadam(rate: float, beta_1: float, beta_2: float, epsilon: float) -> Update:
    """Dozat 2016, with the momentum's course of Keras, multiplied step by step."""
    means: dict[str, tuple[Array, Array]] = {}

    def course(t: int) -> float:
        return beta_1 * (1 - 0.5 * 0.96**t)

    def update(name: str, p: Array, g: Array, t: int) -> None:
        m, v = means.get(name, (np.zeros_like(p), np.zeros_like(p)))
        m, v = beta_1 * m + (1 - beta_1) * g, beta_2 * v + (1 - beta_2) * g * g
        means[name] = m, v
        product = math.prod(course(i) for i in range(1, t + 1))
        ahead = course(t + 1) * m / (1 - product * course(t + 1))
        mixture = ahead + (1 - course(t)) * g / (1 - product)
        p -= rate * mixture / (np.sqrt(v / (1 - beta_2**t)) + epsilon)

    return update


def lion(rate: float, beta_1: float, beta_2: float) -> Update:
    """Chen et al. 2023, algorithm 2, without decay."""
    means: dict[str, Array] = {}

    def update(name: str, p: Array, g: Array, t: int) -> None:
        m = means.get(name, np.zeros_like(p))
        p -= rate * np.sign(beta_1 * m + (1 - beta_1) * g)
        means[name] = beta_2 * m + (1 - beta_2) * g

    return update


def adagrad(rate: float, first: float, epsilon: float) -> Update:
    """Duchi et al. 2011, with the beginning and the place of epsilon that Keras has."""
    sums: dict[str, Array] = {}

    def update(name: str, p: Array, g: Array, t: int) -> None:
        sums[name] = sums.get(name, np.full_like(p, first)) + g * g
        p -= rate * g / np.sqrt(sums[name] + epsilon)

    return update


def rmsprop(rate: float, rho: float, momentum: float, centred: bool) -> Update:
    """Tieleman & Hinton 2012, and Graves 2013 if centred."""
    memory: dict[str, tuple[Array, Array, Array]] = {}

    def update(name: str, p: Array, g: Array, t: int) -> None:
        v, mean, last = memory.get(name, (np.zeros_like(p),) * 3)
        v, mean = rho * v + (1 - rho) * g * g, rho * mean + (1 - rho) * g
        last = momentum * last + rate * g / np.sqrt(v - (mean**2 if centred else 0) + 1e-7)
        memory[name] = v, mean, last
        p -= last

    return update


def adadelta(rate: float, rho: float, epsilon: float) -> Update:
    """Zeiler 2012, algorithm 1."""
    memory: dict[str, tuple[Array, Array]] = {}

    def update(name: str, p: Array, g: Array, t: int) -> None:
        squares, steps = memory.get(name, (np.zeros_like(p), np.zeros_like(p)))
        squares = rho * squares + (1 - rho) * g * g
        step = -np.sqrt(steps + epsilon) / np.sqrt(squares + epsilon) * g
        memory[name] = squares, rho * steps + (1 - rho) * step * step
        p += rate * step

    return update


CASES: list[tuple[dict[str, Value], Callable[[], Update]]] = [
    (
        {"optimizer": "sgd", "learning_rate": 0.1, "momentum": 0.0},
        partial(momentum_descent, 0.1, 0, False),
    ),
    ({"optimizer": "sgd", "learning_rate": 0.1}, partial(momentum_descent, 0.1, 0.9, False)),
    (
        {"optimizer": "sgd", "learning_rate": 0.1, "nesterov": True},
        partial(momentum_descent, 0.1, 0.9, True),
    ),
    ({"optimizer": "adam"}, partial(adam, 0.001, 0.9, 0.999, 1e-7)),
    (
        {"optimizer": "adam", "learning_rate": 0.03, "beta_1": 0.8, "beta_2": 0.9, "epsilon": 0.01},
        partial(adam, 0.03, 0.8, 0.9, 0.01),
    ),
    ({"optimizer": "adamw", "learning_rate": 0.01}, partial(adamw, 0.01, 0.004)),
    (
        {"optimizer": "adamw", "learning_rate": 0.01, "weight_decay": 0.5},
        partial(adamw, 0.01, 0.5),
    ),
    ({"optimizer": "nadam", "learning_rate": 0.01}, partial(nadam, 0.01, 0.9, 0.999, 1e-7)),
    ({"optimizer": "lion"}, partial(lion, 0.001, 0.9, 0.99)),
    ({"optimizer": "adagrad", "learning_rate": 0.1}, partial(adagrad, 0.1, 0.1, 1e-7)),
    ({"optimizer": "rmsprop", "learning_rate": 0.01}, partial(rmsprop, 0.01, 0.9, 0, False)),
    (
        {"optimizer": "rmsprop", "learning_rate": 0.01, "centred": True, "rho": 0.8},
        partial(rmsprop, 0.01, 0.8, 0, True),
    ),
    (
        {"optimizer": "rmsprop", "centred": True, "rmsprop_momentum": 0.9},
        partial(rmsprop, 0.001, 0.9, 0.9, True),
    ),
    ({"optimizer": "adadelta", "learning_rate": 1.0}, partial(adadelta, 1.0, 0.95, 1e-7)),
]


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize(
    ("training", "make"), CASES, ids=lambda case: "" if callable(case) else str(case)
)
def test_twenty_steps_are_those_of_the_paper(
    training: dict[str, Value], make: Callable[[], Update], threads: int
) -> None:
    model = Model(spiral_mlp(**training), dtype="float64", threads=threads, batch_size=8)
    rng = np.random.default_rng(0)
    update = make()
    own = {name: value.copy() for name, value in model.parameters.items()}
    for t in range(1, 21):
        x, y = samples(model.document, 8, rng)
        _, gradients = model.loss_and_gradients(x, y)
        for name, value in own.items():
            update(name, value, gradients[name], t)
        model.train_step(x, y)
        for name, value in model.parameters.items():
            np.testing.assert_allclose(value, own[name], rtol=1e-9, atol=1e-12, err_msg=name)


def test_every_optimizer_that_is_offered_can_run() -> None:
    option = options_of(TrainingOptions)["optimizer"]
    assert isinstance(option, Choice)
    assert set(option.choices) == set(OPTIMIZERS)
    for backend in ("plain", "cpu"):
        assert {optimizer.kernel for optimizer in OPTIMIZERS.values()} <= load(backend).keys()


def test_options_depend_on_choices_that_exist() -> None:
    options = options_of(TrainingOptions)
    for option in options.values():
        if option.shown_when is not None:
            other, values = option.shown_when
            assert all(options[other].accepts(value) for value in values), option.name


def test_every_optimizer_has_a_case() -> None:
    assert {training["optimizer"] for training, _ in CASES} == set(OPTIMIZERS)


def test_the_momentum_of_nadam_is_a_function_of_the_step() -> None:
    """The product over all steps is not kept, but taken from a table that ends."""
    options, product = TrainingOptions(optimizer="nadam"), 1.0
    for t in range(1, 3001):
        product *= 0.9 * (1 - 0.5 * 0.96**t)
        ahead = 0.9 * (1 - 0.5 * 0.96 ** (t + 1))
        _, _, _, rate_m, rate_g, _ = OPTIMIZERS["nadam"].settings(options, 1.0, t)
        assert rate_m == pytest.approx(ahead / (1 - product * ahead), rel=1e-12)
        assert rate_g == pytest.approx((1 - 0.9 * (1 - 0.5 * 0.96**t)) / (1 - product), rel=1e-12)
