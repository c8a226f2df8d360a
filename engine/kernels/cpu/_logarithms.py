"""Fast float32 forms of the logarithm, which the compiler can run on whole vectors.

As in `_curves`, each function says how far it may be from the exact value, in units in the last
place (ULP), and float64 keeps NumPy's functions.

All rest on log(2ⁿ m) = n ln 2 + 2 artanh(z) with √½ <= m < √2 and z = (m - 1) / (m + 1).
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import math
from typing import Any

import numpy as np
from numba.core import types
from numba.extending import overload, register_jitable

from engine.kernels.cpu import SAFE_MATH

_ZERO, _HALF, _TWO, _QUARTER = np.float32(0), np.float32(0.5), np.float32(2), np.float32(0.25)
_ONE, _TWO_PI, _INFINITY = np.float32(1), np.float32(2 * np.pi), np.float32(np.inf)
_NOT_A_NUMBER = np.float32(np.nan)
_LN_2_HIGH, _LN_2_LOW = np.float32(0.693359375), np.float32(-2.12194440e-4)  # their sum is ln 2
_ROOT_HALF_BITS, _EXPONENT = np.int32(0x3F3504F3), np.int32(23)  # where a float32's exponent lies
_SMALLEST_FULL, _LIFT, _LIFTED_BY = np.float32(2.0**-126), np.float32(2.0**24), np.float32(24)

# artanh(z) ≈ z + z s P(s) with s = z²: fitted for the range of each function like the polynomials
# in `_curves`, largest relative errors 4.8e-12 and 1.1e-10.
_L0, _L1, _L2, _L3 = (np.float32(c) for c in (0.33333331, 0.20000167, 0.14268640, 0.11791383))
_M0, _M1, _M2 = np.float32(0.33333337), np.float32(0.19999439), np.float32(0.14308442)
_M3, _M4 = np.float32(0.10713829), np.float32(0.12150466)

# sin(y) = y S(y²), Taylor's series: enough for |y| <= ½ π
_S1, _S2, _S3 = np.float32(-1 / 6), np.float32(1 / 120), np.float32(-1 / 5040)
_S4, _S5 = np.float32(1 / 362_880), np.float32(-1 / 39_916_800)

# Reordering sums ("reassoc") would undo the split of ln 2 in two parts.
_OPTIONS: Any = {"error_model": "numpy", "fastmath": SAFE_MATH - {"reassoc"}}


def log(x: float) -> float:
    """Return the logarithm, within 2 ULP: -infinity of 0, NaN of what is negative or NaN."""
    return float(np.log(x))


def log1p(x: float) -> float:
    """Return log(1 + x) for 0 <= x <= 1, within 2 ULP; NaN stays NaN."""
    return float(np.log1p(x))


def box_muller(u: float, v: float) -> float:
    """Return √(-2 ln u) cos(2π v) for 0 < u <= 1 and 0 <= v < 1: normally distributed."""
    return math.sqrt(-2 * math.log(u)) * math.cos(2 * math.pi * v)


@register_jitable(**_OPTIONS)
def _log_of_full(x):
    """Return the logarithm of a positive number that has all its digits."""
    bits = np.float32(x).view(np.int32)
    n = np.int32(np.int32(bits - _ROOT_HALF_BITS) >> _EXPONENT)
    m = np.int32(bits - np.int32(n << _EXPONENT)).view(np.float32)
    z = (m - _ONE) / (m + _ONE)
    s = z * z
    part = z + z * s * (_L0 + s * (_L1 + s * (_L2 + s * _L3)))
    count = np.float32(n)
    return count * _LN_2_HIGH + (count * _LN_2_LOW + _TWO * part)


@overload(log, jit_options=_OPTIONS)
def _log_compiled(x):
    def fast(x):
        is_tiny = x < _SMALLEST_FULL  # its first digits are zeros: bring it up by 2^24
        y = _log_of_full(x * _LIFT if is_tiny else x)
        y = y - _LIFTED_BY * _LN_2_HIGH - _LIFTED_BY * _LN_2_LOW if is_tiny else y
        y = y if x > _ZERO else (-_INFINITY if x == _ZERO else _NOT_A_NUMBER)
        return y if x < _INFINITY else x

    return fast if x == types.float32 else lambda x: np.log(x)


@overload(log1p, jit_options=_OPTIONS)
def _log1p_compiled(x):
    def fast(x):
        """log(1 + x) = 2 artanh(z) with z = x / (2 + x) <= 1/3."""
        z = x / (x + _TWO)
        s = z * z
        return _TWO * (z + z * s * (_M0 + s * (_M1 + s * (_M2 + s * (_M3 + s * _M4)))))

    return fast if x == types.float32 else lambda x: np.log1p(x)


@overload(box_muller, jit_options=_OPTIONS)
def _box_muller_compiled(u, v):
    def fast(u, v):
        a = v - _HALF
        y = _TWO_PI * (abs(a) - _QUARTER)  # cos(2π v) = sin(2π (|v - ½| - ¼))
        q = y * y
        cosine = y + y * q * (_S1 + q * (_S2 + q * (_S3 + q * (_S4 + q * _S5))))
        return np.sqrt(-_TWO * _log_of_full(u)) * cosine

    if u == types.float32:
        return fast
    return lambda u, v: math.sqrt(-2 * math.log(u)) * math.cos(2 * math.pi * v)
