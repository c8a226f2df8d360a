"""Reference cases of layers that work on sequences."""

from __future__ import annotations

from engine.spec.options import checked
from engine.spec.training import TrainingOptions
from tests.engine.networks import network
from tests.references.building import FLAT, TANH, TEN, THREE, TRAINING, Box, steps

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
