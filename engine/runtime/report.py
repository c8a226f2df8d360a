"""How good a trained network is on a part of the data: figures, class by class, and confusions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

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
from engine.runtime.answers import Answered, answered
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.trainer import Trainer

MANY, BEST = 10, 5  # as in engine.layers.cross_entropy


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """What is known of one class; NaN where nothing can be said."""

    number: int
    precision: float
    recall: float
    f1: float
    roc_auc: float  # against all other classes
    count: int  # samples, or time steps, of the class


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """The figures of one output on one part of the data.

    figures : by name, "loss" first; see engine/metrics
    classes : one for each class, none for a regression
    confusion : (C, C) how often a true class (row) was taken for each class (column), or None
    """

    part: str
    node: str  # the loss box
    task: str  # "classes", "binary" or "values"
    samples: int
    answers: int  # as many as samples, or as time steps that count
    figures: dict[str, float]
    classes: tuple[ClassFigures, ...] = ()
    confusion: Array | None = None


def report(trained: Model | Trainer, part: str = "validation", number: int = 0) -> Report:
    """Measure a network on a part ("training", "validation", "test") of its document's data.

    `number` chooses the loss box, where there are several. ValueError if the part is empty.
    """
    trainer = Trainer(trained) if isinstance(trained, Model) else trained
    count = trainer.count(part)
    if not count:
        raise ValueError(f"there are no {part} samples")
    outcome = trainer.model.plan.outcomes[number]
    found = answered(trainer, part, number)
    figures = _own_figures(trainer.evaluate(part), outcome.node)
    if found.task == "values":
        predicted, true = _counted(found)
        if not np.isfinite(predicted).all():  # training diverged, and no answer means anything
            return Report(part, outcome.node, "values", count, len(true), figures)
        figures |= {name: metric(true, predicted) for name, metric in NUMBERS.items()}
        return Report(part, outcome.node, "values", count, len(true), figures)
    shares, true = _as_classes(found)
    if not np.isfinite(shares).all():
        return Report(part, outcome.node, found.task, count, len(true), figures)
    return _of_classes(
        Report(part, outcome.node, found.task, count, len(true), figures), shares, true
    )


def _own_figures(scores: dict[str, float], node: str) -> dict[str, float]:
    """The loss of the whole network, and the metrics of one box."""
    own = {name.removeprefix(f"{node}/"): value for name, value in scores.items()}
    return {name: value for name, value in own.items() if "/" not in name}


def _counted(found: Answered) -> tuple[Array, Array]:
    """Outputs and targets (R, K), of the rows that count."""
    size = found.outputs.shape[-1]
    outputs = found.outputs.reshape(-1, size).astype(np.float64)
    targets = found.targets.reshape(len(outputs), -1).astype(np.float64)
    if found.counted is not None:
        counts = found.counted.ravel() > 0
        outputs, targets = outputs[counts], targets[counts]
    return outputs, targets


def _as_classes(found: Answered) -> tuple[Array, Array]:
    """Shares (R, C) and true classes (R,); yes-or-no questions are rows of two classes."""
    outputs, targets = _counted(found)
    if found.task == "classes":
        return outputs, targets[:, 0].astype(np.int64)
    yes = outputs.ravel()
    return np.stack([1 - yes, yes], axis=1), (targets.ravel() > 0.5).astype(np.int64)


def _of_classes(empty: Report, shares: Array, true: Array) -> Report:
    classes = shares.shape[1]
    if empty.task == "binary":  # exactly ½ is no, as in training
        predicted = (shares[:, 1] > 0.5).astype(np.int64)
    else:
        predicted = shares.argmax(axis=1)
    values = per_class(true, predicted, classes)
    counts, auc = values[3], areas(true, shares)
    figures = empty.figures | {"accuracy": accuracy(true, predicted)}
    if classes > MANY:
        figures["top_5_accuracy"] = top_accuracy(true, shares, BEST)
    if empty.task == "binary":  # the usual meaning: of the answer yes
        names = ("precision", "recall", "f1")
        figures |= {name: float(values[i][1]) for i, name in enumerate(names)}
        figures["roc_auc"] = float(auc[1])
    else:
        for name, (place, weighted) in AVERAGES.items():
            figures[name] = averaged(values[place], counts, weighted)
        known = auc[~np.isnan(auc)]
        figures["roc_auc"] = float(known.mean()) if len(known) else math.nan
    rows = zip(*(each.tolist() for each in (*values[:3], auc, counts)), strict=True)
    table = tuple(ClassFigures(c, *row) for c, row in enumerate(rows))
    return Report(
        empty.part,
        empty.node,
        empty.task,
        empty.samples,
        empty.answers,
        figures,
        table,
        confusion(true, predicted, classes),
    )
