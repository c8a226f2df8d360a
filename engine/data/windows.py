"""Windows cut out of a time series or a text, and token rows brought to one length."""

from __future__ import annotations

import math

import numpy as np

from engine.data.samples import Array

AT_ONCE = 1 << 14  # windows that are cut together


def windows(rows: Array, starts: Array, length: int) -> Array:
    """Stretches of `length` rows.

    rows : (N, F) moments of a series, or (N,) tokens of a text
    starts : (n,) the row with which each window begins
    returns : (n, length · F), a new array with the moments beside each other
    """
    cut = np.empty((len(starts), length, *rows.shape[1:]), rows.dtype)
    for first in range(0, len(starts), AT_ONCE):  # or the places would need more room than windows
        some = slice(first, first + AT_ONCE)
        cut[some] = rows[starts[some, None] + np.arange(length)]
    return cut.reshape(len(starts), length * math.prod(rows.shape[1:]))


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
