"""Rows that count more than others in a loss, or not at all: padded time steps, rare classes."""

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def weigh_each(values: Array, weights: Array) -> None:
    """Multiply a value of each row by the row's weight; see the plain twin."""
    zero = values.dtype.type(0)
    for i in range(values.shape[0]):
        values[i] = zero if weights[i] == 0 else values[i] * weights[i]


@kernel
def weigh_rows(x: Array, weights: Array) -> None:
    """Multiply all values of a row by the row's weight; see the plain twin."""
    for i in range(x.shape[0]):
        if weights[i] == 0:
            x[i, :] = 0
        else:
            for k in range(x.shape[1]):
                x[i, k] *= weights[i]


@kernel
def count_rows(weights: Array, counted: Array) -> None:
    """Say how many rows one worker has, and how many of them count; see the plain twin."""
    total = weights.dtype.type(0)
    for i in range(weights.shape[0]):
        total += weights[i]
    counted[0] = total
    counted[1] = weights.shape[0]


@kernel
def scale_of_counted(everyone: Array, scale: Array, own: Array) -> None:
    """From 1 over all rows to 1 over the rows that count; see the plain twin."""
    counts, rows = scale.dtype.type(0), scale.dtype.type(0)
    for worker in range(everyone.shape[0]):
        counts += everyone[worker, 0]
        rows += everyone[worker, 1]
    own[0] = scale[0] * rows / counts if counts > 0 else scale.dtype.type(0)
