"""Long short-term memory: a cell that keeps its content until gates decide otherwise.

S. Hochreiter, J. Schmidhuber: Long short-term memory, Neural Computation 9 (1997), with the forget
gate of F. A. Gers et al. (2000). The four parts of each row are Keras's: i, f, c, o.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._recurrent import (
    How,
    activated,
    beginning,
    counting,
    is_cut,
    own_units,
    sigmoid,
    slope,
    walk,
)


def lstm(
    gates: Array,
    recurrent: Array,
    mask: Array,
    first: Array,
    first_cell: Array,
    states: Array,
    cells: Array,
    last: Array,
    last_cell: Array,
    how: How,
) -> None:
    """Walk along the sequence: c[t] = f c[t-1] + i g, and h[t] = o a(c[t]).

    i, f, o = σ(…) and g = a(…) of z[t] + h[t-1] R, each with its own columns

    gates : (n, T, 4·U) on entry z, what the input brings: x w + b; on exit i, f, g, o
    recurrent : (U, 4·U) R
    mask : (n, T) or (n, 0), 0 at a time step that is skipped: h and c are carried on
    first, first_cell : (n, W) or (n, 0) initial h and c; W is U, or 2·U for two directions
    states : (n, T, W) h after each time step
    cells : (n, T, 2·U) c after each time step, and a(c) beside it
    last, last_cell : (n, W) final h and c
    how : see `How`; its activation is a
    """
    samples, steps, width = gates.shape
    units = width // 4
    h = beginning(first, samples, units, how)
    c = beginning(first_cell, samples, units, how)
    for t in walk(steps, how):
        counts = counting(mask, samples, t)
        i, f, g, o = np.split(gates[:, t] + h @ recurrent, 4, axis=1)
        i, f, g, o = sigmoid(i), sigmoid(f), activated(g, how[0]), sigmoid(o)
        gates[:, t] = np.where(counts, np.concatenate([i, f, g, o], axis=1), 0)
        c = np.where(counts, f * c + i * g, c)
        bent = activated(c, how[0])
        h = np.where(counts, o * bent, h)
        cells[:, t] = np.concatenate([c, np.where(counts, bent, 0)], axis=1)
        own_units(states, units, how)[:, t] = h
    own_units(last, units, how)[...] = h
    own_units(last_cell, units, how)[...] = c


def lstm_gradient(
    gates: Array,
    turned: Array,
    mask: Array,
    first_cell: Array,
    cells: Array,
    dy: Array,
    dstate: Array,
    dcell: Array,
    dz: Array,
    how: How,
) -> None:
    """Walk back from the last time step to the first.

    gates : (n, T, 4·U) i, f, g, o
    turned : (4·U, U) Rᵀ
    mask : (n, T) or (n, 0)
    first_cell : (n, W) or (n, 0)
    cells : (n, T, 2·U)
    dy : (n, T, W) gradient by each state as the layer's output, or (n, 0, 0)
    dstate, dcell : (n, W) on entry gradients by the final h and c, on exit by the initial ones
    dz : (n, T, 4·U) gradient with respect to the arguments of the gates
    how : see `How`
    """
    samples, steps, width = gates.shape
    units = width // 4
    dh, dc = own_units(dstate, units, how), own_units(dcell, units, how)
    order = list(walk(steps, how))
    for step, t in reversed([*enumerate(order)]):
        if dy.size:
            dh += own_units(dy, units, how)[:, t]
        counts = counting(mask, samples, t)
        i, f, g, o = np.split(gates[:, t], 4, axis=1)
        bent = cells[:, t, units:]
        before = beginning(first_cell, samples, units, how)
        if step > 0:
            before = cells[:, order[step - 1], :units]
        through = dc + dh * o * slope(bent, how[0])
        parts = [
            through * g * i * (1 - i),
            through * before * f * (1 - f),
            through * i * slope(g, how[0]),
            dh * bent * o * (1 - o),
        ]
        dz[:, t] = np.where(counts, np.concatenate(parts, axis=1), 0)
        dc[...] = np.where(counts, through * f, dc)
        dh[...] = np.where(counts, 0, dh) + dz[:, t] @ turned
        if is_cut(step, how):
            dh[...] = 0
            dc[...] = 0
