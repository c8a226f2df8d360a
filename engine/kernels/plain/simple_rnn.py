"""The simple recurrent layer: its state is its memory, rewritten at each time step.

J. L. Elman: Finding structure in time, Cognitive Science 14 (1990).
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
    slope,
    walk,
)


def simple_rnn(
    z: Array, recurrent: Array, mask: Array, first: Array, states: Array, last: Array, how: How
) -> None:
    """Walk along the sequence: h[t] = f(z[t] + h[t-1] R).

    z : (n, T, U) what the input brings: x w + b; on exit the whole argument of f
    recurrent : (U, U) R
    mask : (n, T) or (n, 0), 0 at a time step that is skipped: the state is carried on
    first : (n, W) or (n, 0) initial state; W is U, or 2·U for two directions
    states : (n, T, W) state after each time step
    last : (n, W) final state
    how : see `How`
    """
    samples, steps, units = z.shape
    h = beginning(first, samples, units, how)
    for t in walk(steps, how):
        counts = counting(mask, samples, t)
        z[:, t] += h @ recurrent
        h = np.where(counts, activated(z[:, t], how[0]), h)
        own_units(states, units, how)[:, t] = h
    own_units(last, units, how)[...] = h


def simple_rnn_gradient(
    turned: Array, mask: Array, states: Array, dy: Array, dstate: Array, dz: Array, how: How
) -> None:
    """Walk back: dz[t] = f'(z[t]) dh[t], and dh[t-1] = dy[t-1] + dz[t] Rᵀ.

    turned : (U, U) Rᵀ
    mask : (n, T) or (n, 0)
    states : (n, T, W) state after each time step
    dy : (n, T, W) gradient by each of them as the layer's output, or (n, 0, 0)
    dstate : (n, W) on entry the gradient by the final state, on exit by the initial one
    dz : (n, T, U) gradient with respect to the argument of f
    how : see `How`
    """
    samples, steps, units = dz.shape
    dh = own_units(dstate, units, how)
    for step, t in reversed([*enumerate(walk(steps, how))]):
        if dy.size:
            dh += own_units(dy, units, how)[:, t]
        counts = counting(mask, samples, t)
        y = own_units(states, units, how)[:, t]
        dz[:, t] = np.where(counts, dh * slope(y, how[0]), 0)
        dh[...] = np.where(counts, 0, dh) + dz[:, t] @ turned
        if is_cut(step, how):
            dh[...] = 0
