"""Long short-term memory: a cell that keeps its content until gates decide otherwise."""

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
    """Walk along the sequence; see the plain twin."""
    samples, steps, width = gates.shape
    units, begin = width // 4, how[2]
    end, zero = begin + units, gates.dtype.type(0)
    for step in range(steps):
        t, before = place(step, steps, how)
        add_state_product(states, first, step, how, recurrent, (0, width), gates)
        for i in range(samples):
            h, row = states[i, t, begin:end], gates[i, t]
            c, bent = cells[i, t, :units], cells[i, t, units:]
            take_over(cells[i, before, :units] if step > 0 else first_cell[i, begin:end], c)
            if is_skipped(mask, i, t):
                take_over(states[i, before, begin:end] if step > 0 else first[i, begin:end], h)
                fill(row, zero)
                fill(bent, zero)
            else:
                _remember(row, c, bent, h, how[0])
    t, _ = place(steps - 1, steps, how)
    for i in range(samples):
        take_over(states[i, t, begin:end], last[i, begin:end])
        take_over(cells[i, t, :units], last_cell[i, begin:end])


@kernel
def _remember(row: Array, c: Array, bent: Array, h: Array, activation: int) -> None:
    """Open and close the gates of one sample: row becomes i, f, g, o; c and h become new."""
    units = c.size
    i, f = row[:units], row[units : 2 * units]
    g, o = row[2 * units : 3 * units], row[3 * units :]
    activate_in_place(row[: 2 * units], SIGMOID)
    activate_in_place(g, activation)
    activate_in_place(o, SIGMOID)
    for j in range(units):
        c[j] = f[j] * c[j] + i[j] * g[j]
    take_over(c, bent)
    activate_in_place(bent, activation)
    for j in range(units):
        h[j] = o[j] * bent[j]


@kernel
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
    """Walk back from the last time step to the first; see the plain twin."""
    samples, steps, width = gates.shape
    units, begin = width // 4, how[2]
    end, zero = begin + units, gates.dtype.type(0)
    for step in range(steps - 1, -1, -1):
        t, before = place(step, steps, how)
        for i in range(samples):
            dh, dc, d = dstate[i, begin:end], dcell[i, begin:end], dz[i, t]
            if dy.size > 0:
                add_row(dy[i, t, begin:end], dh)
            if is_skipped(mask, i, t):
                fill(d, zero)
            else:
                old = cells[i, before, :units] if step > 0 else first_cell[i, begin:end]
                _look_back(gates[i, t], cells[i, t, units:], old, dh, dc, d, how[0])
                fill(dh, zero)
        add_gradient_product(dz, t, width, turned, 0, dstate, how)
        if is_cut(step, how):
            clear_units(dstate, units, how)
            clear_units(dcell, units, how)


@kernel
def _look_back(
    row: Array, bent: Array, old: Array, dh: Array, dc: Array, d: Array, activation: int
) -> None:
    """Gradients of one sample's gates into d; dc becomes the gradient of the cell before."""
    units, one = dc.size, dc.dtype.type(1)
    i, f = row[:units], row[units : 2 * units]
    g, o = row[2 * units : 3 * units], row[3 * units :]
    di, df = d[:units], d[units : 2 * units]
    dg, do = d[2 * units : 3 * units], d[3 * units :]
    for j in range(units):
        do[j] = dh[j] * bent[j] * (o[j] * (one - o[j]))
    for j in range(units):
        dg[j] = dh[j] * o[j]
    times_slope(bent, dg, activation)
    add_row(dg, dc)
    for j in range(units):
        di[j] = dc[j] * g[j] * (i[j] * (one - i[j]))
    if old.size == 0:
        fill(df, df.dtype.type(0))
    else:
        for j in range(units):
            df[j] = dc[j] * old[j] * (f[j] * (one - f[j]))
    for j in range(units):
        dg[j] = dc[j] * i[j]
    times_slope(g, dg, activation)
    for j in range(units):
        dc[j] *= f[j]
