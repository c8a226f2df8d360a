"""Training: epochs, positions, and going on as if it had never stopped."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.protocol import COMPLETED, DIVERGED
from engine.runtime.model import Model
from engine.runtime.trainer import Trainer, UnequalData, row_numbers
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import Value
from tests.engine.networks import Boxes, network, small_cnn, spiral_mlp


def train(trainer: Trainer, batches: int) -> list[float]:
    """Losses of some batches, epochs ended where they end."""
    losses = []
    for _ in range(batches):
        losses.append(trainer.advance()["loss"])
        if trainer.epoch_is_complete:
            trainer.end_epoch()
    return losses


def regression(**training: Value) -> Document:
    """A network that answers with numbers, which nothing keeps small."""
    return chain(
        ("data", {"dataset": "wave"}),
        ("dense", {"activation": "relu"}),
        ("dense", {"units": 1}),
        ("mean_squared_error", {}),
        training={"optimizer": "sgd", **training},
    )


def test_an_epoch_uses_every_sample_once() -> None:
    model = Model(spiral_mlp(batch_size=16))
    trainer = Trainer(model)
    assert trainer.count("training") == 68
    assert trainer.batches == 5
    seen: list[int] = []
    orders = []
    for _ in range(2):
        order: list[int] = []
        while not trainer.epoch_is_complete:
            trainer.advance()
            count = trainer.position.samples - len(order)
            order += model.memory.chosen[:count].tolist()
        assert sorted(order) == list(range(68))
        orders.append(order)
        trainer.end_epoch()
        seen += order
    assert orders[0] != orders[1]


def test_the_record_of_an_epoch_is_the_mean_over_its_samples() -> None:
    trainer = Trainer(Model(spiral_mlp(batch_size=16)))
    values = []
    while not trainer.epoch_is_complete:
        before = trainer.position.samples
        loss = trainer.advance()["loss"]
        values.append((trainer.position.samples - before, loss))
    record = trainer.end_epoch()
    assert [count for count, _ in values] == [16, 16, 16, 16, 4]
    assert record["loss"] == pytest.approx(sum(n * loss for n, loss in values) / 68)
    evaluated = trainer.evaluate("validation")
    assert record["validation_loss"] == evaluated["loss"]
    assert record["validation_accuracy"] == evaluated["accuracy"]
    assert record["learning_rate"] == 0.001
    assert record["seconds"] >= 0
    assert trainer.position.epoch == 1
    assert trainer.position.batch == 0


def test_the_last_epoch_completes_the_run() -> None:
    trainer = Trainer(Model(spiral_mlp(batch_size=64, epochs=2)))
    train(trainer, 2)
    assert (trainer.reason, trainer.is_done) == ("", False)
    train(trainer, 2)
    assert (trainer.reason, trainer.is_done) == (COMPLETED, True)
    trainer.set_training(replace(trainer.model.training, learning_rate=0.001, epochs=3))
    assert (trainer.reason, trainer.is_done) == ("", False)


def test_a_learning_rate_that_is_too_large_ends_the_run() -> None:
    trainer = Trainer(Model(regression(batch_size=64)))
    trainer.set_training(replace(trainer.model.training, learning_rate=1e6, epochs=500))
    losses: list[float] = []
    while not trainer.is_done:
        losses += train(trainer, 1)
    assert trainer.reason == DIVERGED
    assert not math.isfinite(losses[-1])
    assert all(math.isfinite(loss) for loss in losses[:-1])


def test_weights_that_break_in_the_last_batch_of_an_epoch_are_noticed() -> None:
    trainer = Trainer(Model(regression(batch_size=256, epochs=1)))
    trainer.set_training(replace(trainer.model.training, learning_rate=1e6, epochs=1))
    losses = [trainer.advance()["loss"] for _ in range(trainer.batches)]
    assert all(math.isfinite(loss) for loss in losses)
    assert not math.isfinite(trainer.end_epoch()["validation_loss"])
    assert trainer.reason == DIVERGED


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
@pytest.mark.parametrize("make", [spiral_mlp, small_cnn])
def test_a_huge_learning_rate_on_a_regression_or_not_never_hangs(
    make: object, optimizer: str
) -> None:
    document = make(optimizer=optimizer, batch_size=64)  # type: ignore[operator]
    trainer = Trainer(Model(document))
    trainer.set_training(replace(trainer.model.training, learning_rate=1e6, epochs=3))
    while not trainer.is_done:
        train(trainer, 1)
    assert trainer.reason in (DIVERGED, COMPLETED)


OPTIMIZERS = ("adam", "sgd")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("stop", [0, 1, 4, 5, 6, 10, 13])
def test_going_on_equals_not_having_stopped(optimizer: str, threads: int, stop: int) -> None:
    """Bit for bit, dropout and the last small batch included; an epoch has 5 batches."""
    document = spiral_mlp(optimizer=optimizer, batch_size=16, learning_rate=0.01)

    def fresh() -> Trainer:
        return Trainer(Model(document, threads=threads, seed=5))

    whole, first, second = fresh(), fresh(), fresh()
    expected = train(whole, 18)
    assert train(first, stop) == expected[:stop]
    state = first.state()
    train(second, 3)  # it was somewhere else before
    second.restore(state)
    assert second.state() == state
    assert train(second, 18 - stop) == expected[stop:]
    assert second.state() == whole.state()


def test_going_on_in_the_middle_of_an_epoch_keeps_its_sums() -> None:
    whole, part = (Trainer(Model(spiral_mlp(batch_size=16))) for _ in range(2))
    train(part, 3)
    again = Trainer(Model(spiral_mlp(batch_size=16)))
    again.restore(part.state())
    for trainer in (whole, again):
        while not trainer.epoch_is_complete:
            trainer.advance()
    one, other = whole.end_epoch(), again.end_epoch()
    assert {k: v for k, v in one.items() if k != "seconds"} == {
        k: v for k, v in other.items() if k != "seconds"
    }


def test_looking_at_the_network_does_not_change_the_run() -> None:
    quiet, looked_at = (Trainer(Model(spiral_mlp(batch_size=16))) for _ in range(2))
    for _ in range(7):
        train(quiet, 1)
        train(looked_at, 1)
        looked_at.evaluate("test")
        looked_at.state()
        looked_at.model.attach(looked_at.sources["validation"])
        looked_at.model.answers(looked_at.count("validation"))
    assert quiet.state() == looked_at.state()


def test_a_state_taken_after_divergence_says_so() -> None:
    trainer = Trainer(Model(spiral_mlp(batch_size=16)))
    for count in range(5):  # diverged in the last batch of the epoch, which is not ended
        if count == 4:
            trainer.model.memory.parameters[:] = np.nan
        trainer.advance()
    assert trainer.reason == DIVERGED
    again = Trainer(Model(spiral_mlp(batch_size=16)))
    again.restore(trainer.state())
    assert (again.reason, again.is_done) == (DIVERGED, True)


def test_a_completed_state_is_complete() -> None:
    trainer = Trainer(Model(spiral_mlp(batch_size=64, epochs=1)))
    train(trainer, 2)
    again = Trainer(Model(spiral_mlp(batch_size=64, epochs=1)))
    again.restore(trainer.state())
    assert again.reason == COMPLETED


def test_an_empty_test_part_has_no_scores() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "iris", "test": 0.0}),
        "a": ("dense", {"units": 3}),
        "loss": ("cross_entropy", {}),
    }
    document = network(boxes, "data > a", "a > loss", "data.target > loss.target")
    trainer = Trainer(Model(document))
    assert trainer.count("test") == 0
    assert trainer.evaluate("test") == {}
    assert trainer.evaluate("validation")["accuracy"] <= 1


def two_sets(one: dict[str, object], two: dict[str, object]) -> Document:
    boxes: Boxes = {
        "one": ("data", one),
        "two": ("data", two),
        "all": ("concatenate", {}),
        "a": ("dense", {"units": 2}),
        "loss": ("cross_entropy", {}),
    }
    joins = "one > all", "two > all", "all > a", "a > loss", "one.target > loss.target"
    return network(boxes, *joins)


def test_two_data_boxes_train_together_if_they_are_of_one_size() -> None:
    document = two_sets({"dataset": "moons"}, {"dataset": "spirals"})
    trainer = Trainer(Model(document))
    train(trainer, trainer.batches)
    assert trainer.position.epoch == 1
    with pytest.raises(UnequalData, match="one: 420, two: 68"):
        Trainer(Model(two_sets({"dataset": "moons"}, {"dataset": "spirals", "samples": 100})))


def test_rows_are_picked_evenly() -> None:
    assert row_numbers(5, 10).tolist() == [0, 1, 2, 3, 4]
    assert row_numbers(9, 3).tolist() == [0, 4, 8]
    assert row_numbers(0, 3).tolist() == []
    assert row_numbers(1, 1).tolist() == [0]


# what may change while a run goes on


def trained_with(first: dict[str, object], then: dict[str, object]) -> dict[str, np.ndarray]:
    """Weights after three batches with some options and three with others."""
    trainer = Trainer(Model(small_cnn(optimizer="sgd", batch_size=64), dtype="float64"))
    trainer.set_training(replace(trainer.model.training, **first))  # type: ignore[arg-type]
    for _ in range(3):
        trainer.advance()
    trainer.set_training(replace(trainer.model.training, **then))  # type: ignore[arg-type]
    for _ in range(3):
        trainer.advance()
    return {name: value.copy() for name, value in trainer.model.parameters.items()}


@pytest.mark.parametrize(
    "change",
    [
        {"momentum": 0.0},
        {"nesterov": True},
        {"l2": 0.1},
        {"l1": 0.01},
        {"clipping": "norm", "clip_limit": 0.01},
        {"clipping": "value", "clip_limit": 0.001},
        {"max_norm": 0.1},
        {"learning_rate": 0.05},
        {"schedule": "exponential", "decay_epochs": 1},
    ],
)
def test_an_option_changed_on_the_way_counts_from_the_next_batch(change: dict[str, object]) -> None:
    """Until then all is as it was; from then on as if it had been so from the beginning."""
    whole = Model(small_cnn(optimizer="sgd", batch_size=64), dtype="float64")
    plain = whole.training
    given = {name: getattr(plain, name) for name in change}
    with_change = trained_with({}, change)
    without, always = trained_with({}, {}), trained_with(change, change)
    moved = [n for n in without if not np.allclose(with_change[n], without[n], rtol=1e-9)]
    assert moved, "the change does nothing"
    assert any(not np.allclose(with_change[n], always[n], rtol=1e-9) for n in always)
    for name, value in trained_with(change, given).items():  # and it can be taken back
        assert np.isfinite(value).all(), name


@pytest.mark.parametrize("change", [{"l2": 0.1}, {"max_norm": 0.5, "clipping": "global_norm"}])
def test_a_state_with_a_change_on_the_way_goes_on_bit_for_bit(change: dict[str, object]) -> None:
    document = small_cnn(optimizer="sgd", batch_size=64)
    one = Trainer(Model(document))
    one.advance()
    one.set_training(replace(one.model.training, **change))  # type: ignore[arg-type]
    one.advance()
    state = one.state()
    other = Trainer(Model(replace(document, training=one.model.training)))
    other.restore(state)
    for _ in range(one.batches):
        for trainer in (one, other):
            trainer.advance()
            if trainer.epoch_is_complete:
                trainer.end_epoch()
    for name, value in one.model.parameters.items():
        np.testing.assert_array_equal(value, other.model.parameters[name])


def test_what_is_fixed_stays_as_it_was() -> None:
    trainer = Trainer(Model(spiral_mlp(batch_size=64, epochs=2)))
    before = trainer.model.training
    other = replace(before, batch_size=7, optimizer="lion", seed=9, threads=3, accumulation=2)
    trainer.set_training(replace(other, momentum=0.1))
    assert trainer.model.training == replace(before, momentum=0.1)


def test_only_the_learning_rate_changes_no_calls() -> None:
    trainer = Trainer(Model(spiral_mlp(batch_size=64, epochs=2)))
    trainer.advance()
    bound = dict(trainer.model.passes._joined)
    trainer.set_training(replace(trainer.model.training, learning_rate=0.5, momentum=0.3))
    assert trainer.model.passes._joined == bound
