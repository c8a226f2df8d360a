"""The learning-rate range test: a sweep that leaves no trace, and what is read off its curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.protocol import DIVERGED
from engine.runtime.model import Model
from engine.runtime.rate_test import STEEPEST, TENTH, learning_rate_test, suggest
from engine.runtime.trainer import Trainer
from engine.scripting import chain
from tests.engine.networks import spiral_mlp

RATES = 10.0 ** np.arange(-6, 2)


def test_the_steepest_fall_is_suggested() -> None:
    assert suggest(RATES, np.array([1.0, 0.99, 0.9, 0.5, 0.3, 0.28, 0.9, 4])) == (1e-3, STEEPEST)


def test_chance_at_tiny_rates_is_not_taken_for_a_fall() -> None:
    rates = 10.0 ** np.linspace(-7, 1, 81)
    losses = 1.0 - 0.4 / (1.0 + (0.01 / rates) ** 2)  # falls most steeply at 0.01
    losses[:8] += [0.08, 0.0, -0.03, 0.02, -0.02, 0.0, 0.01, 0.0]  # steeper than the fall
    losses[rates > 1] = 5.0
    rate, rule = suggest(rates, losses)
    assert rule == STEEPEST and 0.003 < rate < 0.03


def test_where_the_loss_never_falls_it_is_a_tenth_of_the_smallest() -> None:
    for losses, expected in (([1.0, 1.1, 2.0], 1e-7), ([1.0, 0.9], 1e-6)):
        rate, rule = suggest(RATES[: len(losses)], np.array(losses))
        assert rate == pytest.approx(expected) and rule == TENTH
    assert suggest(RATES[:0], np.array([])) == (0.0, "")


def test_a_sweep_leaves_the_trainer_where_it_was() -> None:
    document = spiral_mlp(batch_size=16, schedule="cosine", early_stopping=True, patience=1)
    swept, other = Trainer(Model(document)), Trainer(Model(document))
    for trainer in (swept, other):
        for _ in range(3):
            trainer.advance()
    found = learning_rate_test(swept, 1e-5, 1e3, 60)
    assert swept.state() == other.state()
    assert swept.rate == other.rate
    assert swept.advance() == other.advance()
    assert found.rates[0] == 1e-5
    np.testing.assert_allclose(found.rates[1:] / found.rates[:-1], 1e8 ** (1 / 59))
    assert 1e-5 <= found.suggestion < found.rates[-1]
    assert found.rule == STEEPEST


def test_a_sweep_ends_where_the_loss_explodes() -> None:
    document = chain(
        ("data", {"dataset": "wave"}),
        ("dense", {"units": 8, "activation": "relu"}),
        ("dense", {"units": 1}),
        ("mean_squared_error", {}),
        training={"optimizer": "sgd"},
    )
    trainer = Trainer(Model(document))
    found = learning_rate_test(trainer, 1e-6, 1e6, 200)
    assert len(found.rates) < 200
    assert np.isfinite(found.losses).all() and np.isfinite(found.smoothed).all()
    assert trainer.reason != DIVERGED and trainer.cause is None
    again = Trainer(Model(document))
    again.set_training(replace(again.model.training, learning_rate=found.suggestion, epochs=15))
    before = again.evaluate("validation")["loss"]
    while not again.is_done:
        again.advance()
        if again.epoch_is_complete:
            again.end_epoch()
    assert again.evaluate("validation")["loss"] < before


@pytest.mark.parametrize(("low", "high", "batches"), [(0, 1, 10), (1, 1, 10), (0.1, 1, 1)])
def test_what_is_no_sweep_is_refused(low: float, high: float, batches: int) -> None:
    with pytest.raises(ValueError, match="no sweep"):
        learning_rate_test(Trainer(Model(spiral_mlp())), low, high, batches)
