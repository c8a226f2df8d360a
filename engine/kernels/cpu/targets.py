"""Targets as a loss reads them: written out by class, smoothed, or as weights of their classes."""

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def one_hot(labels: Array, y: Array) -> None:
    """Write class numbers out; see the plain twin."""
    for i in range(y.shape[0]):
        y[i, :] = 0
        y[i, labels[i, 0]] = 1


@kernel
def smooth(targets: Array, smoothing: float, middle: float, y: Array) -> None:
    """Move targets towards their middle; see the plain twin."""
    kind = y.dtype.type
    kept, added = kind(1 - smoothing), kind(smoothing * middle)
    flat, flat_y = targets.reshape(targets.size), y.reshape(y.size)
    for k in range(flat_y.size):
        flat_y[k] = kind(flat[k]) * kept + added


@kernel
def weights_of_labels(labels: Array, class_weights: Array, y: Array) -> None:
    """The weight of each row's class; see the plain twin."""
    for i in range(y.shape[0]):
        y[i] = class_weights[labels[i, 0]]


@kernel
def weights_of_rows(targets: Array, class_weights: Array, y: Array) -> None:
    """The weight of the class with the highest target; see the plain twin."""
    for i in range(y.shape[0]):
        place = 0
        for c in range(1, targets.shape[1]):
            place = c if targets[i, c] > targets[i, place] else place
        y[i] = class_weights[place]
