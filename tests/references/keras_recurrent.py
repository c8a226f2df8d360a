"""Embedding and recurrent layers in Keras; of two directions, a layer for each."""

from __future__ import annotations

from typing import Any

import torch
from keras import layers

from tests.references.peer import Box, Different, Tensor

KINDS = {"gru": layers.GRU, "lstm": layers.LSTM, "simple_rnn": layers.SimpleRNN}


def embedding(box: Box, layer: Any) -> Tensor:
    if not layer.built:
        layer.input_dim = len(box.weights["embeddings"])
        layer.build(tuple(box.x.shape))
    y, _ = layer.stateless_call([box.weights["embeddings"]], [], box.x)
    if box.layer.mask_padding and box.x.ndim == 2:
        y.mask = layer.compute_mask(box.x)
    return y


def made(o: Any) -> dict[str, Any]:
    """A layer for each direction, by the prefix of its weights."""
    if o.stateful or o.truncate:
        raise Different("stateful, or with a truncated gradient")
    return {
        prefix: KINDS[o.kind](
            o.units,
            activation=o.activation,
            use_bias=o.bias,
            return_sequences=o.returns == "sequence",
            return_state=True,
            go_backwards=is_backward,
        )
        for prefix, is_backward in o.ways.items()
    }


def values(box: Box, layer: Any, prefix: str) -> list[Tensor]:
    """Our weights in the order of its variables; a GRU has both biases in one array."""
    found = []
    for variable in layer.variables:
        if "seed" in variable.path:
            continue
        own = box.weights[prefix + variable.name]
        if box.layer.kind == "gru" and variable.name == "bias":
            own = torch.stack([own, box.weights[f"{prefix}recurrent_bias"]])
        found.append(own)
    return found


def called(box: Box, by_prefix: dict[str, Any]) -> dict[str, Tensor]:
    o, ways = box.layer, []
    for number, (prefix, layer) in enumerate(by_prefix.items()):
        if not layer.built:
            layer.build(tuple(box.x.shape))
        own = slice(number * o.units, (number + 1) * o.units)
        more: dict[str, Any] = {"mask": getattr(box.x, "mask", None), "training": box.training}
        if any(box.inputs[name] for name in o.memories):
            nothing = box.x.new_zeros(len(box.x), o.units)
            more["initial_state"] = [
                box.inputs[name][0][:, own] if box.inputs[name] else nothing for name in o.memories
            ]
        kept = [variable.value for variable in layer.non_trainable_variables]
        (y, *states), _ = layer.stateless_call(values(box, layer, prefix), kept, box.x, **more)
        if o.ways[prefix] and o.returns == "sequence":
            y = y.flip(1)  # Keras leaves it in the order of reading
        ways.append((y, *states))
    y, *last = (torch.cat(each, -1) for each in zip(*ways, strict=True))
    return {"y": y, **dict(zip(o.memories, last, strict=True))}


RECURRENT = {
    "embedding": (lambda o: layers.Embedding(1, o.units, mask_zero=o.mask_padding), embedding),
    "gru": (made, called),
    "lstm": (made, called),
    "simple_rnn": (made, called),
}
