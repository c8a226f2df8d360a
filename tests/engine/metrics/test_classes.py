"""Metrics of classes: by hand, and against scikit-learn called directly."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from engine.metrics.classes import (
    AVERAGES,
    accuracy,
    areas,
    averaged,
    confusion,
    per_class,
    top_accuracy,
)
from engine.metrics.numbers import NUMBERS

TRUE = np.array([0, 0, 0, 1, 1, 2])
SAID = np.array([0, 0, 1, 1, 2, 2])


def test_a_matrix_by_hand() -> None:
    assert confusion(TRUE, SAID, 4).tolist() == [
        [2, 1, 0, 0],
        [0, 1, 1, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 0],
    ]
    assert accuracy(TRUE, SAID) == 4 / 6


def test_each_class_by_hand() -> None:
    precision, recall, f1, count = per_class(TRUE, SAID, 4)
    np.testing.assert_allclose(precision, [1, 1 / 2, 1 / 2, 0])
    np.testing.assert_allclose(recall, [2 / 3, 1 / 2, 1, 0])
    np.testing.assert_allclose(f1, [4 / 5, 1 / 2, 2 / 3, 0])
    assert count.tolist() == [3, 2, 1, 0]
    assert averaged(f1, count, False) == pytest.approx((4 / 5 + 1 / 2 + 2 / 3) / 3)
    assert averaged(f1, count, True) == pytest.approx((3 * 4 / 5 + 2 * 1 / 2 + 2 / 3) / 6)
    assert np.isnan(averaged(f1, np.zeros(4), False))


def test_being_among_the_best_by_hand() -> None:
    shares = np.array([[0.5, 0.3, 0.2], [0.2, 0.2, 0.6], [0.1, 0.8, 0.1]])
    true = np.array([1, 0, 2])
    assert top_accuracy(true, shares, 1) == 0
    assert top_accuracy(true, shares, 2) == 1
    assert top_accuracy(np.array([0, 2, 1]), shares, 1) == 1


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    shares = np.array([[0.9, 0.1], [0.6, 0.4], [0.7, 0.3], [0.2, 0.8]])
    true = np.array([0, 0, 1, 1])
    # of the four pairs of a 0 and a 1, the second 0 and the first 1 are the wrong way round
    np.testing.assert_allclose(areas(true, shares), [0.75, 0.75])
    assert np.isnan(areas(np.zeros(3, int), np.ones((3, 2)))).all()


def test_scikit_learn_says_the_same_of_many_random_answers() -> None:
    rng = np.random.default_rng(0)
    for classes in (2, 3, 12):
        true = rng.integers(0, classes, 200)
        shares = rng.dirichlet(np.ones(classes), 200)
        shares[np.arange(200), true] += 0.2
        said = shares.argmax(axis=1)
        values = per_class(true, said, classes)
        for name, (place, weighted) in AVERAGES.items():
            score = getattr(metrics, f"{name.partition('_')[0]}_score")
            expected = score(true, said, average="weighted" if weighted else "macro")
            assert averaged(values[place], values[3], weighted) == pytest.approx(expected)
        np.testing.assert_array_equal(
            confusion(true, said, classes), metrics.confusion_matrix(true, said)
        )
        if classes > 2:
            proper = shares / shares.sum(axis=1, keepdims=True)
            own = metrics.roc_auc_score(true, proper, multi_class="ovr")
            assert areas(true, proper).mean() == pytest.approx(own)
            for most in (1, 2, classes - 1):
                theirs = metrics.top_k_accuracy_score(
                    true, shares, k=most, labels=np.arange(classes)
                )
                assert top_accuracy(true, shares, most) == pytest.approx(theirs)


def test_metrics_of_numbers() -> None:
    true, said = np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [2.0], [5.0]])
    found = {name: metric(true, said) for name, metric in NUMBERS.items()}
    assert found == pytest.approx(
        {
            "mean_squared_error": 4 / 3,
            "root_mean_squared_error": np.sqrt(4 / 3),
            "mean_absolute_error": 2 / 3,
            "r2": -1.0,
        }
    )
    rng = np.random.default_rng(0)
    true, said = rng.standard_normal((2, 50, 3))
    assert NUMBERS["r2"](true, said) == pytest.approx(metrics.r2_score(true, said))
    assert NUMBERS["root_mean_squared_error"](true, said) == pytest.approx(
        np.sqrt(metrics.mean_squared_error(true, said))
    )
    assert np.isnan(NUMBERS["r2"](true[:1], said[:1]))
