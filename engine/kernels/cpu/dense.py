"""The fully connected layer: every output listens to every input."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import finish, sum_rows
from engine.kernels.cpu._product import add_product

_DEPTH = 1024  # inputs at a time, so that the 64 columns of w in use stay in the nearest caches


@kernel
def dense(x: Array, w: Array, b: Array, y: Array, activation: int) -> None:
    """Weigh, sum, add the bias and activate; see the plain twin."""
    samples, inputs = x.shape
    outputs = w.shape[1]
    flat_x, flat_w, flat_y = x.reshape(x.size), w.reshape(w.size), y.reshape(y.size)
    for start in range(0, inputs, _DEPTH):
        size = samples, outputs, min(_DEPTH, inputs - start), 1
        left, right = (start, inputs, 1, 0), (start * outputs, outputs, 0)
        add_product(flat_x, left, flat_w, right, flat_y, (0, outputs), size, start == 0)
    finish(y, b, activation)


@kernel
def dense_weight_gradient(x: Array, dz: Array, dw: Array, db: Array) -> None:
    """Sum each weight's share of the error over the samples; see the plain twin."""
    samples, inputs = x.shape
    outputs = dz.shape[1]
    flat_x, flat_dz, flat_dw = x.reshape(x.size), dz.reshape(dz.size), dw.reshape(dw.size)
    size = inputs, outputs, samples, 1
    left, right = (0, 1, inputs, 0), (0, outputs, 0)
    add_product(flat_x, left, flat_dz, right, flat_dw, (0, outputs), size, True)
    sum_rows(dz, db)


@kernel
def dense_input_gradient(dz: Array, w: Array, dx: Array) -> None:
    """Send the error back along the weights; see the plain twin."""
    np.dot(dz, w.T, dx)
