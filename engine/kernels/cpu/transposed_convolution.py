"""Transposed convolution: the kernels of convolution, with input and output exchanged."""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import finish, sum_rows
from engine.kernels.cpu.convolution import conv2d_input_gradient, conv2d_weight_gradient


@kernel
def transposed_conv2d(
    x: Array,
    w: Array,
    b: Array,
    turned: Array,
    y: Array,
    stride: int,
    top: int,
    left: int,
    activation: int,
) -> None:
    """Stamp filters onto a picture and activate; see the plain twin."""
    conv2d_input_gradient(x, w, turned, y, stride, top, left)
    samples, height, width, filters = y.shape
    finish(y.reshape(samples * height * width, filters), b, activation)


@kernel
def transposed_conv2d_weight_gradient(
    x: Array, dz: Array, dw: Array, db: Array, stride: int, top: int, left: int
) -> None:
    """Sum what each cell gave times the error of its stamps; see the plain twin."""
    conv2d_weight_gradient(dz, x, dw, db[:0], db[:0], stride, top, left)
    samples, height, width, filters = dz.shape
    sum_rows(dz.reshape(samples * height * width, filters), db)
