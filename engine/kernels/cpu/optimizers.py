"""Optimizers: one step of every parameter against its gradient, with Keras's formulas.

Blocks of parameters, not single ones: the workers' gradients are added up on the stack, and the
loops over a block touch few arrays, so that the compiler can prove them apart and use vectors.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._stack import BLOCK, stack_block


@kernel
def _sum_up(gradients: Array, start: int, total: Array) -> None:
    """Sum the gradients of some parameters over the workers, in order."""
    end = start + total.size
    row = gradients[0, start:end]
    for k in range(total.size):
        total[k] = row[k]
    for worker in range(1, gradients.shape[0]):
        row = gradients[worker, start:end]
        for k in range(total.size):
            total[k] += row[k]


@kernel
def sgd(parameters: Array, gradients: Array, velocity: Array, settings: Array) -> None:
    """Step downhill, with momentum; see the plain twin."""
    kind = parameters.dtype.type
    rate, momentum, is_nesterov = kind(settings[0]), kind(settings[1]), settings[2] != 0
    block = stack_block(parameters)
    for start in range(0, parameters.size, BLOCK):
        end = min(start + BLOCK, parameters.size)
        p, v, g = parameters[start:end], velocity[start:end], block[: end - start]
        _sum_up(gradients, start, g)
        for k in range(g.size):
            v[k] = momentum * v[k] - rate * g[k]
        if is_nesterov:
            for k in range(g.size):
                p[k] += momentum * v[k] - rate * g[k]
        else:
            for k in range(g.size):
                p[k] += v[k]


@kernel
def adam(parameters: Array, gradients: Array, m: Array, v: Array, settings: Array) -> None:
    """Step by running mean over running root mean square of the gradient; see the plain twin."""
    kind = parameters.dtype.type
    rate = kind(settings[0] * np.sqrt(settings[5]) / settings[4])
    share1, share2, epsilon = kind(1 - settings[1]), kind(1 - settings[2]), kind(settings[3])
    block = stack_block(parameters)
    for start in range(0, parameters.size, BLOCK):
        end = min(start + BLOCK, parameters.size)
        p, mean, square = parameters[start:end], m[start:end], v[start:end]
        g = block[: end - start]
        _sum_up(gradients, start, g)
        for k in range(g.size):
            mean[k] += (g[k] - mean[k]) * share1
            square[k] += (g[k] * g[k] - square[k]) * share2
        for k in range(g.size):
            p[k] -= rate * mean[k] / (np.sqrt(square[k]) + epsilon)
