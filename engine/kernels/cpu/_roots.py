"""Square roots as optimizers need them, whose divisions and roots else take most of a step."""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import platform

import numpy as np
from numba.core import types
from numba.extending import overload

from engine.kernels.cpu import SAFE_MATH

# These processors estimate 1 / √x of a whole vector in the time of a product, and the compiler
# refines the estimate by a step of Newton's method. A true root takes as long as ten products.
_HAS_ESTIMATES = platform.machine().lower() in ("x86_64", "amd64")
_ONE, _SMALLEST = np.float32(1), np.float32(2.0**-126)


def root(x: float) -> float:
    """Return √x of a number that is not negative, within 4 ULP; NaN stays NaN.

    In float32 numbers below 2^-126 come out smaller than they are, 0 as 0, and infinity as NaN.
    """
    return float(np.sqrt(x))


@overload(root, jit_options={"error_model": "numpy", "fastmath": SAFE_MATH})
def _root_compiled(x):
    def fast(x):
        return x * (_ONE / np.sqrt(x if x > _SMALLEST else _SMALLEST))

    return fast if _HAS_ESTIMATES and x == types.float32 else lambda x: np.sqrt(x)
