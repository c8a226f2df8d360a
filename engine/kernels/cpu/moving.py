"""Kernels that move or join values without changing them: gathering, copying, adding, joining."""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import is_same


@kernel
def gather(source: Array, index: Array, out: Array) -> None:
    """Pick rows by number; see the plain twin."""
    for i in range(index.size):
        row = index[i]
        for k in range(source.shape[1]):
            out[i, k] = source[row, k]


@kernel
def copy(x: Array, y: Array) -> None:
    """Copy values; see the plain twin."""
    for i in range(x.shape[0]):
        for k in range(x.shape[1]):
            y[i, k] = x[i, k]


@kernel
def clear(y: Array) -> None:
    """Set every value to zero; see the plain twin."""
    flat = y.reshape(y.size)
    for k in range(flat.size):
        flat[k] = y.dtype.type(0)


@kernel
def add(a: Array, b: Array, y: Array) -> None:
    """Add two arrays; see the plain twin."""
    flat_a, flat_b, flat_y = a.reshape(a.size), b.reshape(b.size), y.reshape(y.size)
    if is_same(a, y):  # a loop over arrays that overlap would not be vectorised
        for k in range(flat_y.size):
            flat_y[k] += flat_b[k]
    else:
        for k in range(flat_y.size):
            flat_y[k] = flat_a[k] + flat_b[k]


@kernel
def put_columns(x: Array, y: Array, offset: int) -> None:
    """Write x into some columns of y; see the plain twin."""
    for i in range(x.shape[0]):
        for r in range(x.shape[1]):
            part = y[i, r, offset : offset + x.shape[2]]
            for c in range(x.shape[2]):
                part[c] = x[i, r, c]


@kernel
def take_columns(y: Array, x: Array, offset: int) -> None:
    """Read some columns of y; see the plain twin."""
    for i in range(x.shape[0]):
        for r in range(x.shape[1]):
            part = y[i, r, offset : offset + x.shape[2]]
            for c in range(x.shape[2]):
                x[i, r, c] = part[c]


@kernel
def permute(x: Array, y: Array, strides: tuple[int, int, int]) -> None:
    """Put the axes of each sample into another order; see the plain twin."""
    down, across, deep = strides
    for n in range(y.shape[0]):
        sample = x[n]
        for i in range(y.shape[1]):
            for j in range(y.shape[2]):
                row, start = y[n, i, j], i * down + j * across
                for k in range(y.shape[3]):
                    row[k] = sample[start + k * deep]


@kernel
def repeat(x: Array, y: Array) -> None:
    """Repeat a row; see the plain twin."""
    for n in range(y.shape[0]):
        for t in range(y.shape[1]):
            for k in range(y.shape[2]):
                y[n, t, k] = x[n, k]


@kernel
def repeat_gradient(dy: Array, dx: Array) -> None:
    """Sum over the repetitions; see the plain twin."""
    for n in range(dx.shape[0]):
        for k in range(dx.shape[1]):
            dx[n, k] = dx.dtype.type(0)
        for t in range(dy.shape[1]):
            for k in range(dx.shape[1]):
                dx[n, k] += dy[n, t, k]
