"""Products of wide dense layers by the system's own library (BLAS); see the plain twin."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import finish, sum_rows


@kernel
def blas_dense(x: Array, w: Array, b: Array, y: Array, activation: int) -> None:
    """Weigh, sum, add the bias and activate; see the plain twin."""
    np.dot(x, w, y)
    finish(y, b, activation)


@kernel
def blas_dense_weight_gradient(x: Array, dz: Array, dw: Array, db: Array) -> None:
    """Sum each weight's share of the error over the samples; see the plain twin."""
    np.dot(x.T, dz, dw)
    sum_rows(dz, db)
