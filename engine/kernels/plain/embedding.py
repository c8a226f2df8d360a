"""Embedding: each token, a whole number that names something, picks a row of a learnt table."""

import numpy as np

from engine.kernels import Array


def embedding(tokens: Array, table: Array, y: Array) -> None:
    """Look up the row of each token: y[i] = table[tokens[i]].

    tokens : (R, 1) int64, each below V
    table : (V, F)
    y : (R, F)
    """
    y[...] = table[tokens[:, 0]]


def embedding_gradient(tokens: Array, dy: Array, dtable: Array) -> None:
    """Give each row of the table the sum of the gradients of all places where it was used.

    tokens : (R, 1) int64
    dy : (R, F)
    dtable : (V, F), zero where a token did not occur
    """
    dtable[...] = 0
    np.add.at(dtable, tokens[:, 0], dy)


def padding_mask(tokens: Array, mask: Array) -> None:
    """Mark the time steps that count: 1, and 0 where token 0 only fills up a short sequence.

    tokens : (n, T) int64
    mask : (n, T)
    """
    mask[...] = tokens != 0
