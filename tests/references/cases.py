"""The table of reference cases: a name, and the network that shows one layer or option.

A new layer gets an entry here or beside, in cases_….py, and a translation in torch_….py and
keras_….py (a peer that has no such layer leaves the case out). Then run `make_torch.py` and
`make_keras.py`.
"""

from __future__ import annotations

from engine.layers.activation import ACTIVATION
from engine.spec.document import Document
from tests.references.building import (
    AT_STEPS,
    FLAT,
    POOLED,
    SHRINK,
    TANH,
    TEN,
    THREE,
    conv,
    joined,
    picture,
    row,
    steps,
)
from tests.references.cases_places import CONVOLUTION, POOLING
from tests.references.cases_sequences import ATTENTION, RECURRENT
from tests.references.cases_training import LOSSES, OPTIMIZERS, PRACTICES, SCHEDULES

CORE = {
    "dense": row(("dense", {"units": 5, "activation": "relu"})),
    "dense without bias": row(("dense", {"units": 5, "activation": "sigmoid", "bias": False})),
    "dense at each step": steps(("dense", {"units": 3, "activation": "tanh"})),
    "dense, softmax at each step": steps(("dense", {"units": 3, "activation": "softmax"})),
    "dense, frozen": row(("dense", {"units": 4, "activation": "tanh", "frozen": True})),
    "reshape to a picture": row(
        ("dense", {"units": 8}), ("reshape", {"height": 2, "width": 2, "channels": 0}), FLAT
    ),
    "reshape, softmax of new rows": row(
        ("dense", {"units": 6, "activation": "softmax"}),
        ("reshape", {"form": "sequence", "time": 2}),
        ("dense", {"units": 2}),
        FLAT,
    ),
    "permute": steps(AT_STEPS, ("permute", {})),
    **{
        f"permute to {order}": picture(
            conv(size=2), SHRINK, ("permute", {"order": order}), conv(size=1)
        )
        for order in ("width_height_channels", "channels_height_width", "width_channels_height")
    },
    "repeat_vector": row(TANH, ("repeat_vector", {"repeats": 3}), AT_STEPS, FLAT),
    "gaussian_noise": row(TANH, ("gaussian_noise", {})),
    "augment": picture(("augment", {}), conv(size=2), SHRINK),
    "spatial_dropout": steps(AT_STEPS, ("spatial_dropout", {})),
    "spatial_dropout of pictures": picture(conv(), ("spatial_dropout", {"rate": 0.3}), SHRINK),
    "dropout": row(TANH, ("dropout", {"rate": 0.4})),
}
ACTIVATIONS = {
    **{
        f"activation {name}": row(THREE, ("activation", {"function": name}))
        for name in ACTIVATION
        if name != "step"  # its slope is our own
    },
    "activation leaky_relu, steeper": row(
        THREE, ("activation", {"function": "leaky_relu", "slope": 0.4})
    ),
    "activation elu, less deep": row(THREE, ("activation", {"function": "elu", "alpha": 0.3})),
    **{
        f"dense with {name}": row(("dense", {"units": 4, "activation": name}))
        for name in ("leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "hard_sigmoid")
    },
    "prelu": row(THREE, ("prelu", {"initial_value": 0.25})),
    "prelu of pictures": picture(conv(), ("prelu", {}), SHRINK),
}
MERGE = {
    **{
        kind: joined("iris", TANH, TANH, (kind, {}), THREE)
        for kind in ("subtract", "multiply", "average", "maximum", "dot")
    },
    "dot of sequences": joined("digit_rows", AT_STEPS, AT_STEPS, ("dot", {}), POOLED, TEN),
    "dot along time": joined("digit_rows", AT_STEPS, THREE, ("dot", {"axes": "time"}), FLAT, TEN),
    "dot, as cosines": joined("iris", TANH, TANH, ("dot", {"normalize": True}), THREE),
    "dot of sequences, as cosines": joined(
        "digit_rows", AT_STEPS, AT_STEPS, ("dot", {"normalize": True}), POOLED, TEN
    ),
    "concatenate along time": joined(
        "digit_rows", AT_STEPS, AT_STEPS, ("concatenate", {"axis": "time"}), POOLED, TEN
    ),
    "concatenate along width": joined(
        "digits_8", conv(), conv(), ("concatenate", {"axis": "width"}), SHRINK, FLAT, TEN
    ),
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
FAMILIES: dict[str, dict[str, Document]] = {
    "core": CORE,
    "activations": ACTIVATIONS,
    "merging": MERGE,
    "convolution": CONVOLUTION,
    "pooling": POOLING,
    "normalisation": NORMALISATION,
    "attention": ATTENTION,
    "recurrent": RECURRENT,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "practices": PRACTICES,
}
CASES = {name: document for family in FAMILIES.values() for name, document in family.items()}
