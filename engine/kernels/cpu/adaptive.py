"""Optimizers without Adam's correction that adapt each parameter's step to its past gradients.

Blocks and short loops over few arrays, as in `optimizers`.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._stack import BLOCK, stack_block
from engine.kernels.cpu._workers import sum_up


@kernel
def adagrad(parameters: Array, gradients: Array, accumulator: Array, settings: Array) -> None:
    """Divide each step by the root of the sum of all squares so far; see the plain twin."""
    kind = parameters.dtype.type
    rate, epsilon = kind(settings[0]), kind(settings[1])
    block = stack_block(parameters)
    for start in range(0, parameters.size, BLOCK):
        end = min(start + BLOCK, parameters.size)
        p, a, g = parameters[start:end], accumulator[start:end], block[: end - start]
        sum_up(gradients, start, g)
        for k in range(g.size):
            a[k] += g[k] * g[k]
        for k in range(g.size):
            p[k] -= rate * g[k] / np.sqrt(a[k] + epsilon)


@kernel
def rmsprop(
    parameters: Array, gradients: Array, v: Array, mean: Array, momentum: Array, settings: Array
) -> None:
    """Divide each step by the running root mean square of the gradient; see the plain twin."""
    kind = parameters.dtype.type
    rate, share, epsilon = kind(settings[0]), kind(1 - settings[1]), kind(settings[2])
    kept, is_centred = kind(settings[3]), settings[4] != 0
    block = stack_block(parameters)
    for start in range(0, parameters.size, BLOCK):
        end = min(start + BLOCK, parameters.size)
        p, square, g = parameters[start:end], v[start:end], block[: end - start]
        sum_up(gradients, start, g)
        for k in range(g.size):
            square[k] += (g[k] * g[k] - square[k]) * share
        if is_centred:
            m = mean[start:end]
            for k in range(g.size):
                m[k] += (g[k] - m[k]) * share
            for k in range(g.size):
                g[k] = rate * g[k] / np.sqrt(square[k] - m[k] * m[k] + epsilon)
        else:
            for k in range(g.size):
                g[k] = rate * g[k] / np.sqrt(square[k] + epsilon)
        if kept != 0:
            last = momentum[start:end]
            for k in range(g.size):
                last[k] = kept * last[k] + g[k]
            for k in range(g.size):
                p[k] -= last[k]
        else:
            for k in range(g.size):
                p[k] -= g[k]


@kernel
def adadelta(
    parameters: Array, gradients: Array, squares: Array, steps: Array, settings: Array
) -> None:
    """Give each step the size of the steps before; see the plain twin."""
    kind = parameters.dtype.type
    rate, share, epsilon = kind(settings[0]), kind(1 - settings[1]), kind(settings[2])
    block = stack_block(parameters)
    for start in range(0, parameters.size, BLOCK):
        end = min(start + BLOCK, parameters.size)
        p, square, step = parameters[start:end], squares[start:end], steps[start:end]
        g = block[: end - start]
        sum_up(gradients, start, g)
        for k in range(g.size):
            square[k] += (g[k] * g[k] - square[k]) * share
        for k in range(g.size):
            g[k] = g[k] * np.sqrt(step[k] + epsilon) / np.sqrt(square[k] + epsilon)
        for k in range(g.size):
            step[k] += (g[k] * g[k] - step[k]) * share
        for k in range(g.size):
            p[k] -= rate * g[k]
