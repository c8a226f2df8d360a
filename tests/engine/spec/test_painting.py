"""Painted points: what is one, what a data box makes of them, and what it asks for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.data.bundled import load
from engine.data.preparing import prepare
from engine.layers.analysis import analyse
from engine.scripting import Model, chain, fit
from engine.spec.codec import from_json, to_json
from engine.spec.document import Document
from engine.spec.options import BadOption, Value
from engine.spec.painting import FEWEST, MOST_POINTS, START, Points, are_points, class_counts
from tests.engine.networks import data_box

THREE: Points = tuple((x / 10, -x / 10, abs(x) % 3) for x in range(-8, 9))


def drawing(points: Points, classes: int = 2) -> Document:
    return chain(
        ("data", {"dataset": "painted", "points": points}),
        ("dense", {"units": 8, "activation": "tanh"}),
        ("dense", {"units": classes, "activation": "softmax"}),
        ("cross_entropy", {}),
        training={"epochs": 30, "learning_rate": 0.05},
    )


@pytest.mark.parametrize(
    "value",
    [
        [(0.0, 0.0, 0)],
        ((0.0, 0.0),),
        ((0.0, 0.0, 0, 0),),
        ((0.0, 1.5, 0),),
        ((float("nan"), 0.0, 0),),
        ((True, 0.0, 0),),
        (("0", 0.0, 0),),
        ((0.0, 0.0, 0.0),),
        ((0.0, 0.0, -1),),
        ((0.0, 0.0, 10),),
        ((0.0, 0.0, 0),) * (MOST_POINTS + 1),
    ],
)
def test_what_is_no_painting_is_refused(value: Any) -> None:  # Any: that is the point
    assert not are_points(value)
    with pytest.raises(BadOption):
        data_box(dataset="painted", points=value)


def test_points_come_as_they_were_painted() -> None:
    samples = load(data_box(dataset="painted", points=THREE))
    assert samples.x.tolist() == [[x, y] for x, y, _ in THREE]
    assert samples.target.tolist() == [label for _, _, label in THREE]
    assert load(data_box(dataset="painted", points=())).x.shape == (0, 2)


@pytest.mark.parametrize(
    ("labels", "counts"),
    [((), (0, 0)), ((0, 0), (2, 0)), ((1,), (0, 1)), ((0, 3, 3), (1, 0, 0, 2))],
)
def test_the_highest_class_painted_says_how_many_there_are(
    labels: tuple[int, ...], counts: tuple[int, ...]
) -> None:
    points = tuple((0.0, 0.0, label) for label in labels)
    assert class_counts(points) == counts
    card = data_box(dataset="painted", points=points).card
    assert (card.classes, card.samples) == (len(counts), len(labels))


@pytest.mark.parametrize("points", [START, THREE])
def test_the_parts_are_as_large_as_the_box_says(points: Points) -> None:
    box = data_box(dataset="painted", points=points)
    parts = prepare(box).parts.values()
    assert tuple(part.count for part in parts) == box.part_sizes
    assert sum(box.part_sizes) == box.total == len(points)


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ((), "too_few_points"),
        (START[: FEWEST - 1], "too_few_points"),
        (START[:FEWEST], "one_class_painted"),
        (START, None),
    ],
)
def test_too_little_paint_is_a_problem_with_a_repair(points: Points, code: str | None) -> None:
    document = drawing(points)
    problems = analyse(document).problems
    assert {problem.code for problem in problems} == ({code} if code else set())
    for problem in problems:
        assert analyse(problem.fixes[0].edit(document)).problems == ()


def test_a_painting_is_saved_with_the_drawing() -> None:
    document = drawing(THREE)
    assert from_json(to_json(document)) == document
    options: dict[str, Value] = dict(document.network.nodes[0].options)
    assert options["points"] == THREE


def test_a_painting_can_be_learnt() -> None:
    model = Model(drawing(START))
    history = fit(model)
    model.close()
    assert history.epochs[-1]["accuracy"] > 0.95
    assert np.isfinite(history.epochs[-1]["validation_loss"])
