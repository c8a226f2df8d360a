"""A network's answers where it gives one at each time step: true, predicted, right and wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.protocol import Predictions
from gui.class_names import DataName, class_name, token_name
from gui.plots.answers import Numbers, Whole, probabilities

PADDED = "·"  # in place of a step that does not count
TOKEN_RANK = 2  # (N, T) whole numbers


@dataclass(frozen=True)
class Step:
    """What stands at one time step, and whether the network was wrong there."""

    text: str
    is_wrong: bool = False


@dataclass(frozen=True)
class SequenceAnswers:
    """Of N samples with T answers each; axes after the first are laid out one after the other.

    inputs : (N, …)
    probabilities : (N, T, K) between 0 and 1
    true : (N, T) classes
    counted : (N, T) whether a step counts
    """

    dataset: DataName
    inputs: Numbers
    probabilities: Numbers
    true: Whole
    counted: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.true)

    @property
    def predicted(self) -> Whole:
        """The class with the highest probability, at each step."""
        predicted: Whole = np.argmax(self.probabilities, axis=2)
        return predicted

    @property
    def wrong_steps(self) -> NDArray[np.bool_]:
        """Steps that count, and where another class than the true one is predicted."""
        return np.not_equal(self.predicted, self.true) & self.counted

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Whether anything in a sample is wrong."""
        return np.asarray(self.wrong_steps.any(axis=1))

    @property
    def confidence(self) -> Numbers:
        """The highest probability, on average over the steps of a sample that count."""
        highest = np.max(self.probabilities, axis=2, initial=0.0)
        steps = np.maximum(self.counted.sum(axis=1), 1)
        confidence: Numbers = np.where(self.counted, highest, 0.0).sum(axis=1) / steps
        return confidence

    @property
    def has_tokens(self) -> bool:
        """Whether the samples are sequences of whole numbers, which can be shown in a row."""
        return self.inputs.ndim == TOKEN_RANK and np.issubdtype(self.inputs.dtype, np.integer)

    def rows(self, wrong_only: bool, order: str) -> list[int]:
        """Numbers of the samples to show; `order` is one of ORDERS."""
        rows = np.flatnonzero(self.wrong) if wrong_only else np.arange(len(self))
        if order != "data":
            sign = 1 if order == "unsure" else -1
            rows = rows[np.argsort(sign * self.confidence[rows], kind="stable")]
        return [int(row) for row in rows]

    def tokens(self, row: int) -> list[Step]:
        """What the network received."""
        return [Step(token_name(self.dataset, int(index))) for index in self.inputs[row]]

    def truth(self, row: int) -> list[Step]:
        """What it should have said."""
        names = [class_name(self.dataset, int(index)) for index in self.true[row]]
        return self._steps(row, names, np.zeros_like(self.counted[row]))

    def said(self, row: int) -> list[Step]:
        """What it said, with the wrong steps marked."""
        names = [class_name(self.dataset, int(index)) for index in self.predicted[row]]
        return self._steps(row, names, self.wrong_steps[row])

    def _steps(self, row: int, names: list[str], wrong: NDArray[np.bool_]) -> list[Step]:
        counted = self.counted[row]
        return [
            Step(name, bool(is_wrong)) if counts else Step(PADDED)
            for name, is_wrong, counts in zip(names, wrong, counted, strict=True)
        ]

    def score(self, row: int) -> tuple[int, int]:
        """How many steps of a sample are right, of how many that count."""
        total = int(self.counted[row].sum())
        return total - int(self.wrong_steps[row].sum()), total


def has_steps(predictions: Predictions) -> bool:
    """Whether each sample has an answer at each time step, or at each pixel, that is a class."""
    return predictions.task != "values" and np.ndim(predictions.outputs) > 2


def sequence_answers_of(predictions: Predictions, dataset: DataName) -> SequenceAnswers:
    """Sort out predictions that have an answer at each step."""
    outputs = np.asarray(predictions.outputs)
    count, classes = len(outputs), outputs.shape[-1]
    shares = probabilities(outputs.reshape(count, -1, classes), predictions.task)
    targets = np.asarray(predictions.targets).reshape(shares.shape[:2])
    true: Whole = np.array(targets > 0.5 if predictions.task == "binary" else targets, int)
    counted = predictions.counted
    mask = np.ones(true.shape, bool) if counted is None else counted.reshape(true.shape) > 0
    return SequenceAnswers(dataset, np.asarray(predictions.inputs), shares, true, mask)
