"""What may be done to gradients before the optimizer's step, and to weights after it."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def sum_gradients(gradients: Array, settings: Array, total: Array) -> None:
    """Add what the workers found to the total of a group of batches; see the plain twin."""
    factor, first = total.dtype.type(settings[1]), 0
    if settings[0] == 0:
        row, first = gradients[0], 1
        for k in range(total.size):
            total[k] = row[k]
    for worker in range(first, gradients.shape[0]):
        row = gradients[worker]
        for k in range(total.size):
            total[k] += row[k]
    if factor != 1:
        for k in range(total.size):
            total[k] *= factor


@kernel
def penalty(weights: Array, factors: Array, value: Array) -> None:
    """Sum up what a weight adds to the loss; see the plain twin."""
    kind = weights.dtype.type
    size, square = kind(0), kind(0)
    for k in range(weights.size):
        size += abs(weights[k])
        square += weights[k] * weights[k]
    value[0] = kind(factors[0]) * size + kind(factors[1]) * square


@kernel
def penalty_gradient(weights: Array, factors: Array, gradient: Array) -> None:
    """Add the gradient of `penalty`; see the plain twin."""
    kind = weights.dtype.type
    l1, twice = kind(factors[0]), kind(2 * factors[1])
    if l1 != 0:
        for k in range(weights.size):
            gradient[k] += l1 * np.sign(weights[k])
    for k in range(weights.size):
        gradient[k] += twice * weights[k]


@kernel
def sum_of_squares(values: Array, total: Array) -> None:
    """Sum the squares; see the plain twin."""
    found = values.dtype.type(0)
    for k in range(values.size):
        found += values[k] * values[k]
    total[0] = found


@kernel
def clip_values(gradient: Array, limit: Array) -> None:
    """Bring every value between -limit and limit; see the plain twin."""
    largest = gradient.dtype.type(limit[0])
    for k in range(gradient.size):
        value = gradient[k]
        value = largest if value > largest else value
        gradient[k] = -largest if value < -largest else value


@kernel
def clip_norm(gradient: Array, squares: Array, limit: Array) -> None:
    """Shorten a gradient to the length `limit`, if it is longer; see the plain twin."""
    total = 0.0
    for k in range(squares.size):
        total += squares[k]
    norm = np.sqrt(total)
    if not norm <= limit[0]:
        factor = gradient.dtype.type(limit[0] / norm)
        for k in range(gradient.size):
            gradient[k] *= factor


@kernel
def bound_norms(weights: Array, limit: Array, norms: Array) -> None:
    """Shorten the weights into each unit to the length `limit`; see the plain twin."""
    kind = weights.dtype.type
    largest = kind(limit[0])
    norms[:] = 0
    for i in range(weights.shape[0]):
        row = weights[i]
        for k in range(norms.size):
            norms[k] += row[k] * row[k]
    for k in range(norms.size):
        norm = np.sqrt(norms[k])
        norms[k] = (largest if norm > largest else norm) / (kind(1e-7) + norm)
    for i in range(weights.shape[0]):
        row = weights[i]
        for k in range(norms.size):
            row[k] *= norms[k]
