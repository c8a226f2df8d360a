"""Optimizers: the steps that a model takes are those of the papers, written out once more."""

from __future__ import annotations

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


def test_options_belong_to_an_optimizer_that_exists() -> None:
    for option in options_of(TrainingOptions).values():
        if option.shown_when is not None:
            assert set(option.shown_when[1]) <= set(OPTIMIZERS)
