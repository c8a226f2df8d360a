"""History: it grows, can be cut, and comes back from a file."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from engine.spec.codec import Unreadable
from engine.spec.history import History, Mark, best
from engine.spec.training import TrainingOptions


def grown() -> History:
    history = History(batches=2)
    history.add_points({"loss": [3.0, 2.0], "accuracy": [0.1, 0.2]})
    history.epochs.append({"loss": 2.5, "validation_loss": 2.0})
    history.add_points({"loss": [1.0], "accuracy": [0.5]})
    return history


def test_points_are_appended() -> None:
    history = grown()
    assert history.steps == {"loss": [3.0, 2.0, 1.0], "accuracy": [0.1, 0.2, 0.5]}
    assert history.count == 3
    assert History().count == 0


def test_cutting_forgets_what_came_after() -> None:
    history = grown()
    history.reason = "stopped"
    history.cut(steps=2, epochs=0)
    assert history.steps == {"loss": [3.0, 2.0], "accuracy": [0.1, 0.2]}
    assert history.epochs == []
    assert history.reason == ""


def test_a_history_comes_back_from_json_with_what_is_no_number() -> None:
    history = grown()
    history.add_points({"loss": [math.inf]})
    back = History.from_json(json.loads(json.dumps(history.to_json())))
    assert back == history
    history.add_points({"loss": [math.nan]})
    back = History.from_json(json.loads(json.dumps(history.to_json())))
    assert math.isnan(back.steps["loss"][-1])


def test_what_was_read_is_a_copy_made_of_floats() -> None:
    values = {"steps": {"loss": [1, 2]}, "epochs": [{"loss": 1}]}
    history = History.from_json(values)
    history.add_points({"loss": [3.0]})
    assert values["steps"] == {"loss": [1, 2]}
    assert all(type(v) is float for v in [*history.steps["loss"], *history.epochs[0].values()])


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"batches": -1}, "history.batches"),
        ({"batches": True}, "history.batches"),
        ({"reason": 3}, "history.reason"),
        ({"steps": 3}, "history.steps"),
        ({"steps": {"loss": [None]}}, "history.steps"),
        ({"steps": {"loss": [10**400]}}, "history.steps"),
        ({"epochs": {}}, "history.epochs"),
        ({"epochs": [{"loss": "1"}]}, "history.epochs"),
        ({"epochs": [{"loss": -(10**400)}]}, "history.epochs"),
    ],
)
def test_each_mistake_is_named(values: dict[str, object], place: str) -> None:
    with pytest.raises(Unreadable) as caught:
        History.from_json(values)
    assert caught.value.numbers["place"] == place


def test_the_best_epoch_is_found_by_one_quantity() -> None:
    epochs = [{"loss": 3.0}, {"loss": math.nan}, {"loss": 1.0}, {"accuracy": 0.5}, {"loss": 2.0}]
    assert best(epochs, "loss", largest=False) == (2, 1.0)
    assert best(epochs, "loss", largest=True) == (0, 3.0)
    assert best(epochs, "accuracy", largest=True) == (3, 0.5)
    assert best(epochs, "unknown", largest=True) is None


def test_a_quantity_that_comes_later_has_gaps_before() -> None:
    history = History(3)
    history.add_points({"loss": [3.0, 2.0]})
    history.add_points({"loss": [1.0, 0.5], "penalty": [0.1]})
    assert np.isnan(history.steps["penalty"][:3]).all() and history.steps["penalty"][3] == 0.1
    history.add_points({"loss": [0.4]})
    history.add_points({"loss": [0.3], "penalty": [0.2]})
    assert len(history.steps["penalty"]) == 6 and history.steps["penalty"][5] == 0.2


def test_changes_are_marked_where_they_were_made() -> None:
    history, plain = History(3), TrainingOptions()
    history.add_points({"loss": [3.0, 2.0]})
    history.mark(plain, replace(plain, learning_rate=0.1))
    history.mark(replace(plain, learning_rate=0.1), replace(plain, learning_rate=0.2, l2=0.5))
    assert history.marks == [Mark(2, {"learning_rate": (0.001, 0.2), "l2": (0.0, 0.5)})]
    again = History.from_json(json.loads(json.dumps(history.to_json())))
    assert again.marks == history.marks
    history.mark(replace(plain, learning_rate=0.2, l2=0.5), plain)  # dragged back
    assert history.marks == []
    history.mark(plain, replace(plain, epochs=99))
    assert history.marks == [] and "marks" not in history.to_json()


def test_marks_after_a_moment_are_cut() -> None:
    history, plain = History(3), TrainingOptions()
    for rate in (0.1, 0.2):
        history.add_points({"loss": [3.0, 2.0]})
        history.mark(plain, replace(plain, learning_rate=rate))
    history.cut(2, 0)
    assert [mark.step for mark in history.marks] == [2]


@pytest.mark.parametrize(
    "marks",
    [
        3,
        [3],
        [{}],
        [{"step": -1, "changes": {}}],
        [{"step": 1, "changes": {"l2": 3}}],
        [{"step": 1, "changes": {"l2": [1]}}],
        [{"step": 1, "changes": {"l2": [1, [2]]}}],
    ],
)
def test_marks_that_are_none_are_refused(marks: object) -> None:
    with pytest.raises(Unreadable, match=r"history\.marks"):
        History.from_json({"marks": marks})
