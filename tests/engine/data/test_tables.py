"""The tables are the ones that everybody knows, read without their library."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.bundled import load
from engine.runtime.memory import Array
from tests.engine.networks import data_box


def table(name: str) -> tuple[Array, Array]:
    return load(data_box(dataset=name))


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
    np.testing.assert_allclose(target[:, 0] * 100, progression)


def test_iris_is_the_one_everybody_knows() -> None:
    x, target = table("iris")
    assert np.bincount(target).tolist() == [50, 50, 50]
    np.testing.assert_allclose(x.mean(axis=0), [5.843, 3.057, 3.758, 1.199], atol=0.001)
