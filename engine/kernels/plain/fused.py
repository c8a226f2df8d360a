"""Pairs of steps that training makes as one, so that what lies between is never written down."""

from engine.kernels import Array
from engine.kernels.plain.activation import activate
from engine.kernels.plain.batch_norm import normalise_features
from engine.kernels.plain.moving import add


def normalise_and_activate(x: Array, statistics: Array, y: Array, activation: int) -> None:
    """Shift and scale each feature, and apply an activation: y = f((x - mean) factor + offset).

    x, y : (R, C)
    statistics : (6, C), see `combine_moments`
    activation : a code of `engine.kernels.ACTIVATIONS`
    """
    normalise_features(x, statistics, y)
    activate(y, y, activation)


def add_and_activate(a: Array, b: Array, y: Array, activation: int) -> None:
    """Add two arrays, as around a residual block, and apply an activation: y = f(a + b).

    a, b, y : (n, K)
    activation : as above
    """
    add(a, b, y)
    activate(y, y, activation)
