"""Losses and metrics that are the mean of one term for each number of a row.

Rows are often short, down to a single number, so the terms of many rows are computed at once, in
a block on the stack: its loop is long enough for whole vectors, whatever the rows' length.
"""

# Numba calls some functions here with functions that it compiles into the loop.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from numba.extending import register_jitable

from engine.kernels import Array
from engine.kernels.cpu import SAFE_MATH, kernel
from engine.kernels.cpu._stack import BLOCK, stack_block

_LONG = 32  # numbers: a row's own loop is then long enough


# Marks a function of three numbers that the two below compile into their loops.
term = register_jitable(error_model="numpy", fastmath=SAFE_MATH)


@register_jitable(error_model="numpy", fastmath=SAFE_MATH)
def mean_of_terms(of_one, option, x, targets, means):
    """Write the mean of of_one(x, target, option) over each row.

    of_one : a `term`
    option : a number that it needs, of the type of x
    x, targets : (R, K)
    means : (R,)
    """
    kind, width = x.dtype.type, x.shape[1]
    if width >= _LONG:
        for r in range(means.size):
            row, sought, total = x[r], targets[r], kind(0)
            for k in range(width):
                total += of_one(row[k], kind(sought[k]), option)
            means[r] = total / kind(width)
        return
    flat_x, flat_targets, block = x.reshape(x.size), targets.reshape(x.size), stack_block(x)
    for r in range(means.size):
        means[r] = kind(0)
    for start in range(0, x.size, BLOCK):
        end = min(start + BLOCK, x.size)
        values, goals, terms = flat_x[start:end], flat_targets[start:end], block[: end - start]
        for k in range(terms.size):
            terms[k] = of_one(values[k], kind(goals[k]), option)
        _add_to_rows(terms, start, means, width)
    for r in range(means.size):
        means[r] /= kind(width)


@kernel
def _add_to_rows(terms: Array, start: int, sums: Array, width: int) -> None:
    """Add terms, the first of which is number `start` of all rows', to the sums of their rows."""
    if width == 1:
        part = sums[start : start + terms.size]
        for k in range(terms.size):
            part[k] += terms[k]
        return
    row, first = start // width, 0
    last = (row + 1) * width - start
    while first < terms.size:
        part, total = terms[first:last], terms.dtype.type(0)
        for k in range(part.size):
            total += part[k]
        sums[row] += total
        row, first, last = row + 1, last, last + width


@register_jitable(error_model="numpy", fastmath=SAFE_MATH)
def slopes_of_terms(slope, option, x, targets, scale, dx):
    """Write slope(x, target, option) times scale over K; as in `mean_of_terms`."""
    kind = x.dtype.type
    factor = scale[0] / kind(x.shape[1])
    flat_x, flat_targets, flat_dx = x.reshape(x.size), targets.reshape(x.size), dx.reshape(x.size)
    for k in range(flat_dx.size):
        flat_dx[k] = slope(flat_x[k], kind(flat_targets[k]), option) * factor
