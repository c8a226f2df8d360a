"""Where a sliding window meets the picture: convolution and pooling walk over it the same way."""


def overlap(
    position: int, stride: int, before: int, size: int, length: int, dilation: int = 1
) -> tuple[slice, slice]:
    """Return the cells of one axis under a window, and the part of the window that covers them.

    position : which window, from 0
    stride : cells from one window to the next
    before : cells of padding before the first cell
    size : cells in a window
    length : cells on the axis
    dilation : cells from one cell of the window to the next
    """
    start = position * stride - before
    first = max(0, -(start // dilation))  # rounded up
    last = max(first, min(size, -((start - length) // dilation)))
    cells = slice(start + first * dilation, start + last * dilation, dilation)
    return cells, slice(first, last)
