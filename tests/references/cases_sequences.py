"""Reference cases of layers that work on sequences."""

from __future__ import annotations

from typing import Any

from engine.layers import CATALOGUE
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import checked
from engine.spec.training import TrainingOptions
from tests.engine.networks import network
from tests.references.building import FLAT, POOLED, TANH, TEN, THREE, TRAINING, Box, steps

LOOK: Box = ("multi_head_attention", {"heads": 2, "key_dim": 3})
ATTENTION = {
    "attention": steps(THREE, LOOK),
    "attention, causal": steps(("multi_head_attention", {"causal": True, "key_dim": 2})),
    "attention without bias": steps(("multi_head_attention", {"heads": 1, "bias": False})),
    "positional_embedding": steps(THREE, ("positional_embedding", {}), LOOK),
    "positional_embedding, waves": steps(TANH, ("positional_embedding", {"positions": "waves"})),
    "attention to another sequence": network(
        {
            "data": ("data", {"dataset": "digit_rows"}),
            **{"one": THREE, "other": TANH, "look": LOOK, "flat": FLAT, "last": TEN},
            "loss": ("cross_entropy", {}),
        },
        *("data > one", "data > other", "one > look", "other > look.context", "look > flat"),
        *("flat > last", "last > loss", "data.target > loss.target"),
        training=checked(TrainingOptions, TRAINING),
    ),
}


def words(*boxes: Box, per_step: bool = False, masked: bool = False) -> Document:
    """A network for tokens, of which 0 may be padding."""
    rows: Box = ("embedding", {"units": 3, "mask_padding": masked})
    dataset, units = ("reversal", 10) if per_step else ("majority", 2)
    data: Box = ("data", {"dataset": dataset, "length": 5})
    last: Box = ("dense", {"units": units})
    return chain(data, rows, *boxes, last, ("cross_entropy", {}), training=TRAINING)


def layer(kind: str, **options: Any) -> Box:
    """A small recurrent layer."""
    return kind, {"units": 3, **options}


def handed_on(kind: str, **options: Any) -> Document:
    """One layer reads the sequence, and its states begin another one."""
    ports = [port.name for port in CATALOGUE[kind].outputs[1:]]
    boxes = {
        "data": ("data", {"dataset": "digit_rows"}),
        **{"one": layer(kind, **options), "two": layer(kind, **options)},
        **{"last": TEN, "loss": ("cross_entropy", {})},
    }
    states = (f"one.{port} > two.{port}" for port in ports)
    joins = "data > one", "data > two", *states, "two > last", "last > loss"
    training = checked(TrainingOptions, TRAINING)
    return network(boxes, *joins, "data.target > loss.target", training=training)


KINDS = ("simple_rnn", "gru", "lstm")
RECURRENT = {
    "embedding": words(POOLED),
    "embedding, per step": words(per_step=True),
    "embedding with padding, per step": words(per_step=True, masked=True),
    **{kind: steps(layer(kind)) for kind in KINDS},
    **{f"{kind} of sequences": steps(layer(kind, returns="sequence"), POOLED) for kind in KINDS},
    **{f"{kind} without bias": steps(layer(kind, bias=False)) for kind in KINDS},
    **{
        f"{kind}, backward": steps(layer(kind, direction="backward", returns="sequence"), POOLED)
        for kind in KINDS
    },
    **{
        f"{kind}, in both directions": steps(layer(kind, units=2, direction="bidirectional"))
        for kind in KINDS
    },
    **{f"{kind} with padding": words(layer(kind), masked=True) for kind in KINDS},
    **{
        f"{kind} with padding, both directions, per step": words(
            layer(kind, units=2, returns="sequence", direction="bidirectional"),
            per_step=True,
            masked=True,
        )
        for kind in KINDS
    },
    **{f"{kind} begun by another": handed_on(kind) for kind in KINDS},
    **{
        f"{kind} with {name}": steps(layer(kind, activation=name))
        for kind in KINDS
        for name in ("relu", "sigmoid")
    },
    **{f"{kind}, gradient cut": steps(layer(kind, truncate=3)) for kind in KINDS},
    "pooling with padding": words(POOLED, masked=True),
    "strongest with padding": words(("global_max_pool", {}), masked=True),
}
