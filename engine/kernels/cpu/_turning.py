"""Filters turned by 180 degrees: what the way back of a convolution multiplies by."""

from engine.kernels import Array
from engine.kernels.cpu._shared import shared


@shared
def turn(w: Array, turned: Array) -> None:
    """Copy w (kh, kw, C, F) to (taps, filters, C), last tap first."""
    kh, kw, channels, filters = w.shape
    source = w.reshape(w.size)
    for t in range(kh * kw):
        for f in range(filters):
            row = (kh * kw - 1 - t) * filters + f
            target = turned[row * channels : (row + 1) * channels]
            first = t * channels * filters + f
            for c in range(channels):
                target[c] = source[first + c * filters]
