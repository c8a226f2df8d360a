"""Products of wide dense layers by the library that NumPy multiplies with.

Our own product reads the weights where they lie. With 1024 or more outputs, rows lie so far apart
that a small cache keeps few of them; the library copies both matrices first, which then pays.
Source: K. Goto, R. A. van de Geijn: Anatomy of high-performance matrix multiplication, 2008.
"""

from engine.kernels import Array
from engine.kernels.plain.dense import dense, dense_weight_gradient


def blas_dense(x: Array, w: Array, b: Array, y: Array, activation: int) -> None:
    """Weigh, sum, add the bias and activate: what `dense` computes.

    x : (n, I)
    w : (I, O)
    b : (O,) or (0,)
    y : (n, O)
    activation : code of f, see `engine.kernels`
    """
    dense(x, w, b, y, activation)


def blas_dense_weight_gradient(x: Array, dz: Array, dw: Array, db: Array) -> None:
    """Sum each weight's share of the error over the samples: what `dense_weight_gradient` computes.

    x : (n, I)
    dz : (n, O) gradient with respect to x w + b
    dw : (I, O)
    db : (O,) or (0,)
    """
    dense_weight_gradient(x, dz, dw, db)
