"""Early stopping, the plateau, accumulation and schedules within a run, and going on with them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.optimizers import OPTIMIZERS
from engine.protocol import COMPLETED, EARLY
from engine.runtime.checkpoint import StateMismatch
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.practice import Practice
from engine.runtime.trainer import Trainer
from engine.schedules import SCHEDULES
from engine.spec.history import Record, least_loss
from engine.spec.options import Value
from engine.spec.training import TrainingOptions
from tests.engine.networks import spiral_mlp

NOTHING: Array = np.zeros(0)


def told(losses: list[float], **training: Any) -> tuple[Practice, list[bool]]:
    options, practice = TrainingOptions(**training), Practice()
    return practice, [practice.end_epoch(options, v, i, NOTHING) for i, v in enumerate(losses)]


def trained(trainer: Trainer) -> list[Record]:
    records = []
    while not trainer.is_done:
        trainer.advance()
        if trainer.epoch_is_complete:
            records.append(trainer.end_epoch())
    return records


def trainer_of(**training: Value) -> Trainer:
    return Trainer(Model(spiral_mlp(batch_size=16, **training), threads=1))


def test_patience_ends_after_so_many_epochs_without_a_smaller_loss() -> None:
    losses = [3.0, 2.0, 2.5, 2.0, 1.9, 2.0, 2.0, 2.0]
    practice, stops = told(losses, early_stopping=True, patience=3)
    assert stops == [False] * 7 + [True]
    assert (practice.stopping.best, practice.stopping.epoch) == (1.9, 4)
    assert not any(told(losses, patience=1)[1])  # not asked for


def test_a_smaller_loss_must_be_smaller_by_the_minimum_change() -> None:
    losses = [3.0, 2.95, 2.91, 2.85]
    options = {"early_stopping": True, "patience": 3, "minimum_change": 0.1}
    practice, stops = told(losses, **options)
    assert stops == [False] * 4 and practice.stopping.epoch == 3
    assert told([3.0, 2.95, 2.91, 2.9], **options)[1] == [False, False, False, True]
    assert least_loss([{"validation_loss": loss} for loss in losses], 0.1) == 3
    assert least_loss([{"validation_loss": loss} for loss in losses[:3]], 0.1) == 0


def test_the_plateau_makes_the_rate_smaller() -> None:
    options = {"schedule": "plateau", "plateau_patience": 2, "decay_factor": 0.1}
    practice, _ = told([3.0, 2.0, 2.0, 2.0, 2.0], **options)
    assert practice.factor == pytest.approx(0.1)  # after the fourth; one more waits
    practice, _ = told([2.0] * 7, **options)
    assert practice.factor == pytest.approx(1e-3)
    practice, _ = told([2.0] * 7, final_factor=0.05, **options)
    assert practice.factor == pytest.approx(0.05)
    practice, _ = told([2.0, 1.99995, 1.99992], **options)
    assert practice.factor == pytest.approx(0.1)  # less than 1e-4 better is no better


def test_a_run_stops_early_with_the_best_weights() -> None:
    trainer = trainer_of(epochs=200, early_stopping=True, patience=3, learning_rate=0.3)
    weights, losses = [], []
    while not trainer.is_done:
        trainer.advance()
        if trainer.epoch_is_complete:
            before = trainer.model.memory.parameters.copy()
            losses.append(trainer.end_epoch()["validation_loss"])
            weights.append(before)
    best = int(np.argmin(losses))
    assert trainer.reason == EARLY
    assert len(losses) == best + 4 < 200
    assert trainer.practice.stopping.epoch == best
    np.testing.assert_array_equal(trainer.model.memory.parameters, weights[best])
    assert trainer.evaluate("validation")["loss"] == losses[best]
    again = trainer_of(epochs=200, early_stopping=True, patience=3, learning_rate=0.3)
    again.restore(trainer.state())
    assert (again.reason, again.is_done) == (EARLY, True)
    assert again.state() == trainer.state()
    again.go_on()
    assert len(trained(again)) >= 3


def test_the_last_weights_stay_if_the_best_are_not_wanted() -> None:
    wanted = {"epochs": 200, "early_stopping": True, "patience": 3, "learning_rate": 0.3}
    trainer = trainer_of(restore_best=False, **wanted)
    records = trained(trainer)
    assert trainer.evaluate("validation")["loss"] == records[-1]["validation_loss"]
    assert trainer.practice.weights is None


def test_a_run_that_is_completed_ends_with_its_best_weights_too() -> None:
    trainer = trainer_of(epochs=5, early_stopping=True, patience=6, learning_rate=0.3)
    losses = [record["validation_loss"] for record in trained(trainer)]
    assert trainer.reason == COMPLETED
    assert min(losses) < losses[-1]
    assert trainer.evaluate("validation")["loss"] == min(losses)


def test_records_hold_the_rate_of_each_epoch() -> None:
    trainer = trainer_of(epochs=3, schedule="step", decay_epochs=1, decay_factor=0.5)
    assert [r["learning_rate"] for r in trained(trainer)] == [1e-3, 0.5e-3, 0.25e-3]
    trainer = trainer_of(epochs=2, schedule="cosine", learning_rate=0.1)
    rates = []
    while not trainer.is_done:
        rates.append(trainer.rate)
        trainer.advance()
        assert trainer.model.rate == rates[-1]
        if trainer.epoch_is_complete:
            assert trainer.end_epoch()["learning_rate"] == rates[-1]
    steps = len(rates)
    expected = [0.05 * (1 + math.cos(math.pi * s / steps)) for s in range(steps)]
    assert rates == pytest.approx(expected)


def test_the_rate_can_be_changed_under_a_schedule() -> None:
    trainer = trainer_of(epochs=4, schedule="exponential", decay_epochs=1, decay_factor=0.5)
    for _ in range(5):
        trainer.advance()
    trainer.end_epoch()
    assert trainer.rate == pytest.approx(0.5e-3)
    trainer.set_training(replace(trainer.model.training, learning_rate=0.1, epochs=4))
    assert trainer.rate == pytest.approx(0.05)


EXTRAS: list[dict[str, Value]] = [
    {},
    {"accumulation": 3},
    {"accumulation": 4, "clipping": "global_norm", "l2": 0.01},
    {"early_stopping": True, "patience": 2},
    {"early_stopping": True, "patience": 50, "accumulation": 2},
]


@settings(max_examples=25)
@given(
    st.sampled_from(sorted(OPTIMIZERS)),
    st.sampled_from(sorted(SCHEDULES)),
    st.sampled_from(EXTRAS),
    st.integers(0, 17),
)
def test_going_on_equals_not_having_stopped(
    optimizer: str, schedule: str, extra: dict[str, Value], stop: int
) -> None:
    """Cut anywhere: optimizer, schedule, early stopping and accumulation go on bit for bit."""
    training: dict[str, Value] = {
        "optimizer": optimizer,
        "schedule": schedule,
        "learning_rate": 0.05,
        "plateau_patience": 1,
        "cycle_epochs": 1,
        "decay_epochs": 1,
        "warm_up": 0.5,
        "epochs": 4,
    }

    def fresh() -> Trainer:
        return trainer_of(**(training | extra))

    def go(trainer: Trainer, batches: int) -> list[float]:
        seen: list[float] = []
        while batches and not trainer.is_done:
            seen.append(trainer.advance()["loss"])
            if trainer.epoch_is_complete:
                record = trainer.end_epoch()
                seen += [record["validation_loss"], record["learning_rate"]]
            batches -= 1
        return seen

    whole, first, second = fresh(), fresh(), fresh()
    expected = go(whole, 18)
    begun = go(first, stop)
    go(second, 3)  # it was somewhere else before
    second.restore(first.state())
    assert second.state() == first.state()
    assert begun + go(second, 18 - stop) == expected
    assert second.state() == whole.state()
    assert second.reason == whole.reason


def test_states_of_older_versions_are_taken() -> None:
    import json

    from safetensors.numpy import load, save

    trainer = trainer_of()
    for _ in range(3):
        trainer.advance()
    state = trainer.state()
    length = int.from_bytes(state[:8], "little")
    position = json.loads(json.loads(state[8 : 8 + length])["__metadata__"]["layerwise"])
    old = {
        name: position[name] for name in ("epoch", "batch", "samples", "sums", "step", "optimizer")
    }
    again = trainer_of()
    again.restore(save(load(state), metadata={"layerwise": json.dumps(old)}))
    assert again.model.update.count == 3
    assert again.state() == state


def test_gathered_gradients_need_a_network_that_gathers() -> None:
    trainer = trainer_of(accumulation=3)
    trainer.advance()
    with pytest.raises(StateMismatch, match="several batches"):
        trainer_of().restore(trainer.state())
