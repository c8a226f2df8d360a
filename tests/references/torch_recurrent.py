"""Embedding and recurrent layers in PyTorch: its cells, called at each time step.

Padded steps leave the state as it is, so that PyTorch's packed sequences are not needed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812

from tests.references.peer import Box, Different, Tensor

States = tuple[Tensor, ...]  # the state; of an LSTM the cell too
Cell = Callable[..., Any]


def embedding(box: Box) -> Tensor:
    y = F.embedding(box.x, box.weights["embeddings"])
    if box.layer.mask_padding and box.x.ndim == 2:
        y.mask = box.x != 0
    return y


def lstm_cell(x: Tensor, states: States, weights: list[Tensor]) -> States:
    return torch.lstm_cell(x, states, *weights)  # a pair


def gru_cell(x: Tensor, states: States, weights: list[Tensor]) -> States:
    return (torch.gru_cell(x, states[0], *weights),)


def tanh_cell(x: Tensor, states: States, weights: list[Tensor]) -> States:
    return (torch.rnn_tanh_cell(x, states[0], *weights),)


def relu_cell(x: Tensor, states: States, weights: list[Tensor]) -> States:
    return (torch.rnn_relu_cell(x, states[0], *weights),)


CELLS: dict[tuple[str, str], Cell] = {
    ("lstm", "tanh"): lstm_cell,
    ("gru", "tanh"): gru_cell,
    ("simple_rnn", "tanh"): tanh_cell,
    ("simple_rnn", "relu"): relu_cell,
}


def own_weights(box: Box, prefix: str) -> list[Tensor]:
    """Weights of a cell as PyTorch has them: (gates · units, in), and two biases.

    Its gates come in our order, but of a GRU the reset gate is first.
    """

    def turned(name: str) -> Tensor:
        columns = box.weights[prefix + name]
        if box.layer.kind == "gru":
            update, reset, candidate = columns.chunk(3, -1)
            columns = torch.cat([reset, update, candidate], -1)
        return columns.T if columns.ndim == 2 else columns

    kernels = [turned("kernel"), turned("recurrent_kernel")]
    if not box.layer.bias:
        return kernels
    first = turned("bias")
    second = turned("recurrent_bias") if box.layer.kind == "gru" else torch.zeros_like(first)
    return [*kernels, first, second]


def walked(box: Box, prefix: str, first: States) -> tuple[Tensor, States]:
    """The states at all time steps, in the order of time, and the last ones."""
    o, mask = box.layer, getattr(box.x, "mask", None)
    cell, weights = CELLS[o.kind, o.activation], own_weights(box, prefix)
    places = list(range(box.x.shape[1]))
    if o.ways[prefix]:
        places.reverse()
    states, seen = first, {}
    for number, t in enumerate(places):
        if o.truncate and number and number % o.truncate == 0:
            states = tuple(state.detach() for state in states)
        new = cell(box.x[:, t], states, weights)
        if mask is not None:
            there = mask[:, t, None]
            new = tuple(torch.where(there, a, b) for a, b in zip(new, states, strict=True))
        states = new
        seen[t] = states[0]
    return torch.stack([seen[t] for t in sorted(seen)], 1), states


def recurrent(box: Box) -> dict[str, Tensor]:
    o = box.layer
    if (o.kind, o.activation) not in CELLS or o.stateful:
        raise Different(f"{o.kind} with {o.activation}")
    given = [box.inputs[name][0] if box.inputs[name] else None for name in o.memories]
    ways = []
    for number, prefix in enumerate(o.ways):
        own = slice(number * o.units, (number + 1) * o.units)
        nothing = box.x.new_zeros(len(box.x), o.units)
        first = tuple(nothing if state is None else state[:, own] for state in given)
        ways.append(walked(box, prefix, first))
    last = (torch.cat(each, -1) for each in zip(*(states for _, states in ways), strict=True))
    found = dict(zip(o.memories, last, strict=True))
    every = torch.cat([states for states, _ in ways], -1)
    return {**found, "y": every if o.returns == "sequence" else found["state"]}


RECURRENT: dict[str, Callable[[Box], Tensor | dict[str, Tensor]]] = {
    "embedding": embedding,
    "gru": recurrent,
    "lstm": recurrent,
    "simple_rnn": recurrent,
}
