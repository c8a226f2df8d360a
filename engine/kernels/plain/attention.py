"""Attention: every time step asks, all steps answer, and what fits best counts most.

A. Vaswani et al.: Attention is all you need, NeurIPS 2017, eq. 1, for several heads side by side:
weights = softmax(q kᵀ / √D), result = weights v. Each head reads its own D columns of q, k and v.
Shapes: n samples, T steps that ask, S steps that answer, H heads of D numbers.
"""

import numpy as np

from engine.kernels import Array


def _heads(x: Array, heads: int) -> Array:
    """(n, T, H D) as (n, H, T, D), without a copy."""
    n, steps, width = x.shape
    return x.reshape(n, steps, heads, width // heads).transpose(0, 2, 1, 3)


def attention_weights(
    q: Array, k: Array, mask: Array, turned: Array, weights: Array, is_causal: bool
) -> None:
    """How much each step listens to each other one: softmax(q kᵀ / √D) over the allowed steps.

    A step that may listen to none gets weights of 0.

    q : (n, T, H D)
    k : (n, S, H D)
    mask : (n, S) with 0 at each step of k that is only padded, or (n, 0)
    turned : (D, S) to work in
    weights : (n, H, T, S)
    is_causal : whether step t listens to the steps 0 to t only
    """
    heads, steps, others = weights.shape[1:]
    scale = q.dtype.type(1 / np.sqrt(q.shape[2] // heads))
    scores = _heads(q, heads) @ _heads(k, heads).swapaxes(2, 3) * scale
    allowed = np.ones(weights.shape, bool)
    if is_causal:
        allowed &= np.arange(others) <= np.arange(steps)[:, None]
    if mask.shape[1]:
        allowed &= mask[:, None, None, :] > 0
    scores = np.where(allowed, scores, -np.inf)
    largest = scores.max(axis=3, keepdims=True)
    is_deaf = ~allowed.any(axis=3, keepdims=True)
    powers = np.exp(scores - np.where(is_deaf, 0, largest))
    weights[...] = powers / np.where(is_deaf, 1, powers.sum(axis=3, keepdims=True))


def attention_weights_gradient(
    q: Array, k: Array, weights: Array, dweights: Array, scores: Array, dq: Array, dk: Array
) -> None:
    """Carry the gradient by the weights back to q and k, through the softmax and the product.

    q : (n, T, H D)
    k : (n, S, H D)
    weights : (n, H, T, S) of `attention_weights`
    dweights : (n, H, T, S)
    scores : (T, S) to work in
    dq, dk : like q and k
    """
    heads = weights.shape[1]
    scale = q.dtype.type(1 / np.sqrt(q.shape[2] // heads))
    total = (weights * dweights).sum(axis=3, keepdims=True)
    dscores = weights * (dweights - total) * scale
    _heads(dq, heads)[...] = dscores @ _heads(k, heads)
    _heads(dk, heads)[...] = dscores.swapaxes(2, 3) @ _heads(q, heads)


def attention_sums(weights: Array, v: Array, y: Array) -> None:
    """Mix the answers by their weights: y = weights v, head by head.

    weights : (n, H, T, S)
    v : (n, S, H D)
    y : (n, T, H D)
    """
    heads = weights.shape[1]
    _heads(y, heads)[...] = weights @ _heads(v, heads)


def attention_sums_gradient(
    weights: Array, v: Array, dy: Array, turned: Array, dweights: Array, dv: Array
) -> None:
    """Carry the gradient back to weights and answers: dweights = dy vᵀ and dv = weightsᵀ dy.

    weights : (n, H, T, S)
    v : (n, S, H D)
    dy : (n, T, H D)
    turned : (D, S) to work in
    dweights : (n, H, T, S)
    dv : (n, S, H D)
    """
    heads = weights.shape[1]
    dweights[...] = _heads(dy, heads) @ _heads(v, heads).swapaxes(2, 3)
    _heads(dv, heads)[...] = weights.swapaxes(2, 3) @ _heads(dy, heads)
