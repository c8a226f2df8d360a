"""Products of pairs of matrices, one pair a sample, and vectors of length 1 for cosines."""

import numpy as np

from engine.kernels import Array

SHORTEST = 1e-7  # a vector that is shorter is divided by this: Keras's epsilon


def matrix_product(a: Array, b: Array, y: Array, turned_a: int, turned_b: int) -> None:
    """Multiply two matrices of each sample: y = A B with A = a or aᵀ, B = b or bᵀ.

    a : (n, I, K), or (n, K, I) if turned
    b : (n, K, J), or (n, J, K) if turned
    y : (n, I, J)
    turned_a, turned_b : 1 to take the transpose
    """
    left = a.transpose(0, 2, 1) if turned_a else a
    right = b.transpose(0, 2, 1) if turned_b else b
    y[...] = left @ right


def unit_vectors(x: Array, y: Array) -> None:
    """Shorten or lengthen vectors to length 1: y = x / √Σ x².

    x : (n, A, K, B) vectors of K values
    y : (n, A, K, B)
    """
    y[...] = x / np.maximum(np.sqrt((x * x).sum(axis=2, keepdims=True)), SHORTEST)


def unit_vectors_gradient(x: Array, dy: Array, dx: Array) -> None:
    """Carry a gradient back: what lies along the vector falls away, dx = (dy - y Σ y dy) / |x|.

    x : (n, A, K, B), as in `unit_vectors`
    dy : (n, A, K, B)
    dx : (n, A, K, B)
    """
    length = np.sqrt((x * x).sum(axis=2, keepdims=True))
    y = x / np.maximum(length, SHORTEST)
    along = np.where(length > SHORTEST, (y * dy).sum(axis=2, keepdims=True), 0)
    dx[...] = (dy - y * along) / np.maximum(length, SHORTEST)
