"""The gated recurrent unit: gates decide how much of the state is replaced, and by what."""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._gates import activated, sigmoid, sloped
from engine.kernels.cpu._lanes import LANES, load, store, zeros
from engine.kernels.cpu._recurrent import (
    How,
    add_gradient_product,
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
    units, begin, wide = width // 3, how[2], states.shape[2]
    end, zero, one = begin + units, gates.dtype.type(0), gates.dtype.type(1)
    flat_gates, flat_inner = gates.reshape(gates.size), inner.reshape(inner.size)
    flat_states, flat_first = states.reshape(states.size), first.reshape(first.size)
    for step in range(steps):
        t, before = place(step, steps, how)
        add_state_product(states, first, step, how, recurrent, (0, 2 * units), gates, False)
        add_state_product(states, first, step, how, recurrent, (2 * units, units), inner, True)
        old = flat_states if step > 0 else flat_first
        for i in range(samples):
            if is_skipped(mask, i, t):
                h, row = states[i, t, begin:end], gates[i, t]
                take_over(states[i, before, begin:end] if step > 0 else first[i, begin:end], h)
                fill(row[:units], one)
                fill(row[units:], zero)
                fill(inner[i, t], zero)
            else:
                there = i * steps + before if step > 0 else i
                at = i * steps + t, there, wide, begin, units
                _renew(flat_gates, b, flat_inner, old, flat_states, at, how[0])
    t, _ = place(steps - 1, steps, how)
    for i in range(samples):
        take_over(states[i, t, begin:end], last[i, begin:end])


@kernel
def _renew(
    gates: Array, b: Array, inner: Array, old: Array, states: Array, at: At, activation: int
) -> None:
    """Open and close the gates of one sample: they become z, r, g; h becomes new.

    at : its row, the row of the state before (in `old`, if any), a state's width in both
        directions, where this direction begins, its units
    """
    row, before, wide, begin, units = at
    gate = row * 3 * units
    for k in range(0, units, LANES):
        count = units - k
        z, r = load(gates, gate + k, count), load(gates, gate + units + k, count)
        through = load(inner, row * units + k, count)
        if b.size > 0:
            z, r = z + load(b, k, count), r + load(b, units + k, count)
            through += load(b, 2 * units + k, count)
        z, r = sigmoid(z), sigmoid(r)
        g = activated(load(gates, gate + 2 * units + k, count) + r * through, activation)
        h = zeros(gates)
        if old.size > 0:
            h = load(old, before * wide + begin + k, count)
        store(z, gates, gate + k, count)
        store(r, gates, gate + units + k, count)
        store(g, gates, gate + 2 * units + k, count)
        store(through, inner, row * units + k, count)
        store(g + z * (h - g), states, row * wide + begin + k, count)


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
    units, begin, wide = width // 3, how[2], states.shape[2]
    flat_gates, flat_inner = gates.reshape(gates.size), inner.reshape(inner.size)
    flat_states, flat_first = states.reshape(states.size), first.reshape(first.size)
    d = (
        dy.reshape(dy.size),
        dstate.reshape(dstate.size),
        dz.reshape(dz.size),
        dinner.reshape(dinner.size),
    )
    for step in range(steps - 1, -1, -1):
        t, before = place(step, steps, how)
        old = flat_states if step > 0 else flat_first
        for i in range(samples):
            row, there = i * steps + t, i * steps + before if step > 0 else i
            at = row, there * wide + begin, i * wide + begin, row * wide + begin, units
            _look_back(flat_gates, flat_inner, old, d, at, how[0])
        add_gradient_product(dz, t, 2 * units, turned, 0, dstate, how, False)
        add_gradient_product(dinner, t, units, turned, 2 * units, dstate, how, False)
        if is_cut(step, how):
            clear_units(dstate, units, how)


@kernel
def _look_back(
    gates: Array,
    inner: Array,
    old: Array,
    d: tuple[Array, Array, Array, Array],
    at: At,
    activation: int,
) -> None:
    """Gradients of one sample's gates; that of the state becomes what passes the gates by.

    d : gradients by outputs, if any, by states, of gates, and of what the candidate's recurrent
        weights brought
    at : its row, where the state before (in `old`, if any), the gradients by its state and by its
        output begin, its units
    """
    row, before, state, output, units = at
    dy, dstate, dz, dinner = d
    gate, one = row * 3 * units, dz.dtype.type(1)
    for k in range(0, units, LANES):
        count = units - k
        z, r = load(gates, gate + k, count), load(gates, gate + units + k, count)
        g = load(gates, gate + 2 * units + k, count)
        dh, h = load(dstate, state + k, count), zeros(dz)
        if dy.size > 0:
            dh += load(dy, output + k, count)
        if old.size > 0:
            h = load(old, before + k, count)
        candidate = sloped(dh * (one - z), g, activation)
        store((h - g) * dh * (z * (one - z)), dz, gate + k, count)
        through = load(inner, row * units + k, count)
        store(candidate * through * (r * (one - r)), dz, gate + units + k, count)
        store(candidate, dz, gate + 2 * units + k, count)
        store(candidate * r, dinner, row * units + k, count)
        store(dh * z, dstate, state + k, count)
