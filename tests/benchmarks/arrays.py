"""Samples, targets and first weights of a workload: the same numbers for every contestant.

Weights are laid out as the engine has them: (in, out), convolutions (3, 3, in, out), the gates of
an LSTM i, f, c, o and those of a GRU z, r, h, with the reset gate after the product.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.workloads import Layer, Workload, named_layers

Array = NDArray[Any]
T = TypeVar("T")  # an array of NumPy or of a peer
BATCHES = 8  # in the data set, so that no contestant lives on one batch in its cache
GATES = {"simple_rnn": 1, "lstm": 4, "gru": 3}


def samples(workload: Workload) -> tuple[Array, Array]:
    """Random samples and their classes.

    x : (N, …) float32, or int64 tokens
    target : (N,) int64, or (N, T) where each time step has a class
    """
    random = np.random.default_rng(1)
    count = BATCHES * workload.batch
    shape = count, *workload.shape
    if workload.tokens:
        x: Array = random.integers(0, workload.tokens, shape)
    else:
        x = random.random(shape, np.float32)
    wanted = shape if workload.per_step else (count,)
    return x, random.integers(0, workload.classes, wanted)


def batches(workload: Workload) -> list[tuple[Array, Array]]:
    """The samples and targets of each batch."""
    x, target = samples(workload)
    size = workload.batch
    return [(x[i : i + size], target[i : i + size]) for i in range(0, len(x), size)]


def weights(workload: Workload) -> dict[str, Array]:
    """The weights that every contestant begins with, by the engine's names."""
    random = np.random.default_rng(2)
    found: dict[str, Array] = {}
    for name, layer in named_layers(workload):
        for own, shape in shapes(layer).items():
            limit = np.sqrt(6 / (prod(shape[:-1]) + shape[-1])) if len(shape) > 1 else 0.1
            found[f"{name}/{own}"] = random.uniform(-limit, limit, shape).astype(np.float32)
    return found


def shapes(layer: Layer) -> dict[str, tuple[int, ...]]:
    """The shapes of a layer's weights, by name."""
    into, out = layer.inputs, layer.units
    match layer.kind:
        case "dense":
            return {"kernel": (into, out), "bias": (out,)}
        case "conv2d":
            return {"kernel": (3, 3, into, out), "bias": (out,)}
        case "embedding":
            return {"embeddings": (into, out)}
        case "simple_rnn" | "lstm" | "gru":
            wide = GATES[layer.kind] * out
            found = {"kernel": (into, wide), "recurrent_kernel": (out, wide), "bias": (wide,)}
            return found | ({"recurrent_bias": (wide,)} if layer.kind == "gru" else {})
    return {}


def own_weights(given: Mapping[str, T], name: str) -> dict[str, T]:
    """One layer's weights, by their own names."""
    pairs = (key.split("/") for key in given)
    return {own: given[f"{layer}/{own}"] for layer, own in pairs if layer == name}


def after(layer: Layer, shape: tuple[int, ...]) -> tuple[int, ...]:
    """The shape behind a layer; only that of pictures matters, for the weights behind Flatten."""
    if layer.kind == "conv2d":
        return shape[0] - 2, shape[1] - 2, layer.units
    if layer.kind == "max_pool2d":
        return shape[0] // 2, shape[1] // 2, shape[2]
    return shape if layer.kind == "flatten" else (layer.units,)


def behind_channels_first(kernel: Array, shape: tuple[int, ...]) -> Array:
    """A kernel of Dense behind pictures of `shape` that are flattened channel by channel."""
    if len(shape) != 3:
        return kernel
    return kernel.reshape(*shape, -1).transpose(2, 0, 1, 3).reshape(kernel.shape)
