"""More losses of classes: by a margin between scores, or between two distributions."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._curves import exp


@kernel
def hinge(scores: Array, targets: Array, losses: Array) -> None:
    """Mean over K of max(1 - t·y, 0); see the plain twin."""
    kind = scores.dtype.type
    one, zero = kind(1), kind(0)
    for i in range(scores.shape[0]):
        loss = zero
        for k in range(scores.shape[1]):
            margin = scores[i, k] if targets[i, k] > 0.5 else -scores[i, k]
            missing = one - margin
            loss += zero if missing < zero else missing
        losses[i] = loss / kind(scores.shape[1])


@kernel
def hinge_gradient(scores: Array, targets: Array, scale: Array, dx: Array) -> None:
    """-t over K where the margin is smaller than 1; see the plain twin."""
    kind = scores.dtype.type
    factor = scale[0] / kind(scores.shape[1])
    for i in range(scores.shape[0]):
        for k in range(scores.shape[1]):
            is_yes = targets[i, k] > 0.5
            margin = scores[i, k] if is_yes else -scores[i, k]
            slope = -factor if is_yes else factor
            slope = kind(0) if margin >= 1 else slope
            dx[i, k] = margin if margin != margin else slope


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
    kind = logits.dtype.type
    for i in range(logits.shape[0]):
        largest = logits[i, 0]
        for c in range(1, logits.shape[1]):
            largest = logits[i, c] if logits[i, c] > largest else largest
        total = kind(0)
        for c in range(logits.shape[1]):
            total += exp(logits[i, c] - largest)
        whole = largest + np.log(total)
        loss = kind(0)
        for c in range(logits.shape[1]):
            t = targets[i, c]
            logarithm = np.log(t) if t > 0 else kind(0)
            loss += t * (logarithm + whole - logits[i, c])
        losses[i] = loss
