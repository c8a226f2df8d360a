"""What is looked at after each batch: sums of losses, and whether all is still a number."""

import numpy as np

from engine.kernels import Array


def add_up(values: Array, total: Array) -> None:
    """Sum values, more precisely than they are themselves.

    values : (n,)
    total : (1,) float64
    """
    total[0] = np.sum(values, dtype=np.float64)


def judge(squares: Array, totals: Array, flag: Array) -> None:
    """Say whether anything that was looked at is not a finite number.

    squares : (workers, k), what `sum_of_squares` found
    totals : (workers, m) float64, sums of losses
    flag : (1,) int64, 0 if all is well, otherwise 1
    """
    flag[0] = not (np.isfinite(squares).all() and np.isfinite(totals).all())
