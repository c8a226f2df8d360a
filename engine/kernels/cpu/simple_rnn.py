"""The simple recurrent layer: its state is its memory, rewritten at each time step."""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._gates import activated, sloped
from engine.kernels.cpu._lanes import LANES, load, store
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


@kernel
def simple_rnn(
    z: Array, recurrent: Array, mask: Array, first: Array, states: Array, last: Array, how: How
) -> None:
    """Walk along the sequence; see the plain twin."""
    samples, steps, units = z.shape
    begin, end, wide = how[2], how[2] + units, states.shape[2]
    flat_z, flat_states = z.reshape(z.size), states.reshape(states.size)
    for step in range(steps):
        t, before = place(step, steps, how)
        add_state_product(states, first, step, how, recurrent, (0, units), z, False)
        for i in range(samples):
            if is_skipped(mask, i, t):
                old = states[i, before, begin:end] if step > 0 else first[i, begin:end]
                take_over(old, states[i, t, begin:end])
            else:
                row = i * steps + t
                for k in range(0, units, LANES):
                    h = activated(load(flat_z, row * units + k, units - k), how[0])
                    store(h, flat_states, row * wide + begin + k, units - k)
    t, _ = place(steps - 1, steps, how)
    for i in range(samples):
        take_over(states[i, t, begin:end], last[i, begin:end])


@kernel
def simple_rnn_gradient(
    turned: Array, mask: Array, states: Array, dy: Array, dstate: Array, dz: Array, how: How
) -> None:
    """Walk back; see the plain twin."""
    samples, steps, units = dz.shape
    begin, wide, zero = how[2], states.shape[2], dz.dtype.type(0)
    flat_dy, flat_dz = dy.reshape(dy.size), dz.reshape(dz.size)
    flat_states, flat_dstate = states.reshape(states.size), dstate.reshape(dstate.size)
    for step in range(steps - 1, -1, -1):
        t, _ = place(step, steps, how)
        for i in range(samples):
            row, state = i * steps + t, i * wide + begin
            output = row * wide + begin
            if is_skipped(mask, i, t):
                if dy.size > 0:
                    add_lanes(flat_dy, output, flat_dstate, state, units)
                fill(dz[i, t], zero)
                continue
            for k in range(0, units, LANES):
                dh, count = load(flat_dstate, state + k, units - k), units - k
                if dy.size > 0:
                    dh += load(flat_dy, output + k, count)
                h = load(flat_states, output + k, count)
                store(sloped(dh, h, how[0]), flat_dz, row * units + k, count)
            if mask.size > 0:
                fill(dstate[i, begin : begin + units], zero)
        # what a state passed on went through f, unless its time step was skipped
        add_gradient_product(dz, t, units, turned, 0, dstate, how, mask.size == 0)
        if is_cut(step, how):
            clear_units(dstate, units, how)
