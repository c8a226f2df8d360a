"""Activation functions whose derivative needs what went in, or a number of their own."""

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
from engine.kernels.cpu import kernel
from engine.kernels.cpu._curves import bell, exp, expm1, normal_share, sigmoid
from engine.kernels.cpu._logarithms import log1p

_DENSITY = 0.3989422804014327  # 1 / √(2π): the standard normal density at 0
_FAR = 750.0  # beyond, even float64 has eˣ = 0 or infinity: functions are at their limits


@kernel
def _exponential_unit(x: Array, y: Array, scale: float, alpha: float) -> None:
    """y = scale x, or scale alpha (eˣ - 1) where x is negative."""
    zero, right, left = x.dtype.type(0), x.dtype.type(scale), x.dtype.type(scale * alpha)
    for k in range(x.size):
        negative = zero if x[k] > zero else x[k]
        value = left * expm1(negative)
        y[k] = value if x[k] < zero else right * x[k]


@kernel
def _exponential_unit_gradient(x: Array, dy: Array, dx: Array, scale: float, alpha: float) -> None:
    """dx = dy scale, or dy scale alpha eˣ where x is negative."""
    zero, right, left = x.dtype.type(0), x.dtype.type(scale), x.dtype.type(scale * alpha)
    for k in range(x.size):
        negative = zero if x[k] > zero else x[k]
        slope = left * exp(negative)
        dx[k] = dy[k] * (slope if x[k] < zero else right)


@kernel
def _within(value: float, far: float) -> float:
    """Bring a value between -far and far, so that infinity times 0 is not asked for."""
    value = far if value > far else value
    return -far if value < -far else value


@kernel
def nonlinearity(x: Array, y: Array, function: int, alpha: float) -> None:
    """Apply an activation function to each value; see the plain twin."""
    flat_x, flat_y = x.reshape(x.size), y.reshape(y.size)
    kind = x.dtype.type
    zero, one, slope = kind(0), kind(1), kind(alpha)
    three, six, sixth, lowest = kind(3), kind(6), kind(1 / 6), kind(-_FAR)
    if function == LEAKY_RELU:
        for k in range(flat_x.size):
            flat_y[k] = slope * flat_x[k] if flat_x[k] < zero else flat_x[k]
    elif function == ELU:
        _exponential_unit(flat_x, flat_y, 1.0, alpha)
    elif function == SELU:
        _exponential_unit(flat_x, flat_y, SELU_SCALE, SELU_ALPHA)
    elif function == GELU:
        for k in range(flat_x.size):
            value = lowest if flat_x[k] < lowest else flat_x[k]
            flat_y[k] = value * normal_share(value, bell(value))
    elif function == SILU:
        for k in range(flat_x.size):
            value = lowest if flat_x[k] < lowest else flat_x[k]
            flat_y[k] = value * sigmoid(value)
    elif function == SOFTPLUS:
        for k in range(flat_x.size):
            positive = zero if flat_x[k] < zero else flat_x[k]
            flat_y[k] = positive + log1p(exp(-abs(flat_x[k])))
    elif function == HARD_SIGMOID:
        for k in range(flat_x.size):
            value = flat_x[k] + three
            value = zero if value < zero else value
            flat_y[k] = sixth * (six if value > six else value)
    elif function == STEP:
        for k in range(flat_x.size):
            value = zero if flat_x[k] < zero else flat_x[k]  # NaN stays NaN
            flat_y[k] = one if flat_x[k] >= zero else value


@kernel
def nonlinearity_gradient(x: Array, dy: Array, dx: Array, function: int, alpha: float) -> None:
    """Carry a gradient back through an activation; see the plain twin."""
    flat_x, flat_dy, flat_dx = x.reshape(x.size), dy.reshape(dy.size), dx.reshape(dx.size)
    kind = x.dtype.type
    zero, one, slope = kind(0), kind(1), kind(alpha)
    density, three, sixth, far = kind(_DENSITY), kind(3), kind(1 / 6), kind(_FAR)
    if function == LEAKY_RELU:
        for k in range(flat_x.size):
            flat_dx[k] = flat_dy[k] * (slope if flat_x[k] < zero else one)
    elif function == ELU:
        _exponential_unit_gradient(flat_x, flat_dy, flat_dx, 1.0, alpha)
    elif function == SELU:
        _exponential_unit_gradient(flat_x, flat_dy, flat_dx, SELU_SCALE, SELU_ALPHA)
    elif function == GELU:
        for k in range(flat_x.size):
            value = _within(flat_x[k], far)
            height = bell(value)
            flat_dx[k] = flat_dy[k] * (normal_share(value, height) + density * value * height)
    elif function == SILU:
        for k in range(flat_x.size):
            value = _within(flat_x[k], far)
            s = sigmoid(value)
            flat_dx[k] = flat_dy[k] * s * (one + value * (one - s))
    elif function == SOFTPLUS:
        for k in range(flat_x.size):
            flat_dx[k] = flat_dy[k] * sigmoid(flat_x[k])
    elif function == HARD_SIGMOID:
        for k in range(flat_x.size):
            flat_dx[k] = flat_dy[k] * (sixth if abs(flat_x[k]) < three else zero)
    elif function == STEP:
        for k in range(flat_x.size):
            flat_dx[k] = flat_dy[k]


@kernel
def prelu(x: Array, slope: Array, y: Array) -> None:
    """Multiply what is negative by a learnt slope; see the plain twin."""
    zero = x.dtype.type(0)
    for r in range(x.shape[0]):
        for c in range(x.shape[1]):
            y[r, c] = slope[c] * x[r, c] if x[r, c] < zero else x[r, c]


@kernel
def prelu_input_gradient(x: Array, dy: Array, slope: Array, dx: Array) -> None:
    """Carry a gradient back to the values; see the plain twin."""
    zero, one = x.dtype.type(0), x.dtype.type(1)
    for r in range(x.shape[0]):
        for c in range(x.shape[1]):
            dx[r, c] = dy[r, c] * (slope[c] if x[r, c] < zero else one)


@kernel
def prelu_slope_gradient(x: Array, dy: Array, dslope: Array) -> None:
    """Carry a gradient back to the slopes; see the plain twin."""
    zero = x.dtype.type(0)
    for c in range(dslope.size):
        dslope[c] = zero
    for r in range(x.shape[0]):
        for c in range(x.shape[1]):
            negative = x[r, c] if x[r, c] < zero else zero
            dslope[c] += dy[r, c] * negative
