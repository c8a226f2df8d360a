"""The fully connected layer: every output listens to every input."""

from engine.kernels import Array
from engine.kernels.plain.activation import activate


def dense(x: Array, w: Array, b: Array, y: Array, activation: int) -> None:
    """Weigh, sum, add the bias and activate: y = f(x w + b).

    x : (n, I)
    w : (I, O)
    b : (O,) or (0,)
    y : (n, O)
    activation : code of f, see `engine.kernels`
    """
    y[...] = x @ w
    if b.size:
        y += b
    activate(y, y, activation)


def dense_weight_gradient(x: Array, dz: Array, dw: Array, db: Array) -> None:
    """Sum each weight's share of the error over the samples: dw = xᵀ dz and db = Σ dz.

    x : (n, I)
    dz : (n, O) gradient with respect to x w + b
    dw : (I, O)
    db : (O,) or (0,)
    """
    dw[...] = x.T @ dz
    if db.size:
        db[...] = dz.sum(axis=0)


def dense_input_gradient(dz: Array, w: Array, turned: Array, dx: Array) -> None:
    """Send the error back along the weights: dx = dz wᵀ.

    dz : (n, O) gradient with respect to x w + b
    w : (I, O)
    turned : (R·O,) scratch, for R rows of w at a time
    dx : (n, I)
    """
    dx[...] = dz @ w.T
