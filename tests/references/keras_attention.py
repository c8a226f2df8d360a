"""Attention in Keras, which keeps its arrays by head."""

from __future__ import annotations

from typing import Any

from keras import layers

from tests.references.peer import Box, Tensor


def made(o: Any) -> Any:
    """Keras's layer with our options."""
    return layers.MultiHeadAttention(o.heads, o.key_dim, dropout=o.dropout, use_bias=o.bias)


def called(box: Box, layer: Any) -> Tensor:
    """Its output with our weights: (F, heads · key_dim) there is (F, heads, key_dim)."""
    x, context = box.x, (box.inputs["context"] or box.inputs["x"])[0]
    if not layer.built:
        layer.build(tuple(x.shape), tuple(context.shape))
    values = []
    for variable in layer.trainable_variables:
        *_, part, name = variable.path.split("/")
        own = box.weights[f"{part.removeprefix('attention_')}_{name}"]
        values.append(own.reshape(tuple(variable.shape)))
    own = [variable.value for variable in layer.non_trainable_variables]
    options = {"use_causal_mask": box.layer.causal, "training": box.training}
    y, _ = layer.stateless_call(values, own, x, context, **options)
    return y
