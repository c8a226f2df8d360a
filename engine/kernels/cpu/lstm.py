"""Long short-term memory: a cell that keeps its content until gates decide otherwise."""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._gates import activated, sigmoid, sloped
from engine.kernels.cpu._lanes import LANES, load, store, zeros
from engine.kernels.cpu._recurrent import (
    How,
    add_gradient_product,
    add_lanes,
    add_state_product,
    clear_units,
    fill,
    is_cut,
    is_skipped,
    place,
    take_over,
)

At = tuple[int, int, int, int, int]  # where the numbers of a sample begin, see below


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
    units, begin, wide = width // 4, how[2], states.shape[2]
    end, zero = begin + units, gates.dtype.type(0)
    flat_gates, flat_cells = gates.reshape(gates.size), cells.reshape(cells.size)
    flat_states, flat_first = states.reshape(states.size), first_cell.reshape(first_cell.size)
    for step in range(steps):
        t, before = place(step, steps, how)
        add_state_product(states, first, step, how, recurrent, (0, width), gates, False)
        old = flat_cells if step > 0 else flat_first
        for i in range(samples):
            if is_skipped(mask, i, t):
                h, c = states[i, t, begin:end], cells[i, t, :units]
                take_over(states[i, before, begin:end] if step > 0 else first[i, begin:end], h)
                take_over(cells[i, before, :units] if step > 0 else first_cell[i, begin:end], c)
                fill(gates[i, t], zero)
                fill(cells[i, t, units:], zero)
            else:
                row = i * steps + t
                there = (i * steps + before) * 2 * units if step > 0 else i * wide + begin
                at = row * width, row * 2 * units, there, row * wide + begin, units
                _remember(flat_gates, flat_cells, old, flat_states, at, how[0])
    t, _ = place(steps - 1, steps, how)
    for i in range(samples):
        take_over(states[i, t, begin:end], last[i, begin:end])
        take_over(cells[i, t, :units], last_cell[i, begin:end])


@kernel
def _remember(
    gates: Array, cells: Array, old: Array, states: Array, at: At, activation: int
) -> None:
    """Open and close the gates of one sample: they become i, f, g, o; c and h become new.

    at : where its gates, its cells, those before (in `old`, if any), its states begin; its units
    """
    gate, cell, before, state, units = at
    for k in range(0, units, LANES):
        count = units - k
        i = sigmoid(load(gates, gate + k, count))
        f = sigmoid(load(gates, gate + units + k, count))
        g = activated(load(gates, gate + 2 * units + k, count), activation)
        o = sigmoid(load(gates, gate + 3 * units + k, count))
        c = i * g
        if old.size > 0:
            c += f * load(old, before + k, count)
        bent = activated(c, activation)
        store(i, gates, gate + k, count)
        store(f, gates, gate + units + k, count)
        store(g, gates, gate + 2 * units + k, count)
        store(o, gates, gate + 3 * units + k, count)
        store(c, cells, cell + k, count)
        store(bent, cells, cell + units + k, count)
        store(o * bent, states, state + k, count)


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
    units, begin, wide = width // 4, how[2], dstate.shape[1]
    flat_gates, flat_cells = gates.reshape(gates.size), cells.reshape(cells.size)
    flat_dy, flat_dstate = dy.reshape(dy.size), dstate.reshape(dstate.size)
    flat_first, zero = first_cell.reshape(first_cell.size), dz.dtype.type(0)
    d = flat_dy, flat_dstate, dcell.reshape(dcell.size), dz.reshape(dz.size)
    for step in range(steps - 1, -1, -1):
        t, before = place(step, steps, how)
        old = flat_cells if step > 0 else flat_first
        for i in range(samples):
            row, state = i * steps + t, i * wide + begin
            if is_skipped(mask, i, t):
                if dy.size > 0:
                    add_lanes(flat_dy, row * wide + begin, flat_dstate, state, units)
                fill(dz[i, t], zero)
            else:
                there = (i * steps + before) * 2 * units if step > 0 else state
                at = row, there, state, row * wide + begin, units
                _look_back(flat_gates, flat_cells, old, d, at, how[0])
                if mask.size > 0:
                    fill(dstate[i, begin : begin + units], zero)
        # what a state passed on went through its gates, unless its time step was skipped
        add_gradient_product(dz, t, width, turned, 0, dstate, how, mask.size == 0)
        if is_cut(step, how):
            clear_units(dstate, units, how)
            clear_units(dcell, units, how)


@kernel
def _look_back(
    gates: Array,
    cells: Array,
    old: Array,
    d: tuple[Array, Array, Array, Array],
    at: At,
    activation: int,
) -> None:
    """Gradients of one sample's gates; that of the cell becomes that of the cell before.

    d : gradients by outputs, if any, by states, by cells, and of gates
    at : its row, where the cells before (in `old`, if any), the gradients by its states and by its
        outputs begin, its units
    """
    row, before, state, output, units = at
    dy, dstate, dcell, dz = d
    gate, one = row * 4 * units, dz.dtype.type(1)
    for k in range(0, units, LANES):
        count = units - k
        i, f = load(gates, gate + k, count), load(gates, gate + units + k, count)
        g = load(gates, gate + 2 * units + k, count)
        o = load(gates, gate + 3 * units + k, count)
        dh, bent = load(dstate, state + k, count), load(cells, (2 * row + 1) * units + k, count)
        if dy.size > 0:
            dh += load(dy, output + k, count)
        dc = load(dcell, state + k, count) + sloped(dh * o, bent, activation)
        df = zeros(dz)
        if old.size > 0:
            df = dc * load(old, before + k, count) * (f * (one - f))
        store(dc * g * (i * (one - i)), dz, gate + k, count)
        store(df, dz, gate + units + k, count)
        store(sloped(dc * i, g, activation), dz, gate + 2 * units + k, count)
        store(dh * bent * (o * (one - o)), dz, gate + 3 * units + k, count)
        store(dc * f, dcell, state + k, count)
