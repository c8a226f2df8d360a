"""Activation functions whose derivative needs what went in, or a number of their own.

Unlike those in `activation`, they are no part of another kernel: x is kept for the way back.
"""

import numpy as np
from scipy.special import ndtr  # Φ, the distribution function of the standard normal distribution

from engine.kernels import (
    ELU,
    GELU,
    HARD_SIGMOID,
    LEAKY_RELU,
    SELU,
    SELU_ALPHA,
    SELU_SCALE,
    SILU,
    SOFTPLUS,
    STEP,
    Array,
)

_FAR = 750.0  # beyond, even float64 has eˣ = 0 or infinity: functions are at their limits


def _sigmoid(x: Array) -> Array:
    return np.asarray(0.5 * np.tanh(0.5 * x) + 0.5)


def nonlinearity(x: Array, y: Array, function: int, alpha: float) -> None:
    """Apply an activation function to each value: y = f(x).

    LEAKY_RELU (Maas et al. 2013), ELU (Clevert et al. 2016), SELU (Klambauer et al. 2017), GELU
    (Hendrycks & Gimpel 2016, with the exact Φ), SILU (Elfwing et al. 2018), SOFTPLUS (Dugas et
    al. 2001), HARD_SIGMOID (relu6(x + 3) / 6, as in Keras 3), STEP (McCulloch & Pitts 1943).

    x : (n, K)
    y : (n, K), not the same array as x
    function : one of these codes of `engine.kernels`
    alpha : slope of LEAKY_RELU left of zero; depth of ELU; without meaning for the others
    """
    if function == LEAKY_RELU:
        y[...] = np.where(x < 0, x.dtype.type(alpha) * x, x)
    elif function == ELU:
        y[...] = np.where(x < 0, x.dtype.type(alpha) * np.expm1(np.minimum(x, 0)), x)
    elif function == SELU:
        y[...] = SELU_SCALE * np.where(x < 0, SELU_ALPHA * np.expm1(np.minimum(x, 0)), x)
    elif function == GELU:
        bounded = np.maximum(x, -_FAR)
        y[...] = bounded * ndtr(bounded)
    elif function == SILU:
        bounded = np.maximum(x, -_FAR)
        y[...] = bounded * _sigmoid(bounded)
    elif function == SOFTPLUS:
        y[...] = np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))  # log(1 + eˣ) without overflow
    elif function == HARD_SIGMOID:
        y[...] = np.clip(x + 3, 0, 6) / 6
    elif function == STEP:
        y[...] = np.where(x >= 0, 1, np.where(x < 0, 0, x))  # NaN stays NaN


def nonlinearity_gradient(x: Array, dy: Array, dx: Array, function: int, alpha: float) -> None:
    """Carry a gradient back through an activation: dx = dy f'(x).

    The derivative of STEP is 0 nearly everywhere, so nothing could be learnt through it. In its
    place the gradient is handed straight through: dx = dy (Bengio et al. 2013).

    x : (n, K), as in `nonlinearity`
    dy : (n, K) gradient with respect to y
    dx : (n, K)
    function, alpha : as in `nonlinearity`
    """
    if function == LEAKY_RELU:
        dx[...] = np.where(x < 0, dy * dy.dtype.type(alpha), dy)
    elif function == ELU:
        dx[...] = np.where(x < 0, dy * dy.dtype.type(alpha) * np.exp(np.minimum(x, 0)), dy)
    elif function == SELU:
        slope = np.where(x < 0, SELU_ALPHA * np.exp(np.minimum(x, 0)), 1)
        dx[...] = dy * SELU_SCALE * slope
    elif function == GELU:
        bounded = np.clip(x, -_FAR, _FAR)
        bell = np.exp(-0.5 * bounded**2) / np.sqrt(2 * np.pi)
        dx[...] = dy * (ndtr(bounded) + bounded * bell)
    elif function == SILU:
        bounded = np.clip(x, -_FAR, _FAR)
        s = _sigmoid(bounded)
        dx[...] = dy * s * (1 + bounded * (1 - s))
    elif function == SOFTPLUS:
        dx[...] = dy * _sigmoid(x)
    elif function == HARD_SIGMOID:
        dx[...] = dy * np.where(np.abs(x) < 3, x.dtype.type(1 / 6), 0)
    elif function == STEP:
        dx[...] = dy


def prelu(x: Array, slope: Array, y: Array) -> None:
    """Multiply what is negative by a learnt slope: y = x or slope[c] x (He et al. 2015, eq. 1).

    x : (R, C)
    slope : (C,)
    y : (R, C)
    """
    y[...] = np.where(x < 0, slope * x, x)


def prelu_input_gradient(x: Array, dy: Array, slope: Array, dx: Array) -> None:
    """Carry a gradient back to the values: dx = dy, or slope[c] dy where x is negative.

    x, dy : (R, C)
    slope : (C,)
    dx : (R, C)
    """
    dx[...] = np.where(x < 0, slope * dy, dy)


def prelu_slope_gradient(x: Array, dy: Array, dslope: Array) -> None:
    """Carry a gradient back to the slopes: dslope[c] = Σ dy x, where x is negative.

    x, dy : (R, C)
    dslope : (C,)
    """
    dslope[...] = (dy * np.minimum(x, 0)).sum(axis=0)
