"""A network's answers on samples with classes, sorted out: asked, said, right and wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.protocol import Predictions
from gui.class_names import DataName, class_name
from gui.formats import percent

Numbers = NDArray[np.floating[Any]]
Whole = NDArray[np.integer[Any]]

ORDERS = ("data", "unsure", "sure")


@dataclass(frozen=True)
class Answers:
    """Of N samples: inputs (N, …), probabilities (N, K) between 0 and 1, true classes (N,)."""

    dataset: DataName
    inputs: Numbers
    probabilities: Numbers
    true: Whole

    def __len__(self) -> int:
        return len(self.true)

    @property
    def predicted(self) -> Whole:
        """The class with the highest probability, of each sample."""
        predicted: Whole = np.argmax(self.probabilities, axis=1)
        return predicted

    @property
    def confidence(self) -> Numbers:
        """The highest probability of each sample."""
        confidence: Numbers = np.max(self.probabilities, axis=1, initial=0.0)
        return confidence

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Whether the predicted class is another than the true one."""
        return np.not_equal(self.predicted, self.true)

    def rows(self, wrong_only: bool, order: str) -> list[int]:
        """Numbers of the samples to show; `order` is one of ORDERS."""
        rows = np.flatnonzero(self.wrong) if wrong_only else np.arange(len(self))
        if order != "data":
            sign = 1 if order == "unsure" else -1
            rows = rows[np.argsort(sign * self.confidence[rows], kind="stable")]
        return [int(row) for row in rows]

    def name(self, index: int) -> str:
        """The name of a class."""
        return class_name(self.dataset, int(index))

    def best(self, row: int, most: int) -> list[tuple[int, float]]:
        """The most probable classes of a sample, with their probabilities, best first."""
        found = np.argsort(-self.probabilities[row], kind="stable")[:most]
        return [(int(index), float(self.probabilities[row, index])) for index in found]

    def best_text(self, row: int, most: int) -> str:
        """The most probable classes of a sample, one a line: 7: 93.1 %."""
        return "\n".join(f"{self.name(i)}: {percent(p)}" for i, p in self.best(row, most))

    def find(self, sample: Numbers) -> int | None:
        """The row of a sample with just these inputs, if it is among them."""
        if sample.shape != self.inputs.shape[1:]:
            return None
        axes = tuple(range(1, self.inputs.ndim))
        found = np.flatnonzero(np.all(self.inputs == sample, axis=axes))
        return int(found[0]) if len(found) else None


def answers_of(predictions: Predictions, dataset: DataName) -> Answers:
    """Sort out predictions whose task is "classes" or "binary"."""
    targets = np.asarray(predictions.targets)
    if predictions.task == "binary":
        true = (targets.reshape(len(targets), -1)[:, 0] > 0.5).astype(int)
    else:
        true = targets.astype(int) if targets.ndim == 1 else np.argmax(targets, axis=1)
    shares = probabilities(predictions.outputs, predictions.task)
    return Answers(dataset, np.asarray(predictions.inputs), shares, true)


def probabilities(outputs: Numbers, task: str) -> Numbers:
    """Outputs (…, K) as probabilities: of two classes if they are the probability of class 1.

    What is no number, or not between 0 and 1 (an unusual loss), is moved to where it can be shown.
    """
    found = np.clip(np.nan_to_num(outputs), 0.0, 1.0)
    if task == "binary":
        one = found[..., :1]
        return np.concatenate([1 - one, one], axis=-1)
    return found
