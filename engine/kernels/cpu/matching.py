"""Products of pairs of matrices, one pair a sample, and vectors of length 1 for cosines."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel

_SHORTEST = 1e-7


@kernel
def matrix_product(a: Array, b: Array, y: Array, turned_a: int, turned_b: int) -> None:
    """Multiply two matrices of each sample; see the plain twin."""
    for n in range(y.shape[0]):
        if turned_a and turned_b:
            np.dot(a[n].T, b[n].T, y[n])
        elif turned_a:
            np.dot(a[n].T, b[n], y[n])
        elif turned_b:
            np.dot(a[n], b[n].T, y[n])
        else:
            np.dot(a[n], b[n], y[n])


@kernel
def _length(x: Array, n: int, a: int, b: int) -> float:
    """Return the length of one of the vectors in (n, A, K, B)."""
    total = x.dtype.type(0)
    for k in range(x.shape[2]):
        total += x[n, a, k, b] * x[n, a, k, b]
    return np.sqrt(total)


@kernel
def unit_vectors(x: Array, y: Array) -> None:
    """Shorten or lengthen vectors to length 1; see the plain twin."""
    shortest, one = x.dtype.type(_SHORTEST), x.dtype.type(1)
    for n in range(x.shape[0]):
        for a in range(x.shape[1]):
            for b in range(x.shape[3]):
                length = _length(x, n, a, b)
                factor = one / (shortest if length < shortest else length)
                for k in range(x.shape[2]):
                    y[n, a, k, b] = x[n, a, k, b] * factor


@kernel
def unit_vectors_gradient(x: Array, dy: Array, dx: Array) -> None:
    """Carry a gradient back; see the plain twin."""
    shortest, zero, one = x.dtype.type(_SHORTEST), x.dtype.type(0), x.dtype.type(1)
    for n in range(x.shape[0]):
        for a in range(x.shape[1]):
            for b in range(x.shape[3]):
                length = _length(x, n, a, b)
                factor = one / (shortest if length < shortest else length)
                along = zero
                for k in range(x.shape[2]):
                    along += x[n, a, k, b] * dy[n, a, k, b]
                along = zero if length <= shortest else along * factor * factor
                for k in range(x.shape[2]):
                    dx[n, a, k, b] = (dy[n, a, k, b] - x[n, a, k, b] * along) * factor
