"""Reference cases of convolution, pooling and resizing."""

from __future__ import annotations

from tests.references.building import SHRINK, conv, picture, steps

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
