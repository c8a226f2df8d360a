"""Softmax and its neighbours: rows of scores, however many and however short.

The exponentials of many short rows are computed at once, so that their loop runs on whole vectors.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import numpy as np
from numba.core import types
from numba.extending import overload

from engine.kernels import Array
from engine.kernels.cpu import SAFE_MATH, kernel
from engine.kernels.cpu._curves import exp
from engine.kernels.cpu._logarithms import log
from engine.kernels.cpu._shared import shared
from engine.kernels.cpu._stack import BLOCK, stack_block

_AT_ONCE = 2048  # values: they stay in the nearest cache from one loop to the next
_LOWEST, _BELOW_SIGN, _SIGN = np.int32(-(2**31)), np.int32(2**31 - 1), np.int32(31)


def largest(row: Array) -> float:
    """Return the largest value. Among values that are no numbers, any may be returned."""
    return float(np.max(row))


@overload(largest, jit_options={"error_model": "numpy", "fastmath": SAFE_MATH})
def _largest_compiled(row):
    def by_bits(row):
        """Compare bits as whole numbers, in any order, which only those may be compared in.

        Of positive numbers the larger has the larger bits; negative ones are turned round.
        """
        found = _LOWEST
        for c in range(row.size):
            bits = np.float32(row[c]).view(np.int32)
            bits = np.int32(bits ^ np.int32(np.int32(bits >> _SIGN) & _BELOW_SIGN))
            found = bits if bits > found else found
        found = np.int32(found ^ np.int32(np.int32(found >> _SIGN) & _BELOW_SIGN))
        return found.view(np.float32)

    def one_by_one(row):
        found = row[0]
        for c in range(1, row.size):
            found = row[c] if row[c] > found else found
        return found

    return by_bits if row.dtype == types.float32 else one_by_one


@shared
def soften(x: Array, y: Array, scale: float) -> None:
    """Turn each row of scores into probabilities, times `scale`; the plain softmax says how.

    x : (R, C)
    y : (R, C)
    scale : a number of their type
    """
    rows, width = x.shape
    height = max(_AT_ONCE // width, 1)
    for first in range(0, rows, height):
        part = y[first : first + height]
        flat = part.reshape(part.size)
        for r in range(part.shape[0]):
            row, target = x[first + r], part[r]
            top = largest(row)
            for c in range(width):
                target[c] = row[c] - top
        for k in range(flat.size):
            flat[k] = exp(flat[k])
        for r in range(part.shape[0]):
            row = part[r]
            total = y.dtype.type(0)
            for c in range(width):
                total += row[c]
            factor = scale / total
            for c in range(width):
                row[c] *= factor


@shared
def log_sum_exp(x: Array, out: Array) -> None:
    """Write log Σ exp(x) of each row; the plain twin says why the largest is taken out.

    x : (R, C)
    out : (R,)
    """
    rows, width = x.shape
    if width > BLOCK:
        for r in range(rows):
            out[r] = _log_sum_exp_of(x[r])
        return
    block, sums = stack_block(x), stack_block(x)
    height = BLOCK // width
    for first in range(0, rows, height):
        tops = out[first : first + height]
        values, totals = block[: tops.size * width], sums[: tops.size]
        for r in range(tops.size):
            row, shifted = x[first + r], values[r * width : (r + 1) * width]
            top = largest(row)
            tops[r] = top
            for c in range(width):
                shifted[c] = row[c] - top
        for k in range(values.size):
            values[k] = exp(values[k])
        for r in range(tops.size):
            shifted, total = values[r * width : (r + 1) * width], x.dtype.type(0)
            for c in range(width):
                total += shifted[c]
            totals[r] = total
        for r in range(tops.size):
            tops[r] += log(totals[r])


@kernel
def _log_sum_exp_of(row: Array) -> float:
    """Return log Σ exp of one long row."""
    top, total = largest(row), row.dtype.type(0)
    for c in range(row.size):
        total += exp(row[c] - top)
    return top + log(total)
