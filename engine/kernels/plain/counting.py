"""Rows that count more than others in a loss, or not at all: padded time steps, rare classes.

A row of weight 0 is left out completely: whatever was computed for it, even NaN, becomes 0.
"""

from engine.kernels import Array


def weigh_each(values: Array, weights: Array) -> None:
    """Multiply a value of each row by the row's weight.

    values : (n,), changed in place
    weights : (n,)
    """
    values[...] = values * weights
    values[weights == 0] = 0


def weigh_rows(x: Array, weights: Array) -> None:
    """Multiply all values of a row by the row's weight.

    x : (n, K), changed in place
    weights : (n,)
    """
    x[...] = x * weights[:, None]
    x[weights == 0] = 0


def count_rows(weights: Array, counted: Array) -> None:
    """Say how many rows one worker has, and how many of them count.

    weights : (n,), 1 for a row that counts and 0 for another
    counted : (2,), rows that count, and all rows
    """
    counted[0] = weights.sum()
    counted[1] = len(weights)


def scale_of_counted(everyone: Array, scale: Array, own: Array) -> None:
    """From 1 over the number of all rows to 1 over the number of rows that count.

    everyone : (workers, 2), what `count_rows` found in each worker's share
    scale : (1,), for all rows
    own : (1,), for the rows that count; 0 if there are none
    """
    counts, rows = everyone.sum(axis=0)
    own[0] = scale[0] * rows / counts if counts > 0 else 0
