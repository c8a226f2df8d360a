"""What the recurrent kernels share: rows of states, and products with the state before.

The gates of all kernels are computed for sixteen units at once, see `_lanes`; a time step that a
mask leaves out is copied plainly, row by row.
"""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._lanes import LANES, load, store
from engine.kernels.cpu._product import add_product
from engine.kernels.cpu._shared import shared

How = tuple[int, int, int, int]  # see the plain twin


@kernel
def place(step: int, steps: int, how: How) -> tuple[int, int]:
    """Return the time step that the layer reads as its `step`-th, and the one it read before."""
    if how[1]:
        return steps - 1 - step, steps - step
    return step, step - 1


@kernel
def is_skipped(mask: Array, i: int, t: int) -> bool:
    """Tell whether sample i has nothing to read at time step t."""
    return bool(mask.size > 0 and mask[i, t] == 0)


@kernel
def is_cut(step: int, how: How) -> bool:
    """Tell whether the gradient ends here: the layer's step `step` begins a new piece."""
    return bool(how[3] > 0 and step > 0 and step % how[3] == 0)


@kernel
def fill(row: Array, value: float) -> None:
    """Set all values of a row."""
    for j in range(row.size):
        row[j] = value


@kernel
def take_over(row: Array, target: Array) -> None:
    """Copy a state; an empty one is a state of zeros."""
    if row.size == 0:
        fill(target, target.dtype.type(0))
    else:
        for j in range(target.size):
            target[j] = row[j]


@kernel
def add_lanes(d: Array, place: int, total: Array, start: int, count: int) -> None:
    """Add `count` values of a flat array from `place` on to those of another from `start` on."""
    for k in range(0, count, LANES):
        both = load(total, start + k, count - k) + load(d, place + k, count - k)
        store(both, total, start + k, count - k)


@kernel
def clear_units(states: Array, units: int, how: How) -> None:
    """Set this direction's part of (n, W) to zero."""
    for i in range(states.shape[0]):
        fill(states[i, how[2] : how[2] + units], states.dtype.type(0))


@shared
def add_state_product(
    states: Array,
    first: Array,
    step: int,
    how: How,
    w: Array,
    columns: tuple[int, int],
    z: Array,
    is_fresh: bool,
) -> None:
    """Add h[t-1] w to z[t] for all samples.

    states : (n, T, W)
    first : (n, W) or (n, 0)
    step : how many time steps the layer has read before
    w : (U, C)
    columns : first of the columns of w to use, and how many; they go to the first columns of z
    z : (n, T, K)
    is_fresh : whether z[t] starts from zero, whatever it holds
    """
    samples, steps, width = z.shape
    units, wide, column = w.shape[0], states.shape[2], how[2]
    t, before = place(step, steps, how)
    size = samples, columns[1], units, 1
    right, target = (columns[0], w.shape[1], 0), (t * width, steps * width)
    flat_w, flat_z = w.reshape(w.size), z.reshape(z.size)
    if step > 0:
        left = before * wide + column, steps * wide, 1, 0
        add_product(
            states.reshape(states.size), left, flat_w, right, flat_z, target, size, is_fresh
        )
    elif first.size > 0:
        left = column, wide, 1, 0
        add_product(first.reshape(first.size), left, flat_w, right, flat_z, target, size, is_fresh)
    elif is_fresh:
        for i in range(samples):
            fill(z[i, t, : columns[1]], z.dtype.type(0))


@shared
def add_gradient_product(
    dz: Array,
    t: int,
    count: int,
    turned: Array,
    start: int,
    dstate: Array,
    how: How,
    is_fresh: bool,
) -> None:
    """Add dz[t] times the turned recurrent weights to the gradient of the state before.

    dz : (n, T, K), of which `count` columns are used
    turned : (C, U), used from row `start` on
    dstate : (n, W)
    is_fresh : whether the gradient starts from zero, whatever it was
    """
    samples, steps, width = dz.shape
    units = turned.shape[1]
    left, right = (t * width, steps * width, 1, 0), (start * units, units, 0)
    flat_dz, flat_turned = dz.reshape(dz.size), turned.reshape(turned.size)
    target = how[2], dstate.shape[1]
    size = samples, units, count, 1
    flat = dstate.reshape(dstate.size)
    add_product(flat_dz, left, flat_turned, right, flat, target, size, is_fresh)
