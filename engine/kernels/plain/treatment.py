"""What may be done to gradients before the optimizer's step, and to weights after it.

Kernels here see a part of the flat vectors, or one weight. Several workers each take a part; what
needs a sum over all parts is written down by one kernel and read, after a meeting, by the next.
"""

import numpy as np

from engine.kernels import Array


def sum_gradients(gradients: Array, settings: Array, total: Array) -> None:
    """Add what the workers found to the total of a group of batches; the last takes the mean.

    gradients : (W, p) a row for each worker
    settings : [0 for the first batch of a group or 1, factor: 1 / batches at the last one, or 1]
    total : (p,) the total so far; overwritten by the first batch
    """
    found = gradients[0].copy()
    for row in gradients[1:]:
        found += row
    if settings[0]:
        total += found
    else:
        total[...] = found
    if settings[1] != 1:
        total *= total.dtype.type(settings[1])


def penalty(weights: Array, factors: Array, value: Array) -> None:
    """Sum up what a weight adds to the loss: l1 · Σ |w| + l2 · Σ w².

    weights : (p,)
    factors : [l1, l2]
    value : [the sum], overwritten
    """
    l1, l2 = factors.astype(weights.dtype)
    value[0] = l1 * np.sum(np.abs(weights)) + l2 * np.sum(weights * weights)


def penalty_gradient(weights: Array, factors: Array, gradient: Array) -> None:
    """Add the gradient of `penalty`: l1 · sign(w) + 2 · l2 · w.

    weights : (p,)
    factors : [l1, l2]
    gradient : (p,) what it is added to
    """
    l1, l2 = factors.astype(weights.dtype)
    gradient += l1 * np.sign(weights) + 2 * l2 * weights


def sum_of_squares(values: Array, total: Array) -> None:
    """Sum the squares; the sum is finite only if every value is, and so is its square.

    values : (p,)
    total : [the sum], overwritten
    """
    with np.errstate(over="ignore"):
        total[0] = np.sum(values * values)


def clip_values(gradient: Array, limit: Array) -> None:
    """Bring every value between -limit and limit.

    gradient : (p,) changed in place
    limit : [the largest value]
    """
    largest = gradient.dtype.type(limit[0])
    gradient[...] = np.clip(gradient, -largest, largest)


def clip_norm(gradient: Array, squares: Array, limit: Array) -> None:
    """Shorten a gradient to the length `limit`, if it is longer; its direction stays.

    R. Pascanu, T. Mikolov, Y. Bengio: On the Difficulty of Training Recurrent Neural Networks,
    2013, algorithm 1.

    gradient : (p,) changed in place
    squares : (n,) sums of squares whose total is the squared length
    limit : [the largest length]
    """
    norm = np.sqrt(np.sum(squares))
    if not norm <= limit[0]:
        gradient *= gradient.dtype.type(limit[0] / norm)


def bound_norms(weights: Array, limit: Array, norms: Array) -> None:
    """Shorten the weights into each unit to the length `limit`, if they are longer.

    N. Srivastava et al.: Dropout, 2014, section 5.1; in the form of Keras, epsilon 1e-7.

    weights : (n, units) changed in place
    limit : [the largest length]
    norms : (units,) room to work in
    """
    kind = weights.dtype.type
    norms[...] = np.sqrt(np.sum(weights * weights, axis=0))
    weights *= np.minimum(norms, kind(limit[0])) / (kind(1e-7) + norms)
