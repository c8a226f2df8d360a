"""From a path to a data box in one call, and what its data are asked from a notebook."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.data.boxes import data_boxes
from engine.data.own.refusal import Refusal
from engine.data.taking import own_source, with_target
from engine.scripting import (
    Document,
    Model,
    baselines,
    chain,
    check_data,
    fit,
    own_data,
    prepared,
)
from engine.spec.options import Options, Value


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(90, 2)).round(3)
    kinds = np.where(x.sum(axis=1) + rng.normal(size=90) > 0, "up", "down")
    lines = [f"{a};{b};{kind}" for (a, b), kind in zip(x, kinds, strict=True)]
    path = tmp_path / "points.csv"
    path.write_text("\n".join(["left;right;way", *lines]), "utf-8")
    return path


def document(table: Path) -> Document:
    return chain(
        ("data", own_data(table)),
        ("dense", {"units": 2, "activation": "softmax"}),
        ("cross_entropy", {}),
        training={"epochs": 1, "threads": 1},
    )


def test_a_network_learns_from_a_file_in_a_few_lines(table: Path) -> None:
    drawn = document(table)
    assert len(fit(Model(drawn)).epochs) == 1
    (data,) = prepared(drawn).values()
    assert data.parts["training"].x.shape[1] == 2
    assert sum(part.count for part in data.parts.values()) == 90
    assert check_data(drawn) == {"data_1": ()}
    (rows,) = baselines(drawn).values()
    assert [row.method for row in rows] == ["constant", "linear", "svm", "forest"]


def test_another_column_can_be_the_target(table: Path) -> None:
    source, complaints = own_source(table, target="left")
    assert complaints == ()
    assert source.facts.classes == 0
    assert source.facts.target_names == ("left",)
    roles = [column["role"] for column in source.recipe["columns"]]  # type: ignore[union-attr, index, call-overload]
    assert roles == ["target", "input", "input"]


def test_a_target_that_cannot_be_chosen_is_refused(table: Path) -> None:
    with pytest.raises(Refusal, match="no_column"):
        own_source(table, target="up")
    with pytest.raises(Refusal, match="no_target_to_choose"):
        with_target("pictures", Options(), "cats")
    assert with_target("arrays", Options({"x": "a"}), "b") == Options({"x": "a", "target": "b"})


def test_a_relative_path_is_kept_as_an_absolute_one(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(table.parent)
    assert own_source(Path("points.csv"))[0].path == str(table)


def test_weights_of_the_loss_are_known_to_the_checks(tmp_path: Path) -> None:
    lines = ["a,b,rare"] + [
        f"{i % 17},{i % 13},{'yes' if i % 12 == 0 else 'no'}" for i in range(300)
    ]
    path = tmp_path / "rare.csv"
    path.write_text("\n".join(lines))
    dense: dict[str, Value] = {"units": 2, "activation": "softmax"}
    boxes = ("data", own_data(path)), ("dense", dense)
    for weights, codes in (("none", ["unequal_classes"]), ("balanced", [])):
        drawn = chain(*boxes, ("cross_entropy", {"class_weights": weights}))
        found = [f.complaint.code for f in check_data(drawn)["data_1"]]
        assert [code for code in found if code == "unequal_classes"] == codes


def test_a_box_without_data_hands_out_nothing() -> None:
    assert data_boxes(chain(("data", {"dataset": "own"}))) == {}
