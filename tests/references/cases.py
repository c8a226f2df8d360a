"""The table of reference cases: a name, and the network that shows one layer or option.

A new layer gets an entry here, and a translation in torch_layers.py and keras_layers.py (a peer
that has no such layer leaves the case out). Then run `make_torch.py` and `make_keras.py`.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import checked
from engine.spec.training import TrainingOptions
from tests.engine.networks import network

Box = tuple[str, dict[str, Any]]  # kind and options

# large steps, so that ten of them change much
TRAINING: dict[str, Any] = {"optimizer": "sgd", "momentum": 0.5, "learning_rate": 0.1}
TANH: Box = ("dense", {"units": 4, "activation": "tanh"})
FLAT: Box = ("flatten", {})
TEN: Box = ("dense", {"units": 10})
SHRINK: Box = ("average_pool2d", {"size": 3, "stride": 3})


def picture(*boxes: Box) -> Document:
    """A network for small pictures, with these boxes in its middle."""
    return _chain("digits_8", *boxes, FLAT, TEN)


def steps(*boxes: Box) -> Document:
    """A network for the rows of small pictures, one after the other."""
    return _chain("digit_rows", *boxes, FLAT, TEN)


def row(*boxes: Box, **training: Any) -> Document:
    """A network for the four measures of a flower."""
    return _chain("iris", *boxes, ("dense", {"units": 3}), **training)


def trained(**training: Any) -> Document:
    """A small network, trained in one way or another."""
    return row(TANH, **training)


def _chain(dataset: str, *boxes: Box, **training: Any) -> Document:
    data: Box = ("data", {"dataset": dataset})
    return chain(data, *boxes, ("cross_entropy", {}), training={**TRAINING, **training})


def ending(loss: str, dataset: str, units: int, last: str = "linear", **options: Any) -> Document:
    """A network with a certain loss; `target` is an option of the data."""
    data: Box = ("data", {"dataset": dataset, "target": options.pop("target", "labels")})
    output: Box = ("dense", {"units": units, "activation": last})
    return chain(data, TANH, output, (loss, options), training=TRAINING)


def joined(dataset: str, one: Box, other: Box, *rest: Box) -> Document:
    """Two branches from the data, joined by the first box of `rest`."""
    chained = {f"box_{number}": box for number, box in enumerate(rest)}
    boxes = {
        "data": ("data", {"dataset": dataset}),
        **{"one": one, "other": other},
        **chained,
        "loss": ("cross_entropy", {}),
    }
    path = [*chained, "loss"]
    follow = (f"{a} > {b}" for a, b in pairwise(path))
    joins = "data > one", "data > other", "one > box_0", "other > box_0", *follow
    training = checked(TrainingOptions, TRAINING)
    return network(boxes, *joins, "data.target > loss.target", training=training)


def conv(**options: Any) -> Box:
    """A small convolution."""
    return "conv2d", {"filters": 2, "size": 3, "stride": 2, **options}


THREE: Box = ("dense", {"units": 3})
CONVOLUTION = {
    "conv2d": picture(conv(activation="relu"), SHRINK),
    "conv2d, same padding": picture(conv(padding="same", activation="tanh"), SHRINK),
    "conv2d, even size": picture(conv(size=4, padding="same", activation="sigmoid"), SHRINK),
    "conv2d without bias": picture(conv(size=2, stride=3, bias=False), SHRINK),
    "conv2d with gaps": picture(conv(stride=1, dilation=3, activation="tanh")),
    "conv2d with gaps, padded": picture(conv(stride=1, dilation=2, padding="same"), SHRINK),
    "conv2d in groups": picture(conv(filters=4), conv(filters=6, size=2, stride=1, groups=2)),
    "conv2d twice": picture(conv(activation="relu", stride=1), conv()),
}
SEQUENCE = {"filters": 3, "activation": "tanh"}
CONVOLUTION |= {
    "conv1d": steps(("conv1d", SEQUENCE)),
    "conv1d, same padding": steps(("conv1d", {**SEQUENCE, "padding": "same", "stride": 2})),
    "conv1d, causal": steps(("conv1d", {**SEQUENCE, "padding": "causal", "dilation": 2})),
    "conv1d in groups": steps(("conv1d", {**SEQUENCE, "filters": 4, "groups": 2, "bias": False})),
    "depthwise_conv2d": picture(conv(), ("depthwise_conv2d", {"size": 2, "activation": "tanh"})),
    "depthwise_conv2d, more filters": picture(
        conv(), ("depthwise_conv2d", {"depth_multiplier": 2, "padding": "same", "stride": 2})
    ),
    "depthwise_conv2d with gaps": picture(
        conv(), ("depthwise_conv2d", {"size": 2, "dilation": 2, "bias": False})
    ),
    "separable_conv2d": picture(conv(), ("separable_conv2d", {"filters": 3, "size": 2})),
    "separable_conv2d, more filters": picture(
        conv(), ("separable_conv2d", {**SEQUENCE, "depth_multiplier": 2, "padding": "same"})
    ),
    "conv2d_transpose": picture(conv(), ("conv2d_transpose", SEQUENCE), SHRINK),
    "conv2d_transpose, same padding": picture(
        conv(), ("conv2d_transpose", {**SEQUENCE, "padding": "same", "stride": 2}), SHRINK
    ),
    "conv2d_transpose, stride above size": picture(
        conv(), ("conv2d_transpose", {"filters": 2, "size": 2, "stride": 3}), SHRINK
    ),
    "up_sampling2d": picture(conv(), ("up_sampling2d", {}), conv(size=2), SHRINK),
    "up_sampling2d, bilinear": picture(
        conv(), ("up_sampling2d", {"factor": 3, "interpolation": "bilinear"}), SHRINK
    ),
    "zero_padding2d": picture(
        conv(), ("zero_padding2d", {"top": 2, "left": 0, "right": 3}), conv()
    ),
    "cropping2d": picture(conv(stride=1), ("cropping2d", {"top": 1, "right": 2}), SHRINK),
}
POOLING = {
    "max_pool1d": steps(("max_pool1d", {})),
    "max_pool1d, same padding": steps(("max_pool1d", {"size": 3, "stride": 1, "padding": "same"})),
    "average_pool1d": steps(("average_pool1d", {"size": 3})),
    "average_pool1d, same padding": steps(
        ("average_pool1d", {"size": 3, "stride": 1, "padding": "same"})
    ),
    "global_max_pool": picture(conv(), ("global_max_pool", {})),
    "global_max_pool of a sequence": steps(("global_max_pool", {})),
    "global_average_pool": picture(conv(), ("global_average_pool", {})),
    "global_average_pool of a sequence": steps(("global_average_pool", {})),
    "max_pool2d": picture(conv(), ("max_pool2d", {})),
    "max_pool2d, same padding": picture(
        conv(), ("max_pool2d", {"size": 3, "stride": 2, "padding": "same"})
    ),
    "average_pool2d": picture(conv(), ("average_pool2d", {})),
    "average_pool2d, same padding": picture(
        conv(), ("average_pool2d", {"size": 3, "stride": 2, "padding": "same"})
    ),
}
CORE = {
    "dense": row(("dense", {"units": 5, "activation": "relu"})),
    "dense without bias": row(("dense", {"units": 5, "activation": "sigmoid", "bias": False})),
    "dense at each step": steps(("dense", {"units": 3, "activation": "tanh"})),
    "dense, softmax at each step": steps(("dense", {"units": 3, "activation": "softmax"})),
    "dropout": row(TANH, ("dropout", {"rate": 0.4})),
}
ACTIVATION = {
    f"activation {name}": row(THREE, ("activation", {"function": name}))
    for name in ("relu", "linear", "sigmoid", "tanh", "softmax")
}
MERGE = {
    "add": joined("iris", TANH, TANH, ("add", {}), THREE),
    "add pictures": joined("digits_8", conv(), conv(), ("add", {}), SHRINK, FLAT, TEN),
    "concatenate": joined("iris", TANH, ("dense", {"units": 2}), ("concatenate", {}), THREE),
    "concatenate pictures": joined(
        "digits_8", conv(), conv(filters=1), ("concatenate", {}), SHRINK, FLAT, TEN
    ),
}
NORMALISATION = {
    "batch_norm": row(THREE, ("batch_norm", {"momentum": 0.8})),
    "batch_norm of pictures": picture(conv(), ("batch_norm", {"epsilon": 0.01}), SHRINK),
    "batch_norm of steps, no gain": steps(THREE, ("batch_norm", {"gain": False})),
    "batch_norm, frozen": row(THREE, ("batch_norm", {"frozen": True})),
    "layer_norm": row(TANH, ("layer_norm", {})),
    "layer_norm of pictures": picture(conv(), ("layer_norm", {"epsilon": 0.01}), SHRINK),
    "layer_norm of steps": steps(THREE, ("layer_norm", {"offset": False})),
    "group_norm": row(TANH, ("group_norm", {"groups": 2})),
    "group_norm of pictures": picture(conv(filters=6), ("group_norm", {"groups": 3}), SHRINK),
    "group_norm of steps": steps(TANH, ("group_norm", {"groups": 2, "gain": False})),
}
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
LOSSES = {
    "cross_entropy": ending("cross_entropy", "iris", 3),
    "cross_entropy after softmax": ending("cross_entropy", "iris", 3, "softmax"),
    "cross_entropy of rows": ending("cross_entropy", "iris", 3, target="one_hot", weight=0.7),
    "binary_cross_entropy": ending("binary_cross_entropy", "spirals", 1),
    "binary_cross_entropy after sigmoid": ending("binary_cross_entropy", "spirals", 1, "sigmoid"),
    "binary_cross_entropy of rows": ending("binary_cross_entropy", "iris", 3, target="one_hot"),
    "mean_squared_error": ending("mean_squared_error", "wave", 1),
    "mean_squared_error of rows": ending("mean_squared_error", "iris", 3, target="one_hot"),
}
OPTIMIZERS = {
    "sgd": trained(momentum=0.0),
    "sgd with momentum": trained(momentum=0.9),
    "sgd, Nesterov": trained(momentum=0.9, nesterov=True),
    "adam": trained(optimizer="adam", learning_rate=0.05),
    "adam, other numbers": trained(
        optimizer="adam", learning_rate=0.05, beta_1=0.5, beta_2=0.9, epsilon=0.01
    ),
}

FAMILIES: dict[str, dict[str, Document]] = {
    "core": CORE,
    "activations": ACTIVATION,
    "merging": MERGE,
    "convolution": CONVOLUTION,
    "pooling": POOLING,
    "normalisation": NORMALISATION,
    "attention": ATTENTION,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
}
CASES = {name: document for family in FAMILIES.values() for name, document in family.items()}
