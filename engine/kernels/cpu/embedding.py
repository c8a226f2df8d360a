"""Embedding: each token, a whole number that names something, picks a row of a learnt table."""

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def embedding(tokens: Array, table: Array, y: Array) -> None:
    """Look up the row of each token; see the plain twin."""
    for i in range(tokens.shape[0]):
        row, place = table[tokens[i, 0]], y[i]
        for f in range(row.size):
            place[f] = row[f]


@kernel
def embedding_gradient(tokens: Array, dy: Array, dtable: Array) -> None:
    """Sum the gradients of all places where a row was used; see the plain twin."""
    flat = dtable.reshape(dtable.size)
    for k in range(flat.size):
        flat[k] = dtable.dtype.type(0)
    for i in range(tokens.shape[0]):
        row, part = dtable[tokens[i, 0]], dy[i]
        for f in range(row.size):
            row[f] += part[f]


@kernel
def padding_mask(tokens: Array, mask: Array) -> None:
    """Mark the time steps that count; see the plain twin."""
    zero, one = mask.dtype.type(0), mask.dtype.type(1)
    for i in range(tokens.shape[0]):
        for t in range(tokens.shape[1]):
            mask[i, t] = zero if tokens[i, t] == 0 else one
