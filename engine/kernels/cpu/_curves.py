"""Fast float32 forms of exp, tanh and their like, which the compiler can run on whole vectors.

NumPy's own functions are called value by value in compiled loops and take 6 to 30 times as long.
Each function says how far it may be from the exact value, in ULP: units in the last place of a
float32. float64 keeps NumPy's functions: it serves to check gradients, where precision counts and
time does not.

All rest on exp(x) = 2^n exp(r) with |r| <= ½ ln 2 (Cody & Waite 1980, ch. 6), where a short
polynomial suffices.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import math
from typing import Any

import numpy as np
from numba.core import types
from numba.extending import overload, register_jitable

from engine.kernels.cpu import SAFE_MATH

_ZERO, _HALF, _ONE, _TWO = np.float32(0), np.float32(0.5), np.float32(1), np.float32(2)

_LOG2_E = np.float32(1.44269504)
_LN_2_HIGH, _LN_2_LOW = np.float32(0.693359375), np.float32(-2.12194440e-4)  # their sum is ln 2
_LOWEST, _HIGHEST = np.float32(-104), np.float32(89)  # beyond, exp is 0 or infinite in float32
_ALL_LOST = np.float32(-30)  # below, exp(x) - 1 is -1 in float32
_ROUNDING, _ROUNDING_BITS = np.float32(1.5 * 2**23), np.int32(0x4B400000)
_BIAS, _EXPONENT = np.int32(127), np.int32(23)  # of the exponent in a float32's bits
_UPPER_BITS = np.int32(-4096)  # of a float32: the upper half of its digits, squared without error

# exp(r) ≈ 1 + r + r² P(r) for |r| <= 0.4: coefficients fitted by least squares, reweighted until
# the largest error relative to exp(r) - 1 stopped falling, at 6.4e-10.
_E0, _E1, _E2 = np.float32(0.5), np.float32(0.16666667), np.float32(0.041666113)
_E3, _E4, _E5 = np.float32(0.0083332267), np.float32(0.0013958319), np.float32(0.00019938400)

_WIDE = np.float32(15)  # beyond, exp(-½ x²) is 0 in float32

# Φ(-a) ≈ exp(-½a²) t P(t) with t = 1 / (1 + 0.35 a), a >= 0: what is left is smooth in t. Fitted
# likewise, largest relative error 3.2e-8.
_SHRINK = np.float32(0.35)
_G0, _G1, _G2 = np.float32(0.1396213), np.float32(0.13986352), np.float32(0.1198213)
_G3, _G4, _G5 = np.float32(0.10555247), np.float32(-0.023212273), np.float32(0.15931958)
_G6, _G7, _G8 = np.float32(-0.2558389), np.float32(0.14403087), np.float32(-0.029157875)

# Reordering sums ("reassoc") would undo what is split in two parts for precision.
_EXACT_ORDER = SAFE_MATH - {"reassoc"}
_OPTIONS: Any = {"error_model": "numpy", "fastmath": _EXACT_ORDER}


def tanh(x: float) -> float:
    """Return the hyperbolic tangent, within 3 ULP; NaN stays NaN."""
    return float(np.tanh(x))


def sigmoid(x: float) -> float:
    """Return 1 / (1 + exp(-x)), within 3 ULP, left of zero, too; NaN stays NaN."""
    return float(0.5 * np.tanh(0.5 * x) + 0.5)


def exp(x: float) -> float:
    """Return the exponential, within 1.5 ULP, down to the smallest numbers; NaN stays NaN."""
    return float(np.exp(x))


def expm1(x: float) -> float:
    """Return exp(x) - 1 for x <= 0, within 1.5 ULP, near 0, too; NaN stays NaN."""
    return float(np.expm1(x))


def bell(x: float) -> float:
    """Return exp(-½ x²), within 2 ULP; NaN stays NaN."""
    return math.exp(-0.5 * x * x)


def normal_share(x: float, bell_of_x: float) -> float:
    """Return Φ(x), the share of the normal distribution below x, within 6 ULP; NaN stays NaN.

    bell_of_x : bell(x), which whoever wants the derivative needs, too
    """
    return 0.5 * math.erfc(-x * math.sqrt(0.5))


@register_jitable(**_OPTIONS)
def _reduced(x):
    """Return n and r with x = n ln 2 + r and |r| <= ½ ln 2.

    A number as large as 1.5 · 2^23 has room for a whole number only: adding it rounds, and its
    bits then count up from those of _ROUNDING. Of NaN, r is NaN.
    """
    rounded = x * _LOG2_E + _ROUNDING
    n = rounded - _ROUNDING
    bits = np.float32(rounded).view(np.int32)
    return np.int32(bits - _ROUNDING_BITS), x - n * _LN_2_HIGH - n * _LN_2_LOW


@register_jitable(**_OPTIONS)
def _power_of_2(n):
    """Return 2^n for an int32 from -126 to 127, by writing the bits of its exponent."""
    bits = np.int32(np.int32(n + _BIAS) << _EXPONENT)
    return bits.view(np.float32)


@register_jitable(**_OPTIONS)
def _exp_minus_1_of(r):
    """Return exp(r) - 1 for |r| <= 0.4."""
    return r + r * r * (_E0 + r * (_E1 + r * (_E2 + r * (_E3 + r * (_E4 + r * _E5)))))


@register_jitable(**_OPTIONS)
def _exp_of_sum(x, rest):
    """Return exp(x + rest) for a rest of at most 0.05, in whose favour x need not be rounded."""
    inside = _LOWEST if x < _LOWEST else x
    n, r = _reduced(_HIGHEST if inside > _HIGHEST else inside)
    half = np.int32(n >> np.int32(1))  # in two steps, as 2^n itself may be beyond all numbers
    y = _ONE + _exp_minus_1_of(r + rest)
    return y * _power_of_2(half) * _power_of_2(np.int32(n - half))


@overload(exp, jit_options=_OPTIONS)
def _exp_compiled(x):
    return (lambda x: _exp_of_sum(x, _ZERO)) if x == types.float32 else lambda x: np.exp(x)


@overload(expm1, jit_options=_OPTIONS)
def _expm1_compiled(x):
    def fast(x):
        """exp(x) - 1 = 2^n (exp(r) - 1) + (2^n - 1), where near 0 the last part is 0."""
        n, r = _reduced(_ALL_LOST if x < _ALL_LOST else x)
        power = _power_of_2(n)
        return power * _exp_minus_1_of(r) + (power - _ONE)

    return fast if x == types.float32 else lambda x: np.expm1(x)


@overload(tanh, jit_options=_OPTIONS)
def _tanh_compiled(x):
    def fast(x):
        """tanh(a) = |e| / (2 + e) with e = exp(-2a) - 1, for a = |x|."""
        e = expm1(-_TWO * abs(x))
        y = abs(e) / (_TWO + e)
        return -y if x < _ZERO else y

    return fast if x == types.float32 else lambda x: np.tanh(x)


@overload(sigmoid, jit_options=_OPTIONS)
def _sigmoid_compiled(x):
    def fast(x):
        """1 / (1 + exp(-x)), or left of zero exp(x) / (1 + exp(x)), which loses no digits."""
        e = exp(-abs(x))
        share = _ONE / (_ONE + e)
        return e * share if x < _ZERO else share

    return fast if x == types.float32 else lambda x: 0.5 * np.tanh(0.5 * x) + 0.5


@overload(bell, jit_options=_OPTIONS)
def _bell_compiled(x):
    def fast(x):
        """-½x² = -½h² - ½(x - h)(x + h), where h has few digits, so that h² is exact."""
        x = abs(x)
        x = _WIDE if x > _WIDE else x
        h = np.int32(np.float32(x).view(np.int32) & _UPPER_BITS).view(np.float32)
        return _exp_of_sum(-_HALF * h * h, -_HALF * (x - h) * (x + h))

    return fast if x == types.float32 else lambda x: math.exp(-0.5 * x * x)


@overload(normal_share, jit_options=_OPTIONS)
def _normal_share_compiled(x, bell_of_x):
    def fast(x, bell_of_x):
        t = _ONE / (_ONE + _SHRINK * abs(x))
        series = _G3 + t * (_G4 + t * (_G5 + t * (_G6 + t * (_G7 + t * _G8))))
        tail = bell_of_x * t * (_G0 + t * (_G1 + t * (_G2 + t * series)))
        return tail if x < _ZERO else _ONE - tail

    return fast if x == types.float32 else lambda x, bell_of_x: 0.5 * math.erfc(-x * math.sqrt(0.5))
