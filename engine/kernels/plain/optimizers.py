"""Optimizers: one step of every parameter against its gradient, with Keras's formulas.

All arrays are slices of flat vectors, p long. `gradients` has one row per worker; their sum, in
order, is the gradient of the batch. `settings` is float64 and refreshed before each step.
"""

import numpy as np

from engine.kernels import Array


def _total(gradients: Array) -> Array:
    """Sum the workers' gradients in order, so that the same run gives the same bits."""
    total: Array = gradients[0].copy()
    for row in gradients[1:]:
        total += row
    return total


def sgd(parameters: Array, gradients: Array, velocity: Array, settings: Array) -> None:
    """Step downhill, with momentum: v = momentum v - rate g, then p = p + v.

    Nesterov's variant looks one step ahead: p = p + momentum v - rate g.

    parameters : (p,)
    gradients : (W, p)
    velocity : (p,), zeros before the first step
    settings : [learning rate, momentum, 1 for Nesterov or 0]
    """
    rate, momentum = settings[:2].astype(parameters.dtype)
    step = rate * _total(gradients)
    velocity[...] = momentum * velocity - step
    if settings[2]:
        parameters += momentum * velocity - step
    else:
        parameters += velocity


def adam(parameters: Array, gradients: Array, m: Array, v: Array, settings: Array) -> None:
    """Step by running mean over running root mean square of the gradient.

    D. P. Kingma, J. Ba: Adam, 2015, in the order of section 2's last paragraph: the corrections of
    both means join the learning rate, and epsilon is added to the uncorrected root.

    parameters : (p,)
    gradients : (W, p)
    m : (p,) running mean of g, zeros before the first step
    v : (p,) running mean of g², zeros before the first step
    settings : [learning rate, beta1, beta2, epsilon, 1 - beta1^t, 1 - beta2^t] at step t = 1, 2, …
    """
    kind = parameters.dtype.type
    learning_rate, beta1, beta2, epsilon, correction1, correction2 = settings
    rate = kind(learning_rate * np.sqrt(correction2) / correction1)
    g = _total(gradients)
    m += (g - m) * kind(1 - beta1)
    v += (g * g - v) * kind(1 - beta2)
    parameters -= rate * m / (np.sqrt(v) + kind(epsilon))
