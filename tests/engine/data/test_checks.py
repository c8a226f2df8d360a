"""Each fault is found in data made to have exactly that one, and none in data without."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine.data.checks import Case, check, check_prepared
from engine.data.preparing import prepare_samples
from engine.data.samples import Array, Samples, TableColumn
from engine.data_protocol import Finding
from engine.layers.remedies import applied_to, apply
from engine.scripting import chain
from engine.spec.datasets import CARDS
from engine.spec.options import Options
from engine.spec.sources import source_of
from tests.engine.data.own_box import own_box
from tests.engine.networks import data_box

RNG = np.random.default_rng(3)
START = RNG.bit_generator.state


@pytest.fixture(autouse=True)
def same_numbers_in_each_test() -> None:
    RNG.bit_generator.state = START


def clean(count: int = 300, width: int = 4) -> tuple[Array, Array]:
    """Features that tell something about two classes, but not everything."""
    x = RNG.normal(size=(count, width))
    return x, (x.sum(axis=1) + RNG.normal(size=count) > 0).astype(np.int64)


def found(x: Array, target: Array, classes: int = 2, **options: Any) -> dict[str, Finding]:
    columns = tuple(TableColumn() for _ in range(x.shape[1])) if x.ndim == 2 else ()
    return found_in(Samples(x, target, columns), classes, **options)


def found_in(samples: Samples, classes: int = 2, **options: Any) -> dict[str, Finding]:
    box = own_box(samples, classes, **options)
    findings = check_prepared(Case(box, samples, prepare_samples(box, samples)))
    return {finding.complaint.code: finding for finding in findings}


@pytest.mark.parametrize("name", CARDS)
def test_bundled_sets_give_no_alarm(name: str) -> None:
    assert check(data_box(dataset=name, length=CARDS[name].usual_length)) == ()


@pytest.mark.parametrize("name", CARDS)
def test_without_a_test_part_nothing_else_is_said(name: str) -> None:
    assert check(data_box(dataset=name, length=CARDS[name].usual_length, test=0.0)) == ()


def test_clean_data_give_no_alarm() -> None:
    assert found(*clean()) == {}
    x, _ = clean()
    assert found(x, x @ RNG.normal(size=(4, 1)) + RNG.normal(size=(300, 1)), 0) == {}
    series = np.cumsum(RNG.normal(size=(300, 2)), axis=0) / 20
    assert found_in(Samples(series, series, series=True), 0, length=5) == {}


def test_a_constant_column_is_found() -> None:
    x, y = clean()
    x[:, 2] = 7.0
    x[::5, 2] = np.nan
    findings = found(x, y)
    assert findings["constant_column"].complaint.numbers == {"columns": "3", "count": 1}
    assert set(findings) == {"constant_column"}


def test_an_empty_column_is_constant_and_nothing_else() -> None:
    x, y = clean()
    x[:, 1] = np.nan
    assert set(found(x, y)) == {"constant_column"}


def test_many_gaps_are_found() -> None:
    x, y = clean()
    x[: len(x) // 2, 0] = np.nan
    findings = found(x, y)
    assert findings["many_gaps"].complaint.numbers["columns"] == "1"
    assert set(findings) == {"many_gaps"}


def test_a_column_that_is_there_twice_is_found_also_in_another_unit() -> None:
    x, y = clean()
    x[:, 3] = 2.54 * x[:, 1] - 1
    findings = found(x, y)
    assert findings["twin_columns"].complaint.numbers == {"columns": "2 = 4", "count": 1}
    assert set(findings) == {"twin_columns"}


def test_a_column_that_gives_the_value_away_is_found() -> None:
    x, _ = clean()
    y = x @ np.ones((4, 1)) + RNG.normal(size=(300, 1))
    x[:, 2] = 3 * y[:, 0] + 1e-4 * RNG.normal(size=300)
    findings = found(x, y, 0)
    assert findings["leak"].complaint.numbers["columns"] == "3"
    assert set(findings) == {"leak"}


@pytest.mark.parametrize("classes", [2, 3])
def test_a_column_that_gives_the_class_away_is_found(classes: int) -> None:
    x, _ = clean()
    y = RNG.integers(0, classes, 300)
    x[:, 0] = np.array([5, -1, 2])[y] + RNG.uniform(0, 0.5, 300)  # a range for each class
    assert found(x, y, classes)["leak"].complaint.numbers["columns"] == "1"


def test_a_category_that_gives_the_class_away_is_found() -> None:
    x, y = clean()
    x[:, 1] = 2 * (1 - y) + RNG.integers(0, 2, 300)  # 0 and 1 are of one class, 2 and 3 of another
    columns = (TableColumn(), TableColumn(categories=4), TableColumn(), TableColumn())
    assert set(found_in(Samples(x, y, columns))) == {"leak"}
    x[::7, 1] = 0
    assert found_in(Samples(x, y, columns)) == {}


def test_numbers_that_never_repeat_give_nothing_away() -> None:
    x, y = clean()
    x[:, 1] = RNG.permutation(300) / 100  # each belongs to one class, as chance has it
    columns = (TableColumn(), TableColumn(categories=0), TableColumn(), TableColumn())
    assert found_in(Samples(x, y, columns)) == {}
    named = np.where(np.arange(300) < 200, np.arange(300) % 200, 0)
    x[:, 1] = named  # names of persons, say
    columns = (TableColumn(), TableColumn(categories=200), TableColumn(), TableColumn())
    assert found_in(Samples(x, y, columns)) == {}


def test_a_missing_class_is_found_and_dividing_by_class_helps() -> None:
    x, y = clean()
    y.sort()  # in time, the first class comes first
    missing = found(x, y, split="time")["class_missing"]
    assert missing.complaint.numbers["part"] in ("validation", "test")
    assert missing.remedies[0].values == {"split": "stratified"}
    assert found(x, y, split="stratified") == {}


def test_a_class_that_nobody_has_is_missing_and_nothing_helps() -> None:
    x, y = clean()
    assert found(x, y, 3)["class_missing"].remedies == ()


def test_unequal_classes_are_found_and_weights_or_resampling_help() -> None:
    x, _ = clean(900)
    y = (RNG.random(900) < 0.08).astype(np.int64)
    finding = found(x, y)["unequal_classes"]
    assert finding.complaint.numbers["most"] == "0"
    assert [remedy.of for remedy in finding.remedies] == ["loss", "data", "data"]
    for remedy in finding.remedies[1:]:
        assert found(x, y, 2, **remedy.values) == {}
    samples = Samples(x, y)
    box = own_box(samples, 2)
    assert check_prepared(Case(box, samples, prepare_samples(box, samples), True)) == ()


def test_a_class_with_few_samples_is_found() -> None:
    x, y = clean()
    y[:6] = 2
    findings = found(x, y, 3, balance="oversample")
    assert findings["few_per_class"].complaint.numbers["classes"] == "2 (6)"
    assert set(findings) == {"few_per_class"}


def test_inputs_of_very_different_size_are_found_and_scaling_helps() -> None:
    x, y = clean()
    x[:, 0] *= 1000
    finding = found(x, y)["unscaled"]
    assert set(found(x, y)) == {"unscaled"}
    for remedy in finding.remedies:
        assert found(x, y, 2, **remedy.values) == {}


def test_large_values_to_predict_are_found() -> None:
    x, _ = clean()
    y = 200_000 + 50_000 * RNG.normal(size=(300, 1))
    findings = found(x, y, 0, target_scaling="none")
    assert set(findings) == {"large_targets"}
    (remedy,) = findings["large_targets"].remedies
    assert found(x, y, 0, **remedy.values) == {}
    assert found(x, y, 0) == {}


def test_samples_in_two_parts_are_found() -> None:
    x, y = clean(200)
    twice = np.concatenate([x, x[:100]]), np.concatenate([y, y[:100]])
    findings = found(*twice)
    assert set(findings) == {"shared_samples"}
    samples = Samples(RNG.integers(0, 255, (200, 12, 12, 1)).astype(np.uint8), y)
    assert found_in(samples) == {}
    half = np.concatenate([samples.x, samples.x[:100]])
    assert set(found_in(Samples(half, twice[1]))) == {"shared_samples"}
    half[200:, 11, 11] ^= 1  # one pixel is another
    assert found_in(Samples(half, twice[1])) == {}


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_inputs_that_are_no_numbers_are_found(bad: float) -> None:
    x, y = RNG.normal(size=(300, 5, 2)), clean()[1]
    x[17, 3, 1] = bad
    finding = found(x, y)["not_numbers_x"]
    assert finding.complaint.numbers["count"] == 1


def test_a_table_can_be_read_again_without_a_column() -> None:
    x, y = clean()
    x[:, 2] = 1.0
    samples = Samples(x, y, tuple(TableColumn() for _ in range(4)))
    box = own_box(samples, 2)
    columns = tuple(Options({"name": name, "role": "input"}) for name in "abcd")
    source = replace(box.own, recipe=Options({"columns": columns}))
    box = replace(box, origin=source.to_options())
    (finding,) = check_prepared(Case(box, samples, prepare_samples(box, samples)))
    assert finding.complaint.numbers["columns"] == "c"
    changed = applied_to(source_of(box.origin).recipe, finding.remedies[0])
    assert [c["role"] for c in changed["columns"]] == ["input", "input", "ignored", "input"]  # type: ignore[union-attr, index, call-overload]


def test_remedies_are_edits_of_the_document() -> None:
    document = chain(
        ("data", {"dataset": "iris"}),
        ("dense", {"units": 3, "activation": "softmax"}),
        ("cross_entropy", {}),
    )
    x, _ = clean(900)
    findings = found(x, (RNG.random(900) < 0.05).astype(np.int64))
    weigh, oversample, _ = findings["unequal_classes"].remedies
    weighed = apply(document, "data_1", weigh).network.node("cross_entropy_1")
    assert weighed.options["class_weights"] == "balanced"
    resampled = apply(document, "data_1", oversample).network.node("data_1")
    assert resampled.options["balance"] == "oversample"
    assert document.network.node("data_1").options.get("balance", "none") == "none"
