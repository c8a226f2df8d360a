"""Optimizers with momentum: sgd and the family of Adam, with Keras's formulas.

One step of every parameter against its gradient.

All arrays are slices of flat vectors, p long. `gradients` has one row per worker; their sum, in
order, is the gradient of the batch. `settings` is float64 and refreshed before each step.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._workers import total_of


def sgd(parameters: Array, gradients: Array, velocity: Array, settings: Array) -> None:
    """Step downhill, with momentum: v = momentum v - rate g, then p = p + v.

    Nesterov's variant looks one step ahead: p = p + momentum v - rate g.

    parameters : (p,)
    gradients : (W, p)
    velocity : (p,), zeros before the first step
    settings : [learning rate, momentum, 1 for Nesterov or 0]
    """
    rate, momentum = settings[:2].astype(parameters.dtype)
    step = rate * total_of(gradients)
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
    g = total_of(gradients)
    m += (g - m) * kind(1 - beta1)
    v += (g * g - v) * kind(1 - beta2)
    parameters -= rate * m / (np.sqrt(v) + kind(epsilon))


def adamw(parameters: Array, gradients: Array, m: Array, v: Array, settings: Array) -> None:
    """Let every parameter decay a little, apart from the gradient, and then step as `adam` does.

    I. Loshchilov, F. Hutter: Decoupled Weight Decay Regularization, 2019, algorithm 2.

    parameters : (p,)
    gradients : (W, p)
    m : (p,) as in `adam`
    v : (p,) as in `adam`
    settings : those of `adam`, then learning rate · weight decay
    """
    parameters -= parameters * parameters.dtype.type(settings[6])
    adam(parameters, gradients, m, v, settings[:6])


def nadam(parameters: Array, gradients: Array, m: Array, v: Array, settings: Array) -> None:
    """Adam that looks one step ahead: a part of the step follows the present gradient itself.

    T. Dozat: Incorporating Nesterov Momentum into Adam, 2016, algorithm 2.

    parameters : (p,)
    gradients : (W, p)
    m : (p,) running mean of g, zeros before the first step
    v : (p,) running mean of g², zeros before the first step
    settings : [beta1, beta2, epsilon, learning rate of m, learning rate of g, 1 - beta2^t], the
        two rates corrected for step t
    """
    kind = parameters.dtype.type
    share1, share2 = kind(1 - settings[0]), kind(1 - settings[1])
    epsilon, rate_m, rate_g, correction = settings[2:].astype(parameters.dtype)
    g = total_of(gradients)
    m += (g - m) * share1
    v += (g * g - v) * share2
    parameters -= (rate_m * m + rate_g * g) / (np.sqrt(v / correction) + epsilon)


def lion(parameters: Array, gradients: Array, m: Array, settings: Array) -> None:
    """Step equally far in every direction: only the sign of a mixture of m and g counts.

    X. Chen et al.: Symbolic Discovery of Optimization Algorithms, 2023, algorithm 2.

    parameters : (p,)
    gradients : (W, p)
    m : (p,) running mean of g, zeros before the first step
    settings : [learning rate, beta1 of the mixture, beta2 of the running mean]
    """
    kind = parameters.dtype.type
    rate, share1, share2 = kind(settings[0]), kind(1 - settings[1]), kind(1 - settings[2])
    g = total_of(gradients)
    parameters -= rate * np.sign(m + (g - m) * share1)
    m += (g - m) * share2
