"""What each layer type is in Keras: mostly the layer of the same name with the same options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
from keras import layers

from tests.references import keras_attention
from tests.references.keras_recurrent import RECURRENT
from tests.references.peer import Box, Different, Tensor, remember, reshaped

KerasLayer = Any
Make = Callable[[Any], KerasLayer]  # from our layer to Keras's


def window(o: Any) -> dict[str, Any]:
    """The options that everything has which slides."""
    return {"strides": o.stride, "padding": o.padding}


def filtering(o: Any) -> dict[str, Any]:
    """The options that all convolutions have."""
    return {**window(o), "activation": o.activation, "use_bias": o.bias}


def convolution(make: Any, o: Any) -> KerasLayer:
    return make(o.filters, o.size, dilation_rate=o.dilation, groups=o.groups, **filtering(o))


def activation(o: Any) -> KerasLayer:
    if o.function == "leaky_relu":
        return layers.LeakyReLU(o.slope)
    return layers.ELU(o.alpha) if o.function == "elu" else layers.Activation(o.function)


def border(o: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    return (o.top, o.bottom), (o.left, o.right)


def affine(o: Any) -> dict[str, Any]:
    """The options that all normalisations have."""
    return {"epsilon": o.epsilon, "center": o.offset, "scale": o.gain}


MAKE: dict[str, Make] = {
    "activation": activation,
    "add": lambda o: layers.Add(),
    "average_pool1d": lambda o: layers.AveragePooling1D(o.size, **window(o)),
    "average_pool2d": lambda o: layers.AveragePooling2D(o.size, **window(o)),
    "batch_norm": lambda o: layers.BatchNormalization(momentum=o.momentum, **affine(o)),
    "average": lambda o: layers.Average(),
    "conv1d": lambda o: convolution(layers.Conv1D, o),
    "conv2d": lambda o: convolution(layers.Conv2D, o),
    "conv2d_transpose": lambda o: layers.Conv2DTranspose(o.filters, o.size, **filtering(o)),
    "cropping2d": lambda o: layers.Cropping2D(border(o)),
    "dense": lambda o: layers.Dense(o.units, o.activation, o.bias),
    "depthwise_conv2d": lambda o: layers.DepthwiseConv2D(
        o.size, depth_multiplier=o.depth_multiplier, dilation_rate=o.dilation, **filtering(o)
    ),
    "dropout": lambda o: layers.Dropout(o.rate),
    "group_norm": lambda o: layers.GroupNormalization(o.groups, **affine(o)),
    "layer_norm": lambda o: layers.LayerNormalization(**affine(o)),
    "gaussian_noise": lambda o: layers.GaussianNoise(o.deviation),
    "max_pool1d": lambda o: layers.MaxPooling1D(o.size, **window(o)),
    "max_pool2d": lambda o: layers.MaxPooling2D(o.size, **window(o)),
    "maximum": lambda o: layers.Maximum(),
    "multiply": lambda o: layers.Multiply(),
    "repeat_vector": lambda o: layers.RepeatVector(o.repeats),
    "separable_conv2d": lambda o: layers.SeparableConv2D(
        o.filters,
        o.size,
        depth_multiplier=o.depth_multiplier,
        dilation_rate=o.dilation,
        **filtering(o),
    ),
    "subtract": lambda o: layers.Subtract(),
    "up_sampling2d": lambda o: layers.UpSampling2D(o.factor, interpolation=o.interpolation),
    "zero_padding2d": lambda o: layers.ZeroPadding2D(border(o)),
}


def call(box: Box, layer: KerasLayer, *x: Tensor, **more: Any) -> Any:
    """The outputs of a Keras layer with our weights, which have the names of its variables.

    What it would change in itself (running statistics) is noted in `box.changes`.
    """
    layer.trainable = not getattr(box.layer, "frozen", False)
    for variable in layer.variables:
        assert variable.name in box.weights or "seed" in variable.path, variable.path
    given, kept = layer.trainable_variables, layer.non_trainable_variables
    values = [box.weights[v.name] for v in given]
    own = [box.weights.get(v.name, v.value) for v in kept]
    y, changed = layer.stateless_call(values, own, *x, **more)
    for variable, before, value in zip(kept, own, changed, strict=True):
        if variable.name in box.weights and value is not before:
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
    if box.layer.kind.startswith("average_pool"):
        need_even_padding(box)
    takes_training = layer._call_has_training_arg
    return call(box, layer, x, **({"training": box.training} if takes_training else {}))


def need_even_padding(box: Box) -> None:
    """Keras on PyTorch repeats the last cell where padding is odd, and counts it in the mean."""
    o = box.layer
    for length in box.x.shape[1:-1]:
        total = max((-(-length // o.stride) - 1) * o.stride + o.size - length, 0)
        if o.padding == "same" and total % 2:
            raise Different("the mean at the border")


def flatten(box: Box, layer: KerasLayer) -> Tensor:
    """As `reshaped`, so that the loss behind still finds what went into a sigmoid."""
    return reshaped(box.x, tuple(layer(box.x).shape))


def prelu(box: Box, layer: KerasLayer) -> Tensor:
    """Keras has an axis of one place for each axis that shares the slopes."""
    box.weights["alpha"] = box.weights["slope"].reshape([1] * (box.x.ndim - 2) + [-1])
    layer.shared_axes = list(range(1, box.x.ndim - 1))
    return simple(box, layer)


def global_pool(box: Box, by_axes: dict[int, KerasLayer]) -> Tensor:
    """Keras has one for sequences and one for pictures."""
    pool: KerasLayer = by_axes[box.x.ndim - 2]
    return pool(box.x)


def averages(o: Any) -> dict[int, KerasLayer]:
    return {1: layers.GlobalAveragePooling1D(), 2: layers.GlobalAveragePooling2D()}


def maxima(o: Any) -> dict[int, KerasLayer]:
    return {1: layers.GlobalMaxPooling1D(), 2: layers.GlobalMaxPooling2D()}


def by_axes(make: Callable[[Box], KerasLayer]) -> tuple[Make, Callable[[Box, Any], Tensor]]:
    """A layer without weights whose options depend on the axes of what comes in."""

    def called(box: Box, _: Any) -> Tensor:
        several = box.inputs["x"]
        y: Tensor = make(box)(list(several) if len(several) > 1 else box.x, training=box.training)
        return y

    return lambda o: None, called


def concatenate(box: Box) -> KerasLayer:
    axis, names = box.layer.axis, box.fact.inputs["x"][0].axes
    return layers.Concatenate(-1 if axis == "last" else 1 + names.index(axis))


def dot(box: Box) -> KerasLayer:
    axes = {"features": (2, 2), "time": (1, 1), "features_time": (2, 1)}[box.layer.axes]
    return layers.Dot(axes if box.x.ndim == 3 else 1, normalize=box.layer.normalize)


def permute(box: Box) -> KerasLayer:
    names = ("height", "width", "channels")
    order = [1 + names.index(name) for name in box.layer.order.split("_")]
    return layers.Permute((2, 1) if box.x.ndim == 3 else order)


def spatial_dropout(box: Box) -> KerasLayer:
    make = layers.SpatialDropout1D if box.x.ndim == 3 else layers.SpatialDropout2D
    return make(box.layer.rate)


def augment(box: Box) -> KerasLayer:
    """Keras has a layer for each way of changing pictures."""
    o = box.layer
    return keras.Sequential(
        [
            layers.RandomZoom((-o.zoom, o.zoom), fill_mode="constant"),
            layers.RandomRotation(o.rotation / 360, fill_mode="constant"),
            layers.RandomTranslation(o.shift, o.shift, fill_mode="constant"),
        ]
    )


def reshape(box: Box, _: Any) -> Tensor:
    """As `reshaped`, so that the loss behind still finds what went into a sigmoid."""
    y = layers.Reshape(tuple(size or -1 for size in box.layer.wanted.values()))(box.x)
    return reshaped(box.x, tuple(y.shape))


# where one call is not enough
SPECIAL: dict[str, tuple[Make, Callable[[Box, Any], Tensor | dict[str, Tensor]]]] = {
    "augment": by_axes(augment),
    "concatenate": by_axes(concatenate),
    "dot": by_axes(dot),
    "flatten": (lambda o: layers.Flatten(), flatten),
    "global_average_pool": (averages, global_pool),
    "global_max_pool": (maxima, global_pool),
    "multi_head_attention": (keras_attention.made, keras_attention.called),
    "permute": by_axes(permute),
    "prelu": (lambda o: layers.PReLU(), prelu),
    "reshape": (lambda o: None, reshape),
    "spatial_dropout": by_axes(spatial_dropout),
    **RECURRENT,
}
