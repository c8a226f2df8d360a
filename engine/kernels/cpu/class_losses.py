"""More losses of classes: by a margin between scores, or between two distributions."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._logarithms import log
from engine.kernels.cpu._rows import log_sum_exp
from engine.kernels.cpu._terms import mean_of_terms, slopes_of_terms, term

_HALF = np.float32(0.5)  # is as much in float64


@term
def _missing_margin(score: float, target: float, one: float) -> float:
    """How much the margin falls short of 1."""
    missing = one - score if target > _HALF else one + score
    return one - one if missing < 0 else missing


@kernel
def hinge(scores: Array, targets: Array, losses: Array) -> None:
    """Mean over K of max(1 - t·y, 0); see the plain twin."""
    mean_of_terms(_missing_margin, scores.dtype.type(1), scores, targets, losses)


@term
def _towards_margin(score: float, target: float, one: float) -> float:
    """-t where the margin falls short of 1, otherwise 0; NaN stays NaN."""
    slope = -one if target > _HALF else one
    margin = -score * slope
    slope = one - one if margin >= one else slope
    return margin if margin != margin else slope


@kernel
def hinge_gradient(scores: Array, targets: Array, scale: Array, dx: Array) -> None:
    """-t over K where the margin is smaller than 1; see the plain twin."""
    slopes_of_terms(_towards_margin, scores.dtype.type(1), scores, targets, scale, dx)


@kernel
def categorical_hinge(scores: Array, targets: Array, losses: Array) -> None:
    """max(1 + the highest other score - the true one, 0); see the plain twin."""
    kind = scores.dtype.type
    one, zero = kind(1), kind(0)
    for i in range(scores.shape[0]):
        true, highest = zero, (one - targets[i, 0]) * scores[i, 0]
        for c in range(scores.shape[1]):
            true += targets[i, c] * scores[i, c]
            other = (one - targets[i, c]) * scores[i, c]
            highest = highest if other < highest else other
        missing = highest - true + one
        losses[i] = zero if missing < zero else missing


@kernel
def categorical_hinge_gradient(scores: Array, targets: Array, scale: Array, dx: Array) -> None:
    """+1 for the highest other score, -1 for the true one; see the plain twin."""
    kind = scores.dtype.type
    one, factor = kind(1), scale[0]
    for i in range(scores.shape[0]):
        place, true = 0, kind(0)
        highest = (one - targets[i, 0]) * scores[i, 0]
        for c in range(scores.shape[1]):
            true += targets[i, c] * scores[i, c]
            other = (one - targets[i, c]) * scores[i, c]
            if other > highest:
                place, highest = c, other
        missing = highest - true + one
        is_inside = missing > 0
        for c in range(scores.shape[1]):
            dx[i, c] = -targets[i, c] * factor if is_inside else kind(0)
        if is_inside:
            dx[i, place] += (one - targets[i, place]) * factor
        if missing != missing:
            dx[i, :] = missing


@kernel
def kl_divergence(logits: Array, targets: Array, losses: Array) -> None:
    """Σ t log(t / softmax(logits)); see the plain twin."""
    zero, one = logits.dtype.type(0), logits.dtype.type(1)
    log_sum_exp(logits, losses)
    for i in range(logits.shape[0]):
        row, target, whole, loss = logits[i], targets[i], losses[i], zero
        for c in range(row.size):
            t = logits.dtype.type(target[c])
            loss += t * (log(t if t > zero else one) + whole - row[c])
        losses[i] = loss
