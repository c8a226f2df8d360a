"""Where sliding windows meet a picture, along one axis; see the plain twin of this file."""

from engine.kernels.cpu import kernel


@kernel
def group(start: int, count: int, stride: int, before: int, size: int, length: int) -> int:
    """Return how many windows from `start` on are cut alike by the ends of one axis.

    Windows that lie inside are one group; any other window is a group of its own.

    start : number of the first window
    count : number of windows on the axis
    stride, before, size, length : as in `overlap` of the plain twin
    """
    first, last = start * stride - before, (length - size + before) // stride + 1
    return min(last, count) - start if first >= 0 and start < last else 1


@kernel
def cut(position: int, stride: int, before: int, size: int, length: int) -> tuple[int, int]:
    """Return the part of a window that lies inside one axis; see `overlap` of the plain twin."""
    start = position * stride - before
    first = max(0, -start)
    return first, max(first, min(size, length - start))


@kernel
def cut_with_gaps(start: int, dilation: int, size: int, length: int) -> tuple[int, int]:
    """Return which taps of a window lie inside one axis, first and end.

    start : cell of the first tap, which may lie before the axis
    dilation : cells from one tap to the next
    size, length : taps in the window, cells on the axis
    """
    first = max(0, -(start // dilation))  # rounded up
    return first, max(first, min(size, -((start - length) // dilation)))


@kernel
def reached(tap: int, count: int, stride: int, before: int, length: int) -> tuple[int, int]:
    """Return which windows, first and end, have this tap inside an axis of that length."""
    first = max(0, -((tap - before) // stride))  # rounded up
    return first, max(first, min(count, (length - 1 + before - tap) // stride + 1))
