"""Optimizers with momentum: sgd and the family of Adam, with Keras's formulas.

Blocks of parameters, not single ones: the workers' gradients are added up on the stack, and the
loops over a block touch few arrays, so that the compiler can prove them apart and use vectors.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._roots import root
from engine.kernels.cpu._stack import BLOCK, stack_block
from engine.kernels.cpu._workers import sum_up


@kernel
def sgd(parameters: Array, gradients: Array, velocity: Array, settings: Array) -> None:
    """Step downhill, with momentum; see the plain twin."""
    kind = parameters.dtype.type
    rate, momentum, is_nesterov = kind(settings[0]), kind(settings[1]), settings[2] != 0
    block = stack_block(parameters)
    for start in range(0, parameters.size, BLOCK):
        end = min(start + BLOCK, parameters.size)
        p, v, g = parameters[start:end], velocity[start:end], block[: end - start]
        sum_up(gradients, start, g)
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
        sum_up(gradients, start, g)
        for k in range(g.size):
            mean[k] += (g[k] - mean[k]) * share1
            square[k] += (g[k] * g[k] - square[k]) * share2
            p[k] -= rate * mean[k] / (root(square[k]) + epsilon)


@kernel
def adamw(parameters: Array, gradients: Array, m: Array, v: Array, settings: Array) -> None:
    """Decay apart from the gradient, and then step as `adam` does; see the plain twin."""
    kind = parameters.dtype.type
    rate = kind(settings[0] * np.sqrt(settings[5]) / settings[4])
    share1, share2, epsilon = kind(1 - settings[1]), kind(1 - settings[2]), kind(settings[3])
    decay = kind(settings[6])
    block = stack_block(parameters)
    for start in range(0, parameters.size, BLOCK):
        end = min(start + BLOCK, parameters.size)
        p, mean, square = parameters[start:end], m[start:end], v[start:end]
        g = block[: end - start]
        sum_up(gradients, start, g)
        for k in range(g.size):
            mean[k] += (g[k] - mean[k]) * share1
            square[k] += (g[k] * g[k] - square[k]) * share2
            p[k] -= p[k] * decay + rate * mean[k] / (root(square[k]) + epsilon)


@kernel
def nadam(parameters: Array, gradients: Array, m: Array, v: Array, settings: Array) -> None:
    """Adam that looks one step ahead; see the plain twin."""
    kind = parameters.dtype.type
    share1, share2, epsilon = kind(1 - settings[0]), kind(1 - settings[1]), kind(settings[2])
    rate_m, rate_g, scale = kind(settings[3]), kind(settings[4]), kind(1 / settings[5])
    block = stack_block(parameters)
    for start in range(0, parameters.size, BLOCK):
        end = min(start + BLOCK, parameters.size)
        p, mean, square = parameters[start:end], m[start:end], v[start:end]
        g = block[: end - start]
        sum_up(gradients, start, g)
        for k in range(g.size):
            mean[k] += (g[k] - mean[k]) * share1
            square[k] += (g[k] * g[k] - square[k]) * share2
        for k in range(g.size):
            g[k] = rate_m * mean[k] + rate_g * g[k]
        for k in range(g.size):
            p[k] -= g[k] / (root(square[k] * scale) + epsilon)


@kernel
def lion(parameters: Array, gradients: Array, m: Array, settings: Array) -> None:
    """Step by the sign of a mixture of running mean and gradient; see the plain twin."""
    kind = parameters.dtype.type
    rate, share1, share2 = kind(settings[0]), kind(1 - settings[1]), kind(1 - settings[2])
    block = stack_block(parameters)
    for start in range(0, parameters.size, BLOCK):
        end = min(start + BLOCK, parameters.size)
        p, mean, g = parameters[start:end], m[start:end], block[: end - start]
        sum_up(gradients, start, g)
        for k in range(g.size):
            p[k] -= rate * np.sign(mean[k] + (g[k] - mean[k]) * share1)
        for k in range(g.size):
            mean[k] += (g[k] - mean[k]) * share2
