"""Transposed convolution: every cell of a picture stamps its filters onto a larger one.

It is the way back of a convolution: what there is the gradient by the input is here the forward
pass, and the gradient by the input is here a convolution (`conv2d`). Shapes: n samples, pictures of
P by Q cells with C channels, F filters of kh by kw cells, results of H by W cells.
Source: Zeiler et al. 2010; Dumoulin & Visin 2016.
"""

from engine.kernels import Array
from engine.kernels.plain.activation import activate
from engine.kernels.plain.convolution import conv2d_input_gradient, conv2d_weight_gradient


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
    """Stamp filters onto a picture and activate:

    y[i·stride + u - top, j·stride + v - left, f] collects x[i, j, c] · w[u, v, f, c]; then
    y = act(b + y)

    x : (n, P, Q, C)
    w : (kh, kw, F, C)
    b : (F,) or (0,)
    turned : (size of w or more,) scratch, for the filters turned round
    y : (n, H, W, F)
    stride : cells from one stamp to the next, down and to the right
    top, left : cells that are cut off above and to the left of the result
    activation : code of the activation, see `engine.kernels`
    """
    conv2d_input_gradient(x, w, turned, y, stride, top, left)
    if b.size:
        y += b
    activate(y, y, activation)


def transposed_conv2d_weight_gradient(
    x: Array, dz: Array, dw: Array, db: Array, stride: int, top: int, left: int
) -> None:
    """Sum over samples and places what each cell gave times the error where it was stamped.

    dw[u, v, f, c] = Σ x[i, j, c] · dz[i·stride + u - top, j·stride + v - left, f], db = Σ dz

    x : (n, P, Q, C)
    dz : (n, H, W, F) gradient with respect to the sum inside the activation
    dw : (kh, kw, F, C)
    db : (F,) or (0,)
    stride, top, left : as in `transposed_conv2d`
    """
    conv2d_weight_gradient(dz, x, dw, db[:0], db[:0], stride, top, left)
    if db.size:
        db[...] = dz.sum(axis=(0, 1, 2))
