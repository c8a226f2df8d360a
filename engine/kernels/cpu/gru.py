"""The gated recurrent unit: gates decide how much of the state is replaced, and by what."""

from engine.kernels import SIGMOID, Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import activate_in_place, times_slope
from engine.kernels.cpu._recurrent import (
    How,
    add_gradient_product,
    add_row,
    add_state_product,
    clear_units,
    fill,
    is_cut,
    is_skipped,
    place,
    take_over,
)


@kernel
def gru(
    gates: Array,
    recurrent: Array,
    b: Array,
    mask: Array,
    first: Array,
    states: Array,
    inner: Array,
    last: Array,
    how: How,
) -> None:
    """Walk along the sequence; see the plain twin."""
    samples, steps, width = gates.shape
    units, begin = width // 3, how[2]
    end, zero, one = begin + units, gates.dtype.type(0), gates.dtype.type(1)
    for step in range(steps):
        t, before = place(step, steps, how)
        for i in range(samples):
            take_over(b[2 * units :], inner[i, t])
        add_state_product(states, first, step, how, recurrent, (0, 2 * units), gates)
        add_state_product(states, first, step, how, recurrent, (2 * units, units), inner)
        for i in range(samples):
            h, row = states[i, t, begin:end], gates[i, t]
            take_over(states[i, before, begin:end] if step > 0 else first[i, begin:end], h)
            if is_skipped(mask, i, t):
                fill(row[:units], one)
                fill(row[units:], zero)
                fill(inner[i, t], zero)
            else:
                _renew(row, b, inner[i, t], h, how[0])
    t, _ = place(steps - 1, steps, how)
    for i in range(samples):
        take_over(states[i, t, begin:end], last[i, begin:end])


@kernel
def _renew(row: Array, b: Array, inner: Array, h: Array, activation: int) -> None:
    """Open and close the gates of one sample: row becomes z, r, g; h becomes new."""
    units = h.size
    z, r, g = row[:units], row[units : 2 * units], row[2 * units :]
    if b.size > 0:
        add_row(b[: 2 * units], row[: 2 * units])
    activate_in_place(row[: 2 * units], SIGMOID)
    for j in range(units):
        g[j] += r[j] * inner[j]
    activate_in_place(g, activation)
    for j in range(units):
        h[j] = g[j] + z[j] * (h[j] - g[j])


@kernel
def gru_gradient(
    gates: Array,
    turned: Array,
    first: Array,
    states: Array,
    inner: Array,
    dy: Array,
    dstate: Array,
    dz: Array,
    dinner: Array,
    how: How,
) -> None:
    """Walk back from the last time step to the first; see the plain twin."""
    samples, steps, width = gates.shape
    units, begin = width // 3, how[2]
    end = begin + units
    for step in range(steps - 1, -1, -1):
        t, before = place(step, steps, how)
        for i in range(samples):
            dh, d = dstate[i, begin:end], dz[i, t]
            if dy.size > 0:
                add_row(dy[i, t, begin:end], dh)
            old = states[i, before, begin:end] if step > 0 else first[i, begin:end]
            _look_back(gates[i, t], inner[i, t], old, dh, d, dinner[i, t], how[0])
        add_gradient_product(dz, t, 2 * units, turned, 0, dstate, how)
        add_gradient_product(dinner, t, units, turned, 2 * units, dstate, how)
        if is_cut(step, how):
            clear_units(dstate, units, how)


@kernel
def _look_back(
    row: Array, inner: Array, old: Array, dh: Array, d: Array, dinner: Array, activation: int
) -> None:
    """Gradients of one sample's gates into d and dinner; dh becomes what passes the gates by."""
    units, one = dh.size, dh.dtype.type(1)
    z, r, g = row[:units], row[units : 2 * units], row[2 * units :]
    d_update, d_reset, d_candidate = d[:units], d[units : 2 * units], d[2 * units :]
    if old.size == 0:
        for j in range(units):
            d_update[j] = -g[j] * dh[j]
    else:
        for j in range(units):
            d_update[j] = (old[j] - g[j]) * dh[j]
    times_slope(z, d_update, SIGMOID)
    for j in range(units):
        d_candidate[j] = dh[j] * (one - z[j])
    times_slope(g, d_candidate, activation)
    for j in range(units):
        dinner[j] = d_candidate[j] * r[j]
    for j in range(units):
        d_reset[j] = d_candidate[j] * inner[j] * (r[j] * (one - r[j]))
    for j in range(units):
        dh[j] *= z[j]
