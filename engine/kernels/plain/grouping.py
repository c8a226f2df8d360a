"""Filters of several groups as filters of one: zeros where a filter does not look.

A processor computes with some sixteen numbers at once. A group of two channels and two filters
leaves most of them idle, while eight such groups, read as one with zeros between them, keep all of
them busy: more multiplications, in less time. Source: block-diagonal matrices.
"""

from engine.kernels import Array


def merge_groups(w: Array, wide: Array, groups: int) -> None:
    """Write the filters of neighbouring groups among the channels of all of these.

    w : (taps, C, F)
    wide : (taps, M·C, F), for M groups together
    groups : of which F filters are parts of equal size
    """
    wide[...] = 0
    for channels, filters in _blocks(w, wide, groups):
        wide[:, channels, filters] = w[:, :, filters]


def merge_groups_gradient(dwide: Array, dw: Array, groups: int) -> None:
    """Take from the gradient what belongs to a filter's own channels; all else stays zero.

    dwide : (taps, M·C, F)
    dw : (taps, C, F)
    groups : as in `merge_groups`
    """
    for channels, filters in _blocks(dw, dwide, groups):
        dw[:, :, filters] = dwide[:, channels, filters]


def _blocks(w: Array, wide: Array, groups: int) -> list[tuple[slice, slice]]:
    """Channels in the wide filters, and filters, of each group."""
    _, inputs, filters = w.shape
    outputs, together = filters // groups, wide.shape[1] // inputs
    found = []
    for g in range(groups):
        first = g % together * inputs
        found.append((slice(first, first + inputs), slice(g * outputs, (g + 1) * outputs)))
    return found
