"""Classical methods: the same as scikit-learn called directly, on the same samples."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.dummy import DummyRegressor
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.svm import SVC

from engine.data.baselines import Baseline, baselines, table
from engine.data.own.refusal import Cancelled, Refusal
from engine.data.preparing import Prepared, prepare, prepare_samples
from engine.data.samples import Samples
from engine.spec.division import PARTS
from engine.spec.options import Value
from tests.engine.data.own_box import own_box
from tests.engine.networks import data_box


def by_method(prepared: Prepared) -> dict[str, Baseline]:
    return {row.method: row for row in baselines(prepared)}


@pytest.fixture(scope="module")
def iris() -> Prepared:
    return prepare(data_box(dataset="iris"))


def test_classes_are_scored_as_by_scikit_learn(iris: Prepared) -> None:
    found = by_method(iris)
    x, y = {}, {}
    for part in PARTS:
        x[part] = iris.parts[part].x.astype(np.float64)
        y[part] = iris.parts[part].target[:, 0]
    models = {
        "linear": LogisticRegression(max_iter=300),
        "svm": SVC(),
        "forest": RandomForestClassifier(n_estimators=100, random_state=0),
    }
    for name, model in models.items():
        model.fit(x["training"], y["training"])
        for part in PARTS:
            assert found[name].scores[part] == {"accuracy": model.score(x[part], y[part])}
    assert found["constant"].scores["test"]["accuracy"] == pytest.approx(1 / 3, abs=0.05)
    assert found["linear"].rows == found["linear"].available == iris.parts["training"].count
    assert found["linear"].scores["test"]["accuracy"] > 0.8


def test_values_are_scored_as_by_scikit_learn_and_in_their_own_unit() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(120, 3))
    y = 1000 * x @ rng.normal(size=(3, 2)) + 50 * rng.normal(size=(120, 2)) + 7000
    samples = Samples(x, y)
    box = own_box(samples, target_scaling="standardise", scaling="none")
    prepared = prepare_samples(box, samples, "float64")
    found = by_method(prepared)
    rows = prepared.rows
    true = y[rows["test"]]
    mean = DummyRegressor().fit(x[rows["training"]], y[rows["training"]])
    scores = found["constant"].scores["test"]
    expected = mean_absolute_error(true, mean.predict(x[rows["test"]]))
    assert scores["mean_absolute_error"] == pytest.approx(expected)
    target = prepared.parts["training"].target
    ridge = Ridge().fit(x[rows["training"]], target)
    said = ridge.predict(x[rows["test"]]) * y[rows["training"]].std(axis=0)
    said += y[rows["training"]].mean(axis=0)
    assert found["linear"].scores["test"]["r2"] == pytest.approx(r2_score(true, said))
    for name in ("linear", "svm", "forest"):
        assert found[name].scores["test"]["r2"] > 0.5
        assert set(found[name].scores) == set(PARTS)


def test_results_follow_from_the_seed_and_not_from_the_number_of_jobs() -> None:
    prepared = prepare(data_box(dataset="moons", samples=120))
    one, other = ([row.scores for row in baselines(prepared, seed=4, jobs=jobs)] for jobs in (1, 2))
    assert one == other


def test_tokens_are_counted() -> None:
    prepared = prepare(data_box(dataset="majority", samples=300))
    x, y = table(prepared, prepared.parts["training"], 1000, 0)
    tokens = prepared.parts["training"].x
    expected = np.stack([np.bincount(row, minlength=10) for row in tokens])
    assert np.array_equal(x.toarray(), expected)  # type: ignore[union-attr]
    assert np.array_equal(y, prepared.parts["training"].target[:, 0])
    assert by_method(prepared)["linear"].scores["test"]["accuracy"] > 0.9


def test_with_a_target_at_each_step_a_step_is_a_sample() -> None:
    prepared = prepare(data_box(dataset="parity", samples=60))
    part = prepared.parts["training"]
    x, y = table(prepared, part, 10_000, 0)
    assert np.array_equal(np.asarray(x.toarray().argmax(axis=1)), part.x.ravel())  # type: ignore[union-attr]
    assert np.array_equal(y, part.target.ravel())
    scores = by_method(prepared)["forest"].scores["test"]
    assert scores["accuracy"] < 0.75  # who does not know the past cannot tell


def test_classes_handed_out_as_rows_are_classes() -> None:
    options: dict[str, Value] = {"dataset": "iris", "test": 0.0}
    plain = by_method(prepare(data_box(**options)))
    rows = by_method(prepare(data_box(**options, target="one_hot")))
    assert plain["linear"].scores == rows["linear"].scores
    assert set(plain["linear"].scores) == {"training", "validation"}


def test_of_many_samples_some_are_drawn_and_that_is_said() -> None:
    rng = np.random.default_rng(0)
    samples = Samples(rng.normal(size=(6000, 2)), rng.integers(0, 2, 6000))
    prepared = prepare_samples(own_box(samples, 2), samples)
    x, y = table(prepared, prepared.parts["training"], 500, 1)
    again, _ = table(prepared, prepared.parts["training"], 500, 1)
    assert x.shape == (500, 2)
    assert len(y) == 500
    assert np.array_equal(np.asarray(x), np.asarray(again))
    assert len(np.unique(np.asarray(x), axis=0)) == 500


def test_the_work_can_be_given_up_between_methods(iris: Prepared) -> None:
    told = []

    def report(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        baselines(iris, report=report)
    assert told == [(0, 4), (1, 4), (2, 4)]


def test_what_is_no_number_is_refused() -> None:
    x = np.random.default_rng(0).normal(size=(60, 4, 2))
    x[:, 0] = np.nan
    samples = Samples(x, np.arange(60) % 2)
    with pytest.raises(Refusal, match="not_numbers"):
        baselines(prepare_samples(own_box(samples, 2), samples))


def test_one_class_is_learnt_by_the_simplest_alone() -> None:
    samples = Samples(np.random.default_rng(0).normal(size=(60, 2)), np.zeros(60, np.int64))
    found = baselines(prepare_samples(own_box(samples, 2), samples))
    assert [row.method for row in found] == ["constant"]
    assert found[0].scores["test"] == {"accuracy": 1.0}
