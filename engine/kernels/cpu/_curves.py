"""Fast float32 forms of tanh, exp and their like, which the compiler can run on whole vectors.

NumPy's own functions are called value by value in compiled loops and take 6 to 30 times as long.
Errors stay within a few units of the last place of a float32. float64 keeps NumPy's functions:
it serves to check gradients, where precision counts and time does not.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import math

import numpy as np
from numba.core import types
from numba.extending import overload

from engine.kernels.cpu import SAFE_MATH

# tanh(x) ≈ x P(x²) / Q(x²) for |x| <= 9, where tanh(9) rounds to 1. Coefficients fitted by least
# squares, reweighted until the largest relative error stopped falling, at 2.1e-8.
_P0, _P1, _P2 = np.float32(0.99999998), np.float32(0.13381025), np.float32(3.4955869e-3)
_P3, _P4 = np.float32(2.0609063e-5), np.float32(1.3354637e-8)
_Q1, _Q2 = np.float32(0.4671434), np.float32(2.5876977e-2)
_Q3, _Q4 = np.float32(3.2856328e-4), np.float32(7.7765476e-7)
_LIMIT, _HALF, _ONE, _TWO = np.float32(9), np.float32(0.5), np.float32(1), np.float32(2)

_LOG2_E = np.float32(1.44269504)
_LN_2_HIGH, _LN_2_LOW = np.float32(0.693359375), np.float32(-2.12194440e-4)  # their sum is ln 2
_LOWEST, _HIGHEST = np.float32(-88), np.float32(89)  # beyond, exp is 0 or infinite in float32
_1_2, _1_3, _1_4 = np.float32(1 / 2), np.float32(1 / 3), np.float32(1 / 4)
_1_5, _1_6, _1_7 = np.float32(1 / 5), np.float32(1 / 6), np.float32(1 / 7)

_TERMS_OF_LOG = tuple(np.float32(1 / k) for k in (3, 5, 7, 9, 11, 13))

# Φ(-a) ≈ exp(-½a²) t P(t) with t = 1 / (1 + 0.3 a), a >= 0: what is left is smooth in t. Fitted
# like tanh above, largest relative error 1.2e-7.
_SHRINK = np.float32(0.3)
_G0, _G1, _G2 = np.float32(0.119625166), np.float32(0.12081689), np.float32(0.099523105)
_G3, _G4, _G5 = np.float32(0.12984326), np.float32(-0.056095574), np.float32(0.20896423)
_G6, _G7 = np.float32(-0.15871339), np.float32(0.036036246)
_ZERO = np.float32(0)

# sin(y) = y S(y²), Taylor's series: enough for |y| <= ½ π
_S1, _S2, _S3 = np.float32(-1 / 6), np.float32(1 / 120), np.float32(-1 / 5040)
_S4, _S5 = np.float32(1 / 362_880), np.float32(-1 / 39_916_800)
_QUARTER, _TWO_PI, _LN_2 = np.float32(0.25), np.float32(2 * np.pi), np.float32(np.log(2))
_ROOT_HALF_BITS, _EXPONENT = np.int32(0x3F3504F3), np.int32(23)  # where a float32's exponent lies

# Reordering sums ("reassoc") would undo the split of ln 2 in two parts.
_EXACT_ORDER = SAFE_MATH - {"reassoc"}


def tanh(x: float) -> float:
    """Return the hyperbolic tangent; NaN stays NaN."""
    return float(np.tanh(x))


def sigmoid(x: float) -> float:
    """Return 1 / (1 + exp(-x)), as ½ tanh(½ x) + ½; NaN stays NaN."""
    return float(0.5 * np.tanh(0.5 * x) + 0.5)


def exp(x: float) -> float:
    """Return the exponential; NaN stays NaN. In float32, values above 88.3 give infinity."""
    return float(np.exp(x))


def expm1(x: float) -> float:
    """Return exp(x) - 1 for x <= 0, exact near 0; NaN stays NaN."""
    return float(np.expm1(x))


def normal_share(x: float, bell: float) -> float:
    """Return Φ(x), the share of the standard normal distribution below x; NaN stays NaN.

    bell : exp(-½ x²), which whoever wants the derivative needs, too
    """
    return 0.5 * math.erfc(-x * math.sqrt(0.5))


def box_muller(u: float, v: float) -> float:
    """Return √(-2 ln u) cos(2π v) for 0 < u <= 1 and 0 <= v < 1: normally distributed."""
    return math.sqrt(-2 * math.log(u)) * math.cos(2 * math.pi * v)


def log1p(x: float) -> float:
    """Return log(1 + x) for 0 <= x <= 1; NaN stays NaN."""
    return float(np.log1p(x))


@overload(tanh, jit_options={"error_model": "numpy", "fastmath": SAFE_MATH})
def _tanh_compiled(x):
    def fast(x):
        x = _LIMIT if x > _LIMIT else x
        x = -_LIMIT if x < -_LIMIT else x
        s = x * x
        numerator = x * (_P0 + s * (_P1 + s * (_P2 + s * (_P3 + s * _P4))))
        y = numerator / (_ONE + s * (_Q1 + s * (_Q2 + s * (_Q3 + s * _Q4))))
        y = _ONE if y > _ONE else y  # rounding must not carry it beyond, or 1 - y² turns negative
        return -_ONE if y < -_ONE else y

    return fast if x == types.float32 else lambda x: np.tanh(x)


@overload(sigmoid, jit_options={"error_model": "numpy", "fastmath": SAFE_MATH})
def _sigmoid_compiled(x):
    def fast(x):
        return _HALF * tanh(_HALF * x) + _HALF

    return fast if x == types.float32 else lambda x: 0.5 * np.tanh(0.5 * x) + 0.5


@overload(exp, jit_options={"error_model": "numpy", "fastmath": _EXACT_ORDER})
def _exp_compiled(x):
    def fast(x):
        """exp(x) = 2^n exp(r) with |r| <= ½ ln 2, where seven terms of Taylor's series suffice."""
        inside = _LOWEST if x < _LOWEST else x
        inside = _HIGHEST if inside > _HIGHEST else inside
        n = np.floor(inside * _LOG2_E + _HALF)
        r = inside - n * _LN_2_HIGH - n * _LN_2_LOW
        y = _ONE + r * _1_6 * (_ONE + r * _1_7)
        y = _ONE + r * _1_4 * (_ONE + r * _1_5 * y)
        y = _ONE + r * (_ONE + r * _1_2 * (_ONE + r * _1_3 * y))
        power = np.int32(np.int32(n) + np.int32(127)) << np.int32(23)  # the exponent's place
        y *= np.int32(power).view(np.float32)
        return y if x == x else x  # NaN has no integer part

    return fast if x == types.float32 else lambda x: np.exp(x)


