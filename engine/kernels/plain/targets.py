"""Targets as a loss reads them: written out by class, smoothed, or as weights of their classes."""

import numpy as np

from engine.kernels import Array


def one_hot(labels: Array, y: Array) -> None:
    """Write class numbers out: 1 for the true class, 0 for the others.

    labels : (n, 1) int64
    y : (n, C)
    """
    y[...] = labels == np.arange(y.shape[1])


def smooth(targets: Array, smoothing: float, middle: float, y: Array) -> None:
    """Move targets towards their middle: t·(1 - smoothing) + smoothing·middle.

    Label smoothing (Szegedy et al. 2016): who is never told "certainly" does not push scores
    without end.

    targets : (n, K) any type
    smoothing : share of the middle in the result, 0 to 1
    middle : 1/C for C classes, 0.5 for yes or no
    y : (n, K)
    """
    y[...] = targets.astype(y.dtype) * (1 - smoothing) + smoothing * middle


def weights_of_labels(labels: Array, class_weights: Array, y: Array) -> None:
    """The weight of each row's class.

    labels : (n, 1) int64
    class_weights : (C,)
    y : (n,)
    """
    y[...] = class_weights[labels[:, 0]]


def weights_of_rows(targets: Array, class_weights: Array, y: Array) -> None:
    """The weight of the class with the highest target, the first of equals; as in Keras.

    targets : (n, C)
    class_weights : (C,)
    y : (n,)
    """
    y[...] = class_weights[targets.argmax(axis=1)]
