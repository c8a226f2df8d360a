"""The gated recurrent unit: gates decide how much of the state is replaced, and by what.

K. Cho et al.: Learning phrase representations using RNN encoder-decoder, EMNLP 2014, in the form
with "reset after" (the reset gate acts after the recurrent product), which is Keras's and cuDNN's.
The three parts of each row are Keras's: z (update), r (reset), h (candidate).
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
    sigmoid,
    slope,
    walk,
)


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
    """Walk along the sequence: h[t] = z h[t-1] + (1 - z) g with g = a(x[t] + r (h[t-1] R + b)).

    z, r = σ(x[t] + h[t-1] R + b), each with its own columns

    gates : (n, T, 3·U) on entry x, what the input brings: x w + b; on exit z, r, g
    recurrent : (U, 3·U) R
    b : (3·U,) or (0,) bias of the recurrent product
    mask : (n, T) or (n, 0), 0 at a time step that is skipped: the state is carried on, as if z = 1
    first : (n, W) or (n, 0) initial state; W is U, or 2·U for two directions
    states : (n, T, W) state after each time step
    inner : (n, T, U) h[t-1] R + b of the candidate
    last : (n, W) final state
    how : see `How`; its activation is a
    """
    samples, steps, width = gates.shape
    units = width // 3
    h = beginning(first, samples, units, how)
    skipped = np.repeat(np.array([1, 0, 0], gates.dtype), units)
    for t in walk(steps, how):
        counts = counting(mask, samples, t)
        brought = h @ recurrent + (b if b.size else 0)
        z, r = np.split(sigmoid(gates[:, t, : 2 * units] + brought[:, : 2 * units]), 2, axis=1)
        inner[:, t] = np.where(counts, brought[:, 2 * units :], 0)
        g = activated(gates[:, t, 2 * units :] + r * inner[:, t], how[0])
        gates[:, t] = np.where(counts, np.concatenate([z, r, g], axis=1), skipped)
        h = np.where(counts, z * h + (1 - z) * g, h)
        own_units(states, units, how)[:, t] = h
    own_units(last, units, how)[...] = h


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
    """Walk back from the last time step to the first; where z = 1 nothing but the state goes back.

    gates : (n, T, 3·U) z, r, g
    turned : (3·U, U) Rᵀ
    first : (n, W) or (n, 0)
    states : (n, T, W)
    inner : (n, T, U)
    dy : (n, T, W) gradient by each state as the layer's output, or (n, 0, 0)
    dstate : (n, W) on entry the gradient by the final state, on exit by the initial one
    dz : (n, T, 3·U) gradient with respect to the arguments of z, r and g
    dinner : (n, T, U) gradient with respect to `inner`
    how : see `How`
    """
    samples, steps, width = gates.shape
    units = width // 3
    dh, h = own_units(dstate, units, how), own_units(states, units, how)
    order = list(walk(steps, how))
    for step, t in reversed([*enumerate(order)]):
        if dy.size:
            dh += own_units(dy, units, how)[:, t]
        z, r, g = np.split(gates[:, t], 3, axis=1)
        before = h[:, order[step - 1]] if step else beginning(first, samples, units, how)
        d_update = dh * (before - g) * z * (1 - z)
        d_candidate = dh * (1 - z) * slope(g, how[0])
        d_reset = d_candidate * inner[:, t] * r * (1 - r)
        dz[:, t] = np.concatenate([d_update, d_reset, d_candidate], axis=1)
        dinner[:, t] = d_candidate * r
        dh *= z
        dh += dz[:, t, : 2 * units] @ turned[: 2 * units] + dinner[:, t] @ turned[2 * units :]
        if is_cut(step, how):
            dh[...] = 0