@overload(log1p, jit_options={"error_model": "numpy", "fastmath": SAFE_MATH})
def _log1p_compiled(x):
    def fast(x):
        """log(1 + x) = 2 artanh(z) with z = x / (2 + x) <= 1/3, as the series of artanh."""
        z = x / (x + _TWO)
        s = z * z
        c3, c5, c7, c9, c11, c13 = _TERMS_OF_LOG
        series = c3 + s * (c5 + s * (c7 + s * (c9 + s * (c11 + s * c13))))
        return _TWO * (z + z * s * series)

    return fast if x == types.float32 else lambda x: np.log1p(x)


@overload(expm1, jit_options={"error_model": "numpy", "fastmath": SAFE_MATH})
def _expm1_compiled(x):
    def fast(x):
        """exp(x) - 1 = 2 t / (1 - t) with t = tanh(½ x), which takes nothing away for x <= 0."""
        t = tanh(_HALF * x)
        return _TWO * t / (_ONE - t)

    return fast if x == types.float32 else lambda x: np.expm1(x)


@overload(normal_share, jit_options={"error_model": "numpy", "fastmath": SAFE_MATH})
def _normal_share_compiled(x, bell):
    def fast(x, bell):
        a = -x if x < _ZERO else x
        t = _ONE / (_ONE + _SHRINK * a)
        series = _G3 + t * (_G4 + t * (_G5 + t * (_G6 + t * _G7)))
        tail = bell * t * (_G0 + t * (_G1 + t * (_G2 + t * series)))
        return tail if x < _ZERO else _ONE - tail

    return fast if x == types.float32 else lambda x, bell: 0.5 * math.erfc(-x * math.sqrt(0.5))


@overload(box_muller, jit_options={"error_model": "numpy", "fastmath": _EXACT_ORDER})
def _box_muller_compiled(u, v):
    def fast(u, v):
        """ln u = n ln 2 + 2 artanh(z) with u = 2ⁿ m, √½ <= m < √2, and z = (m - 1) / (m + 1)."""
        bits = np.float32(u).view(np.int32)
        n = np.int32(np.int32(bits - _ROOT_HALF_BITS) >> _EXPONENT)
        m = np.int32(bits - np.int32(n << _EXPONENT)).view(np.float32)
        z = (m - _ONE) / (m + _ONE)
        s = z * z
        c3, c5, c7, c9, _, _ = _TERMS_OF_LOG
        log = np.float32(n) * _LN_2 + _TWO * (z + z * s * (c3 + s * (c5 + s * (c7 + s * c9))))
        a = v - _HALF
        y = _TWO_PI * ((-a if a < _ZERO else a) - _QUARTER)  # cos(2π v) = sin(2π (|v - ½| - ¼))
        q = y * y
        cosine = y + y * q * (_S1 + q * (_S2 + q * (_S3 + q * (_S4 + q * _S5))))
        return np.sqrt(-_TWO * log) * cosine

    if u == types.float32:
        return fast
    return lambda u, v: math.sqrt(-2 * math.log(u)) * math.cos(2 * math.pi * v)
