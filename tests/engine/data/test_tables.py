"""The tables are the ones that everybody knows, and the made-up one is as its file says."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from engine.data.bundled import load
from engine.data.encoding import width_of
from engine.data.preparing import prepare
from engine.runtime.memory import Array
from engine.spec.texts import FOLDER
from tests.engine.networks import arrays, data_box


def table(name: str) -> tuple[Array, Array]:
    return arrays(data_box(dataset=name))


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer"])
def test_the_tables_are_those_of_scikit_learn(name: str) -> None:
    from sklearn import datasets

    x, target = table(name)
    measured, classes = getattr(datasets, f"load_{name}")(return_X_y=True)
    assert np.array_equal(x, measured)
    assert np.array_equal(target, classes)


def test_the_patients_are_those_of_scikit_learn() -> None:
    from sklearn.datasets import load_diabetes

    x, target = table("diabetes")
    measured, progression = load_diabetes(return_X_y=True, scaled=False)
    assert np.array_equal(x, measured)
    np.testing.assert_allclose(target[:, 0], progression)


def test_iris_is_the_one_everybody_knows() -> None:
    x, target = table("iris")
    assert np.bincount(target).tolist() == [50, 50, 50]
    np.testing.assert_allclose(x.mean(axis=0), [5.843, 3.057, 3.758, 1.199], atol=0.001)


def test_the_garden_has_the_cells_of_its_file() -> None:
    with (FOLDER / "garden.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    samples = load(data_box(dataset="garden"))
    for i, (name, column) in enumerate(zip(rows[0], samples.columns, strict=False)):
        texts = [row[name] for row in rows]
        kinds = sorted(set(texts) - {""})
        assert column.categories in (0, len(kinds))
        means = {text: kinds.index(text) if column.categories else float(text) for text in kinds}
        expected = [means.get(text, np.nan) for text in texts]
        np.testing.assert_array_equal(samples.x[:, i], expected)
    assert samples.target.tolist() == [int(row["result"] == "wilts") for row in rows]
    assert 10 < np.isnan(samples.x).sum() < 100


def test_a_garden_without_gaps_has_the_features_of_its_card() -> None:
    box = data_box(dataset="garden")
    samples = load(box)
    assert sum(map(width_of, samples.columns)) == box.card.shape.count
    part = prepare(box).parts["training"]
    assert np.isfinite(part.x).all()
    assert np.array_equal(part.x[:, :4].sum(axis=1), np.ones(part.count))  # one kind of plant
