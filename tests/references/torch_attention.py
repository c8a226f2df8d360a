"""Normalisation and attention in PyTorch."""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F  # noqa: N812

from tests.references.peer import Box, Tensor


def batch_norm(box: Box) -> Tensor:
    """PyTorch lets the unbiased variance run; Keras, and we, the variance of the batch itself."""
    layer, gain, offset = box.layer, box.weights.get("gamma"), box.weights.get("beta")
    mean, variance = box.weights["moving_mean"], box.weights["moving_variance"]
    x, keep = box.x.movedim(-1, 1), layer.momentum
    if box.training and not layer.frozen:
        axes = tuple(axis for axis in range(box.x.ndim - 1))
        box.changes["moving_mean"] = keep * mean + (1 - keep) * box.x.detach().mean(axes)
        new = box.x.detach().var(axes, correction=0)
        box.changes["moving_variance"] = keep * variance + (1 - keep) * new
        y = F.batch_norm(x, None, None, gain, offset, True, 0.0, layer.epsilon)
    else:
        y = F.batch_norm(x, mean, variance, gain, offset, False, 0.0, layer.epsilon)
    return y.movedim(1, -1)


def layer_norm(box: Box) -> Tensor:
    gain, offset = box.weights.get("gamma"), box.weights.get("beta")
    return F.layer_norm(box.x, box.x.shape[-1:], gain, offset, box.layer.epsilon)


def group_norm(box: Box) -> Tensor:
    """With gain and offset outside: PyTorch crashes on the way back if only one of them learns."""
    layer = box.layer
    y = F.group_norm(box.x.movedim(-1, 1), layer.groups, eps=layer.epsilon).movedim(1, -1)
    return y * box.weights.get("gamma", 1.0) + box.weights.get("beta", 0.0)


def multi_head_attention(box: Box) -> Tensor:
    """PyTorch's own scaled product, with the sums before and after written out."""
    layer, context = box.layer, (box.inputs["context"] or box.inputs["x"])[0]

    def weighed(x: Tensor, part: str) -> Tensor:
        return F.linear(x, box.weights[f"{part}_kernel"].T, box.weights.get(f"{part}_bias"))

    def heads(x: Tensor) -> Tensor:
        return x.unflatten(-1, (layer.heads, layer.key_dim)).transpose(1, 2)

    q = heads(weighed(box.x, "query"))
    k, v = heads(weighed(context, "key")), heads(weighed(context, "value"))
    allowed = torch.ones(q.shape[2], k.shape[2], dtype=torch.bool)
    mask = allowed.tril() if layer.causal else None
    rate = layer.dropout if box.training else 0.0
    y = F.scaled_dot_product_attention(q, k, v, mask, rate)
    return weighed(y.transpose(1, 2).flatten(2), "output")


def positional_embedding(box: Box) -> Tensor:
    if box.layer.positions == "learnt":
        return box.x + box.weights["table"]
    steps, size = box.x.shape[1:]
    table = torch.zeros(steps, size, dtype=box.x.dtype)
    place = torch.arange(steps, dtype=box.x.dtype)[:, None]
    slow = 10_000.0 ** (torch.arange(0, size, 2, dtype=box.x.dtype) / size)
    table[:, 0::2] = torch.sin(place / slow)
    table[:, 1::2] = torch.cos(place / slow)[:, : size // 2]
    return box.x + table


NORMALISATION_AND_ATTENTION: dict[str, Callable[[Box], Tensor]] = {
    "batch_norm": batch_norm,
    "group_norm": group_norm,
    "layer_norm": layer_norm,
    "multi_head_attention": multi_head_attention,
    "positional_embedding": positional_embedding,
}
