"""What each layer type is in Keras: mostly the layer of the same name with the same options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keras import layers

from tests.references import keras_attention
from tests.references.peer import Box, Tensor, remember, reshaped

KerasLayer = Any
Make = Callable[[Any], KerasLayer]  # from our layer to Keras's

# Keras's names of what all convolutions choose
NAMES = {
    "filters": "filters",
    "size": "kernel_size",
    "stride": "strides",
    "padding": "padding",
    "dilation": "dilation_rate",
    "groups": "groups",
    "depth_multiplier": "depth_multiplier",
    "activation": "activation",
    "bias": "use_bias",
}


def convolution(layer: Any) -> dict[str, Any]:
    """The options of one of our convolutions, as Keras calls them."""
    return {theirs: getattr(layer, ours) for ours, theirs in NAMES.items() if hasattr(layer, ours)}


def global_pool(pictures: KerasLayer, sequences: KerasLayer) -> Any:
    """How to call two layers of which Keras has one for pictures and one for sequences."""
    return lambda box, _: (pictures() if box.x.ndim == 4 else sequences())(box.x)


MAKE: dict[str, Make] = {
    "activation": lambda o: layers.Activation(o.function),
    "add": lambda o: layers.Add(),
    "average_pool1d": lambda o: layers.AveragePooling1D(o.size, o.stride, o.padding),
    "average_pool2d": lambda o: layers.AveragePooling2D(o.size, o.stride, o.padding),
    "batch_norm": lambda o: layers.BatchNormalization(
        -1, o.momentum, o.epsilon, o.offset, o.gain, trainable=not o.frozen
    ),
    "concatenate": lambda o: layers.Concatenate(),
    "conv1d": lambda o: layers.Conv1D(**convolution(o)),
    "conv2d": lambda o: layers.Conv2D(**convolution(o)),
    "conv2d_transpose": lambda o: layers.Conv2DTranspose(**convolution(o)),
    "cropping2d": lambda o: layers.Cropping2D(((o.top, o.bottom), (o.left, o.right))),
    "dense": lambda o: layers.Dense(o.units, o.activation, o.bias),
    "depthwise_conv2d": lambda o: layers.DepthwiseConv2D(**convolution(o)),
    "dropout": lambda o: layers.Dropout(o.rate),
    "max_pool1d": lambda o: layers.MaxPooling1D(o.size, o.stride, o.padding),
    "group_norm": lambda o: layers.GroupNormalization(o.groups, -1, o.epsilon, o.offset, o.gain),
    "layer_norm": lambda o: layers.LayerNormalization(-1, o.epsilon, o.offset, o.gain),
    "max_pool2d": lambda o: layers.MaxPooling2D(o.size, o.stride, o.padding),
    "separable_conv2d": lambda o: layers.SeparableConv2D(**convolution(o)),
    "up_sampling2d": lambda o: layers.UpSampling2D(o.factor, interpolation=o.interpolation),
    "zero_padding2d": lambda o: layers.ZeroPadding2D(((o.top, o.bottom), (o.left, o.right))),
}


def call(box: Box, layer: KerasLayer, *x: Tensor, **more: Any) -> Any:
    """The outputs of a Keras layer with our weights, which have the names of its variables.

    What it would change in itself (running statistics) is noted in `box.changes`.
    """
    for variable in layer.variables:
        assert variable.name in box.weights or "seed" in variable.path, variable.path
    given, kept = layer.trainable_variables, layer.non_trainable_variables
    values = [box.weights[v.name] for v in given]
    own = [box.weights.get(v.name, v.value) for v in kept]
    y, changed = layer.stateless_call(values, own, *x, **more)
    for variable, value in zip(kept, changed, strict=True):
        if variable.name in box.weights:
            box.changes[variable.name] = value
    return y


def simple(box: Box, layer: KerasLayer) -> Tensor:
    """A layer from port x to port y, with its activation split off where a loss wants its input."""
    name = getattr(box.layer, "activation", getattr(box.layer, "function", ""))
    x = list(box.inputs["x"]) if len(box.inputs["x"]) > 1 else box.x
    if name not in ("sigmoid", "softmax"):
        return _call(box, layer, x)
    if box.layer.kind == "activation":
        return remember(_call(box, layer, x), name, x)
    function, layer.activation = layer.activation, None
    z = _call(box, layer, x)
    layer.activation = function
    return remember(function(z), name, z)


def _call(box: Box, layer: KerasLayer, x: Any) -> Any:
    if not layer.built:
        several = isinstance(x, list)
        layer.build([each.shape for each in x] if several else tuple(x.shape))
    takes_training = layer._call_has_training_arg
    return call(box, layer, x, **({"training": box.training} if takes_training else {}))


def flatten(box: Box, layer: KerasLayer) -> Tensor:
    """As `reshaped`, so that the loss behind still finds what went into a sigmoid."""
    return reshaped(box.x, tuple(layer(box.x).shape))


# where one call is not enough
SPECIAL: dict[str, tuple[Make, Callable[[Box, KerasLayer], Tensor | dict[str, Tensor]]]] = {
    "flatten": (lambda o: layers.Flatten(), flatten),
    "global_average_pool": (
        lambda o: None,
        global_pool(layers.GlobalAveragePooling2D, layers.GlobalAveragePooling1D),
    ),
    "global_max_pool": (
        lambda o: None,
        global_pool(layers.GlobalMaxPooling2D, layers.GlobalMaxPooling1D),
    ),
    "multi_head_attention": (keras_attention.made, keras_attention.called),
}
