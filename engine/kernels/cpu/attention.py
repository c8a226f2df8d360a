"""Attention: every time step asks, all steps answer, and what fits best counts most."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._curves import exp
from engine.kernels.cpu._product import add_product


@kernel
def _turn(x: Array, head: int, turned: Array) -> None:
    """Write one head of (S, H D) as columns, (D, S): a product wants its columns side by side."""
    depth, steps = turned.shape
    for d in range(depth):
        for s in range(steps):
            turned[d, s] = x[s, head * depth + d]


@kernel
def _soften(rows: Array, mask: Array, scale: float, is_causal: bool) -> None:
    """Turn scores (T, S) into weights, row by row, over the steps that are allowed."""
    zero, factor = rows.dtype.type(0), rows.dtype.type(scale)
    nothing = rows.dtype.type(-np.inf)
    others = rows.shape[1]
    first = 0  # the first step that is not padded
    while first < mask.size and mask[first] <= zero:
        first += 1
    for t in range(rows.shape[0]):
        row = rows[t]
        stop = min(t + 1, others) if is_causal else others
        if first >= stop:
            stop = 0
        largest = nothing
        for s in range(stop):
            row[s] *= factor
        if mask.size > 0:
            for s in range(stop):
                row[s] = row[s] if mask[s] > zero else nothing
        for s in range(stop):
            largest = row[s] if row[s] > largest else largest
        total = zero
        for s in range(stop):
            row[s] = exp(row[s] - largest)
            total += row[s]
        for s in range(stop):
            row[s] /= total
        for s in range(stop, others):
            row[s] = zero


@kernel
def attention_weights(
    q: Array, k: Array, mask: Array, turned: Array, weights: Array, is_causal: bool
) -> None:
    """How much each step listens to each other one; see the plain twin."""
    samples, heads, steps, others = weights.shape
    width = q.shape[2]
    depth = width // heads
    flat_q, flat_turned = q.reshape(q.size), turned.reshape(turned.size)
    flat_weights = weights.reshape(weights.size)
    scale = 1 / np.sqrt(float(depth))
    for i in range(samples):
        for h in range(heads):
            _turn(k[i], h, turned)
            left = i * steps * width + h * depth, width, 1, 0
            target = (i * heads + h) * steps * others, others
            size = steps, others, depth, 1
            add_product(flat_q, left, flat_turned, (0, others, 0), flat_weights, target, size, True)
            _soften(weights[i, h], mask[i], scale, is_causal)


@kernel
def attention_weights_gradient(
    q: Array, k: Array, weights: Array, dweights: Array, scores: Array, dq: Array, dk: Array
) -> None:
    """Carry the gradient by the weights back to q and k; see the plain twin."""
    samples, heads, steps, others = weights.shape
    width = q.shape[2]
    depth = width // heads
    flat_q, flat_k, flat_scores = q.reshape(q.size), k.reshape(k.size), scores.reshape(scores.size)
    flat_dq, flat_dk = dq.reshape(dq.size), dk.reshape(dk.size)
    scale = q.dtype.type(1 / np.sqrt(float(depth)))
    for i in range(samples):
        for h in range(heads):
            for t in range(steps):
                w, dw, ds = weights[i, h, t], dweights[i, h, t], scores[t]
                total = q.dtype.type(0)
                for s in range(others):
                    total += w[s] * dw[s]
                for s in range(others):
                    ds[s] = w[s] * (dw[s] - total) * scale
            of_q, of_k = i * steps * width + h * depth, i * others * width + h * depth
            left, size = (0, others, 1, 0), (steps, depth, others, 1)
            add_product(
                flat_scores, left, flat_k, (of_k, width, 0), flat_dq, (of_q, width), size, True
            )
            left, size = (0, 1, others, 0), (others, depth, steps, 1)
            add_product(
                flat_scores, left, flat_q, (of_q, width, 0), flat_dk, (of_k, width), size, True
            )


@kernel
def attention_sums(weights: Array, v: Array, y: Array) -> None:
    """Mix the answers by their weights; see the plain twin."""
    samples, heads, steps, others = weights.shape
    width = v.shape[2]
    depth = width // heads
    flat_weights, flat_v, flat_y = (
        weights.reshape(weights.size),
        v.reshape(v.size),
        y.reshape(y.size),
    )
    for i in range(samples):
        for h in range(heads):
            left = (i * heads + h) * steps * others, others, 1, 0
            right = i * others * width + h * depth, width, 0
            target = i * steps * width + h * depth, width
            size = steps, depth, others, 1
            add_product(flat_weights, left, flat_v, right, flat_y, target, size, True)


@kernel
def attention_sums_gradient(
    weights: Array, v: Array, dy: Array, turned: Array, dweights: Array, dv: Array
) -> None:
    """Carry the gradient back to weights and answers; see the plain twin."""
    samples, heads, steps, others = weights.shape
    width = v.shape[2]
    depth = width // heads
    flat_weights, flat_dy = weights.reshape(weights.size), dy.reshape(dy.size)
    flat_turned, flat_dv = turned.reshape(turned.size), dv.reshape(dv.size)
    flat_dweights = dweights.reshape(dweights.size)
    for i in range(samples):
        for h in range(heads):
            _turn(v[i], h, turned)
            of_dy, matrix = i * steps * width + h * depth, (i * heads + h) * steps * others
            left, size = (of_dy, width, 1, 0), (steps, others, depth, 1)
            target = matrix, others
            add_product(
                flat_dy, left, flat_turned, (0, others, 0), flat_dweights, target, size, True
            )
            left, size = (matrix, 1, others, 0), (others, depth, steps, 1)
            target = i * others * width + h * depth, width
            add_product(flat_weights, left, flat_dy, (of_dy, width, 0), flat_dv, target, size, True)
