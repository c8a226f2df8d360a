"""Metrics: one number per sample that people understand; nothing is learnt from them."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._terms import mean_of_terms, term

_HALF = np.float32(0.5)  # is as much in float64


@kernel
def _is_highest(scores: Array, place: int) -> bool:
    """Tell whether this score is above all before it and reached by none after it."""
    score, here = scores[place], np.int32(place)
    beaten = np.int32(0)  # counted to the end: without an early exit the loop runs on vectors
    for c in range(scores.size):
        other = scores[c]
        is_below = other < score or (other == score and np.int32(c) >= here)
        beaten += np.int32(0) if is_below else np.int32(1)  # asked so, NaN anywhere means no
    return beaten == 0


@kernel
def _highest(scores: Array) -> int:
    """Return the place of the highest score, the first on ties."""
    place = 0
    for c in range(1, scores.size):
        place = c if scores[c] > scores[place] else place
    return place


@kernel
def label_hits(scores: Array, labels: Array, out: Array) -> None:
    """1 where the class with the highest score is the right one; see the plain twin."""
    for i in range(scores.shape[0]):
        out[i] = _is_highest(scores[i], labels[i, 0])


@kernel
def class_hits(scores: Array, targets: Array, out: Array) -> None:
    """1 where the class with the highest score has the highest target; see the plain twin."""
    for i in range(scores.shape[0]):
        out[i] = _is_highest(scores[i], _highest(targets[i]))


@term
def _is_right(logit: float, target: float, one: float) -> float:
    """1 if the sign of the logit gives the right answer, otherwise 0."""
    return one if (logit > 0) == (target > _HALF) else one - one


@kernel
def threshold_hits(logits: Array, targets: Array, out: Array) -> None:
    """Share of the K yes-or-no questions answered rightly; see the plain twin."""
    mean_of_terms(_is_right, logits.dtype.type(1), logits, targets, out)


@term
def _distance(prediction: float, target: float, _: float) -> float:
    """How far off a prediction is."""
    return abs(prediction - target)


@kernel
def absolute_error(predictions: Array, targets: Array, out: Array) -> None:
    """Mean over K of the distance from the target; see the plain twin."""
    mean_of_terms(_distance, predictions.dtype.type(0), predictions, targets, out)


@kernel
def _is_among(scores: Array, place: int, most: int) -> bool:
    """Tell whether fewer than `most` scores are higher than this one, and all are numbers."""
    higher, broken = 0, 0
    for c in range(scores.size):
        higher += scores[c] > scores[place]
        broken += scores[c] != scores[c]
    return higher < most and broken == 0


@kernel
def top_label_hits(scores: Array, labels: Array, most: int, out: Array) -> None:
    """1 where the right class is among the `most` highest scores; see the plain twin."""
    for i in range(scores.shape[0]):
        out[i] = _is_among(scores[i], labels[i, 0], most)


@kernel
def top_class_hits(scores: Array, targets: Array, most: int, out: Array) -> None:
    """The same with a target for each class; see the plain twin."""
    for i in range(scores.shape[0]):
        out[i] = _is_among(scores[i], _highest(targets[i]), most)
