"""The simple recurrent layer: its state is its memory, rewritten at each time step."""

from engine.kernels import Array
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
def simple_rnn(
    z: Array, recurrent: Array, mask: Array, first: Array, states: Array, last: Array, how: How
) -> None:
    """Walk along the sequence; see the plain twin."""
    samples, steps, units = z.shape
    begin, end = how[2], how[2] + units
    for step in range(steps):
        t, before = place(step, steps, how)
        add_state_product(states, first, step, how, recurrent, (0, units), z)
        for i in range(samples):
            h = states[i, t, begin:end]
            if is_skipped(mask, i, t):
                take_over(states[i, before, begin:end] if step > 0 else first[i, begin:end], h)
            else:
                take_over(z[i, t], h)
                activate_in_place(h, how[0])
    t, _ = place(steps - 1, steps, how)
    for i in range(samples):
        take_over(states[i, t, begin:end], last[i, begin:end])


@kernel
def simple_rnn_gradient(
    turned: Array, mask: Array, states: Array, dy: Array, dstate: Array, dz: Array, how: How
) -> None:
    """Walk back; see the plain twin."""
    samples, steps, units = dz.shape
    begin, end = how[2], how[2] + units
    zero = dz.dtype.type(0)
    for step in range(steps - 1, -1, -1):
        t, _ = place(step, steps, how)
        for i in range(samples):
            dh, d = dstate[i, begin:end], dz[i, t]
            if dy.size > 0:
                add_row(dy[i, t, begin:end], dh)
            if is_skipped(mask, i, t):
                fill(d, zero)
            else:
                take_over(dh, d)
                times_slope(states[i, t, begin:end], d, how[0])
                fill(dh, zero)
        add_gradient_product(dz, t, units, turned, 0, dstate, how)
        if is_cut(step, how):
            clear_units(dstate, units, how)
