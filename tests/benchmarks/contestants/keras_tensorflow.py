"""Keras on TensorFlow, batch by batch: compiled by XLA or as a graph, whichever is faster."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tests.benchmarks.arrays import Array, batches, own_weights, weights
from tests.benchmarks.contestants.base import EPSILON, RATE, Contestant
from tests.benchmarks.workloads import Layer, Workload, named_layers

GRAPH, XLA, UNROLLED = "graph", "XLA", ", unrolled"
SHORT = 32  # time steps up to which writing them out one by one can be compiled in good time
RECURRENT = {
    "simple_rnn": keras.layers.SimpleRNN,
    "lstm": keras.layers.LSTM,
    "gru": keras.layers.GRU,
}


class Keras(Contestant):
    """`train_on_batch`, the documented way to train on batches of one's own."""

    def __init__(self, workload: Workload, threads: int, way: str = "") -> None:
        super().__init__(workload, threads, way or GRAPH)
        limit_threads(threads)
        form = self.way.partition(",")[0]
        self.model = network(workload, self.way.endswith(UNROLLED))
        self.model.compile(
            keras.optimizers.Adam(RATE, epsilon=EPSILON),
            keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            jit_compile=form == XLA,
        )
        self.batches = [(tf.constant(x), tf.constant(target)) for x, target in batches(workload)]
        self.done = 0

    @classmethod
    def ways(cls, workload: Workload, threads: int) -> tuple[str, ...]:
        is_short = workload.is_recurrent and workload.shape[0] <= SHORT
        return tuple(
            form + end for end, form in product(("", UNROLLED)[: 1 + is_short], (GRAPH, XLA))
        )

    @property
    def parameters(self) -> int:
        return int(self.model.count_params())

    def run(self, steps: int) -> float:
        train, batches = self.model.train_on_batch, self.batches
        for i in range(self.done, self.done + steps):
            loss = train(*batches[i % len(batches)])
        self.done += steps
        return float(np.asarray(loss))


def limit_threads(threads: int) -> None:
    """Hold TensorFlow to so many threads; that can be said only before it computes anything."""
    threading = tf.config.threading
    if threading.get_intra_op_parallelism_threads() != threads:
        threading.set_intra_op_parallelism_threads(threads)
        threading.set_inter_op_parallelism_threads(threads)


def network(workload: Workload, unroll: bool) -> Any:
    """The layers in a row up to the softmax, with the common first weights: the layout is ours."""
    kind = "int64" if workload.tokens else "float32"
    model = keras.Sequential([keras.Input(workload.shape, dtype=kind)])
    given = weights(workload)
    for name, layer in named_layers(workload):
        own = own_weights(given, name)
        made = box(layer, unroll)
        model.add(made)
        made.set_weights(as_keras(own))
    return model


def box(layer: Layer, unroll: bool) -> Any:
    """One layer."""
    act = "linear" if layer.activation == "softmax" else layer.activation
    match layer.kind:
        case "dense":
            return keras.layers.Dense(layer.units, act)
        case "conv2d":
            return keras.layers.Conv2D(layer.units, 3, activation=act)
        case "max_pool2d":
            return keras.layers.MaxPooling2D()
        case "flatten":
            return keras.layers.Flatten()
        case "embedding":
            return keras.layers.Embedding(layer.inputs, layer.units)
    is_sequence = layer.returns == "sequence"
    return RECURRENT[layer.kind](layer.units, return_sequences=is_sequence, unroll=unroll)


def as_keras(own: Mapping[str, Array]) -> list[Array]:
    """A layer's weights in the order of Keras, which keeps a GRU's two biases in one array."""
    if "recurrent_bias" in own:
        both = np.stack([own["bias"], own["recurrent_bias"]])
        return [own["kernel"], own["recurrent_kernel"], both]
    return list(own.values())


CONTESTANT = Keras
