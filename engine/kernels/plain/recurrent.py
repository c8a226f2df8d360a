"""What all recurrent layers need beside their walk through time."""

from engine.kernels import Array
from engine.kernels.plain._recurrent import How, own_units


def transpose(w: Array, turned: Array) -> None:
    """Turn a matrix, so that the way back through it reads memory in order: turned = wᵀ.

    w : (R, C)
    turned : (C, R)
    """
    turned[...] = w.T


def recurrent_weight_gradient(
    states: Array,
    first: Array,
    dz: Array,
    dw: Array,
    db: Array,
    how: How,
    part: tuple[int, int],
) -> None:
    """Sum each recurrent weight's share over samples and steps: dw = Σ h[t-1]ᵀ dz[t], db = Σ dz[t].

    states : (n, T, W) state after each time step
    first : (n, W) or (n, 0) initial state
    dz : (n, T, K) gradient with respect to what the recurrent weights brought each unit
    dw : (U, C), of which some columns are filled
    db : (C,) or (0,)
    how : see `How`; t-1 is the time step that the layer read before t
    part : first of these columns, and how many: they belong to the first columns of dz
    """
    units, steps = dw.shape[0], dz.shape[1]
    start, count = part
    h = own_units(states, units, how)
    is_backward = how[1]
    before, after = (
        (slice(1, None), slice(steps - 1))
        if is_backward
        else (
            slice(steps - 1),
            slice(1, None),
        )
    )
    columns = slice(start, start + count)
    dw[:, columns] = 0
    for i in range(len(dz)):
        dw[:, columns] += h[i, before].T @ dz[i, after, :count]
    if first.size:
        earliest = steps - 1 if is_backward else 0
        dw[:, columns] += own_units(first, units, how).T @ dz[:, earliest, :count]
    if db.size:
        db[columns] = dz[:, :, :count].sum(axis=(0, 1))
