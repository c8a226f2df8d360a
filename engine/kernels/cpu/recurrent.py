"""What all recurrent layers need beside their walk through time."""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._product import add_product
from engine.kernels.cpu._recurrent import How, fill
from engine.kernels.cpu._turning import transpose as turn_block


@kernel
def transpose(w: Array, turned: Array) -> None:
    """Turn a matrix; see the plain twin."""
    rows, columns = w.shape
    flat_w, flat_turned = w.reshape(w.size), turned.reshape(turned.size)
    turn_block(flat_w, (0, columns), flat_turned, (0, rows), (rows, columns))


@kernel
def recurrent_weight_gradient(
    states: Array,
    first: Array,
    dz: Array,
    dw: Array,
    db: Array,
    how: How,
    part: tuple[int, int],
) -> None:
    """Sum each recurrent weight's share over samples and steps; see the plain twin."""
    samples, steps, width = dz.shape
    units, wide, column = dw.shape[0], states.shape[2], how[2]
    start, count = part
    before, after, earliest = (1, 0, steps - 1) if how[1] else (0, 1, 0)
    flat_dz, flat_dw = dz.reshape(dz.size), dw.reshape(dw.size)
    target = start, dw.shape[1]
    # all states but the last one read belong to the gradients of all steps but the first
    left = before * wide + column, 1, wide, steps * wide
    right, size = (after * width, width, steps * width), (units, count, steps - 1, samples)
    flat_states = states.reshape(states.size)
    add_product(flat_states, left, flat_dz, right, flat_dw, target, size, True)
    if first.size > 0:
        left, right = (column, 1, wide, 0), (earliest * width, steps * width, 0)
        size = units, count, samples, 1
        flat_first = first.reshape(first.size)
        add_product(flat_first, left, flat_dz, right, flat_dw, target, size, False)
    if db.size > 0:
        total = db[start : start + count]
        fill(total, db.dtype.type(0))
        for i in range(samples):
            for t in range(steps):
                row = dz[i, t]
                for j in range(total.size):
                    total[j] += row[j]
