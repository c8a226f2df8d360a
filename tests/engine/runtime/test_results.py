"""Right and wrong, counted: the numbers are those of scikit-learn and NumPy."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    average_precision_score,
    confusion_matrix,
    mean_absolute_error,
    precision_recall_curve,
    r2_score,
    roc_auc_score,
    roc_curve,
    root_mean_squared_error,
)

from engine.results import ClassResults, Results
from engine.runtime.answers import Answered, answered
from engine.runtime.results import (
    BINS,
    EXAMPLES,
    HISTOGRAM,
    MOST_ANSWERS,
    POINTS,
    class_results,
    curve,
    results,
    value_results,
)
from engine.runtime.trainer import Trainer
from engine.scripting import Model
from engine.spec.files import read

EXAMPLE_FILES = Path(__file__).parents[3] / "resources" / "examples"


def stand_in(count: int) -> Any:
    """Of a trainer: the validation samples, each the square of its number."""
    numbers = np.arange(count, dtype=np.float32)[:, np.newaxis] ** 2
    return SimpleNamespace(data={"data_1": SimpleNamespace(inputs=lambda _, rows: numbers[rows])})


def answers(count: int, classes: int, seed: int = 0, digits: int = 6) -> Answered:
    random = np.random.default_rng(seed)
    outputs = random.dirichlet(np.full(classes, 0.3), count).round(digits).astype(np.float32)
    targets = np.where(
        random.random(count) < 0.6, outputs.argmax(1), random.integers(0, classes, count)
    )
    return Answered("classes", outputs, targets, None)


def told(found: Answered, cell: tuple[int, int] | None = None) -> ClassResults:
    return class_results(found, stand_in(len(found.targets)), cell)


@pytest.mark.parametrize("digits", [6, 1])  # all scores different; many equal ones
def test_counts_curves_and_areas_are_those_of_scikit_learn(digits: int) -> None:
    found = answers(3000, 5, digits=digits)
    result, said = told(found), found.outputs.argmax(1)
    assert result.confusion is not None
    np.testing.assert_array_equal(result.confusion, confusion_matrix(found.targets, said))
    assert (result.total, result.wrong) == (3000, int((said != found.targets).sum()))
    for k in range(5):
        is_one, scores = found.targets == k, found.outputs[:, k]
        assert result.areas[k, 0] == pytest.approx(roc_auc_score(is_one, scores))
        assert result.areas[k, 1] == pytest.approx(average_precision_score(is_one, scores))
        kept, _ = curve(scores, is_one)
        np.testing.assert_allclose(result.curves[k], kept, rtol=1e-6)
        false, recall, _ = roc_curve(is_one, scores, drop_intermediate=False)
        assert all_among(kept[:, 1:3], np.stack([false, recall], axis=1))
        precision, recall, _ = precision_recall_curve(is_one, scores)
        assert all_among(kept[:, 2:4], np.stack([recall, precision], axis=1))


def all_among(points: np.ndarray, those: np.ndarray) -> bool:
    """Whether each point is, but for rounding, one of those."""
    far = np.abs(points[:, np.newaxis] - those).max(axis=2)
    return bool((far.min(axis=1) < 1e-9).all())


def test_a_kept_curve_encloses_nearly_the_same_area() -> None:
    found = answers(5000, 3)
    points, (area, _) = curve(found.outputs[:, 1], found.targets == 1)
    assert points.shape == (POINTS, 4)
    kept = np.trapezoid(np.append(0.0, points[:, 2]), np.append(0.0, points[:, 1]))
    assert kept == pytest.approx(area, abs=2e-3)
    assert points[-1, 1:3].tolist() == [1.0, 1.0]


def test_calibration_is_that_of_scikit_learn() -> None:
    found = answers(2000, 4)
    result = told(found)
    assert result.calibration.shape == (5, BINS, 3)
    sure, right = found.outputs.max(1), found.outputs.argmax(1) == found.targets
    sets = [(right, sure), *((found.targets == k, found.outputs[:, k]) for k in range(4))]
    for table, (is_so, shares) in zip(result.calibration, sets, strict=True):
        so, meant = calibration_curve(is_so, shares, n_bins=BINS)
        filled = table[table[:, 0] > 0]
        np.testing.assert_allclose(filled[:, 1] / filled[:, 0], so)
        np.testing.assert_allclose(filled[:, 2] / filled[:, 0], meant, rtol=1e-5)
        assert table[:, 0].sum() == 2000


def test_a_single_number_is_the_probability_of_the_second_class() -> None:
    random = np.random.default_rng(1)
    share = random.random((500, 1)).astype(np.float32)
    targets = (random.random(500) < share[:, 0]).astype(np.float32)
    result = told(Answered("binary", share, targets, None))
    np.testing.assert_array_equal(
        result.confusion, confusion_matrix(targets > 0.5, share[:, 0] > 0.5)
    )
    assert result.areas[1, 0] == pytest.approx(roc_auc_score(targets, share[:, 0]))


def test_padded_steps_are_left_out_and_examples_name_their_step() -> None:
    flat = answers(600, 3)
    counted = (np.random.default_rng(2).random((60, 10)) < 0.7).astype(np.float32)
    stepped = Answered(
        "classes", flat.outputs.reshape(60, 10, 3), flat.targets.reshape(60, 10), counted
    )
    result, kept = told(stepped), counted.ravel() > 0
    said = flat.outputs.argmax(1)
    np.testing.assert_array_equal(
        result.confusion, confusion_matrix(flat.targets[kept], said[kept])
    )
    for sample, step, true, named in zip(
        result.samples, result.steps, result.true, result.named, strict=True
    ):
        assert counted[sample, step] and stepped.targets[sample, step] == true
        assert stepped.outputs[sample, step].argmax() == named != true
    np.testing.assert_array_equal(result.inputs[:, 0], result.samples.astype(np.float32) ** 2)


def test_examples_are_the_surest_mistakes_or_those_of_a_cell() -> None:
    found = answers(800, 3)
    said, sure = found.outputs.argmax(1), found.outputs.max(1)
    mistakes = told(found)
    assert len(mistakes.samples) == EXAMPLES and mistakes.cell is None
    wrong = np.sort(sure[said != found.targets])[::-1]
    np.testing.assert_array_equal(mistakes.sure, wrong[:EXAMPLES])
    chosen = told(found, (1, 1))
    assert set(chosen.true) == set(chosen.named) == {1} and chosen.cell == (1, 1)
    none = told(found, (7, 7))
    assert not len(none.samples) and none.inputs.shape == (0, 1)


def test_curves_of_very_many_answers_are_made_of_some() -> None:
    found = answers(MOST_ANSWERS + 5000, 2)
    result = told(found)
    assert result.judged == MOST_ANSWERS and result.total == MOST_ANSWERS + 5000
    assert result.confusion is not None and result.confusion.sum() == result.total
    whole = roc_auc_score(found.targets == 1, found.outputs[:, 1])
    assert result.areas[1, 0] == pytest.approx(whole, abs=0.01)


def test_a_class_that_never_occurs_has_no_curve_and_too_many_have_no_matrix() -> None:
    found = answers(300, 4)
    result = told(Answered("classes", found.outputs, np.minimum(found.targets, 2), None))
    assert np.isnan(result.areas[3]).all() and np.isnan(result.curves[3]).all()
    assert not np.isnan(result.areas[:3]).any()
    assert told(answers(400, 120)).confusion is None


def test_numbers_are_measured_as_scikit_learn_and_numpy_do() -> None:
    random = np.random.default_rng(3)
    true = random.normal(size=(3000, 2)) * [1, 50]
    said = true + random.normal(size=true.shape) * [0.1, 20]
    result = value_results(Answered("values", said, true, None))
    for d in range(2):
        assert result.determination[d] == pytest.approx(r2_score(true[:, d], said[:, d]))
        assert result.mean_absolute[d] == pytest.approx(mean_absolute_error(true[:, d], said[:, d]))
        square = root_mean_squared_error(true[:, d], said[:, d])
        assert result.root_mean_square[d] == pytest.approx(square)
        error, reach = said[:, d] - true[:, d], float(result.reach[d])
        assert reach == np.abs(error).max()
        counts, _ = np.histogram(error, HISTOGRAM, (-reach, reach))
        np.testing.assert_array_equal(result.errors[d], counts)
        np.testing.assert_array_equal(result.first[d, :, 0], true[:2000, d])
    assert set(map(tuple, result.pairs[1].tolist())) <= set(
        zip(true[:, 1].tolist(), said[:, 1].tolist(), strict=True)
    )


def test_equal_numbers_and_none_at_all_are_told_without_a_warning() -> None:
    same = np.full((4, 1), 2.0)
    result = value_results(Answered("values", same, same, None))
    assert np.isnan(result.determination[0]) and result.reach[0] == 1.0
    none = value_results(Answered("values", same, same, np.zeros(4)))
    assert none.total == 0 and none.mean_absolute[0] == 0.0


@pytest.mark.parametrize(
    ("name", "task"),
    [("iris", "classes"), ("circles_binary", "binary"), ("least_squares", "values")],
)
def test_the_answers_are_those_of_the_network(name: str, task: str) -> None:
    model = Model(read(EXAMPLE_FILES / f"{name}.json").document, backend="plain", threads=1)
    trainer = Trainer(model)
    found = answered(trainer, "validation")
    result = results(trainer, 4, found)
    assert (result.run, result.epoch, result.task) == (4, 0, task)
    part = result.values or result.classes
    assert part is not None and part.total == trainer.count("validation")
    if result.classes is not None:
        assert result.classes.wrong == int(found.wrong.sum())
    model.close()


def test_answers_that_are_no_numbers_are_told_as_none() -> None:
    outputs = np.full((5, 2), np.nan)
    found = Answered("classes", outputs, np.zeros(5, np.int64), None)
    trainer: Any = SimpleNamespace(position=SimpleNamespace(epoch=3))
    assert results(trainer, 1, found) == Results(1, 3, "classes", None, None)
