"""Filters of several groups as filters of one; see the plain twin."""

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def merge_groups(w: Array, wide: Array, groups: int) -> None:
    """Write the filters of neighbouring groups among the channels of all; see the plain twin."""
    taps, inputs, filters = w.shape
    outputs, together = filters // groups, wide.shape[1] // inputs
    values = wide.reshape(wide.size)
    for k in range(values.size):
        values[k] = wide.dtype.type(0)
    for t in range(taps):
        for g in range(groups):
            first = g % together * inputs
            for c in range(inputs):
                for f in range(g * outputs, (g + 1) * outputs):
                    wide[t, first + c, f] = w[t, c, f]


@kernel
def merge_groups_gradient(dwide: Array, dw: Array, groups: int) -> None:
    """Take from the gradient what belongs to a filter's own channels; see the plain twin."""
    taps, inputs, filters = dw.shape
    outputs, together = filters // groups, dwide.shape[1] // inputs
    for t in range(taps):
        for g in range(groups):
            first = g % together * inputs
            for c in range(inputs):
                for f in range(g * outputs, (g + 1) * outputs):
                    dw[t, c, f] = dwide[t, first + c, f]
