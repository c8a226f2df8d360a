"""Telling positions apart: a table with a row for each time step is added to every sequence."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import sum_rows


@kernel
def wave_positions(table: Array) -> None:
    """Fill a table with waves of different lengths; see the plain twin."""
    steps, features = table.shape
    for c in range(features):
        slowness = 10_000.0 ** ((c - c % 2) / features)
        for t in range(steps):
            angle = t / slowness
            table[t, c] = table.dtype.type(np.sin(angle) if c % 2 == 0 else np.cos(angle))


@kernel
def add_table(x: Array, table: Array, y: Array) -> None:
    """Add the same numbers to every sample; see the plain twin."""
    for i in range(x.shape[0]):
        for k in range(x.shape[1]):
            y[i, k] = x[i, k] + table[k]


@kernel
def table_gradient(dy: Array, dtable: Array) -> None:
    """Sum the gradients of all samples; see the plain twin."""
    sum_rows(dy, dtable)
