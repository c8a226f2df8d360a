"""Optimizers without Adam's correction that adapt each parameter's step to its past gradients.

All arrays are slices of flat vectors, p long, as in `optimizers`; formulas and the places of
epsilon are Keras's.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._workers import total_of


def adagrad(parameters: Array, gradients: Array, accumulator: Array, settings: Array) -> None:
    """Divide each step by the root of the sum of all squares so far: a = a + g².

    J. Duchi, E. Hazan, Y. Singer: Adaptive Subgradient Methods, 2011, section 1.

    parameters : (p,)
    gradients : (W, p)
    accumulator : (p,) sum of g², a small positive number before the first step
    settings : [learning rate, epsilon]
    """
    rate, epsilon = settings.astype(parameters.dtype)
    g = total_of(gradients)
    accumulator += g * g
    parameters -= rate * g / np.sqrt(accumulator + epsilon)


def rmsprop(
    parameters: Array, gradients: Array, v: Array, mean: Array, momentum: Array, settings: Array
) -> None:
    """Divide each step by the running root mean square of the gradient.

    T. Tieleman, G. Hinton: Lecture 6.5, 2012; centred as in A. Graves: Generating Sequences With
    Recurrent Neural Networks, 2013, eq. 38 to 45.

    parameters : (p,)
    gradients : (W, p)
    v : (p,) running mean of g², zeros before the first step
    mean : (p,) running mean of g, zeros before the first step; used if centred
    momentum : (p,) the last step, zeros before the first; used if the share kept is not 0
    settings : [learning rate, rho, epsilon, share of the last step that is kept, 1 if centred or 0]
    """
    kind = parameters.dtype.type
    rate, share, epsilon, kept = (kind(s) for s in (settings[0], 1 - settings[1], *settings[2:4]))
    g = total_of(gradients)
    v += (g * g - v) * share
    spread = v
    if settings[4]:
        mean += (g - mean) * share
        spread = v - mean * mean
    step = rate * g / np.sqrt(spread + epsilon)
    if kept:
        momentum[...] = kept * momentum + step
        step = momentum
    parameters -= step


def adadelta(
    parameters: Array, gradients: Array, squares: Array, steps: Array, settings: Array
) -> None:
    """Give each step the size of the steps before: their root mean square over that of g.

    M. D. Zeiler: ADADELTA, 2012, algorithm 1.

    parameters : (p,)
    gradients : (W, p)
    squares : (p,) running mean of g², zeros before the first step
    steps : (p,) running mean of the squared steps, zeros before the first step
    settings : [learning rate, rho, epsilon]
    """
    kind = parameters.dtype.type
    rate, share, epsilon = kind(settings[0]), kind(1 - settings[1]), kind(settings[2])
    g = total_of(gradients)
    squares += (g * g - squares) * share
    step = g * np.sqrt(steps + epsilon) / np.sqrt(squares + epsilon)
    steps += (step * step - steps) * share
    parameters -= rate * step
