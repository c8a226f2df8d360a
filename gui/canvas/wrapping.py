"""A long row of columns is broken into rows, read like lines of text; branched parts stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

LONGEST = 6  # columns in a row, as wide as boxes
APART = 160.0  # scene pixels from the boxes of one row to those of the next, in plain chains


def broken(lengths: Sequence[int], cuts: Sequence[int], longest: int = LONGEST) -> list[range]:
    """Rows of columns: as few as can be, as even as can be, each beginning at 0 or at a cut.

    lengths : of the columns, 1 for one that is as wide as a box
    cuts : the columns that a row may begin with; between two of them a row may become too long
    """
    columns = len(lengths)
    before = list(accumulate(lengths, initial=0))
    if before[-1] <= longest:
        return [range(columns)]
    starts = sorted({0, *cuts, columns})
    # best[i]: least (columns too many, rows, unevenness) for all before starts[i], and where
    # the last of these rows begins
    best: list[tuple[tuple[int, int, int], int]] = [((0, 0, 0), 0)]
    for i, end in enumerate(starts[1:], 1):
        offers: list[tuple[tuple[int, int, int], int]] = []
        for k in range(i):
            (excess, count, uneven), _ = best[k]
            length = before[end] - before[starts[k]]
            cost = excess + max(length - longest, 0), count + 1, uneven + length * length
            offers.append((cost, k))
        best.append(min(offers, key=lambda offer: (offer[0], -offer[1])))
    rows: list[range] = []
    i = len(starts) - 1
    while i:
        rows.insert(0, range(starts[best[i][1]], starts[i]))
        i = best[i][1]
    return rows


def moves(extents: Sequence[tuple[float, float]], apart: float = APART) -> list[float]:
    """How far each row moves down, given the heights of its highest and lowest boxes."""
    steps = [low - high + apart for (_, low), (high, _) in pairwise(extents)]
    return list(accumulate(steps, initial=0.0))
