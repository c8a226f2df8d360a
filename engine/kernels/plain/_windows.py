"""Where a sliding window meets the picture: convolution and pooling walk over it the same way."""


def overlap(position: int, stride: int, before: int, size: int, length: int) -> tuple[slice, slice]:
    """Return the cells of one axis under a window, and the part of the window that covers them.

    position : which window, from 0
    stride : cells from one window to the next
    before : cells of padding before the first cell
    size : cells in a window
    length : cells on the axis
    """
    start = position * stride - before
    first, last = max(start, 0), min(start + size, length)
    return slice(first, last), slice(first - start, last - start)
