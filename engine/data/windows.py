"""Windows cut out of a time series or a text, and token rows brought to one length."""

from __future__ import annotations

import math

import numpy as np

from engine.data.samples import Array


def windows(rows: Array, starts: Array, length: int) -> Array:
    """Stretches of `length` rows.

    rows : (N, F) moments of a series, or (N,) tokens of a text
    starts : (n,) the row with which each window begins
    returns : (n, length · F), a new array with the moments beside each other
    """
    places = starts[:, None] + np.arange(length)
    width = length * math.prod(rows.shape[1:])
    cut: Array = rows[places].reshape(len(starts), width)
    return cut


def ahead(target: Array, starts: Array, length: int, horizon: int) -> Array:
    """The targets `horizon` steps after each window's last step: rows of `target`."""
    found: Array = target[starts + (length + horizon - 1)]
    return found


def covered(starts: Array, span: int, count: int) -> Array:
    """The rows of `count` that windows reach over, their targets included."""
    touched = np.zeros(count + 1, np.int64)
    np.add.at(touched, starts, 1)
    np.add.at(touched, np.minimum(starts + span, count), -1)
    return np.flatnonzero(np.cumsum(touched[:-1]) > 0)


def of_length(tokens: Array, length: int) -> Array:
    """Rows of tokens cut off, or filled up with token 0 at their ends: (n, length)."""
    short = tokens[:, :length]
    if short.shape[1] == length:
        return np.ascontiguousarray(short)
    return np.pad(short, ((0, 0), (0, length - short.shape[1])))
