"""What is looked at after each batch: sums of losses, and whether all is still a number."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def add_up(values: Array, total: Array) -> None:
    """Sum values, more precisely than they are themselves; see the plain twin."""
    found = 0.0
    for k in range(values.size):
        found += values[k]
    total[0] = found


@kernel
def judge(squares: Array, totals: Array, flag: Array) -> None:
    """Say whether anything is not a finite number; see the plain twin."""
    flag[0] = 0
    for worker in range(squares.shape[0]):
        for k in range(squares.shape[1]):
            if not np.isfinite(squares[worker, k]):
                flag[0] = 1
        for k in range(totals.shape[1]):
            if not np.isfinite(totals[worker, k]):
                flag[0] = 1
