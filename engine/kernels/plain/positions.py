"""Telling positions apart: a table with a row for each time step is added to every sequence."""

import numpy as np

from engine.kernels import Array


def wave_positions(table: Array) -> None:
    """Fill a table with waves of different lengths, as in Vaswani et al. 2017, section 3.5.

    table[t, 2i] = sin(t / 10000^(2i / F)) and table[t, 2i + 1] = cos of the same angle.

    table : (T, F)
    """
    steps, features = table.shape
    column = np.arange(features)
    angle = np.arange(steps)[:, None] / 10_000 ** ((column - column % 2) / features)
    table[...] = np.where(column % 2 == 0, np.sin(angle), np.cos(angle))


def add_table(x: Array, table: Array, y: Array) -> None:
    """Add the same numbers to every sample: y = x + table.

    x, y : (n, K)
    table : (K,)
    """
    y[...] = x + table


def table_gradient(dy: Array, dtable: Array) -> None:
    """Sum the gradients of all samples, because the table served them all: dtable = Σ dy.

    dy : (n, K)
    dtable : (K,)
    """
    dtable[...] = dy.sum(axis=0)
