"""The fully connected layer: every output listens to every input."""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import finish, sum_rows
from engine.kernels.cpu._product import add_product
from engine.kernels.cpu._turning import transpose

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
def dense_input_gradient(dz: Array, w: Array, turned: Array, dx: Array) -> None:
    """Send the error back along the weights; see the plain twin.

    A product wants the columns of its second matrix side by side, so some rows of w are turned, and
    are read from the nearest cache by all samples.
    """
    samples, outputs = dz.shape
    inputs = w.shape[0]
    flat_dz, flat_w, flat_dx = dz.reshape(dz.size), w.reshape(w.size), dx.reshape(dx.size)
    most = turned.size // outputs
    for first in range(0, inputs, most):
        width = min(most, inputs - first)
        transpose(flat_w, (first * outputs, outputs), turned, (0, width), (width, outputs))
        size, target = (samples, width, outputs, 1), (first, inputs)
        add_product(flat_dz, (0, outputs, 1, 0), turned, (0, width, 0), flat_dx, target, size, True)
