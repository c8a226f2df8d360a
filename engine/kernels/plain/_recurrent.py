"""What the plain recurrent kernels share: the order of the time steps, and where states begin."""

import numpy as np

from engine.kernels import SIGMOID, Array
from engine.kernels.plain.activation import activate, activate_gradient

How = tuple[int, int, int, int]
"""How a recurrent kernel walks: four numbers that always go together.

activation : code of f, see `engine.kernels`
is_backward : 1 to read the sequence from its last time step to its first
column : where this direction's units begin in arrays of states, which hold both directions
truncate : the gradient goes back over at most so many steps (0: over all)
"""


def walk(steps: int, how: How) -> range:
    """Return the time steps in the order in which the layer reads them."""
    return range(steps - 1, -1, -1) if how[1] else range(steps)


def own_units(states: Array, units: int, how: How) -> Array:
    """Return the units of this direction, the last axis of `states` may hold both."""
    column = how[2]
    return states[..., column : column + units]


def beginning(first: Array, samples: int, units: int, how: How) -> Array:
    """Return the initial state (n, U): a copy of the given one, or zeros."""
    if first.size:
        return own_units(first, units, how).copy()
    return np.zeros((samples, units), first.dtype)


def counting(mask: Array, samples: int, t: int) -> Array:
    """Return which samples have something to read at time step t: (n, 1) of True or False."""
    return mask[:, t, None] != 0 if mask.size else np.ones((samples, 1), bool)


def is_cut(step: int, how: How) -> bool:
    """Tell whether the gradient ends here: the layer's step `step` begins a new piece."""
    truncate = how[3]
    return bool(truncate) and step > 0 and step % truncate == 0


def slope(y: Array, activation: int) -> Array:
    """Return the derivative of an activation where its result was y."""
    found = np.empty_like(y)
    activate_gradient(y, np.ones_like(y), found, activation)
    return found


def activated(x: Array, activation: int) -> Array:
    """Return the activation of x."""
    y = np.empty_like(x)
    activate(x, y, activation)
    return y


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + exp(-x)), the curve of gates."""
    return activated(x, SIGMOID)
