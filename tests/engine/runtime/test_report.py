"""Reports: figures of every task, against scikit-learn on the network's own answers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from sklearn import metrics

from engine.runtime.model import Model
from engine.runtime.trainer import Trainer
from engine.scripting import Report, report
from engine.spec.document import Document
from engine.spec.options import Value
from tests.engine.networks import Boxes, network


def row(data: dict[str, Value], units: int, loss: str) -> Document:
    boxes: Boxes = {
        "data": ("data", data),
        "a": ("dense", {"units": 8, "activation": "tanh"}),
        "b": ("dense", {"units": units}),
        "loss": (loss, {}),
    }
    return network(boxes, "data > a", "a > b", "b > loss", "data.target > loss.target")


def trained(document: Document, batches: int = 8) -> Trainer:
    trainer = Trainer(Model(document, threads=1, dtype="float64"))
    for _ in range(batches):
        if trainer.epoch_is_complete:
            trainer.end_epoch()
        trainer.advance()
    return trainer


def answers(trainer: Trainer, part: str) -> tuple[Any, Any]:
    x, y = (trainer.sources[part][f"data.{port}"] for port in ("x", "target"))
    return trainer.model.predict(x), y


@pytest.mark.parametrize("part", ["training", "validation", "test"])
@pytest.mark.parametrize(
    ("target", "loss"),
    [
        ("labels", "cross_entropy"),
        ("one_hot", "cross_entropy"),
        ("one_hot", "kl_divergence"),
        ("one_hot", "mean_squared_error"),
    ],
)
def test_classes(part: str, target: str, loss: str) -> None:
    trainer = trained(row({"dataset": "iris", "target": target}, 3, loss))
    found = report(trainer, part)
    shares, y = answers(trainer, part)
    true = y.argmax(axis=1) if target == "one_hot" else y[:, 0]
    said = shares.argmax(axis=1)
    assert (found.task, found.samples, found.answers) == ("classes", len(true), len(true))
    assert found.figures["accuracy"] == metrics.accuracy_score(true, said)
    assert found.figures["f1_macro"] == pytest.approx(metrics.f1_score(true, said, average="macro"))
    assert found.figures["loss"] == trainer.evaluate(part)["loss"]
    np.testing.assert_array_equal(found.confusion, metrics.confusion_matrix(true, said))
    assert [each.count for each in found.classes] == np.bincount(true).tolist()
    assert found.classes[1].recall == pytest.approx(
        metrics.recall_score(true, said, labels=[1], average=None)[0]
    )
    own = metrics.roc_auc_score(true == 1, shares[:, 1])
    assert found.classes[1].roc_auc == pytest.approx(own)


@pytest.mark.parametrize("loss", ["binary_cross_entropy", "hinge"])
def test_yes_or_no(loss: str) -> None:
    trainer = trained(row({"dataset": "moons", "samples": 200}, 1, loss))
    found = report(trainer, "test")
    answer, y = answers(trainer, "test")
    said = answer[:, 0] > (0.5 if loss == "binary_cross_entropy" else 0.0)
    true = y[:, 0]
    assert found.task == "binary"
    assert found.figures["precision"] == pytest.approx(metrics.precision_score(true, said))
    assert found.figures["recall"] == pytest.approx(metrics.recall_score(true, said))
    assert found.figures["f1"] == pytest.approx(metrics.f1_score(true, said))
    assert found.figures["roc_auc"] == pytest.approx(metrics.roc_auc_score(true, answer[:, 0]))
    assert found.figures["accuracy"] == pytest.approx(trainer.evaluate("test")["accuracy"])


def test_scores_of_classes_are_ranked_as_they_are() -> None:
    trainer = trained(row({"dataset": "iris"}, 3, "categorical_hinge"))
    found = report(trainer)
    scores, y = answers(trainer, "validation")
    assert found.figures["accuracy"] == metrics.accuracy_score(y[:, 0], scores.argmax(axis=1))


def test_numbers() -> None:
    trainer = trained(row({"dataset": "wave", "samples": 200}, 1, "huber"))
    found = report(trainer)
    answer, y = answers(trainer, "validation")
    assert (found.task, found.classes, found.confusion) == ("values", (), None)
    assert found.figures["r2"] == pytest.approx(metrics.r2_score(y, answer))
    expected = metrics.mean_absolute_error(y, answer)
    assert found.figures["mean_absolute_error"] == pytest.approx(expected)
    assert next(iter(found.figures)) == "loss"


def test_a_sequence_is_measured_step_by_step() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "digit_rows"}),
        "last": ("dense", {"units": 8}),
        "loss": ("cross_entropy", {}),
    }
    document = network(boxes, "data > last", "last > loss", "data.x > loss.target")
    trainer = trained(document, 3)
    found = report(trainer)
    assert found.answers == 8 * found.samples
    assert found.figures["accuracy"] == pytest.approx(trainer.evaluate("validation")["accuracy"])
    assert found.figures["perplexity"] == pytest.approx(math.exp(found.figures["loss"]))
    assert found.confusion is not None
    assert found.confusion.sum() == found.answers


def test_several_questions_at_once() -> None:
    trainer = trained(row({"dataset": "iris", "target": "one_hot"}, 3, "binary_cross_entropy"))
    found = report(trainer)  # one-hot rows are classes, whatever the loss
    assert found.task == "classes"


def test_each_of_several_outputs_has_its_own() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "iris"}),
        "a": ("dense", {"units": 3}),
        "b": ("dense", {"units": 4}),
        "kind": ("cross_entropy", {}),
        "same": ("mean_squared_error", {}),
    }
    ends = "a > kind", "b > same", "data.target > kind.target", "data.x > same.target"
    trainer = trained(network(boxes, "data > a", "data > b", *ends), 1)
    first, second = report(trainer), report(trainer, number=1)
    assert (first.node, first.task) == ("kind", "classes")
    assert (second.node, second.task) == ("same", "values")
    assert first.figures["loss"] == second.figures["loss"]
    assert "r2" in second.figures


def test_a_model_is_enough_and_an_empty_part_is_refused() -> None:
    model = Model(row({"dataset": "iris", "test": 0.0}, 3, "cross_entropy"))
    assert isinstance(report(model), Report)
    with pytest.raises(ValueError, match="no test samples"):
        report(model, "test")


@pytest.mark.parametrize(
    ("data", "units", "loss"), [("iris", 3, "cross_entropy"), ("wave", 1, "huber")]
)
def test_answers_that_are_no_numbers_have_no_figures(data: str, units: int, loss: str) -> None:
    model = Model(row({"dataset": data}, units, loss))
    model.parameters["b/bias"][:] = np.nan
    found = report(model)
    assert math.isnan(found.figures["loss"])
    assert found.classes == ()
